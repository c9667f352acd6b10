import type { Header } from '../http/transport.ts';
import { OUTPUT_PROBLEMS } from '../output/outputProblems.ts';
import { formatSize } from '../output/quantity.ts';
import type { RecordBatch } from '../output/recordBatch.ts';
import { writeFailure } from '../output/writeFailure.ts';
import { explain, ExplainedError } from '../problem/explainedError.ts';
import { sliceRecords } from '../powerschool/pageSlicing.ts';
import { findRecords } from '../powerschool/records.ts';
import { decodeTextLoosely } from '../powerschool/responseText.ts';
import type { RecordIndex } from '../records/recordIndex.ts';
import { RecordIndexer } from '../records/recordIndexer.ts';
import { parseJson, selectEach } from '../request/jsonPath/selectEach.ts';
import { FileRecords, MemoryRecords, type RecordSource } from '../records/recordSource.ts';
import type { BodyCut, Spool, SpooledBody } from './ports.ts';

/** Bytes that are parsed at once: a text cannot be longer than about this. */
const MOST_PARSED = 500_000_000;

/** A body that has arrived: in memory, spooled to disk, or only counted. */
export class AnswerBody {
  /** Decoded bytes. */
  readonly size: number;
  /** Undefined when the body was larger than the limit. */
  readonly bytes: Uint8Array | undefined;
  readonly spooled: SpooledBody | undefined;
  readonly #headers: readonly Header[];
  /** Where the records of a body over the limit lie, when they were looked for while it came. */
  readonly #index: RecordIndex | undefined;
  #json: Promise<{ readonly json: unknown } | undefined> | undefined;

  constructor(
    size: number,
    bytes: Uint8Array | undefined,
    spooled: SpooledBody | undefined,
    headers: readonly Header[] = [],
    index?: RecordIndex,
  ) {
    this.size = size;
    this.bytes = bytes;
    this.spooled = spooled;
    this.#headers = headers;
    this.#index = index;
  }

  /** Undefined when the body was not kept. */
  async text(): Promise<string | undefined> {
    const bytes = this.bytes ?? (await this.#readBack());
    return bytes === undefined ? undefined : decodeTextLoosely(bytes, this.#headers);
  }

  /** Undefined when the body was not kept or is no JSON. Parsed once. */
  json(): Promise<{ readonly json: unknown } | undefined> {
    this.#json ??= this.#parse();
    return this.#json;
  }

  /**
   * What each of these JSONPaths finds; undefined when the body was not kept or is no JSON. Rejects with PS9971 when it
   * is too large for that.
   */
  async select(selectors: readonly string[]): Promise<readonly (readonly unknown[])[] | undefined> {
    const { spooled, size } = this;
    try {
      if (size > MOST_PARSED) throw new Error('it is longer than a text can be');
      if (spooled?.select !== undefined) return await spooled.select(selectors, this.#headers);
    } catch (cause) {
      throw explain(OUTPUT_PROBLEMS, 'PS9971', [formatSize(size), selectors.join(', ')], { cause });
    }
    const body = await this.json();
    return body && selectEach(selectors, body.json);
  }

  /**
   * How many records it holds; undefined when it is no list of records. A body in memory is counted without parsing
   * its records, a larger one only when it was counted while it came, or when its JSON was asked for anyway.
   */
  async countRecords(): Promise<number | undefined> {
    if (this.#index !== undefined) return this.#index.count;
    if (this.#json === undefined && this.bytes !== undefined) return this.#slice()?.count;
    const parsed = await this.#json;
    return parsed === undefined ? undefined : findRecords(parsed.json).records?.length;
  }

  /**
   * The records, to read some or all of them; undefined when it is no list of records, or when the body was not kept.
   */
  records(): RecordSource | undefined {
    if (this.spooled !== undefined) {
      return this.#index === undefined ? undefined : new FileRecords(this.spooled.path, this.#index);
    }
    const batch = this.#slice();
    return batch === undefined ? undefined : new MemoryRecords(batch);
  }

  /** Where the records of a spooled body lie. */
  get index(): RecordIndex | undefined {
    return this.#index;
  }

  /** The first bytes, at most `limit`; none when the body was not kept. */
  async start(limit: number): Promise<Uint8Array> {
    if (this.spooled === undefined) return this.bytes?.subarray(0, limit) ?? new Uint8Array(0);
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of this.spooled.read()) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= limit) break;
    }
    return Buffer.concat(chunks).subarray(0, limit);
  }

  /** All bytes in order; nothing when the body was not kept. */
  async *read(): AsyncGenerator<Uint8Array, void, undefined> {
    if (this.spooled !== undefined) yield* this.spooled.read();
    else if (this.bytes !== undefined) yield this.bytes;
  }

  #slice(): RecordBatch | undefined {
    try {
      return this.bytes === undefined ? undefined : sliceRecords(this.bytes);
    } catch {
      return undefined;
    }
  }

  async #parse(): Promise<{ readonly json: unknown } | undefined> {
    const text = this.size > MOST_PARSED ? undefined : await this.text();
    return text === undefined ? undefined : parseJson(text);
  }

  async #readBack(): Promise<Uint8Array | undefined> {
    if (this.spooled === undefined) return undefined;
    const chunks: Uint8Array[] = [];
    try {
      for await (const chunk of this.spooled.read()) chunks.push(chunk);
    } catch (error) {
      // Its owner has removed it.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
    return Buffer.concat(chunks);
  }
}

export interface BodyOptions {
  /** Bytes that are kept in memory. */
  readonly limit: number;
  readonly openSpool: (() => Promise<Spool>) | undefined;
  /** Look for the records of a body over the limit while it passes by; that takes time. */
  readonly indexLarge: boolean;
  /** When it cannot be written further (PS9970): where it ends instead, given the bytes that are there. */
  readonly cutAt?: ((written: number, error: ExplainedError) => BodyCut | undefined) | undefined;
}

/** An answer on its way: its body, and the headers that tell how to read it. */
interface ComingBody {
  readonly body: AsyncIterable<Uint8Array>;
  readonly headers: readonly Header[];
}

/**
 * Takes a body in: up to `limit` bytes in memory, a larger one whole into a spool when there is one, else only its
 * size is kept. Rejects with PS9970 when the spool takes no more and `cutAt` knows no place to end it.
 */
export async function receiveBody({ body, headers }: ComingBody, options: BodyOptions): Promise<AnswerBody> {
  const { limit, openSpool, indexLarge, cutAt } = options;
  let size = 0;
  let kept: Uint8Array[] | undefined = [];
  let spool: Spool | undefined;
  let indexer: RecordIndexer | undefined;
  const pass = async (chunk: Uint8Array): Promise<void> => {
    indexer?.add(chunk);
    await spool?.write(chunk);
  };
  try {
    for await (const chunk of body) {
      size += chunk.byteLength;
      if (kept === undefined) {
        await pass(chunk);
        continue;
      }
      kept.push(chunk);
      if (size <= limit) continue;
      spool = openSpool && (await openExplained(openSpool));
      if (indexLarge) indexer = new RecordIndexer();
      for (const earlier of kept) await pass(earlier);
      kept = undefined;
    }
    if (kept !== undefined) return new AnswerBody(size, joined(kept), undefined, headers);
    return new AnswerBody(size, undefined, await spool?.end(), headers, indexer?.end());
  } catch (error) {
    const unwritten = error instanceof ExplainedError && error.code === 'PS9970';
    const where = unwritten && cutAt !== undefined ? (written: number) => cutAt(written, error) : () => undefined;
    const short = await (kept === undefined ? shortFile(spool, headers, where) : shortBytes(kept, headers, where));
    if (short?.spooled === undefined) await spool?.discard();
    if (short === undefined) throw error;
    return short;
  }
}

function shortBytes(chunks: Uint8Array[], headers: readonly Header[], where: CutFinder): AnswerBody | undefined {
  const all = joined(chunks);
  const cut = where(all.length);
  if (cut === undefined) return undefined;
  const bytes = Buffer.concat([all.subarray(0, cut.length), cut.after]);
  return new AnswerBody(bytes.length, bytes, undefined, headers);
}

async function shortFile(
  spool: Spool | undefined,
  headers: readonly Header[],
  where: CutFinder,
): Promise<AnswerBody | undefined> {
  const spooled = await spool?.shorten?.(where).catch(() => undefined);
  if (spooled === undefined) return undefined;
  const indexer = new RecordIndexer();
  let size = 0;
  for await (const chunk of spooled.read()) {
    size += chunk.length;
    indexer.add(chunk);
  }
  return new AnswerBody(size, undefined, spooled, headers, indexer.end());
}

type CutFinder = (written: number) => BodyCut | undefined;

/** A spool whose failures say what they are: PS9970, for example when the disk is full. */
async function openExplained(open: () => Promise<Spool>): Promise<Spool> {
  const spool = await explained(open());
  return {
    write: (chunk) => explained(spool.write(chunk)),
    end: () => explained(spool.end()),
    ...(spool.shorten && { shorten: spool.shorten.bind(spool) }),
    discard: () => spool.discard().catch(() => undefined),
  };
}

async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw explain(OUTPUT_PROBLEMS, 'PS9970', [writeFailure(error)], { cause: error });
  }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
}
