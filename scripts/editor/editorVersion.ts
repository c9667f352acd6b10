/** One version of VS Code as the npm registry has it. */
export interface EditorVersion {
  /** The version of VS Code. */
  readonly vscode: string;
  /** The version of the npm package code-server, which carries the server and the workbench of that VS Code. */
  readonly codeServer: string;
  /** The major version of Node that this server runs on. */
  readonly node: 22 | 24;
}

/** The newest editor the tests run in. */
export const CURRENT_EDITOR: EditorVersion = { vscode: '1.139.1', codeServer: '4.139.1', node: 24 };

/** The oldest editor that package.json names in `engines.vscode`. */
export const MINIMUM_EDITOR: EditorVersion = { vscode: '1.105.1', codeServer: '4.105.1', node: 22 };
