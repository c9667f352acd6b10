import {
  EventEmitter,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  workspace,
  type Disposable,
  type TreeDataProvider,
  type Uri,
} from 'vscode';
import type { RequestEntry } from '../../core/request/requestFile.ts';
import { LineIndex } from '../../core/text/lineIndex.ts';
import { isWithin, type FolderWatch } from '../adapters/folderWatch.ts';
import { editorRange } from '../problems/editorDiagnostics.ts';
import { REQUEST_FILE_ENDING, requestLabel } from './requestDocuments.ts';
import { requestKey } from './requestKey.ts';
import type { RunLog, RunState } from './runLog.ts';

export type RequestNode = FolderNode | FileNode | EntryNode;

/** A folder that holds request files itself. */
export interface FolderNode {
  readonly kind: 'folder';
  /** Relative to the workspace. */
  readonly path: string;
  readonly files: readonly Uri[];
}

export interface FileNode {
  readonly kind: 'file';
  readonly uri: Uri;
}

export interface EntryNode {
  readonly kind: 'request';
  readonly uri: Uri;
  readonly request: RequestEntry;
  readonly lines: LineIndex;
}

/** The request files of the workspace by folder and name, each request with its last outcome. The files remain the truth. */
export class RequestsTree implements TreeDataProvider<RequestNode>, Disposable {
  readonly #runs: RunLog;
  readonly #changed = new EventEmitter<RequestNode | undefined>();
  readonly #watcher = workspace.createFileSystemWatcher(`**/*${REQUEST_FILE_ENDING}`);
  readonly #subscriptions: Disposable[];
  #files: readonly Uri[] = [];
  /** The rows of requests by key, for those that were looked at. */
  readonly #rows = new Map<string, EntryNode>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(runs: RunLog, folders: FolderWatch) {
    this.#runs = runs;
    const refresh = (): void => this.#changed.fire(undefined);
    this.#watcher.onDidCreate(refresh);
    this.#watcher.onDidChange(refresh);
    // A run of many requests draws its rows, not the whole tree for each.
    this.#subscriptions = [
      this.#watcher,
      this.#changed,
      runs.onDidChange((key) => {
        const row = this.#rows.get(key);
        if (row) this.#changed.fire(row);
      }),
      folders.onDidCome((uris) => {
        if (uris.some(isRequestFile)) refresh();
      }),
      folders.onDidGo((gone) => {
        if (this.#files.some((file) => isWithin(file, gone))) refresh();
      }),
    ];
  }

  async getChildren(node?: RequestNode): Promise<RequestNode[]> {
    if (!node) return byFolder((this.#files = await findRequestFiles()));
    switch (node.kind) {
      case 'folder':
        return node.files.map((uri) => ({ kind: 'file', uri }));
      case 'file':
        return this.#requestRows(node.uri);
      case 'request':
        return [];
    }
  }

  async #requestRows(uri: Uri): Promise<EntryNode[]> {
    const rows = await readRequests(uri);
    for (const row of rows) this.#rows.set(requestKey(uri, row.request), row);
    return rows;
  }

  getTreeItem(node: RequestNode): TreeItem {
    switch (node.kind) {
      case 'folder':
        return folderItem(node);
      case 'file':
        return fileItem(node);
      case 'request':
        return requestItem(node, this.#runs.get(requestKey(node.uri, node.request)));
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

export function isRequestFile({ path }: Uri): boolean {
  return path.endsWith(REQUEST_FILE_ENDING);
}

/** All request files of the workspace, in the order of their paths. */
export async function findRequestFiles(): Promise<Uri[]> {
  const uris = await workspace.findFiles(`**/*${REQUEST_FILE_ENDING}`, '**/node_modules/**');
  return uris.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function readRequests(uri: Uri): Promise<EntryNode[]> {
  const { parseRequestFile } = await import('./requestReading.ts');
  const file = parseRequestFile(new TextDecoder().decode(await workspace.fs.readFile(uri)));
  const lines = new LineIndex(file.text);
  return file.requests.map((request) => ({ kind: 'request', uri, request, lines }));
}

/** Folders first, as in the Explorer; files that lie at the top stand alone. */
function byFolder(uris: readonly Uri[]): RequestNode[] {
  const folders = new Map<string, Uri[]>();
  const alone: RequestNode[] = [];
  for (const uri of uris) {
    const path = workspace.asRelativePath(uri);
    const slash = path.lastIndexOf('/');
    if (slash < 0) {
      alone.push({ kind: 'file', uri });
      continue;
    }
    const folder = path.slice(0, slash);
    const files = folders.get(folder);
    if (files) files.push(uri);
    else folders.set(folder, [uri]);
  }
  return [...[...folders].map(([path, files]): RequestNode => ({ kind: 'folder', path, files })), ...alone];
}

function folderItem({ path }: FolderNode): TreeItem {
  const item = new TreeItem(path, TreeItemCollapsibleState.Expanded);
  item.id = `folder:${path}`;
  item.iconPath = ThemeIcon.Folder;
  item.contextValue = 'folder';
  return item;
}

function fileItem({ uri }: FileNode): TreeItem {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1, -REQUEST_FILE_ENDING.length);
  const item = new TreeItem(name, TreeItemCollapsibleState.Collapsed);
  item.id = uri.toString();
  item.resourceUri = uri;
  item.iconPath = ThemeIcon.File;
  item.contextValue = 'file';
  return item;
}

function requestItem({ uri, request, lines }: EntryNode, state: RunState | undefined): TreeItem {
  const item = new TreeItem(requestLabel(request), TreeItemCollapsibleState.None);
  item.id = `${uri.toString()}#${request.index}`;
  item.description = state && state.kind !== 'running' ? outcomeText(state) : request.method.text;
  item.tooltip = `${request.method.text} ${request.target.text}`;
  item.iconPath = stateIcon(state, request);
  item.contextValue = 'request';
  const selection = editorRange(lines, { start: request.method.range.start, end: request.method.range.start });
  item.command = { title: '', command: 'vscode.open', arguments: [uri, { selection }] };
  return item;
}

function outcomeText(state: Exclude<RunState, { kind: 'running' }>): string {
  return state.kind === 'answered' ? state.summary : state.message;
}

function stateIcon(state: RunState | undefined, request: RequestEntry): ThemeIcon {
  if (!state) return new ThemeIcon(request.method.text === 'GET' ? 'arrow-down' : 'arrow-up');
  if (state.kind === 'running') return new ThemeIcon('sync~spin');
  const passed = state.kind === 'answered' && state.passed;
  return new ThemeIcon(passed ? 'pass' : 'error', new ThemeColor(passed ? 'testing.iconPassed' : 'testing.iconFailed'));
}
