import { createReadStream } from 'node:fs';
import type { ExportState } from '../output/exportState.ts';
import { COMMA, OPEN_OBJECT, QUOTE } from '../output/jsonBytes.ts';
import { batchOfRecords, type RecordBatch } from '../output/recordBatch.ts';
import { ID_KEYS } from '../powerschool/recordId.ts';

const LINE_FEED = 0x0a;
/** Records that are looked at together when the list does not come in pages. */
const NO_PAGES = 1000;

/**
 * The records in an unfinished file, page by page as they came, to know them again. Of a table only the ids are read.
 * Nothing but one page is held.
 */
export async function* partPages(
  part: string,
  { format, pageSize, byteLength }: ExportState,
): AsyncGenerator<RecordBatch, void, undefined> {
  if (byteLength === 0) return;
  const reader = format === 'csv' ? new IdCells() : new RecordLines();
  const size = pageSize || NO_PAGES;
  const records: Uint8Array[] = [];
  for await (const chunk of createReadStream(part, { end: byteLength - 1 })) {
    reader.read(chunk as Uint8Array, records);
    while (records.length >= size) yield batchOfRecords(records.splice(0, size));
  }
  // The last line of an array has no end yet.
  if (format === 'json') reader.read(Uint8Array.of(LINE_FEED), records);
  if (records.length > 0) yield batchOfRecords(records);
}

/** NDJSON, and the array that is written with a record a line. */
class RecordLines {
  #rest: Uint8Array = new Uint8Array(0);

  read(chunk: Uint8Array, into: Uint8Array[]): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      this.#line(bytes.subarray(start, end), into);
      start = end + 1;
    }
    this.#rest = bytes.subarray(start);
  }

  #line(line: Uint8Array, into: Uint8Array[]): void {
    if (line[0] === OPEN_OBJECT) into.push(line.at(-1) === COMMA ? line.subarray(0, -1) : line);
  }
}

/** A table: its columns that may be ids, each row as a record of these. */
class IdCells {
  /** Keys of the columns that are read, by their place; undefined in the header line. */
  #keys: Map<number, string> | undefined;
  #row: [key: string, value: string][] = [];
  #cell = '';
  #column = 0;
  #quoted = false;

  read(chunk: Uint8Array, into: Uint8Array[]): void {
    for (const unit of chunk) {
      if (unit === QUOTE) this.#quoted = !this.#quoted;
      else if (!this.#quoted && (unit === COMMA || unit === LINE_FEED)) {
        this.#endCell();
        if (unit === LINE_FEED) this.#endRow(into);
      } else if (this.#keys?.has(this.#column) ?? true) this.#cell += String.fromCharCode(unit);
    }
  }

  #endCell(): void {
    const key = this.#keys === undefined ? String(this.#column) : this.#keys.get(this.#column);
    if (key !== undefined) this.#row.push([key, this.#cell.trim()]);
    this.#cell = '';
    this.#column++;
  }

  #endRow(into: Uint8Array[]): void {
    if (this.#keys !== undefined) into.push(Buffer.from(JSON.stringify(Object.fromEntries(this.#row))));
    else {
      // The first name may stand behind a byte order mark.
      const names = this.#row.map(([place, name]) => [Number(place), name.replace(/^[^\w]+/, '')] as const);
      this.#keys = new Map(names.filter(([, name]) => ID_KEYS.includes(name)));
    }
    this.#row = [];
    this.#column = 0;
  }
}
