import { EventEmitter, extensions, type Disposable, type Event, type Uri } from 'vscode';
import { readManifest } from '../../core/plugin/manifest/manifest.ts';
import { readXml } from '../../core/plugin/reader/xmlReader.ts';
import { XML_LANGUAGES } from '../../core/plugin/schema/languages.ts';

/** Name and version of a plugin as last committed. */
export interface CommittedManifest {
  readonly name: string;
  readonly version: string;
}

/** The part of the editor's Git extension (its API of version 1) that is used here. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): { getRepository(uri: Uri): GitRepository | null };
}

interface GitRepository {
  readonly state: {
    readonly HEAD: { readonly commit?: string } | undefined;
    readonly workingTreeChanges: readonly GitChange[];
    readonly indexChanges: readonly GitChange[];
    readonly untrackedChanges?: readonly GitChange[];
    readonly onDidChange: Event<void>;
  };
  show(ref: string, path: string): Promise<string>;
}

interface GitChange {
  readonly uri: Uri;
}

/** What Git said of a manifest: its commit, or undefined while nothing in its package differs from it. */
type Seen = string | undefined;

/** The manifests of the workspace as they were last committed. Git is asked once for each commit. */
export class CommittedManifests implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #read = new Map<string, { readonly commit: string; readonly manifest: ReturnType<typeof readCommitted> }>();
  readonly #watched = new Map<GitRepository, { readonly subscription: Disposable; readonly seen: Map<Uri, Seen> }>();

  /** A package has begun or ceased to differ from its last commit. */
  readonly onDidChange = this.#changed.event;

  /**
   * Undefined without Git, for a file that was never committed, and while nothing in its package differs from what was
   * committed: then there is nothing to compare.
   */
  async of(manifest: Uri): Promise<CommittedManifest | undefined> {
    const git = extensions.getExtension<GitExtension>('vscode.git');
    if (!git?.isActive || !git.exports.enabled) return undefined;
    const repository = git.exports.getAPI(1).getRepository(manifest);
    if (!repository) return undefined;
    const commit = commitOf(manifest, repository);
    this.#watch(repository, manifest, commit);
    if (commit === undefined) return undefined;
    const key = manifest.toString();
    let known = this.#read.get(key);
    if (known?.commit !== commit) {
      known = { commit, manifest: readCommitted(repository, manifest.fsPath) };
      this.#read.set(key, known);
    }
    return known.manifest;
  }

  dispose(): void {
    for (const { subscription } of this.#watched.values()) subscription.dispose();
    this.#changed.dispose();
  }

  /** Git looks at a saved file some time after the editor does. */
  #watch(repository: GitRepository, manifest: Uri, commit: Seen): void {
    let watched = this.#watched.get(repository);
    if (!watched) {
      const seen = new Map<Uri, Seen>();
      const subscription = repository.state.onDidChange(() => {
        const differs = [...seen].filter(([uri, before]) => commitOf(uri, repository) !== before);
        for (const [uri] of differs) seen.set(uri, commitOf(uri, repository));
        if (differs.length > 0) this.#changed.fire();
      });
      watched = { subscription, seen };
      this.#watched.set(repository, watched);
    }
    const known = [...watched.seen.keys()].find((uri) => uri.toString() === manifest.toString());
    watched.seen.set(known ?? manifest, commit);
  }
}

function commitOf(manifest: Uri, { state }: GitRepository): Seen {
  const { workingTreeChanges, indexChanges, untrackedChanges = [] } = state;
  const folder = manifest.toString().slice(0, -'plugin.xml'.length);
  const changed = [...workingTreeChanges, ...indexChanges, ...untrackedChanges];
  return changed.some(({ uri }) => uri.toString().startsWith(folder)) ? state.HEAD?.commit : undefined;
}

async function readCommitted(repository: GitRepository, path: string): Promise<CommittedManifest | undefined> {
  let text: string;
  try {
    text = await repository.show('HEAD', path);
  } catch {
    return undefined;
  }
  const document = readXml(text, XML_LANGUAGES.plugin);
  if (!document.root) return undefined;
  const { name, version } = readManifest(document, document.root);
  return { name: name?.value ?? '', version: version?.value ?? '' };
}
