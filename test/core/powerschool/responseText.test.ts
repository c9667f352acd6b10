import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Header } from '../../../src/core/http/transport.ts';
import { decodeText, mediaType, readBody, readJson } from '../../../src/core/powerschool/responseText.ts';
import { parseMetadata } from '../../../src/core/powerschool/metadata.ts';
import { readRowResults } from '../../../src/core/powerschool/rowResults.ts';

async function* pieces(...texts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield await Promise.resolve(typeof text === 'string' ? Buffer.from(text) : text);
}

function response(texts: readonly (string | Uint8Array)[], type = 'application/json') {
  const headers: readonly Header[] = [['Content-Type', type]];
  return { headers, body: pieces(...texts), dispose: () => Promise.resolve() };
}

describe('a body', () => {
  test('is read up to a limit', async () => {
    const { bytes, truncated } = await readBody(response(['abc', 'def', 'ghi']), { limit: 5 });
    assert.deepEqual([Buffer.from(bytes).toString(), truncated], ['abcde', true]);
    const whole = await readBody(response(['abc', 'def']), { limit: 6 });
    assert.deepEqual([Buffer.from(whole.bytes).toString(), whole.truncated], ['abcdef', false]);
    const nothing = await readBody(response([]), { limit: 6 });
    assert.deepEqual([nothing.bytes.length, nothing.truncated], [0, false]);
  });

  test('is JSON also when a letter is cut by the pieces, or a byte order mark comes first', async () => {
    const bytes = Buffer.from('{"name":"Zoë"}');
    const cut = bytes.indexOf(0xc3) + 1;
    assert.deepEqual(await readJson(response([bytes.subarray(0, cut), bytes.subarray(cut)])), { name: 'Zoë' });
    assert.deepEqual(await readJson(response(['\uFEFF{}'])), {});
  });

  test('is read in the character set that it names', async () => {
    assert.deepEqual(
      await readJson(response([Buffer.from('"Zo\xEB"', 'latin1')], 'application/json; charset="ISO-8859-1"')),
      'Zoë',
    );
    assert.throws(() => decodeText(Buffer.from([0xff, 0xfe, 0xfd]), []), { code: 'PS933' });
  });

  test('that is no JSON says where', async () => {
    await assert.rejects(readJson(response(['{"a":'])), { code: 'PS932' });
    await assert.rejects(readJson(response([' \n'])), { code: 'PS935' });
  });

  test('has its type without parameters', () => {
    assert.equal(mediaType([['content-type', 'Application/JSON;charset=UTF-8']]), 'application/json');
    assert.equal(mediaType([]), '');
  });
});

describe('metadata', () => {
  const url = new URL('https://ps.example.org/ws/v1/metadata');

  test('gives version, plugin and page limits, as numbers or as text', () => {
    const metadata = {
      powerschool_version: '25.9.0.0',
      plugin_id: 41,
      student_max_page_size: 100,
      schema_table_query_max_page_size: '1000',
      machine_uptime: '12 days',
    };
    assert.deepEqual(parseMetadata({ metadata }, url), {
      version: '25.9.0.0',
      pluginId: '41',
      maxPageSizes: { student: 100, schema_table_query: 1000 },
    });
  });

  test('without a plugin has no plugin, and other JSON is no metadata', () => {
    assert.equal(parseMetadata({ metadata: {} }, url).pluginId, undefined);
    assert.throws(() => parseMetadata({ hello: 1 }, url), { code: 'PS944' });
  });
});

test('the rows of a write are read from both families, object or array', () => {
  const ok = { client_uid: 'a', status: 'SUCCESS' };
  const warned = {
    client_uid: 'b',
    status: 'WARNING',
    warning_message: { warning: { field: 'fees', warning_description: 'none assigned' } },
  };
  assert.deepEqual(readRowResults({ results: { result: ok } }), { rows: 1, problems: [] });
  assert.deepEqual(readRowResults({ results: { result: [ok, warned] } }), {
    rows: 2,
    problems: [{ row: 'b', status: 'WARNING', text: 'fees: none assigned' }],
  });
  const failed = {
    status: 'ERROR',
    error_message: { error: [{ error_code: 'X' }, { field: 'y', error_description: 'bad' }] },
  };
  assert.deepEqual(readRowResults({ result: [failed] })?.problems, [{ row: '1', status: 'ERROR', text: 'X; y: bad' }]);
  assert.equal(readRowResults({ students: {} }), undefined);
});
