import { env, l10n, window, type QuickPickItem, type TextDocument } from 'vscode';
import { CODE_WRITERS, toExportable, type CodeForm } from '../../core/exchange/codeWriters.ts';
import type { ExportOptions } from '../../core/exchange/exportableRequest.ts';
import { toPortableHttp } from '../../core/exchange/portableHttp.ts';
import { toPostman } from '../../core/exchange/postmanExport.ts';
import type { RequestEntry, RequestFile } from '../../core/request/requestFile.ts';
import type { ServerRegistry } from '../servers/serverRegistry.ts';
import type { EnvironmentChoice } from './environmentChoice.ts';
import { environmentsOf } from './environmentsOf.ts';
import { requestLabel, type RequestParser } from './requestDocuments.ts';

export interface CopyAsOptions {
  readonly document: TextDocument;
  readonly request: RequestEntry;
  readonly parser: RequestParser;
  readonly registry: ServerRegistry;
  readonly environment: EnvironmentChoice;
}

type Format = CodeForm | 'http' | 'postman';

/** Copies a request as code for another tool. Nothing secret goes along: the code reads it from the environment. */
export async function copyAs({ document, request, parser, registry, environment }: CopyAsOptions): Promise<void> {
  const formats: (QuickPickItem & { readonly format: Format })[] = [
    { label: 'cURL (bash)', detail: l10n.t('For a shell on Linux and macOS, and Git Bash'), format: 'curl' },
    { label: 'cURL (cmd)', detail: l10n.t('For the command prompt of Windows'), format: 'cmd' },
    { label: 'PowerShell', detail: 'Invoke-RestMethod', format: 'powershell' },
    { label: 'Python', detail: 'requests', format: 'python' },
    { label: 'JavaScript', detail: 'fetch', format: 'fetch' },
    { label: l10n.t('Portable .http'), detail: 'REST Client, httpYac, JetBrains', format: 'http' },
    { label: 'Postman', detail: l10n.t('A collection, to be pasted into Import'), format: 'postman' },
  ];
  const picked = await window.showQuickPick(formats, { placeHolder: l10n.t('Copy this request as') });
  if (!picked) return;
  const file = await parser.parse(document);
  const origin = registry.active?.origin;
  const environments = await environmentsOf(document.uri);
  const text = write(picked.format, file, request, {
    origin,
    environments,
    environment: environment.current,
    dynamic: { now: () => Date.now(), random: () => Math.random() },
  });
  await env.clipboard.writeText(text);
  void window.setStatusBarMessage(l10n.t('Copied as {0}, without secrets', picked.label), 4000);
}

function write(format: Format, file: RequestFile, request: RequestEntry, options: ExportOptions): string {
  if (format === 'http') {
    return toPortableHttp(file, [request], { origin: options.origin });
  }
  if (format === 'postman') {
    const name = requestLabel(request);
    return toPostman(name, [{ name, file: { ...file, requests: [request] } }]).text;
  }
  return CODE_WRITERS[format](toExportable(file, request, options));
}
