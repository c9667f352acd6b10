import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { CLIENT_ID, CLIENT_SECRET, json, startPageServer } from '../support/pageServer.ts';
import { runCli, serverEnv, temporaryFolder } from './runCli.ts';

const LIST = '/ws/v1/district/student';

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function ids(ndjson: string): number[] {
  assert.ok(ndjson === '' || ndjson.endsWith('}\n'));
  return ndjson
    .split('\n')
    .slice(0, -1)
    .map((line) => (JSON.parse(line) as { id: number }).id);
}

test('get passes the answer on as it is, and nothing else', async (t) => {
  const server = await startPageServer(t, { count: () => 2, body: () => '{"student" : {"id":12345678901234567890}}' });
  const run = await runCli(['get', '/ws/v1/student/1'], { env: serverEnv(server) });
  assert.deepEqual(run, { code: 0, signal: null, stdout: '{"student" : {"id":12345678901234567890}}', stderr: '' });
  assert.deepEqual([server.tokens, server.requests], [1, ['GET /ws/v1/student/1']]);
});

test('get --format writes the records of the one answer', async (t) => {
  const server = await startPageServer(t, { count: () => 2 });
  const env = serverEnv(server);
  assert.deepEqual(ids((await runCli(['get', LIST, '--format', 'ndjson'], { env })).stdout), [1, 2]);
  const csv = parse((await runCli(['get', LIST, '--format', 'csv', '--columns', 'last_name,id'], { env })).stdout);
  assert.deepEqual(csv, [
    ['last_name', 'id'],
    ['Quill 0', '1'],
    ['Quill 1', '2'],
  ]);
  const cut = await runCli(['get', LIST, '--columns', 'id'], { env });
  assert.deepEqual(JSON.parse(cut.stdout), [{ id: 1 }, { id: 2 }]);
});

test('an answer that is no list of records cannot be a table', async (t) => {
  const server = await startPageServer(t, { count: () => 2, body: () => '{"resource":{"count":5}}' });
  const { code, stderr, stdout } = await runCli(['get', LIST, '--format', 'csv'], { env: serverEnv(server) });
  assert.deepEqual([code, stdout], [2, '']);
  assert.match(stderr, /no list of records/);
});

test('get -o writes the file and leaves nothing beside it', async (t) => {
  const server = await startPageServer(t, { count: () => 2, body: () => '{"a":1}' });
  const cwd = await temporaryFolder(t);
  const run = await runCli(['get', LIST, '-o', 'out.json'], { env: serverEnv(server), cwd });
  assert.deepEqual(run, { code: 0, signal: null, stdout: '', stderr: '' });
  assert.deepEqual(await readdir(cwd), ['out.json']);
  assert.equal(await readFile(path.join(cwd, 'out.json'), 'utf8'), '{"a":1}');
});

test('an HTTP error is exit 1, explained on stderr, and leaves no file', async (t) => {
  const server = await startPageServer(t, {
    count: () => 2,
    before: ({ response }) => {
      json(response, '{"errorMessage":{"message":"The resource was not found"}}', 404);
      return true;
    },
  });
  const cwd = await temporaryFolder(t);
  for (const extra of [[], ['-o', 'out'], ['--all-pages'], ['--all-pages', '-o', 'out'], ['--format', 'csv']]) {
    const { code, stdout, stderr } = await runCli(['get', LIST, ...extra], { env: serverEnv(server), cwd });
    assert.deepEqual([code, stdout], [1, ''], extra.join(' '));
    assert.match(stderr, /^PS9\d\d: /);
    assert.deepEqual(await readdir(cwd), []);
  }
});

test('a refused secret is exit 3, a server that is not there too', async (t) => {
  const server = await startPageServer(t, { count: () => 2 });
  const refused = await runCli(['get', LIST], {
    env: { ...serverEnv(server), POWERSCHOOL_CLIENT_SECRET: 'wrong-secret-1' },
  });
  assert.deepEqual([refused.code, refused.stdout], [3, '']);
  assert.match(refused.stderr, /PS941/);
  assert.ok(!refused.stderr.includes('wrong-secret-1'));
  await server.stop();
  const gone = await runCli(['get', LIST], { env: serverEnv(server) });
  assert.equal(gone.code, 3);
  assert.match(gone.stderr, /PS901/);
});

test('the secret may come from standard input, and --url before the environment', async (t) => {
  const server = await startPageServer(t, { count: () => 2 });
  const env = {
    POWERSCHOOL_URL: 'https://other.example',
    POWERSCHOOL_CLIENT_ID: CLIENT_ID,
    POWERSCHOOL_CLIENT_SECRET: 'old',
  };
  const args = ['get', LIST, '--url', `${server.url}/admin/`, '--secret-stdin'];
  for (const stdin of [CLIENT_SECRET, `${CLIENT_SECRET}\r\n`, `\uFEFF${CLIENT_SECRET}\n`]) {
    assert.equal((await runCli(args, { env, stdin })).code, 0);
  }
  const empty = await runCli(args, { env, stdin: '\n' });
  assert.equal(empty.code, 2);
  assert.match(empty.stderr, /standard input is empty/);
});

test('--all-pages gives one record a line in the server’s order, LF after each', async (t) => {
  const server = await startPageServer(t, { count: () => 730 });
  const { code, stdout, stderr } = await runCli(['get', LIST, '--all-pages'], { env: serverEnv(server) });
  assert.deepEqual([code, stderr], [0, '']);
  assert.deepEqual(ids(stdout), upTo(730));
  assert.deepEqual(server.tokens, 1);
  assert.ok(server.requests.includes(`GET ${LIST}?page=8&pagesize=100`));
});

test('--all-pages with no record, with one, with an empty last page', async (t) => {
  for (const count of [0, 1, 100]) {
    const server = await startPageServer(t, { count: () => count });
    const env = serverEnv(server);
    assert.deepEqual(ids((await runCli(['get', LIST, '--all-pages'], { env })).stdout), upTo(count));
    const { stdout } = await runCli(['get', LIST, '--all-pages', '--format', 'json'], { env });
    assert.deepEqual(
      (JSON.parse(stdout) as { id: number }[]).map(({ id }) => id),
      upTo(count),
    );
  }
});

test('CSV comes with the columns of the catalog first, then those of the records', async (t) => {
  const server = await startPageServer(t, {
    count: () => 250,
    record: (index) => ({ id: index, name: { last_name: 'a,"b"\r\n=c' }, own: index === 249 ? { field: 'late' } : '' }),
  });
  const { code, stdout, stderr } = await runCli(['get', LIST, '--all-pages', '--format', 'csv'], {
    env: serverEnv(server),
  });
  assert.equal(code, 0, stderr);
  const [header = [], ...rows] = parse(stdout);
  assert.deepEqual(header.slice(0, 3), ['id', 'local_id', 'state_province_id']);
  const column = (name: string): number => header.indexOf(name);
  assert.equal(rows.length, 250);
  assert.equal(rows[7]?.[column('id')], '7');
  assert.equal(rows[7]?.[column('name.last_name')], 'a,"b"\r\n=c');
  assert.equal(rows[249]?.[column('own.field')], 'late');
});

test('a column that comes late is not lost, and stderr says so', async (t) => {
  const server = await startPageServer(t, {
    count: () => 900,
    record: (index) => ({ id: index, ...(index === 870 ? { surprise: 'here' } : {}) }),
  });
  const cwd = await temporaryFolder(t);
  const env = serverEnv(server);
  const args = ['get', '/ws/v1/school/1/section?pagesize=100', '--all-pages', '--format', 'csv'];
  const out = await runCli(args, { env });
  const file = await runCli([...args, '-o', 'out.csv'], { env, cwd });
  for (const { code, stderr } of [out, file]) {
    assert.equal(code, 0);
    assert.match(stderr, /Late columns: surprise\..*wider header/);
  }
  assert.equal(await readFile(path.join(cwd, 'out.csv'), 'utf8'), out.stdout);
  const [header = [], ...rows] = parse(out.stdout);
  assert.equal(header.at(-1), 'surprise');
  assert.equal(rows[870]?.at(-1), 'here');
  assert.equal(rows[0]?.at(-1), '');
});

test('columns of a table come from the projection, else from its metadata', async (t) => {
  const server = await startPageServer(t, {
    count: () => 3,
    record: (index) => ({ id: index, name: 'Students', tables: { students: { dcid: String(index) } } }),
    body: (records, { path: asked }) =>
      asked.endsWith('/metadata')
        ? '{"name":"students","columns":[{"name":"DCID","access":"ViewOnly"},{"name":"SSN","access":"NoAccess"},{"name":"LastFirst","access":"FullAccess"}]}'
        : JSON.stringify({ name: 'Students', record: records }),
  });
  const header = async (query: string): Promise<string> => {
    const { stdout, stderr, code } = await runCli(
      ['get', `/ws/schema/table/students?${query}`, '--all-pages', '--format', 'csv'],
      { env: serverEnv(server) },
    );
    assert.equal(code, 0, stderr);
    return stdout.split('\r\n')[0] ?? '';
  };
  assert.equal(await header('projection=lastfirst,dcid'), 'id,name,tables.students.lastfirst,tables.students.dcid');
  assert.equal(await header('projection=*'), 'id,name,tables.students.dcid,tables.students.lastfirst');
});

test('what the server refuses in the middle ends it with the records before', async (t) => {
  const server = await startPageServer(t, {
    count: () => 900,
    before: ({ page, response }) => {
      if (page !== 5) return false;
      json(response, '{"errorMessage":{"message":"no"}}', 403);
      return true;
    },
  });
  const env = serverEnv(server);
  for (const format of ['ndjson', 'csv']) {
    const { code, stdout, stderr } = await runCli(['get', `${LIST}?pagesize=100`, '--all-pages', '--format', format], {
      env,
    });
    assert.equal(code, 1);
    assert.match(stderr, /^PS9\d\d: /m);
    if (format === 'ndjson') assert.deepEqual(ids(stdout), upTo(400));
    else assert.equal(parse(stdout).length, 401);
  }
});

test('a count that changes on the way is told', async (t) => {
  let count = 250;
  const server = await startPageServer(t, {
    count: () => count,
    before: ({ page }) => {
      if (page === 3) count = 245;
      return false;
    },
  });
  const { code, stderr } = await runCli(['get', LIST, '--all-pages'], { env: serverEnv(server) });
  assert.equal(code, 0);
  assert.match(stderr, /^PS9960: The server counted 250 records at the start and 245 at the end, 245 were fetched/);
});

test('a record that arrives on the way and comes twice is told', async (t) => {
  let added = 0;
  const server = await startPageServer(t, {
    count: () => 250 + added,
    record: (index) => ({ id: index + 1 - added }),
    before: ({ page }) => {
      if (page === 2) added = 1;
      return false;
    },
  });
  const { code, stdout, stderr } = await runCli(['get', LIST, '--all-pages', '--concurrency', '1'], {
    env: serverEnv(server),
  });
  assert.equal(code, 0);
  assert.equal(ids(stdout).length, 251);
  assert.match(stderr, /^PS9960: .* 250 records at the start and 251 at the end, 251 were fetched/m);
  assert.match(stderr, /^PS9961: .*: 1, for example 100\./m);
});

test('a page size over the server’s limit is told', async (t) => {
  const server = await startPageServer(t, { count: () => 150 });
  const { stdout, stderr } = await runCli(['get', `${LIST}?pagesize=5000`, '--all-pages'], { env: serverEnv(server) });
  assert.deepEqual(ids(stdout), upTo(150));
  assert.match(stderr, /allows 100 records a page, not 5000/);
});

test('query sends its arguments and writes the records', async (t) => {
  const bodies: string[] = [];
  const server = await startPageServer(t, {
    count: () => 1100,
    body: (records, { body }) => {
      bodies.push(body);
      return JSON.stringify(records.length === 0 ? { '@extensions': '' } : { name: 'x', record: records });
    },
  });
  const env = serverEnv(server);
  const args = [
    'query',
    'org.fernhill.demo.students.list',
    '--arg',
    'grade=9',
    '--arg',
    'school=1',
    '--arg',
    'school=2',
    '--arg',
    'ids=[3,"4"]',
  ];
  const one = await runCli(args, { env });
  assert.equal((JSON.parse(one.stdout) as { record: unknown[] }).record.length, 100);
  assert.deepEqual(bodies, ['{"grade":"9","school":["1","2"],"ids":[3,"4"]}']);
  assert.deepEqual(server.requests, ['POST /ws/schema/query/org.fernhill.demo.students.list']);
  const all = await runCli([...args, '--all-pages'], { env });
  assert.deepEqual(ids(all.stdout), upTo(1100));
  assert.deepEqual(new Set(bodies).size, 1);
});

test('a reader that goes away ends it quietly', async (t) => {
  const server = await startPageServer(t, { count: () => 100_000, record: (id) => ({ id, text: 'x'.repeat(2000) }) });
  const { startCli, finished } = await import('./runCli.ts');
  const child = startCli(['get', LIST, '--all-pages'], { env: serverEnv(server) });
  child.stdout?.once('data', () => child.stdout?.destroy());
  child.stdin?.end();
  const { code, stderr } = await finished(child);
  assert.equal(code, 130);
  assert.equal(stderr, '');
});
