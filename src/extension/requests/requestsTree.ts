import {
  EventEmitter,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  workspace,
  type Disposable,
  type TreeDataProvider,
} from 'vscode';
import type { RequestEntry } from '../../core/request/requestFile.ts';
import { LineIndex } from '../../core/text/lineIndex.ts';
import { editorRange } from '../problems/editorDiagnostics.ts';
import { REQUEST_FILE_ENDING, requestLabel } from './requestDocuments.ts';

export type RequestNode = FileNode | EntryNode;

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

/** The request files of the workspace and the requests in them. The files remain the truth. */
export class RequestsTree implements TreeDataProvider<RequestNode>, Disposable {
  readonly #changed = new EventEmitter<RequestNode | undefined>();
  readonly #watcher = workspace.createFileSystemWatcher(`**/*${REQUEST_FILE_ENDING}`);
  readonly onDidChangeTreeData = this.#changed.event;

  constructor() {
    const refresh = (): void => this.#changed.fire(undefined);
    this.#watcher.onDidCreate(refresh);
    this.#watcher.onDidDelete(refresh);
    this.#watcher.onDidChange(refresh);
  }

  async getChildren(node?: RequestNode): Promise<RequestNode[]> {
    if (!node) {
      const uris = await workspace.findFiles(`**/*${REQUEST_FILE_ENDING}`, '**/node_modules/**');
      return uris.sort((a, b) => a.path.localeCompare(b.path)).map((uri) => ({ kind: 'file', uri }));
    }
    if (node.kind === 'request') return [];
    const { parseRequestFile } = await import('../../core/request/parse.ts');
    const file = parseRequestFile(new TextDecoder().decode(await workspace.fs.readFile(node.uri)));
    const lines = new LineIndex(file.text);
    return file.requests.map((request) => ({ kind: 'request', uri: node.uri, request, lines }));
  }

  getTreeItem(node: RequestNode): TreeItem {
    return node.kind === 'file' ? fileItem(node) : requestItem(node);
  }

  dispose(): void {
    this.#watcher.dispose();
    this.#changed.dispose();
  }
}

function fileItem({ uri }: FileNode): TreeItem {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1, -REQUEST_FILE_ENDING.length);
  const item = new TreeItem(name, TreeItemCollapsibleState.Collapsed);
  item.id = uri.toString();
  item.resourceUri = uri;
  item.iconPath = ThemeIcon.File;
  const folder = workspace.asRelativePath(Uri.joinPath(uri, '..'));
  item.description = folder === workspace.asRelativePath(uri) ? '' : folder;
  item.contextValue = 'file';
  return item;
}

function requestItem({ uri, request, lines }: EntryNode): TreeItem {
  const item = new TreeItem(requestLabel(request), TreeItemCollapsibleState.None);
  item.id = `${uri.toString()}#${request.index}`;
  item.description = request.method.text;
  item.tooltip = `${request.method.text} ${request.target.text}`;
  item.iconPath = new ThemeIcon(request.method.text === 'GET' ? 'arrow-down' : 'arrow-up');
  item.contextValue = 'request';
  const selection = editorRange(lines, { start: request.method.range.start, end: request.method.range.start });
  item.command = { title: '', command: 'vscode.open', arguments: [uri, { selection }] };
  return item;
}
