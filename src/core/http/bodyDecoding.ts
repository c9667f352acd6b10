import { pipeline, Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { networkFailure } from './networkFailure.ts';

/** What is asked for when the request does not say. */
export const ACCEPT_ENCODING = 'gzip, deflate, br';

// Real lists of records shrink 5 to 100 times; deflate's own end is 1,032 times.
const MOST_GROWTH = 400;
/** Bytes that a decoder gives at once: by its own 16 kB, a page takes four times as many turns. */
const PIECE = { chunkSize: 64 * 1024 };
/** Below this size (bytes) growth does no harm. */
const HARMLESS = 8 * 1024 * 1024;

/**
 * Undoes Content-Encoding while the body streams. Throws PS929 (damaged), PS930 (grows without end), PS931 (unknown).
 * An empty body stays empty whatever the header says.
 */
export async function* decodeBody(
  body: AsyncIterable<Uint8Array>,
  contentEncoding: string,
  host: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const names = contentEncoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  // The last one named was applied last.
  let decoded = body;
  for (const name of names.reverse()) decoded = decodeOne(decoded, name, host);
  yield* decoded;
}

async function* decodeOne(
  body: AsyncIterable<Uint8Array>,
  name: string,
  host: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body[Symbol.asyncIterator]();
  let decoder: Transform | undefined;
  try {
    const first = await reader.next();
    if (first.done === true) return;
    decoder = createDecoder(name, first.value);
    if (decoder === undefined) throw networkFailure('PS931', [host, name]);

    let taken = 0;
    let given = 0;
    const source = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
      for (let step: IteratorResult<Uint8Array, unknown> = first; step.done !== true; step = await reader.next()) {
        taken += step.value.length;
        yield step.value;
      }
    };
    // Errors reach the loop below through the decoder.
    pipeline(Readable.from(source(), { objectMode: false }), decoder, () => {});
    for await (const chunk of decoder) {
      if (!(chunk instanceof Uint8Array)) continue;
      given += chunk.length;
      if (given > HARMLESS && given > taken * MOST_GROWTH) throw networkFailure('PS930', [host, MOST_GROWTH]);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && isZlibCode(error.code))
      throw networkFailure('PS929', [host], error);
    throw error;
  } finally {
    decoder?.destroy();
    // Not awaited: it may stand behind a read that only the end of the connection settles.
    reader.return?.().catch(() => {});
  }
}

function isZlibCode(code: unknown): boolean {
  return (
    typeof code === 'string' &&
    (code.startsWith('Z_') || code.startsWith('ERR_BROTLI') || code.startsWith('ERR__ERROR'))
  );
}

function createDecoder(name: string, first: Uint8Array): Transform | undefined {
  switch (name) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip(PIECE);
    case 'deflate':
      // Some servers send bare deflate data where the standard wants the zlib wrapper.
      return ((first[0] ?? 0) & 0x0f) === 8 ? createInflate(PIECE) : createInflateRaw(PIECE);
    case 'br':
      return createBrotliDecompress(PIECE);
    default:
      return undefined;
  }
}
