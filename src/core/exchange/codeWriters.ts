import { toCurl, toCurlForCmd } from './curlCommand.ts';
import type { ExportableRequest } from './exportableRequest.ts';
import { toFetch } from './fetchCode.ts';
import { toPowerShell } from './powershellCode.ts';
import { toPython } from './pythonCode.ts';

export { toExportable } from './exportableRequest.ts';

export type CodeForm = 'curl' | 'cmd' | 'fetch' | 'python' | 'powershell';

/** The code that sends a request, by language or shell. */
export const CODE_WRITERS: Readonly<Record<CodeForm, (request: ExportableRequest) => string>> = {
  curl: toCurl,
  cmd: toCurlForCmd,
  fetch: toFetch,
  python: toPython,
  powershell: toPowerShell,
};
