import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { toPortableHttp } from '../../src/core/exchange/portableHttp.ts';
import { parseRequestFile } from '../../src/core/request/parse.ts';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/sandbox.ts';
import { runCli } from '../cli/runCli.ts';
import { installPeerTools, type PeerTools } from '../support/peerTools.ts';

/** What is exported is run by the tools that it is written for, against the sandbox district. */

const CHAINED = `
### Schools
# @name schools
# @expect status == 200
# @expect header content-type contains json
# @expect body $.schools.school exists
# @expect body $.schools.school[0].id == 1
GET /ws/v1/district/school?pagesize=5

### The first of them
# @expect status == 200
# @expect body $.school.name matches ^\\S
GET /ws/v1/school/{{schools.response.body.$.schools.school[0].id}}
`;

const PLAIN = `@columns = dcid,lastfirst

### Students
# @expect status == 200
# @expect body $.record[0].tables.students.dcid exists
GET /ws/schema/table/students
  ?projection={{columns}}
  &pagesize=3

### Nobody
# @expect status == 404
GET /ws/v1/student/999999999

### A change that the district refuses by record
# @expect status < 500
POST /ws/v1/student

{ "students": { "student": { "id": 1, "client_uid": "{{$uuid}}", "action": "UPDATE", "student_username": "x" } } }
`;

let sandbox: RunningSandbox;
let tools: PeerTools;
let folder: string;
let token: string;

before(async () => {
  [sandbox, tools, folder] = await Promise.all([
    startSandbox({ students: 60 }),
    installPeerTools(),
    mkdtemp(path.join(tmpdir(), 'peers-')),
  ]);
  const answer = await fetch(`${sandbox.url}/oauth/access_token`, {
    method: 'POST',
    headers: {
      Authorization: `Basic ${Buffer.from(`${sandbox.clientId}:${sandbox.clientSecret}`).toString('base64')}`,
      'Content-Type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  });
  ({ access_token: token } = (await answer.json()) as { access_token: string });
});

after(async () => {
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a script by Node in the test's folder. */
async function runScript(script: string, ...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [script, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const output = await text(child.stdout);
  return { code: await ended, output };
}

test('Newman runs an exported collection, and every test in it holds', async () => {
  await writeFile(path.join(folder, 'calls.ps.http'), PLAIN + CHAINED);
  const exported = await runCli(['export', 'postman', 'calls.ps.http', '-o', 'calls.json'], { cwd: folder });
  assert.equal(exported.stderr, '', 'everything has a counterpart');
  const { code, output } = await runScript(
    tools.newman,
    'run',
    'calls.json',
    '--env-var',
    `host=${sandbox.url}`,
    '--env-var',
    `token=${token}`,
    '--reporters',
    'cli,json',
    '--reporter-json-export',
    'run.json',
  );
  assert.equal(code, 0, output);
  const { run } = JSON.parse(await readFile(path.join(folder, 'run.json'), 'utf8')) as {
    run: {
      stats: Record<'requests' | 'assertions', { total: number; failed: number }>;
      executions: { response: { code: number } }[];
    };
  };
  assert.deepEqual(
    [run.stats.requests, run.stats.assertions].map(({ total, failed }) => [total, failed]),
    [
      [5, 0],
      [10, 0],
    ],
  );
  assert.deepEqual(
    run.executions.map(({ response }) => response.code),
    [200, 404, 200, 200, 200],
  );
});

test('httpYac runs the portable form', async () => {
  const file = parseRequestFile(PLAIN);
  await writeFile(path.join(folder, 'plain.http'), toPortableHttp(file, file.requests, { origin: sandbox.url }));
  const { output } = await runScript(tools.httpyac, 'send', 'plain.http', '--all', '--json', '--var', `token=${token}`);
  const { requests } = JSON.parse(output) as {
    requests: { title: string; response?: { statusCode: number; headers: Record<string, string> } }[];
  };
  assert.deepEqual(
    requests.map(({ title, response }) => [title, response?.statusCode, response?.headers['content-type']]),
    [
      ['Students', 200, 'application/json;charset=UTF-8'],
      ['Nobody', 404, 'application/json;charset=UTF-8'],
      ['A change that the district refuses by record', 200, 'application/json;charset=UTF-8'],
    ],
  );
});
