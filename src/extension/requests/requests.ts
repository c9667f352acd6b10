import {
  Uri,
  commands,
  languages,
  l10n,
  window,
  workspace,
  type Command,
  type Disposable,
  type DocumentFilter,
  type Memento,
  type TextDocument,
} from 'vscode';
import { together } from '../adapters/disposables.ts';
import type { FolderWatch } from '../adapters/folderWatch.ts';
import type { Explorer } from '../explorer/explorer.ts';
import { COMMANDS, LANGUAGES, RESPONSE_SCHEME, VIEWS } from '../contributions.ts';
import type { BodyStore } from '../response/bodyStore.ts';
import type { ExportStart } from '../export/exportResult.ts';
import type { ShownRecords } from '../grid/gridPanel.ts';
import type { HiddenFields } from '../response/hiddenFields.ts';
import type { ResponseDocuments } from '../response/responseDocuments.ts';
import type { ServerClients } from '../servers/serverClients.ts';
import type { ServerRegistry } from '../servers/serverRegistry.ts';
import { applyEdits } from '../../core/text/textRange.ts';
import type { Diagnostic, Fix } from '../../core/problem/diagnostic.ts';
import { DocumentLinter, type Findings } from '../problems/documentLinter.ts';
import { QuickFixes } from '../problems/quickFixes.ts';
import { registerLanguageFeatures } from './languageFeatures.ts';
import { REQUEST_FILE_ENDING, RequestParser, isRequestDocument } from './requestDocuments.ts';
import type { RequestPlace } from './requestPlace.ts';
import { RequestRunner, type HistoryRecorder } from './requestRunner.ts';
import { RequestsTree, findRequestFiles, type RequestNode } from './requestsTree.ts';
import { RunLog } from './runLog.ts';
import { EnvironmentChoice } from './environmentChoice.ts';
import { markExpectations } from './expectationMarks.ts';
import { registerTesting } from '../testing/testing.ts';
import { RequestLanguageService } from './requestLanguageService.ts';
import { RunLenses } from './runLens.ts';
import type { AnswerListener } from './runPorts.ts';

export interface RequestsOptions {
  readonly registry: ServerRegistry;
  readonly clients: ServerClients;
  readonly responses: ResponseDocuments;
  readonly bodies: BodyStore;
  readonly hidden: HiddenFields;
  /** The table that is in front, as it is filtered. */
  readonly shownRecords: () => Promise<ShownRecords | undefined>;
  readonly history: HistoryRecorder;
  /** Keeps the chosen environment. */
  readonly workspaceState: Memento;
  /** Knows what each server has, and takes from every answer what it tells about its server. */
  readonly explorer: Explorer;
  readonly folders: FolderWatch;
}

/** A lens passes where its request is, a row of the Requests view itself, a menu its file; the palette passes nothing. */
type RunArgument = { readonly uri: Uri; readonly index: number } | RequestNode | Uri | undefined;

/** Request files: the lens above each request, the commands that run them, and the Requests view. */
export function registerRequests(options: RequestsOptions): Disposable & { readonly runner: RequestRunner } {
  const { registry, clients, responses, bodies, hidden, shownRecords, history, explorer, folders, workspaceState } =
    options;
  const parser = new RequestParser();
  const runs = new RunLog();
  const environment = new EnvironmentChoice(workspaceState);
  const lenses = new RunLenses(parser, runs);
  const learn: AnswerListener = (server, exchange) => explorer.learn(server, exchange);
  const runner = new RequestRunner({ registry, clients, parser, runs, environment, responses, bodies, history, learn });
  const service = new RequestLanguageService({ registry, parser, environment, runs, explorer, folders });
  const linter = new DocumentLinter({
    name: 'powerschool-requests',
    accepts: isRequestDocument,
    lint: async (document) => {
      const { language, file } = await service.of(document);
      return language.validate(file);
    },
    onType: () => true,
  });
  const tree = new RequestsTree(runs, folders);
  const view = window.createTreeView(VIEWS.requests, { treeDataProvider: tree, showCollapseAll: true });
  const showEnvironment = (): void => {
    view.description = environment.current ?? '';
  };
  showEnvironment();
  const selector: DocumentFilter[] = [{ language: LANGUAGES.request }, { pattern: `**/*${REQUEST_FILE_ENDING}` }];

  const run = async (argument: RunArgument, all: boolean): Promise<void> => {
    if (argument && 'kind' in argument && argument.kind === 'folder') return runFolder(runner, argument.files);
    const document = await documentOf(argument);
    if (!document) return;
    if (all) return runner.run(document, 'all');
    const index = indexOf(argument);
    const indexes = index === undefined ? await requestsAtCursor(parser, document) : [index];
    if (indexes.length > 0) await runner.run(document, indexes);
  };

  const runAllPages = async (argument: RunArgument): Promise<void> => {
    const place = await placeOf(argument, parser);
    if (place) await (await import('./requestRuns.ts')).runAllPages(place, { runner, bodies });
  };

  const continuePages = async (argument?: Uri): Promise<void> => {
    const uri = argument ?? window.activeTextEditor?.document.uri;
    await (await import('./requestRuns.ts')).continuePages(uri, responses, parser, { runner, bodies });
  };

  /** The table or the response that is in front, else the request at the cursor or in the row. */
  const exportOf = async (argument: Uri | RunArgument): Promise<void> => {
    const { exportResult } = await import('../export/exportResult.ts');
    const start = await exportStart(argument);
    if (start) await exportResult(start, { registry, documents: responses, hidden, parser, runner });
  };

  const exportStart = async (argument: Uri | RunArgument): Promise<ExportStart | undefined> => {
    if (argument instanceof Uri && argument.scheme === RESPONSE_SCHEME) return { uri: argument };
    // A lens or a row names its request; the title of a table passes an address of the editor's own.
    if (argument && ('index' in argument || 'kind' in argument)) return placeOf(argument, parser);
    const table = await shownRecords();
    if (table) return { table };
    const uri = window.activeTextEditor?.document.uri;
    return uri?.scheme === RESPONSE_SCHEME ? { uri } : placeOf(undefined, parser);
  };

  const copy = async (argument: RunArgument): Promise<void> => {
    const place = await placeOf(argument, parser);
    if (!place) return;
    const { document, request } = place;
    const { copyAs } = await import('./requestExchange.ts');
    await copyAs({ document, request, parser, registry, environment });
  };

  const on = commands.registerCommand;
  const registrations = together(
    runs,
    environment,
    service,
    linter,
    view,
    markExpectations(parser, runs),
    registerTesting(runner, folders),
    environment.onDidChange(showEnvironment),
    service.onDidChange(() => linter.recheckAll()),
    workspace.onDidCloseTextDocument((document) => {
      service.forget(document);
      runner.forget(document);
      runs.dropAnswers(document);
    }),
    registerLanguageFeatures(selector, service),
    languages.registerCodeActionsProvider(
      selector,
      new QuickFixes(linter, fixAllRequests, suppressionsOf, mendingCommand),
      {
        providedCodeActionKinds: QuickFixes.kinds,
      },
    ),
    runner,
    lenses,
    tree,
    languages.registerCodeLensProvider(selector, lenses),
    on(COMMANDS.runRequest, (argument?: RunArgument) => run(argument, false)),
    on(COMMANDS.runAll, (argument?: RunArgument) => run(argument, true)),
    on(COMMANDS.runAllPages, runAllPages),
    on(COMMANDS.continuePages, continuePages),
    on(COMMANDS.exportResult, exportOf),
    on(COMMANDS.cancel, () => runner.cancel()),
    on(COMMANDS.copyAs, copy),
    on(COMMANDS.importPostman, async () => (await import('./requestExchange.ts')).importPostman()),
    on(COMMANDS.importHttp, async (file?: unknown) =>
      (await import('./requestExchange.ts')).importHttp(registry, file instanceof Uri ? file : undefined),
    ),
    on(COMMANDS.pasteCurl, async () => (await import('./requestExchange.ts')).pasteCurl(registry)),
    on(COMMANDS.selectEnvironment, async () => {
      const active = window.activeTextEditor?.document;
      const uri = active && isRequestDocument(active) ? active.uri : (await findRequestFiles())[0];
      if (uri) await environment.choose(uri);
    }),
  );
  return { runner, dispose: () => registrations.dispose() };
}

async function runFolder(runner: RequestRunner, files: readonly Uri[]): Promise<void> {
  const documents = await Promise.all(files.map((uri) => workspace.openTextDocument(uri)));
  await runner.runAll(documents.map((document) => ({ document, select: () => true })));
}

/** An environment is chosen, and a column is granted, elsewhere. */
function mendingCommand({ code, args }: Diagnostic): Command | undefined {
  if (code === 'PS536') return { title: l10n.t('Select Environment'), command: COMMANDS.selectEnvironment };
  const [name] = args;
  const [table, column] = code === 'PS551' && typeof name === 'string' ? name.split('.') : [];
  if (table === undefined || column === undefined) return undefined;
  const title = l10n.t('Add the missing <field> lines to plugin.xml');
  return { title, command: COMMANDS.addMissingFields, arguments: [[{ table, column }]] };
}

async function suppressionsOf(document: TextDocument): Promise<(diagnostic: Diagnostic) => readonly Fix[]> {
  const { parseRequestFile, suppressionFixes } = await import('./requestReading.ts');
  const file = parseRequestFile(document.getText());
  return (diagnostic) => suppressionFixes(file, diagnostic);
}

/** The mends that have one right answer, all at once. */
async function fixAllRequests(text: string, _document: TextDocument, findings: Findings): Promise<string> {
  const fixes = findings.diagnostics.flatMap((diagnostic) =>
    diagnostic.fixes.filter(({ automatic }) => automatic).slice(0, 1),
  );
  return applyEdits(
    text,
    fixes.flatMap(({ edits }) => edits),
  );
}

async function documentOf(argument: RunArgument): Promise<TextDocument | undefined> {
  if (argument instanceof Uri) return workspace.openTextDocument(argument);
  if (argument && 'uri' in argument && argument.uri instanceof Uri) return workspace.openTextDocument(argument.uri);
  const active = window.activeTextEditor?.document;
  if (active && isRequestDocument(active)) return active;
  await window.showInformationMessage(l10n.t('Open a request file that ends in {0} first.', REQUEST_FILE_ENDING));
  return undefined;
}

function indexOf(argument: RunArgument): number | undefined {
  if (!argument || argument instanceof Uri) return undefined;
  if ('index' in argument) return argument.index;
  return 'kind' in argument && argument.kind === 'request' ? argument.request.index : undefined;
}

async function placeOf(argument: RunArgument, parser: RequestParser): Promise<RequestPlace | undefined> {
  const document = await documentOf(argument);
  if (!document) return undefined;
  const index = indexOf(argument) ?? (await requestsAtCursor(parser, document))[0];
  const request = (await parser.parse(document)).requests.find((entry) => entry.index === index);
  return request && { document, request };
}

/** Indexes of the request at the cursor, or of all that the selection touches. */
async function requestsAtCursor(parser: RequestParser, document: TextDocument): Promise<number[]> {
  const editor = window.activeTextEditor;
  const selection = editor?.document === document ? editor.selection : undefined;
  const first = await parser.requestAt(document, selection ? document.offsetAt(selection.start) : 0);
  if (!first || !selection || selection.isEmpty) return first ? [first.index] : [];
  const end = document.offsetAt(selection.end);
  const { requests } = await parser.parse(document);
  return requests
    .filter(({ index, range }) => index === first.index || (index > first.index && range.start < end))
    .map(({ index }) => index);
}
