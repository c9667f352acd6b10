import {
  TestRunProfileKind,
  type Uri,
  l10n,
  tests,
  workspace,
  type Disposable,
  type TestController,
  type TestItem,
  type TextDocument,
} from 'vscode';
import { LineIndex } from '../../core/text/lineIndex.ts';
import { abortSignalOf } from '../adapters/cancellation.ts';
import { together } from '../adapters/disposables.ts';
import { isWithin, type FolderWatch } from '../adapters/folderWatch.ts';
import { editorRange } from '../problems/editorDiagnostics.ts';
import { REQUEST_FILE_ENDING, isRequestDocument, requestLabel } from '../requests/requestDocuments.ts';
import { requestKey } from '../requests/requestKey.ts';
import type { RequestRunner } from '../requests/requestRunner.ts';
import { findRequestFiles, isRequestFile } from '../requests/requestsTree.ts';

/** Typing is followed by new tests after this many milliseconds of rest. */
const REST_BEFORE_UPDATE = 500;

/** The Testing view: every request of the workspace is a test, its expectations decide. */
export function registerTesting(runner: RequestRunner, folders: FolderWatch): Disposable {
  const controller = tests.createTestController('powerschool', l10n.t('PowerSchool requests'));
  const watcher = workspace.createFileSystemWatcher(`**/*${REQUEST_FILE_ENDING}`);

  controller.resolveHandler = async (item) => {
    if (item) return resolveFile(controller, item);
    for (const uri of await findRequestFiles()) addFile(controller, uri);
  };
  controller.refreshHandler = async () => {
    controller.items.replace([]);
    for (const uri of await findRequestFiles()) addFile(controller, uri);
  };
  controller.createRunProfile(
    l10n.t('Run'),
    TestRunProfileKind.Run,
    async (request, token) => {
      const { runTests } = await import('./requestTests.ts');
      const filled = (item: TestItem): Promise<void> => resolveFile(controller, item);
      await runTests({ controller, runner, filled }, request, abortSignalOf(token));
    },
    true,
  );

  const update = async (uri: Uri): Promise<void> => {
    const item = controller.items.get(uri.toString());
    if (item) await resolveFile(controller, item);
  };
  const waiting = new Map<string, NodeJS.Timeout>();
  /** Only what was looked at is kept up to date while somebody types. */
  const updateAfterRest = (document: TextDocument): void => {
    const key = document.uri.toString();
    if ((controller.items.get(key)?.children.size ?? 0) === 0) return;
    clearTimeout(waiting.get(key));
    waiting.set(
      key,
      setTimeout(() => {
        waiting.delete(key);
        void update(document.uri);
      }, REST_BEFORE_UPDATE),
    );
  };
  return together(
    controller,
    watcher,
    watcher.onDidCreate((uri) => addFile(controller, uri)),
    watcher.onDidChange(update),
    folders.onDidCome((uris) => uris.filter(isRequestFile).forEach((uri) => addFile(controller, uri))),
    folders.onDidGo((gone) => {
      const files = [...controller.items].filter(([, { uri }]) => uri && isWithin(uri, gone));
      for (const [id] of files) controller.items.delete(id);
    }),
    { dispose: () => waiting.forEach((timer) => clearTimeout(timer)) },
    workspace.onDidChangeTextDocument(({ document }) => updateAfterRest(document)),
    workspace.onDidOpenTextDocument((document) => {
      if (isRequestDocument(document) && document.uri.scheme !== 'untitled') addFile(controller, document.uri);
    }),
  );
}

function addFile(controller: TestController, uri: Uri): void {
  const id = uri.toString();
  if (controller.items.get(id)) return;
  const item = controller.createTestItem(id, workspace.asRelativePath(uri), uri);
  item.canResolveChildren = true;
  controller.items.add(item);
}

async function resolveFile(controller: TestController, item: TestItem): Promise<void> {
  if (!item.uri) return;
  const { parseRequestFile } = await import('../requests/requestReading.ts');
  const { uri } = item;
  const open = workspace.textDocuments.find((document) => document.uri.toString() === item.id);
  const text = open?.getText() ?? new TextDecoder().decode(await workspace.fs.readFile(uri));
  const file = parseRequestFile(text);
  const lines = new LineIndex(file.text);
  item.children.replace(
    file.requests.map((request) => {
      const child = controller.createTestItem(requestKey(uri, request), requestLabel(request), uri);
      child.range = editorRange(lines, request.range);
      child.description = request.method.text;
      return child;
    }),
  );
}
