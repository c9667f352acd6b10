import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ApiUse } from '../core/catalog/apiUse.ts';
import { loadCatalog } from '../core/catalog/load.ts';
import type { LintedText } from '../core/output/lint/lintReport.ts';
import { MANIFEST_NAME } from '../core/plugin/making/packageEntries.ts';
import { packageOfRequest, type RequestUses } from '../core/plugin/package/requestGrants.ts';
import { apiUsesOf } from '../core/request/apiUses.ts';
import { parseRequestFile } from '../core/request/parse.ts';
import { suppressionsIn } from '../core/request/suppressions.ts';
import type { Linter } from './linter.ts';

/**
 * The plugins below a folder once more, now with the request files that are sent with their credentials: what those
 * lack, and what the plugins ask for in vain. @param linted absolute paths of the files that were judged.
 */
export async function lintWithRequests(
  requestFiles: readonly string[],
  linted: Iterable<string>,
  linter: Linter,
): Promise<LintedText[]> {
  const folders = [...linted].filter((file) => path.basename(file) === MANIFEST_NAME).map((file) => path.dirname(file));
  const catalog = await loadCatalog();
  const ofFolder = new Map<string, RequestUses[]>();
  for (const file of requestFiles) {
    const slashed = folders.map(withSlashes);
    const folder = folders[slashed.indexOf(packageOfRequest(withSlashes(file), slashed) ?? '\0')];
    const text = folder === undefined ? undefined : read(file);
    if (folder === undefined || text === undefined) continue;
    const parsed = parseRequestFile(text);
    const uses: readonly ApiUse[] = apiUsesOf(parsed, catalog);
    const isSuppressed = suppressionsIn(parsed);
    ofFolder.set(folder, [...(ofFolder.get(folder) ?? []), { path: file, text: parsed.text, uses, isSuppressed }]);
  }
  const found: LintedText[] = [];
  for (const [folder, requests] of ofFolder) found.push(...(await linter.packageWithRequests(folder, requests)));
  return found;
}

function withSlashes(file: string): string {
  return file.replaceAll(path.sep, '/');
}

/** Whether it can be read is the matter of those who run it. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
