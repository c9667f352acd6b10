import { BlockWriter } from '../core/output/blockWriter.ts';
import { PartFile } from '../core/output/partFile.ts';
import { RecordEncoder } from '../core/output/recordEncoder.ts';
import { readBytes } from '../core/http/bufferedResponse.ts';
import type { PowerSchoolClient } from '../core/powerschool/client.ts';
import { explainResponse } from '../core/powerschool/errorExplanation.ts';
import type { PagingRequest } from '../core/powerschool/pagingPlan.ts';
import { sliceRecords } from '../core/powerschool/pageSlicing.ts';
import { decodeTextLoosely } from '../core/powerschool/responseText.ts';
import type { CliIo } from './cliIo.ts';
import { encoderOptions, type RecordOptions } from './recordOptions.ts';
import { UsageError } from './usageError.ts';

/** Enough of a body to tell what it is. */
const FIRST_BYTES = 64 << 10;
const LARGEST_TABLE = 0x7fff_ffff;

/**
 * One answer: its body as it is, or its records in another form. Throws the explanation of an answer that is no
 * success.
 */
export async function fetchOne(
  client: PowerSchoolClient,
  request: PagingRequest,
  options: RecordOptions,
  io: CliIo,
): Promise<void> {
  const part = options.file === undefined ? undefined : await PartFile.open(options.file, false);
  const write =
    part === undefined ? (bytes: Uint8Array) => io.stdout.write(bytes) : (bytes: Uint8Array) => part.append(bytes);
  try {
    await fetchInto(client, request, options, write);
    await part?.finish();
  } catch (error) {
    await part?.stop();
    throw error;
  }
}

async function fetchInto(
  client: PowerSchoolClient,
  request: PagingRequest,
  options: RecordOptions,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const { method = 'GET', target, headers, body, signal } = request;
  const response = await client.send({ method, target, headers, body, signal });
  const chunks = response.body[Symbol.asyncIterator]();
  const start = await readStart(chunks);
  const problem = explainResponse(response, decodeTextLoosely(start.bytes, response.headers));
  if (problem !== undefined) {
    await response.dispose();
    throw problem;
  }
  const whole = joined(start, chunks);
  if ((options.format ?? 'json') === 'json' && options.columns === undefined) {
    const blocks = new BlockWriter(write);
    for await (const chunk of whole) await blocks.push(chunk);
    await blocks.end();
    return;
  }
  const { bytes } = await readBytes({ body: whole, dispose: () => response.dispose() }, LARGEST_TABLE);
  const batch = sliceOrRefuse(bytes);
  const encoder = new RecordEncoder(encoderOptions(options));
  await write(encoder.encode(batch));
  await write(encoder.end());
}

function sliceOrRefuse(bytes: Uint8Array): ReturnType<typeof sliceRecords> & object {
  let batch: ReturnType<typeof sliceRecords>;
  try {
    batch = sliceRecords(bytes);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (batch === undefined) {
    throw new UsageError('The answer is no list of records. Use --format json to see it as it is.');
  }
  return batch;
}

interface Start {
  readonly bytes: Uint8Array;
  readonly ended: boolean;
}

async function readStart(chunks: AsyncIterator<Uint8Array>): Promise<Start> {
  const parts: Uint8Array[] = [];
  let size = 0;
  while (size < FIRST_BYTES) {
    const { value, done } = await chunks.next();
    if (done === true) return { bytes: Buffer.concat(parts), ended: true };
    parts.push(value);
    size += value.length;
  }
  return { bytes: Buffer.concat(parts), ended: false };
}

async function* joined(start: Start, chunks: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  yield start.bytes;
  if (start.ended) return;
  for (;;) {
    const { value, done } = await chunks.next();
    if (done === true) return;
    yield value;
  }
}
