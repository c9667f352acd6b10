import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { Header } from '../../core/http/transport.ts';
import { decodeTextLoosely } from '../../core/powerschool/responseText.ts';
import { parseJson, selectEach } from '../../core/request/jsonPath/selectEach.ts';

export interface Selection {
  readonly path: string;
  /** What follows the file. */
  readonly after: Uint8Array | undefined;
  readonly selectors: readonly string[];
  readonly headers: readonly Header[];
}

export type Selected = { readonly found: readonly (readonly unknown[])[] | undefined } | { readonly tooMuch: true };

/** Characters that go back: taking them in holds up the extension host. */
const MOST_FOUND = 4_000_000;

if (parentPort !== null) {
  const { path, after, selectors, headers } = workerData as Selection;
  const bytes = await readFile(path);
  const body = parseJson(decodeTextLoosely(after === undefined ? bytes : Buffer.concat([bytes, after]), headers));
  const found = body && selectEach(selectors, body.json);
  const tooMuch = found !== undefined && JSON.stringify(found).length > MOST_FOUND;
  const selected: Selected = tooMuch ? { tooMuch } : { found };
  parentPort.postMessage(selected);
}
