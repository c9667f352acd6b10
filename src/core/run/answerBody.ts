import type { Header } from '../http/transport.ts';
import { sliceRecords } from '../powerschool/pageSlicing.ts';
import { findRecords } from '../powerschool/records.ts';
import { decodeTextLoosely } from '../powerschool/responseText.ts';
import type { Spool, SpooledBody } from './ports.ts';
import { RecordCounter } from './recordCounter.ts';

/** A body that has arrived: in memory, spooled to disk, or only counted. */
export class AnswerBody {
  /** Decoded bytes. */
  readonly size: number;
  /** Undefined when the body was larger than the limit. */
  readonly bytes: Uint8Array | undefined;
  readonly spooled: SpooledBody | undefined;
  readonly #headers: readonly Header[];
  readonly #counter: RecordCounter | undefined;
  #json: Promise<{ readonly json: unknown } | undefined> | undefined;

  constructor(
    size: number,
    bytes: Uint8Array | undefined,
    spooled: SpooledBody | undefined,
    headers: readonly Header[] = [],
    counter?: RecordCounter,
  ) {
    this.size = size;
    this.bytes = bytes;
    this.spooled = spooled;
    this.#headers = headers;
    this.#counter = counter;
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
   * How many records it holds; undefined when it is no list of records. A body in memory is counted without parsing
   * its records, a larger one only when it was counted while it came, or when its JSON was asked for anyway.
   */
  async countRecords(): Promise<number | undefined> {
    if (this.#json === undefined && this.bytes !== undefined) {
      try {
        return sliceRecords(this.bytes)?.count;
      } catch {
        return undefined;
      }
    }
    const parsed = await this.#json;
    return parsed === undefined ? this.#counter?.count() : findRecords(parsed.json).records?.length;
  }

  async #parse(): Promise<{ readonly json: unknown } | undefined> {
    const text = await this.text();
    if (text === undefined) return undefined;
    try {
      return { json: JSON.parse(text) as unknown };
    } catch {
      return undefined;
    }
  }

  async #readBack(): Promise<Uint8Array | undefined> {
    if (this.spooled === undefined) return undefined;
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.spooled.read()) chunks.push(chunk);
    return Buffer.concat(chunks);
  }
}

export interface BodyOptions {
  /** Bytes that are kept in memory. */
  readonly limit: number;
  readonly openSpool: (() => Promise<Spool>) | undefined;
  /** Count the records of a body over the limit while it passes by; that takes time. */
  readonly countLarge: boolean;
}

/**
 * Takes a body in: up to `limit` bytes in memory, a larger one whole into a spool when there is one, else only its
 * size is kept.
 */
export async function receiveBody(
  { body, headers }: { readonly body: AsyncIterable<Uint8Array>; readonly headers: readonly Header[] },
  { limit, openSpool, countLarge }: BodyOptions,
): Promise<AnswerBody> {
  let size = 0;
  let kept: Uint8Array[] | undefined = [];
  let spool: Spool | undefined;
  let counter: RecordCounter | undefined;
  const pass = async (chunk: Uint8Array): Promise<void> => {
    counter?.add(chunk);
    await spool?.write(chunk);
  };
  try {
    for await (const chunk of body) {
      size += chunk.byteLength;
      if (kept !== undefined && size <= limit) kept.push(chunk);
      else if (kept === undefined) await pass(chunk);
      else {
        spool = await openSpool?.();
        if (countLarge) counter = new RecordCounter();
        for (const earlier of [...kept, chunk]) await pass(earlier);
        kept = undefined;
      }
    }
  } catch (error) {
    await spool?.discard();
    throw error;
  }
  if (kept !== undefined) return new AnswerBody(size, joined(kept), undefined, headers);
  return new AnswerBody(size, undefined, await spool?.end(), headers, counter);
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
}
