import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import { createUndiciTransport } from '../../../src/core/http/undiciTransport.ts';
import type { UnfinishedPages } from '../../../src/core/run/allPages.ts';
import { startRecordingServer, type RecordedRequest } from '../../support/recordingServer.ts';
import { runText } from '../../support/requestRunner.ts';
import { seededRandom } from '../request/fuzz.ts';

/** One list on the server, and how the server gives it. */
interface List {
  readonly records: readonly string[];
  /** Puts the records of a page into a body. */
  readonly body: (records: readonly string[]) => string;
  readonly limit: number;
  /** Records that a page holds at most, whatever was asked for. */
  readonly cut: number;
  readonly count: number | undefined;
  /** Pages that are refused once. */
  readonly failing: Set<number>;
}

const NOTES = ['', 'a', '},{"id":', '}]},"id":[{', 'é😀', '\n', '\\', '"]', '[', '{'];

function randomList(random: () => number): List {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const space = random() < 0.2 ? pick(['\n  ', ' ', '\r\n']) : '';
  const limit = 1 + Math.floor(random() * 6);
  const size = Math.floor(random() * 30);
  const regular = random() < 0.5;
  const records = Array.from({ length: size }, (_, id) => {
    const note = JSON.stringify(pick(NOTES) + pick(NOTES));
    const rest =
      regular || random() < 0.6 ? '' : pick([',"list":[{"id":1},{"id":2}]', ',"big":12345678901234567890', ',"in":{}']);
    return `{${space}"id":${space}${id},"note":${note}${rest}}`;
  });
  const list = (rows: readonly string[]): string => `[${space}${rows.join(`,${space}`)}]`;
  const bodies: readonly List['body'][] = [
    (rows) => (rows.length === 0 ? '{"record":[]}' : `{"record":${list(rows)},"@extensions":"a]b"}`),
    (rows) =>
      rows.length === 0
        ? '{"students":{"@expansions":"x"}}'
        : `{"students":{"@expansions":"a, [b]","student":${rows.length === 1 ? rows[0] : list(rows)}}}`,
    (rows) => (rows.length === 0 ? '{"name":"S"}' : `{"name":"S","record":${list(rows)}}`),
    (rows) => `\ufeff${list(rows)}`,
  ];
  const known = random() < 0.8;
  const cut = known && random() < 0.3 ? 1 + Math.floor(random() * limit) : limit;
  const lie = random() < 0.2 ? Math.floor(random() * 9) - 4 : 0;
  const count = known ? Math.max(0, size + (cut < limit ? 0 : lie)) : undefined;
  const failing = new Set(random() < 0.4 ? [2 + Math.floor(random() * 6)] : []);
  return { records, body: pick(bodies), limit, cut, count, failing };
}

function answer(
  { records, body, limit, cut, count, failing }: List,
  { url }: RecordedRequest,
  response: ServerResponse,
) {
  const { pathname, searchParams } = new URL(url, 'http://x');
  const send = (text: string, status = 200): void => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(text);
  };
  if (pathname === '/ws/v1/metadata') return send(`{"metadata":{"student_max_page_size":${limit},"plugin_id":1}}`);
  if (pathname.endsWith('/count'))
    return count === undefined ? send('{}', 404) : send(`{"resource":{"count":${count}}}`);
  const page = Number(searchParams.get('page'));
  if (failing.delete(page)) return send('{"message":"busy"}', 400);
  const size = Math.min(cut, Number(searchParams.get('pagesize')));
  return send(body(records.slice((page - 1) * size, page * size)));
}

/** Every record as it was written, wherever white space stands. */
function recordsIn(text: string): string[] {
  const notes: string[] = [];
  const rows: string[] = [];
  // Strings first, so that braces in them count for nothing.
  const plain = text.replace(/^\ufeff/, '').replace(/"(?:[^"\\]|\\.)*"/g, (string) => `"${notes.push(string) - 1}"`);
  const compact = plain.replace(/\s+/g, '');
  for (const [row] of compact.matchAll(/\{"\d+":\d+,"\d+":"\d+"(?:,"\d+":(?:\[[^\]]*\]|\{\}|\d+))?\}/g))
    rows.push(row.replace(/"(\d+)"/g, (_, index: string) => notes[Number(index)] ?? ''));
  return rows.filter((row) => row.includes('"note"'));
}

test('all pages bring every record once and as it was written, however the server divides, counts and fails', async () => {
  const random = seededRandom(123);
  let list = randomList(random);
  const server = await startRecordingServer((request, response) => answer(list, request, response));
  const transport = await createUndiciTransport();
  let resumed = 0;
  try {
    for (let round = 0; round < 150; round++) {
      list = randomList(random);
      const failing = [...list.failing];
      let from: UnfinishedPages | undefined;
      for (;;) {
        const [result] = await runText('# @pages all\nGET /ws/v1/district/student', {
          transport,
          origin: server.origin,
          concurrency: 1 + Math.floor(random() * 4),
          pages: { onProgress: () => undefined, from },
        });
        from = result?.answer?.pages?.unfinished;
        const shown = JSON.stringify({ ...list, failing, error: result?.error?.message });
        const text = (await result?.answer?.body.text()) ?? '';
        const expected = list.records.map((record) => recordsIn(record)[0]);
        const found = recordsIn(text);
        assert.deepEqual(found, expected.slice(0, found.length), `${shown}\n${text}`);
        if (from === undefined) {
          assert.deepEqual(found, expected, `${shown}\n${text}`);
          assert.equal(result?.answer?.records, expected.length, shown);
          JSON.parse(text.replace(/^\ufeff/, ''));
          break;
        }
        JSON.parse(text.replace(/^\ufeff/, ''));
        assert.equal(from.records, found.length, shown);
        resumed++;
      }
    }
  } finally {
    await transport.close();
    await server.stop();
  }
  assert.ok(resumed > 10, `${resumed} went on`);
});
