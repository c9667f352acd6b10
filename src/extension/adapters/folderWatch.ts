import { EventEmitter, workspace, type Disposable, type Uri } from 'vscode';

/** Files may go on coming into a new folder for this many milliseconds before they are looked for. */
const REST_BEFORE_LOOK = 200;

const PASSED_OVER = /\/(node_modules|\.git)(\/|$)/;

/**
 * What comes and goes with its folder, which the editor's watchers of files do not tell. On Linux a new folder is
 * watched only when it is there: files that it has by then (a copy, a checkout, an unpacked archive) are told by nobody
 * (github.com/parcel-bundler/watcher, issues 97 and 243). And of a folder that is deleted only the folder is told.
 */
export class FolderWatch implements Disposable {
  readonly #came = new EventEmitter<readonly Uri[]>();
  readonly #went = new EventEmitter<Uri>();
  readonly #watcher = workspace.createFileSystemWatcher('**', false, true, false);
  #new: Uri[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** The files of a new folder and of the folders in it; some may have been told before. */
  readonly onDidCome = this.#came.event;
  /** A file or a folder was deleted. */
  readonly onDidGo = this.#went.event;

  constructor() {
    this.#watcher.onDidCreate((uri) => {
      if (PASSED_OVER.test(uri.path)) return;
      this.#new.push(uri);
      this.#timer ??= setTimeout(() => void this.#look(), REST_BEFORE_LOOK);
    });
    this.#watcher.onDidDelete((uri) => {
      if (!PASSED_OVER.test(uri.path)) this.#went.fire(uri);
    });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const part of [this.#watcher, this.#came, this.#went]) part.dispose();
  }

  async #look(): Promise<void> {
    const uris = this.#new;
    this.#new = [];
    this.#timer = undefined;
    const { filesInFolders } = await import('./newFolders.ts');
    const files = await filesInFolders(uris);
    if (files.length > 0) this.#came.fire(files);
  }
}

/** Whether the one is the other, or lies below it. */
export function isWithin(uri: Uri, folder: Uri): boolean {
  const [inner, outer] = [uri.toString(), folder.toString()];
  return inner === outer || inner.startsWith(`${outer}/`);
}
