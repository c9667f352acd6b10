import {
  Diagnostic,
  DiagnosticSeverity,
  EventEmitter,
  Range,
  Uri,
  l10n,
  languages,
  workspace,
  type Disposable,
} from 'vscode';
import { NO_LINT_CONFIG, readLintConfig, type LintConfig } from '../../core/plugin/lintConfig.ts';
import type { FolderWatch } from '../adapters/folderWatch.ts';
import { together } from '../adapters/disposables.ts';

/** The name that the command line looks for too. */
const NAME = 'powerschool-explorer.json';

interface Placed {
  readonly folder: Uri;
  readonly config: LintConfig;
}

/** What projects agreed on for their plugins: `powerschool-explorer.json` of a folder of the workspace, the nearest one above a file. */
export class FolderConfigs implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #problems = languages.createDiagnosticCollection('powerschool-lint-config');
  readonly #folders = new Map<string, Promise<Placed | undefined>>();
  readonly #subscription: Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(newFolders: FolderWatch) {
    const watcher = workspace.createFileSystemWatcher(`**/${NAME}`);
    const forget = (uri: Uri): void => {
      this.#folders.clear();
      this.#problems.delete(uri);
      this.#changed.fire();
    };
    const isConfig = ({ path }: Uri): boolean => path.endsWith(`/${NAME}`);
    this.#subscription = together(
      this.#changed,
      this.#problems,
      watcher,
      watcher.onDidCreate(forget),
      watcher.onDidChange(forget),
      watcher.onDidDelete(forget),
      newFolders.onDidCome((uris) => uris.filter(isConfig).forEach(forget)),
    );
  }

  async of(file: Uri): Promise<{ readonly rules: LintConfig['rules']; readonly ignored: boolean }> {
    const root = workspace.getWorkspaceFolder(file)?.uri;
    const found = root && (await this.#in(Uri.joinPath(file, '..'), root));
    if (!found) return { rules: {}, ignored: false };
    const path = file.path.slice(found.folder.path.length).replace(/^\//, '');
    return { rules: found.config.rules, ignored: found.config.ignores(path) };
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #in(folder: Uri, root: Uri): Promise<Placed | undefined> {
    const key = folder.toString();
    let found = this.#folders.get(key);
    if (!found) {
      found = this.#read(folder).then((own) =>
        own || key === root.toString() || folder.path.length <= root.path.length
          ? own
          : this.#in(Uri.joinPath(folder, '..'), root),
      );
      this.#folders.set(key, found);
    }
    return found;
  }

  async #read(folder: Uri): Promise<Placed | undefined> {
    const uri = Uri.joinPath(folder, NAME);
    let text: string;
    try {
      text = new TextDecoder().decode(await workspace.fs.readFile(uri));
    } catch {
      return undefined;
    }
    const reading = readLintConfig(text);
    if (reading.kind === 'config') return { folder, config: reading.config };
    const problem = new Diagnostic(
      new Range(0, 0, 0, 1),
      l10n.t('This configuration is not used: {0}.', reading.reason),
      DiagnosticSeverity.Error,
    );
    problem.source = 'PowerSchool';
    this.#problems.set(uri, [problem]);
    return { folder, config: NO_LINT_CONFIG };
  }
}
