import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { batchOfValues } from '../../../src/core/output/recordBatch.ts';
import { type EncoderProgress, RecordEncoder } from '../../../src/core/output/recordEncoder.ts';
import { seededRandom } from '../request/fuzz.ts';

type Format = 'csv' | 'ndjson';

/** What the chosen columns of the pages hold, read back; `cut` is the page before which the run stopped and went on. */
function columnsOf(pages: readonly (readonly unknown[])[], chosen: readonly string[], format: Format, cut?: number) {
  const options = { format, chosen, keepFormulas: true };
  let encoder = new RecordEncoder(options);
  const parts: Buffer[] = [];
  for (const [index, page] of pages.entries()) {
    if (index === cut && index > 0) {
      parts.push(Buffer.from(encoder.flush()));
      const earlier = JSON.parse(JSON.stringify(encoder.progress)) as EncoderProgress;
      encoder = new RecordEncoder({ ...options, earlier });
    }
    parts.push(Buffer.from(encoder.encode(batchOfValues(page))));
  }
  parts.push(Buffer.from(encoder.end()));
  const file = Buffer.concat(parts);
  if (format === 'csv') return parse(file).slice(1);
  const lines = file.toString().trimEnd().split('\n');
  return lines.map((line) => Object.values(JSON.parse(line) as object).map(asCell));
}

function asCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** An object without members may be nothing. */
function withoutEmpty(rows: string[][]): string[][] {
  return rows.map((row) => row.map((cell) => (cell === '{}' ? '' : cell)));
}

/** The value at a path, read plainly. */
function valueAt(record: unknown, name: string): unknown {
  let value = record;
  for (const key of name.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[key];
  return typeof value === 'object' && value !== null && name.endsWith('race') && !Array.isArray(value)
    ? [value]
    : value;
}

for (const format of ['csv', 'ndjson'] as const) {
  test(`chosen columns hold all that is at their path, whatever came before and wherever a ${format} run was cut`, () => {
    const random = seededRandom(9);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const names = ['id', 'name', 'name.first', 'name.last', 'phones', 'phones.main', 'phones.main.of', 'race'];
    const phones = (): unknown => pick<unknown>(['', null, 'N/A', { main: 'x,"1' }, { main: { of: 2 } }, ['1'], {}]);
    const record = (): unknown => ({
      ...(random() < 0.8 && { id: 1 }),
      ...(random() < 0.6 && { name: pick<unknown>([{ first: 'Nora', last: 'Quill' }, { last: 'O"H' }, '', null]) }),
      ...(random() < 0.5 && { phones: phones() }),
      ...(random() < 0.3 && { race: pick<unknown>([{ code: 'A' }, [{ code: 'A' }, { code: 'B' }], '']) }),
    });
    for (let round = 0; round < 400; round++) {
      const pages = Array.from({ length: 1 + Math.floor(random() * 9) }, () =>
        Array.from({ length: Math.floor(random() * 4) }, record),
      );
      const chosen = names.filter(() => random() < 0.4);
      if (chosen.length === 0 || pages.flat().length === 0) continue;
      const cut = random() < 0.5 ? Math.floor(random() * pages.length) : undefined;
      const expected = pages.flat().map((value) => chosen.map((name) => asCell(valueAt(value, name))));
      const found = columnsOf(pages, chosen, format, cut);
      assert.deepEqual(withoutEmpty(found), withoutEmpty(expected), JSON.stringify({ chosen, cut, pages }));
    }
  });
}

test('extension tables can be chosen whole', () => {
  const table = { name: 'u_bike', recordFound: true, _field: { name: 'permit_no', type: 'String', value: 'B-17' } };
  const pages = [[{ id: 1, _extension_data: { _table_extension: table } }, { id: 2 }]];
  assert.deepEqual(columnsOf(pages, ['_extension_data.u_bike', '_extension_data', 'permit_no'], 'csv'), [
    ['{"permit_no":"B-17"}', JSON.stringify({ _table_extension: table }), 'B-17'],
    ['', '', ''],
  ]);
});
