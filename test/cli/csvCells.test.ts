import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { startPageServer } from '../support/pageServer.ts';
import { runCli, serverEnv, temporaryFolder } from './runCli.ts';

/** Cells that are hard to write, and what an independent reader has to find in the file. */
const CELLS: readonly (readonly [sent: unknown, read: string])[] = [
  ['plain', 'plain'],
  ['"', '"'],
  ['""', '""'],
  ['",', '",'],
  ['Quill, "Nora"', 'Quill, "Nora"'],
  ['a\nb', 'a\nb'],
  ['a\r\nb', 'a\r\nb'],
  ['a\rb', 'a\rb'],
  ['\n', '\n'],
  ['"\r\n"', '"\r\n"'],
  // What a spreadsheet would run gets an apostrophe, as it shows a text.
  ['=1+1', "'=1+1"],
  ['=HYPERLINK("http://x","y")', '\'=HYPERLINK("http://x","y")'],
  ['+A1', "'+A1"],
  ['-A1', "'-A1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', "'\r=1"],
  ['=', "'="],
  ['-', "'-"],
  // Signed numbers are numbers.
  ['-5', '-5'],
  ['+18025550144', '+18025550144'],
  ['-1.50', '-1.50'],
  // Leading zeros and long numbers keep every digit.
  ['007', '007'],
  ['0', '0'],
  ['00000000000000000000', '00000000000000000000'],
  ['12345678901234567890', '12345678901234567890'],
  ['1e5', '1e5'],
  [-0.5, '-0.5'],
  [12, '12'],
  [true, 'true'],
  [null, ''],
  ['', ''],
  [' ', ' '],
  [' lead and trail ', ' lead and trail '],
  ['tab\tinside', 'tab\tinside'],
  ['Zoë Ñandú Łukasz Ærø', 'Zoë Ñandú Łukasz Ærø'],
  ['学生 学校', '学生 学校'],
  ['مدرسة', 'مدرسة'],
  ['שלום', 'שלום'],
  ['हिन्दी', 'हिन्दी'],
  ['🎓👩‍👧‍👦', '🎓👩‍👧‍👦'],
  ['e\u0301', 'e\u0301'],
  ['\u2028\u2029\u0085', '\u2028\u2029\u0085'],
  ['\u0000', '\u0000'],
  ['\u0001\u001f\u007f', '\u0001\u001f\u007f'],
  ['\uFEFFmark', '\uFEFFmark'],
  ['a\uFEFFb', 'a\uFEFFb'],
  // Half a character cannot be written as UTF-8: it becomes the replacement character.
  ['lone \ud83d half', 'lone \uFFFD half'],
  ['\udc00', '\uFFFD'],
  ['back\\slash "quoted\\"', 'back\\slash "quoted\\"'],
  ["'apostrophe", "'apostrophe"],
  ["O'Neil", "O'Neil"],
  ['<b>&amp;</b>', '<b>&amp;</b>'],
  ['x'.repeat(300_000), 'x'.repeat(300_000)],
  [`"${'é,\r\n'.repeat(50_000)}`, `"${'é,\r\n'.repeat(50_000)}`],
  [['a', 'b"c'], '["a","b\\"c"]'],
  [[], '[]'],
];
const PAGE = 7;

for (const [form, args] of [
  ['as it is', []],
  ['with a byte order mark', ['--bom']],
] as const) {
  test(`every cell of a table ${form} is what the server sent, read by another program`, async (t) => {
    // Every other record has its cell in a column that the first pages do not have.
    const late = (index: number): boolean => index >= 5 * PAGE;
    const server = await startPageServer(t, {
      count: () => CELLS.length,
      limits: { section_max_page_size: PAGE },
      record: (index) => ({ id: index, [late(index) ? 'late' : 'early']: CELLS[index]?.[0], ' =odd,"key"': 'k' }),
    });
    const cwd = await temporaryFolder(t);
    const target = '/ws/v1/school/1/section';
    const run = await runCli(['get', target, '--all-pages', '--format', 'csv', '-o', 'out.csv', ...args], {
      env: serverEnv(server),
      cwd,
    });
    assert.equal(run.code, 0, run.stderr);
    const file = await readFile(path.join(cwd, 'out.csv'));
    assert.equal(file.subarray(0, 3).toString('hex') === 'efbbbf', args.length > 0);
    const [header = [], ...rows] = parse(file, { bom: args.length > 0 });
    assert.equal(rows.length, CELLS.length);
    const column = (name: string): number => {
      assert.ok(header.includes(name), `${name} is in the header: ${header.join()}`);
      return header.indexOf(name);
    };
    assert.ok(header.every((_, index) => rows.every((row) => row[index] !== undefined)));
    for (const [index, [, expected]] of CELLS.entries()) {
      const row = rows[index] ?? [];
      assert.equal(row[column('id')], String(index));
      assert.equal(row[column(late(index) ? 'late' : 'early')], expected, `cell ${index}`);
      assert.equal(row[column(late(index) ? 'early' : 'late')], '');
      assert.equal(row[column(' =odd,"key"')], 'k');
    }
  });
}

test('formulas can be kept', async (t) => {
  const server = await startPageServer(t, { count: () => 1, record: () => ({ id: 1, cell: '=1+1' }) });
  const { stdout } = await runCli(['get', '/ws/v1/staff', '--all-pages', '--format', 'csv', '--keep-formulas'], {
    env: serverEnv(server),
  });
  const [header = [], row = []] = parse(stdout);
  assert.equal(row[header.indexOf('cell')], '=1+1');
});

test('a PowerQuery is written in every format', async (t) => {
  const server = await startPageServer(t, {
    count: () => 2300,
    record: (index) => ({ dcid: String(index), lastfirst: `Quill, "${index}"` }),
    body: (records) => JSON.stringify(records.length === 0 ? { '@extensions': '' } : { name: 'x', record: records }),
  });
  const env = serverEnv(server);
  const args = ['query', 'org.fernhill.demo.students.list', '--arg', 'grade=9', '--all-pages', '--format'];
  const csv = await runCli([...args, 'csv'], { env });
  assert.equal(csv.code, 0, csv.stderr);
  const rows = parse(csv.stdout);
  assert.deepEqual([rows.length, rows[0], rows[2300]], [2301, ['dcid', 'lastfirst'], ['2299', 'Quill, "2299"']]);
  const json = await runCli([...args, 'json'], { env });
  const values = JSON.parse(json.stdout) as { dcid: string }[];
  assert.deepEqual([values.length, values[2299]?.dcid, json.stdout.endsWith(']\n')], [2300, '2299', true]);
  const lines = (await runCli([...args, 'ndjson'], { env })).stdout.split('\n');
  assert.deepEqual([lines.length, lines[2299]], [2301, '{"dcid":"2299","lastfirst":"Quill, \\"2299\\""}']);
  const nothing = await startPageServer(t, { count: () => 0, body: () => '{"@extensions":""}' });
  assert.equal((await runCli([...args, 'json'], { env: serverEnv(nothing) })).stdout, '[]\n');
});
