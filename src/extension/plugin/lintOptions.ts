import { EventEmitter, workspace, type Disposable, type Event, type Uri } from 'vscode';
import type { TableCatalog } from '../../core/catalog/tables.ts';
import type { Severity } from '../../core/problem/problemCode.ts';
import type { FolderWatch } from '../adapters/folderWatch.ts';
import { SETTINGS, SETTINGS_SECTION } from '../contributions.ts';
import type { CommittedManifest, CommittedManifests } from './committedManifest.ts';
import type { FolderConfigs } from './folderConfigs.ts';

export interface LintOptions {
  /** Code → severity, or off. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  readonly tables: TableCatalog;
  /** Of a manifest whose package has changes that are not committed. */
  readonly committed: CommittedManifest | undefined;
  /** The project's configuration passes over the file. */
  readonly ignored: boolean;
}

/** Where the tables come from: those of the active server, as far as it told. */
export interface LintPorts {
  readonly tables: () => Promise<TableCatalog>;
  /** Another server is active, or it told something new. */
  readonly onDidChangeTables: Event<unknown>;
  readonly folders: FolderWatch;
}

/** What plugin files are judged by: the settings and the configuration of their folder, and the tables that are known. */
export class LintKnowledge implements Disposable {
  readonly #ports: LintPorts;
  readonly #changed = new EventEmitter<void>();
  readonly #subscriptions: Disposable[];
  #committed: Promise<CommittedManifests> | undefined;
  #configs: Promise<FolderConfigs> | undefined;
  /** Those that files were told to be judged by; what is asked for may be newer before its event comes. */
  #told: TableCatalog | undefined;

  /** All files are to be checked anew. */
  readonly onDidChange = this.#changed.event;

  constructor(ports: LintPorts) {
    this.#ports = ports;
    this.#subscriptions = [this.#changed, ports.onDidChangeTables(() => void this.#compareTables())];
  }

  async of(uri: Uri): Promise<LintOptions> {
    const set = workspace.getConfiguration(SETTINGS_SECTION, uri).get<LintOptions['rules']>(SETTINGS.lintRules, {});
    const [tables, { rules, ignored }, committed] = await Promise.all([
      this.tables(),
      this.#folderConfigs().then((configs) => configs.of(uri)),
      uri.path.endsWith('/plugin.xml') ? this.#committedManifests().then((known) => known.of(uri)) : undefined,
    ]);
    return { rules: { ...rules, ...set }, tables, committed, ignored };
  }

  async tables(): Promise<TableCatalog> {
    const tables = await this.#ports.tables();
    this.#told ??= tables;
    return tables;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #folderConfigs(): Promise<FolderConfigs> {
    return (this.#configs ??= import('./pluginChecks.ts').then(({ FolderConfigs: Configs }) => {
      const made = new Configs(this.#ports.folders);
      this.#subscriptions.push(
        made,
        made.onDidChange(() => this.#changed.fire()),
      );
      return made;
    }));
  }

  #committedManifests(): Promise<CommittedManifests> {
    return (this.#committed ??= import('./pluginChecks.ts').then(({ CommittedManifests: Manifests }) => {
      const made = new Manifests();
      this.#subscriptions.push(
        made,
        made.onDidChange(() => this.#changed.fire()),
      );
      return made;
    }));
  }

  /** What a server tells mostly has nothing to do with tables. */
  async #compareTables(): Promise<void> {
    if (this.#told === undefined) return;
    const tables = await this.#ports.tables();
    if (tables === this.#told) return;
    this.#told = tables;
    this.#changed.fire();
  }
}
