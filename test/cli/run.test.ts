import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import {
  json,
  type PageCall,
  type PageServer,
  type PageServerOptions,
  startPageServer,
} from '../support/pageServer.ts';
import { type CliRun, finished, runCli, runMain, serverEnv, startCli, temporaryFolder } from './runCli.ts';

interface Entry {
  readonly file: string;
  readonly name: string | null;
  readonly method: string;
  readonly url: string;
  readonly status: number | null;
  readonly durationMs: number;
  readonly timings: object;
  readonly size: number;
  readonly records: number | null;
  readonly expectations: readonly { readonly text: string; readonly passed: boolean; readonly actual: unknown }[];
  readonly error?: { readonly code: string; readonly message: string };
}

async function workspace(
  t: TestContext,
  files: Readonly<Record<string, string>>,
  options: Partial<PageServerOptions> = {},
): Promise<{
  cwd: string;
  server: PageServer;
  run: (...args: string[]) => Promise<CliRun>;
  entries: (...args: string[]) => Promise<{ code: number | null; list: Entry[] }>;
}> {
  const server = await startPageServer(t, { count: () => 3, ...options });
  const cwd = await temporaryFolder(t);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(cwd, name)), { recursive: true });
    await writeFile(path.join(cwd, name), text);
  }
  const run = (...args: string[]): Promise<CliRun> => runMain(['run', ...args], { cwd, env: serverEnv(server) });
  const entries = async (...args: string[]): Promise<{ code: number | null; list: Entry[] }> => {
    const { code, stdout } = await run('--output', 'json', ...args);
    return { code, list: JSON.parse(stdout) as Entry[] };
  };
  return { cwd, server, run, entries };
}

const LIST = '/ws/v1/district/student';
const TWO = `### First
# @name first
# @expect status == 200
# @expect count == 3
GET ${LIST}

### Second
GET ${LIST}?q=id==1
# @expect status == 404
`;

test('the JSON of a run has one entry for each request, with every key', async (t) => {
  const { entries, server } = await workspace(t, { 'a.ps.http': TWO });
  const { code, list } = await entries('a.ps.http');
  assert.equal(code, 1);
  const [first, second] = list;
  assert.deepEqual(Object.keys(first ?? {}), [
    'file',
    'name',
    'method',
    'url',
    'status',
    'durationMs',
    'timings',
    'size',
    'records',
    'expectations',
  ]);
  assert.deepEqual(Object.keys(first?.timings ?? {}), ['dns', 'connect', 'tls', 'wait', 'download']);
  assert.deepEqual(
    [first?.file, first?.name, first?.method, first?.url],
    ['a.ps.http', 'first', 'GET', `${server.url}${LIST}`],
  );
  assert.deepEqual([first?.status, first?.records], [200, 3]);
  assert.ok((first?.durationMs ?? 0) > 0 && (first?.size ?? 0) > 100);
  assert.deepEqual(first?.expectations, [
    { text: 'status == 200', passed: true, actual: 200 },
    { text: 'count == 3', passed: true, actual: 3 },
  ]);
  assert.deepEqual(second?.expectations, [{ text: 'status == 404', passed: false, actual: 200 }]);
});

test('one process signs in once for all requests', async (t) => {
  const { run, server } = await workspace(t, { 'a.ps.http': TWO, 'b/c.ps.http': TWO });
  await run('.');
  assert.deepEqual([server.tokens, server.requests.length], [1, 4]);
});

test('folders are run in the order of names, other files and hidden folders are not', async (t) => {
  const one = `GET ${LIST}\n`;
  const { entries } = await workspace(t, {
    'b.ps.http': one,
    'a/z.ps.http': one,
    '.x/y.ps.http': one,
    'a/notes.http': one,
  });
  const { list } = await entries('.');
  assert.deepEqual(
    list.map(({ file }) => file.replaceAll(path.sep, '/')),
    ['a/z.ps.http', 'b.ps.http'],
  );
});

test('--name runs that request and those whose answers it needs', async (t) => {
  const text = `${TWO}
### Third
# @name third
GET ${LIST}?q=id=={{first.response.body.$.students.student[0].id}}
`;
  const { entries, server, run } = await workspace(t, { 'a.ps.http': text });
  const { list } = await entries('a.ps.http', '--name', 'third');
  assert.deepEqual(
    list.map(({ name }) => name),
    ['first', 'third'],
  );
  assert.ok(server.requests.at(-1)?.endsWith('q=id==1'));
  const wrong = await run('a.ps.http', '--name', 'nobody');
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /No request is named "nobody"\. There are: first, third/);
});

test('variables come from --var before environments', async (t) => {
  const { entries, server, run } = await workspace(t, {
    'a.ps.http': `GET ${LIST}?q=name.last_name=={{who}}\n`,
    'http-client.env.json': '{"test":{"who":"Public"},"$shared":{"who":"Shared"}}',
    'http-client.private.env.json': '{"own":{"who":"Private"}}',
  });
  await entries('a.ps.http', '--env', 'test');
  await entries('a.ps.http', '--env', 'own');
  await entries('a.ps.http', '--env', 'test', '--var', 'who=Given');
  await entries('a.ps.http');
  assert.deepEqual(
    server.requests.map((request) => request.split('==')[1]),
    ['Public', 'Private', 'Given', 'Shared'],
  );
  const wrong = await run('a.ps.http', '--env', 'prod');
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /There is no environment "prod"\. There are: own, test/);
});

test('exit 1 for an HTTP error nobody expected, 0 when a status line names it', async (t) => {
  const { entries } = await workspace(
    t,
    { 'a.ps.http': `GET ${LIST}\n`, 'b.ps.http': `# @expect status == 404\nGET ${LIST}\n` },
    { before: notFound },
  );
  const unexpected = await entries('a.ps.http');
  assert.deepEqual([unexpected.code, unexpected.list[0]?.status], [1, 404]);
  assert.match(unexpected.list[0]?.error?.code ?? '', /^PS9/);
  const expected = await entries('b.ps.http');
  assert.deepEqual([expected.code, expected.list[0]?.error], [0, undefined]);
});

test('a server that is gone fills each request’s error, and the rest goes on unless --bail', async (t) => {
  const { entries, server } = await workspace(t, { 'a.ps.http': TWO });
  await server.stop();
  const all = await entries('a.ps.http');
  assert.deepEqual([all.code, all.list.length], [3, 2]);
  assert.deepEqual(
    all.list.map(({ status, error }) => [status, error?.code]),
    [
      [null, 'PS901'],
      [null, 'PS901'],
    ],
  );
  const bailed = await entries('a.ps.http', '--bail');
  assert.deepEqual([bailed.code, bailed.list.length], [3, 1]);
});

test('a malformed expectation is exit 2, before everything else', async (t) => {
  const { run } = await workspace(t, { 'a.ps.http': `# @expect status maybe 200\nGET ${LIST}\n` });
  const { code, stdout } = await run('a.ps.http');
  assert.equal(code, 2);
  assert.match(stdout, /✗ status maybe 200: /);
});

test('a request with an undefined variable is not sent, and later ones are', async (t) => {
  const { entries, server } = await workspace(t, {
    'a.ps.http': `GET ${LIST}?q=id=={{nowhere}}\n\n###\nGET ${LIST}\n`,
  });
  const { code, list } = await entries('a.ps.http');
  assert.equal(code, 1);
  assert.match(list[0]?.error?.code ?? '', /^PS5/);
  assert.deepEqual([list[0]?.status, list[1]?.status, server.requests.length], [null, 200, 1]);
});

test('nothing to do is exit 2', async (t) => {
  const { run } = await workspace(t, { 'empty.ps.http': '# nothing\n', 'folder/readme.txt': '' });
  for (const start of ['empty.ps.http', 'folder']) {
    const { code, stdout, stderr } = await run(start);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /There is no request in/);
  }
});

test('# @server takes its address and credentials from variables with its name', async (t) => {
  const { cwd, server } = await workspace(t, { 'a.ps.http': `# @server North Side\nGET ${LIST}\n` });
  const { POWERSCHOOL_URL, POWERSCHOOL_CLIENT_ID, POWERSCHOOL_CLIENT_SECRET } = serverEnv(server);
  const env = {
    POWERSCHOOL_NORTH_SIDE_URL: POWERSCHOOL_URL ?? '',
    POWERSCHOOL_NORTH_SIDE_CLIENT_ID: POWERSCHOOL_CLIENT_ID ?? '',
    POWERSCHOOL_NORTH_SIDE_CLIENT_SECRET: POWERSCHOOL_CLIENT_SECRET ?? '',
  };
  assert.equal((await runMain(['run', 'a.ps.http'], { cwd, env })).code, 0);
  const unknown = await runMain(['run', 'a.ps.http'], { cwd });
  assert.equal(unknown.code, 2);
  assert.match(unknown.stdout, /POWERSCHOOL_NORTH_SIDE_URL/);
});

test('reports are written besides the output, and hold no credential', async (t) => {
  const { cwd, run } = await workspace(t, { 'a.ps.http': TWO });
  const { stdout } = await run(
    'a.ps.http',
    '--output',
    'none',
    '--report',
    'junit=out/run.xml',
    '--report',
    'json=run.json',
  );
  assert.equal(stdout, '');
  const xml = await readFile(path.join(cwd, 'out/run.xml'), 'utf8');
  assert.equal(XMLValidator.validate(xml), true);
  const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(xml) as {
    testsuites: Record<string, unknown>;
  };
  assert.deepEqual([testsuites['@_tests'], testsuites['@_failures'], testsuites['@_errors']], ['2', '1', '0']);
  assert.ok(xml.includes('status == 404: was 200'));
  const text = await readFile(path.join(cwd, 'run.json'), 'utf8');
  assert.equal((JSON.parse(text) as unknown[]).length, 2);
  for (const report of [xml, text]) assert.ok(!/token-1|page-server-(?:client|secret)|Bearer/.test(report));
});

test('--save writes each record list to a file of its own', async (t) => {
  const text = `${TWO}\n### Count\nGET ${LIST}/count\n\n### First\nGET ${LIST}\n`;
  const { cwd, run } = await workspace(t, { 'a.ps.http': text });
  await run('a.ps.http', '--save', 'saved');
  const saved = await readdir(path.join(cwd, 'saved'));
  assert.deepEqual(new Set(saved), new Set(['first.ndjson', 'Second.ndjson', 'First-2.ndjson']));
  const lines = (await readFile(path.join(cwd, 'saved', 'Second.ndjson'), 'utf8')).split('\n');
  assert.deepEqual([lines.length, lines.at(-1)], [4, '']);
});

test('# @pages all puts the records of all pages together', async (t) => {
  const { entries } = await workspace(
    t,
    { 'a.ps.http': `# @pages all\n# @expect count == 730\nGET ${LIST}\n` },
    { count: () => 730 },
  );
  const { code, list } = await entries('a.ps.http');
  assert.deepEqual([code, list[0]?.records], [0, 730]);
});

test('people see one line for each request and what is wrong below it', async (t) => {
  const { run } = await workspace(t, { 'a.ps.http': TWO });
  const { stdout, stderr } = await run('a.ps.http');
  assert.equal(stderr, '');
  const plain = stdout.replace(/\d+(?:\.\d+)? m?s /g, '5 ms ').replace(/\d+(?:\.\d+)? k?B/g, '1 B');
  assert.equal(
    plain,
    `a.ps.http
  ✓ first  200  5 ms  1 B  3 records
  ✗ Second  200  5 ms  1 B  3 records
      ✗ status == 404: was 200

2 requests: 1 passed, 1 not
`,
  );
});

test('Ctrl+C stops the run with what is known so far, exit 130', { skip: process.platform === 'win32' }, async (t) => {
  let asked: (() => void) | undefined;
  const second = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const { cwd, server } = await workspace(
    t,
    { 'a.ps.http': TWO },
    {
      before: async ({ query, response }) => {
        if (!query.has('q')) return false;
        asked?.();
        await once(response, 'close');
        return true;
      },
    },
  );
  const child = startCli(['run', 'a.ps.http', '--output', 'json'], { cwd, env: serverEnv(server) });
  const ended = finished(child);
  await second;
  child.kill('SIGINT');
  const { code, stdout } = await ended;
  assert.equal(code, 130);
  const list = JSON.parse(stdout) as Entry[];
  assert.deepEqual([list[0]?.status, list[1]?.status ?? null], [200, null]);
});

test('a run is a process of its own too', async (t) => {
  const { cwd, server } = await workspace(t, { 'a.ps.http': TWO });
  const { code, stdout } = await runCli(['run', 'a.ps.http', '--name', 'first'], { cwd, env: serverEnv(server) });
  assert.equal(code, 0);
  assert.match(stdout, /1 request: 1 passed/);
});

test('requests come out as code and as a collection, and a collection comes in', async (t) => {
  const { cwd, server } = await workspace(t, { 'a.ps.http': TWO });
  for (const form of ['curl', 'fetch', 'python', 'powershell']) {
    const { code, stdout } = await runMain(['export', form, 'a.ps.http', '--name', 'first'], {
      cwd,
      env: serverEnv(server),
    });
    assert.equal(code, 0, form);
    assert.ok(stdout.includes(LIST) && stdout.includes('POWERSCHOOL_TOKEN'), form);
    assert.ok(!stdout.includes('page-server'), form);
  }
  assert.equal((await runMain(['export', 'postman', 'a.ps.http', '-o', 'collection.json'], { cwd })).code, 0);
  const shown = await runMain(['import', 'postman', 'collection.json'], { cwd });
  assert.equal(shown.code, 0);
  await writeFile(path.join(cwd, 'again.ps.http'), shown.stdout);
  const again = await runMain(['run', 'again.ps.http', '--output', 'json'], { cwd, env: serverEnv(server) });
  assert.deepEqual(
    (JSON.parse(again.stdout) as Entry[]).map(({ status }) => status),
    [200, 200],
  );
  const written = await runMain(['import', 'postman', 'collection.json', '-o', 'imported'], { cwd });
  assert.equal(written.code, 0);
  assert.ok((await readdir(path.join(cwd, 'imported'))).some((name) => name.endsWith('.ps.http')));
  const twice = await runMain(['import', 'postman', 'collection.json', '-o', 'imported'], { cwd });
  assert.equal(twice.code, 2);
  assert.match(twice.stderr, /--force replaces it/);
  for (const args of [
    ['import', 'postman', 'a.ps.http'],
    ['import', 'postman', 'missing.json'],
    ['export', 'curl', 'missing.ps.http'],
  ]) {
    assert.equal((await runMain(args, { cwd })).code, 2, args.join(' '));
  }
});

function notFound({ response }: PageCall): boolean {
  json(response, '{"errorMessage":{"message":"no"}}', 404);
  return true;
}
