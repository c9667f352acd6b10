/** What the workbench opens. Paths are absolute paths of this machine. */
export interface WorkbenchContent {
  folder: string;
  /** The folder of an extension that runs from its sources, in development mode. */
  developmentExtension?: string;
  /** A module that exports `run(): Promise<void>`: the editor runs it and reports its end. */
  tests?: string;
}

/**
 * The address of the workbench on an editor server at `origin`. The server heeds the development extension and the
 * tests only when it was started for automation.
 */
export function workbenchAddress(origin: string, content: WorkbenchContent, connectionToken?: string): string {
  const { host } = new URL(origin);
  const remote = (file: string): string => `vscode-remote://${host}${uriPath(file)}`;
  const payload = [
    ...(content.developmentExtension === undefined
      ? []
      : [['extensionDevelopmentPath', remote(content.developmentExtension)]]),
    ...(content.tests === undefined ? [] : [['extensionTestsPath', remote(content.tests)]]),
    ...(content.tests === undefined ? [] : [['skipWelcome', 'true']]),
  ];
  const address = new URL('/', origin);
  if (connectionToken !== undefined) address.searchParams.set('tkn', connectionToken);
  address.searchParams.set('folder', uriPath(content.folder));
  address.searchParams.set('payload', JSON.stringify(payload));
  return address.href;
}

/** `C:\x` is `/c:/x` in a URI. */
export function uriPath(file: string): string {
  if (process.platform !== 'win32') return file;
  const slashed = file.replaceAll('\\', '/');
  return `/${slashed.charAt(0).toLowerCase()}${slashed.slice(1)}`;
}
