import { setImmediate } from 'node:timers/promises';
import { JsonIndenter, prettyJson } from '../../core/output/prettyJson.ts';
import { RecordIndexer } from '../../core/records/recordIndexer.ts';
import type { RecordIndex } from '../../core/records/recordIndex.ts';
import type { AnswerBody } from '../../core/run/answerBody.ts';

/** What a document shows of a body. */
export interface Preview {
  readonly text: string;
  /** The body is longer. */
  readonly cut: boolean;
  /** Records that are shown of a list that was cut. */
  readonly records: number | undefined;
}

/** Bytes that are indented before others get their turn. */
const SLICE_BYTES = 1 << 16;
/**
 * Bytes that are shown of a body over the limit: the table shows the rest, and the editor itself stands still for a
 * document of megabytes while it sends it and looks for links.
 */
const PART_BYTES = 400_000;

/**
 * The body as shown: JSON and short XML indented, anything else as it came. A body over the limit (bytes) gives a first part: of a
 * list as many whole records as fit, closed so that it is JSON again. Works in small steps.
 */
export async function previewOf(body: AnswerBody, limit: number, language: string): Promise<Preview> {
  const isJson = language === 'json';
  if (body.size <= limit) {
    const text = (await body.text()) ?? '';
    const isSmall = text.length <= 4 * SLICE_BYTES;
    const whole = { text, cut: false, records: undefined };
    if (isJson && text !== '') return { ...whole, text: isSmall ? prettyJson(text) : await indentWhole(text) };
    return language === 'xml' && isSmall ? { ...whole, text: await indentXml(text) } : whole;
  }
  const part = Math.min(limit, PART_BYTES);
  const start = await body.start(part);
  const index = isJson ? (body.index ?? (body.bytes && indexOf(body.bytes))) : undefined;
  const records = index === undefined ? 0 : recordsBefore(index, part);
  if (index === undefined || records === 0) {
    // The last character may be cut in two: it is left out.
    return { text: new TextDecoder().decode(start, { stream: true }), cut: true, records: undefined };
  }
  return { text: await indent(start.subarray(0, index.end(records - 1))), cut: true, records };
}

async function indentXml(text: string): Promise<string> {
  const [{ readXml }, { prettyXml }] = await Promise.all([
    import('../../core/plugin/reader/xmlReader.ts'),
    import('../../core/output/prettyXml.ts'),
  ]);
  return readXml(text).faults.length === 0 ? prettyXml(text) : text;
}

async function indentWhole(text: string): Promise<string> {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  await setImmediate();
  return indent(Buffer.from(text, 'utf8'));
}

async function indent(bytes: Uint8Array): Promise<string> {
  const indenter = new JsonIndenter();
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
    indenter.add(bytes.subarray(at, at + SLICE_BYTES));
    await setImmediate();
  }
  return indenter.end();
}

function indexOf(bytes: Uint8Array): RecordIndex | undefined {
  const indexer = new RecordIndexer();
  indexer.add(bytes);
  return indexer.end();
}

/** How many records end within the first bytes. */
function recordsBefore(index: RecordIndex, limit: number): number {
  let low = 0;
  let high = index.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (index.end(middle) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
