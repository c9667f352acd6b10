/**
 * Every id that package.json contributes, typed. A test compares this file with package.json both ways,
 * so that neither can drift.
 */
export const COMMANDS = {
  addServer: 'powerschool.addServer',
  selectServer: 'powerschool.selectServer',
  editServer: 'powerschool.editServer',
  duplicateServer: 'powerschool.duplicateServer',
  changeServerKind: 'powerschool.changeServerKind',
  serverNetwork: 'powerschool.serverNetwork',
  testServer: 'powerschool.testServer',
  removeServer: 'powerschool.removeServer',
  forgetToken: 'powerschool.forgetToken',
  signInAgain: 'powerschool.signInAgain',
  startSandbox: 'powerschool.startSandbox',
  stopSandbox: 'powerschool.stopSandbox',
  refreshServers: 'powerschool.refreshServers',
  newRequest: 'powerschool.newRequest',
  tryOperation: 'powerschool.tryOperation',
  find: 'powerschool.find',
  findStudent: 'powerschool.findStudent',
  findRecord: 'powerschool.findRecord',
  addCondition: 'powerschool.addCondition',
  removeConditions: 'powerschool.removeConditions',
  sortBy: 'powerschool.sortBy',
  uncheckAll: 'powerschool.uncheckAll',
  toggleCheck: 'powerschool.toggleCheck',
  addField: 'powerschool.addField',
  addMissingFields: 'powerschool.addMissingFields',
  copyName: 'powerschool.copyName',
  retry: 'powerschool.retry',
  explainProblem: 'powerschool.explainProblem',
  askForAccess: 'powerschool.askForAccess',
  runRequest: 'powerschool.runRequest',
  runAll: 'powerschool.runAll',
  runAllPages: 'powerschool.runAllPages',
  continuePages: 'powerschool.continuePages',
  exportResult: 'powerschool.exportResult',
  cancel: 'powerschool.cancel',
  copyAs: 'powerschool.copyAs',
  importPostman: 'powerschool.importPostman',
  importHttp: 'powerschool.importHttp',
  pasteCurl: 'powerschool.pasteCurl',
  selectEnvironment: 'powerschool.selectEnvironment',
  showSentRequest: 'powerschool.showSentRequest',
  openTable: 'powerschool.openTable',
  copyCells: 'powerschool.copyCells',
  copyCellsWithHeader: 'powerschool.copyCellsWithHeader',
  copyCellsAsCsv: 'powerschool.copyCellsAsCsv',
  copyCellsAsJson: 'powerschool.copyCellsAsJson',
  saveResponse: 'powerschool.saveResponse',
  hidePersonalFields: 'powerschool.hidePersonalFields',
  showPersonalFields: 'powerschool.showPersonalFields',
  openHistoryEntry: 'powerschool.openHistoryEntry',
  openSentRequest: 'powerschool.openSentRequest',
  runAgain: 'powerschool.runAgain',
  runOnAnotherServer: 'powerschool.runOnAnotherServer',
  compareWith: 'powerschool.compareWith',
  sortKeys: 'powerschool.sortKeys',
  keepKeyOrder: 'powerschool.keepKeyOrder',
  removeHistoryEntry: 'powerschool.removeHistoryEntry',
  clearHistory: 'powerschool.clearHistory',
  clearAllData: 'powerschool.clearAllData',
  newPlugin: 'powerschool.newPlugin',
  packagePlugin: 'powerschool.packagePlugin',
  addPluginField: 'powerschool.addPluginField',
  addPowerQuery: 'powerschool.addPowerQuery',
  bumpVersion: 'powerschool.bumpVersion',
  whereToInstall: 'powerschool.whereToInstall',
  validatePlugin: 'powerschool.validatePlugin',
  runPowerQuery: 'powerschool.runPowerQuery',
  lintWorkspace: 'powerschool.lintWorkspace',
  openReference: 'powerschool.openReference',
  showLog: 'powerschool.showLog',
} as const;

export type CommandId = (typeof COMMANDS)[keyof typeof COMMANDS];

export const VIEWS = {
  servers: 'powerschool.servers',
  requests: 'powerschool.requests',
  plugins: 'powerschool.plugins',
  history: 'powerschool.history',
} as const;

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
