import type { Spool, SpooledBody } from './ports.ts';

/** A body that has arrived: in memory, spooled to disk, or only counted. */
export class AnswerBody {
  /** Decoded bytes. */
  readonly size: number;
  /** Undefined when the body was larger than the limit. */
  readonly bytes: Uint8Array | undefined;
  readonly spooled: SpooledBody | undefined;
  #json: Promise<{ readonly json: unknown } | undefined> | undefined;

  constructor(size: number, bytes: Uint8Array | undefined, spooled: SpooledBody | undefined) {
    this.size = size;
    this.bytes = bytes;
    this.spooled = spooled;
  }

  /** Undefined when the body was not kept. */
  async text(): Promise<string | undefined> {
    const bytes = this.bytes ?? (await this.#readBack());
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  }

  /** Undefined when the body was not kept or is no JSON. Parsed once. */
  json(): Promise<{ readonly json: unknown } | undefined> {
    this.#json ??= this.#parse();
    return this.#json;
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

/**
 * Takes a body in: up to `limit` bytes in memory, a larger one whole into a spool when there is one, else only its
 * size is kept.
 */
export async function receiveBody(
  body: AsyncIterable<Uint8Array>,
  limit: number,
  openSpool: (() => Promise<Spool>) | undefined,
): Promise<AnswerBody> {
  let size = 0;
  let kept: Uint8Array[] | undefined = [];
  let spool: Spool | undefined;
  try {
    for await (const chunk of body) {
      size += chunk.byteLength;
      if (spool !== undefined) await spool.write(chunk);
      else if (kept !== undefined && size <= limit) kept.push(chunk);
      else if (kept !== undefined) {
        spool = await openSpool?.();
        for (const earlier of [...kept, chunk]) await spool?.write(earlier);
        kept = undefined;
      }
    }
  } catch (error) {
    await spool?.discard();
    throw error;
  }
  if (kept !== undefined) return new AnswerBody(size, joined(kept), undefined);
  return new AnswerBody(size, undefined, await spool?.end());
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
}
