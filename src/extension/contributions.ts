type Ids<Name extends string> = { readonly [Each in Name]: `powerschool.${Each}` };

/** Ids by their names, which all begin alike. */
function ids<Name extends string>(...names: readonly Name[]): Ids<Name> {
  return Object.fromEntries(names.map((name) => [name, `powerschool.${name}`])) as Ids<Name>;
}

/**
 * Every id that package.json contributes, typed. A test compares this file with package.json both ways,
 * so that neither can drift.
 */
export const COMMANDS = ids(
  'addServer',
  'selectServer',
  'editServer',
  'duplicateServer',
  'changeServerKind',
  'serverNetwork',
  'testServer',
  'removeServer',
  'forgetToken',
  'signInAgain',
  'startSandbox',
  'stopSandbox',
  'refreshServers',
  'newRequest',
  'tryOperation',
  'find',
  'findStudent',
  'findRecord',
  'addCondition',
  'removeConditions',
  'sortBy',
  'uncheckAll',
  'toggleCheck',
  'addField',
  'addMissingFields',
  'copyName',
  'retry',
  'explainProblem',
  'askForAccess',
  'runRequest',
  'runAll',
  'runAllPages',
  'continuePages',
  'exportResult',
  'cancel',
  'copyAs',
  'importPostman',
  'importHttp',
  'pasteCurl',
  'selectEnvironment',
  'showSentRequest',
  'openTable',
  'copyCells',
  'copyCellsWithHeader',
  'copyCellsAsCsv',
  'copyCellsAsJson',
  'saveResponse',
  'hidePersonalFields',
  'showPersonalFields',
  'openHistoryEntry',
  'openSentRequest',
  'runAgain',
  'runOnAnotherServer',
  'compareWith',
  'sortKeys',
  'keepKeyOrder',
  'removeHistoryEntry',
  'clearHistory',
  'clearAllData',
  'newPlugin',
  'packagePlugin',
  'addPluginField',
  'addPowerQuery',
  'bumpVersion',
  'whereToInstall',
  'validatePlugin',
  'runPowerQuery',
  'lintWorkspace',
  'openReference',
  'showLog',
);

export type CommandId = (typeof COMMANDS)[keyof typeof COMMANDS];

export const VIEWS = ids('servers', 'requests', 'plugins', 'history');

/** Keys of `when` clauses that the extension sets. */
export const CONTEXT_KEYS = {
  hasRecords: 'powerschool.documentsWithRecords',
  sandboxRunning: 'powerschool.sandboxRunning',
  requestRunning: 'powerschool.requestRunning',
  personalFieldsHidden: 'powerschool.personalFieldsHidden',
  keysSorted: 'powerschool.keysSorted',
} as const;

/** Names below the section `powerschool`. */
export const SETTINGS = {
  confirmWrites: 'confirmWrites',
  previewLimit: 'response.previewLimit',
  keepBodies: 'history.keepBodies',
  lintOnType: 'lint.onType',
  lintRules: 'lint.rules',
  timeout: 'timeout',
  concurrency: 'concurrency',
} as const;

export const SETTINGS_SECTION = 'powerschool';

export const LANGUAGES = { request: 'powerschool-http' } as const;

/** Scheme of the read-only documents that show responses. */
export const RESPONSE_SCHEME = 'powerschool-response';

/** Scheme of the two sides of a comparison. */
export const COMPARE_SCHEME = 'powerschool-compare';
