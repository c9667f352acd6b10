import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { toCurl, toCurlForCmd } from '../../../src/core/exchange/curlCommand.ts';
import {
  toExportable,
  type ExportableRequest,
  type ExportOptions,
} from '../../../src/core/exchange/exportableRequest.ts';
import { fromCurl } from '../../../src/core/exchange/curlImport.ts';
import { toFetch } from '../../../src/core/exchange/fetchCode.ts';
import { toPortableHttp } from '../../../src/core/exchange/portableHttp.ts';
import { toPowerShell } from '../../../src/core/exchange/powershellCode.ts';
import { plainText } from '../../../src/core/exchange/template.ts';
import { toPython } from '../../../src/core/exchange/pythonCode.ts';
import { createUndiciTransport } from '../../../src/core/http/undiciTransport.ts';
import { parseRequestFile } from '../../../src/core/request/parse.ts';
import {
  headerValues,
  startRecordingServer,
  type RecordedRequest,
  type RecordingServer,
} from '../../support/recordingServer.ts';
import { environmentOf, runText } from '../../support/requestRunner.ts';

const run = promisify(execFile);
const DYNAMIC = { now: () => Date.UTC(2026, 7, 24), random: () => 0.5 };
const TOKEN = 'token-from-the-environment';

let server: RecordingServer;
let folder: string;

before(async () => {
  server = await startRecordingServer();
  folder = await mkdtemp(join(tmpdir(), 'export-'));
  await writeFile(join(folder, 'a b.bin'), Buffer.from([0, 255, 13, 10, 39]));
});

after(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

function exportable(text: string, options: Partial<ExportOptions> = {}): ExportableRequest {
  const file = parseRequestFile(text);
  const [request] = file.requests;
  assert.ok(request);
  return toExportable(file, request, { origin: server.origin, dynamic: DYNAMIC, ...options });
}

const NASTY = `it's "quoted" $HOME \`date\` \\n %PATH% ‘curly’ ünï 😀 {x} !important`;

/** Requests whose parts need quoting in one language or another. */
const REQUESTS = [
  'GET /ws/v1/district/student?q=name.last_name==O\'Hara;a=(1,2)*&b="x y"&c=[1]{2}|ü%20$HOME\nX-Own: it\'s "x" $HOME `date` \\ end',
  `POST /ws/v1/student\nContent-Type: application/json\n\n{"text": ${JSON.stringify(NASTY)},\n\n  "two": "lines"\n}`,
  `POST /a\nContent-Type: text/plain; charset=utf-8\n\n@starts with an at sign\n${NASTY}`,
  'POST /a\nContent-Type: application/x-www-form-urlencoded\n\nname=Nora Quill\n&city=Fürth\n&rate=50%',
  'POST /a\nContent-Type: application/octet-stream\n\n< ./a b.bin',
  'POST /a\nContent-Type: multipart/form-data; boundary=ab\n\n--ab\nContent-Disposition: form-data; name="x"\n\none\n--ab\nContent-Disposition: form-data; name="f"; filename="y"\n\n< ./a b.bin\n--ab--',
  'DELETE /ws/schema/table/u_x/1',
  'PUT /a\n\n{"a": 1}',
];

/** The parts of a request that every language must send alike. */
function essence(request: RecordedRequest | undefined): unknown {
  assert.ok(request);
  return {
    method: request.method,
    url: decodeURIComponent(request.url),
    type: headerValues(request, 'content-type'),
    accept: headerValues(request, 'accept'),
    own: headerValues(request, 'x-own'),
    body: request.body.toString('latin1'),
  };
}

async function interpreterExists(command: string, ...args: string[]): Promise<boolean> {
  return run(command, args).then(
    () => true,
    () => false,
  );
}

/** The client adds this header; the plain sender of these tests does not. */
function withAccept(text: string): string {
  return /^Accept:/m.test(text) ? text : text.replace(/^(.*)$/m, '$1\nAccept: application/json');
}

async function assertSendsTheSame(execute: (request: ExportableRequest) => Promise<unknown>): Promise<void> {
  const transport = await createUndiciTransport();
  try {
    for (const text of REQUESTS) {
      const [result] = await runText(withAccept(text), {
        transport,
        origin: server.origin,
        path: join(folder, 'x.ps.http'),
        roots: [folder],
      });
      assert.equal(result?.error, undefined, result?.error?.message);
      const own = essence(server.requests.at(-1));
      const before = server.requests.length;
      await execute(exportable(text));
      assert.equal(server.requests.length, before + 1, text);
      assert.deepEqual(essence(server.requests.at(-1)), own, text);
      assert.deepEqual(headerValues(server.requests.at(-1), 'authorization'), [`Bearer ${TOKEN}`]);
    }
  } finally {
    await transport.close();
  }
}

const env = { ...process.env, POWERSCHOOL_TOKEN: TOKEN };

test('curl commands send what the request file sends', async (context) => {
  if (!(await interpreterExists('curl', '--version')) || !(await interpreterExists('sh', '-c', 'true'))) {
    context.skip('no curl or no shell here');
    return;
  }
  await assertSendsTheSame((request) => run('sh', ['-c', toCurl(request)], { cwd: folder, env }));
});

/**
 * The words that a program gets from a line at the prompt of cmd.exe: variables first, then carets, then quotes and
 * backslashes as the C runtime of Windows reads them. Fails where cmd would see more than one command.
 */
function readAsCmd(line: string, environment: Readonly<Record<string, string>>): string[] {
  const known = line.replace(/%([^%\n]*)%/g, (whole, name: string) => environment[name] ?? whole);
  let plain = '';
  for (let at = 0; at < known.length; at++) {
    const sign = known.charAt(at);
    if (sign === '^' && known.startsWith('\n\n', at + 1)) {
      plain += '\n';
      at += 2;
    } else if (sign === '^' && known.charAt(at + 1) === '\n') at++;
    else if (sign === '^') plain += known.charAt(++at);
    else {
      assert.doesNotMatch(sign, /["&|<>\n]/, `${sign} at ${at} of ${known}`);
      plain += sign;
    }
  }
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (let at = 0; at < plain.length; at++) {
    const [run = ''] = /^\\*/.exec(plain.slice(at)) ?? [];
    const before = plain.charAt(at + run.length) === '"';
    if (run !== '') {
      word = (word ?? '') + '\\'.repeat(before ? Math.floor(run.length / 2) : run.length);
      at += run.length;
      if (before && run.length % 2 === 1) {
        word += '"';
        continue;
      }
    }
    const sign = plain.charAt(at);
    if (sign === '"') {
      quoted = !quoted;
      word ??= '';
    } else if (/\s/.test(sign) && !quoted) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + sign;
  }
  return word === undefined ? words : [...words, word];
}

test('curl commands for cmd.exe send what the request file sends, read as cmd reads them', async (context) => {
  if (!(await interpreterExists('curl', '--version'))) {
    context.skip('no curl here');
    return;
  }
  await assertSendsTheSame(async (request) => {
    const command = toCurlForCmd(request);
    if (command.startsWith('REM')) {
      // What cannot be joined on that prompt is put into the file by hand.
      const parts = (request.body?.parts ?? []).map(async (part) =>
        part.kind === 'text' ? Buffer.from(plainText(part.text) ?? '') : readFile(join(folder, part.path)),
      );
      await writeFile(join(folder, 'body.txt'), Buffer.concat(await Promise.all(parts)));
    }
    const line = command.replace(/^REM.*\n/gm, '').trimEnd();
    const [program = '', ...words] = readAsCmd(line, { POWERSCHOOL_TOKEN: TOKEN, PATH: 'C:\\Windows' });
    assert.equal(program, 'curl');
    await run(program, words, { cwd: folder, env });
  });
});

test('a curl command for cmd.exe comes back as the request it was', () => {
  const text = toCurlForCmd(exportable('POST /a\nContent-Type: application/json\n\n{\n  "a": "50% & more"\n}'));
  const imported = fromCurl(text, server.origin)?.text ?? '';
  assert.match(imported, /^POST \/a$/m);
  assert.match(imported, /\{\n {2}"a": "50% & more"\n\}/);
});

test('the portable form, with host and token given, sends what the request file sends', async () => {
  const transport = await createUndiciTransport();
  try {
    for (const text of REQUESTS) {
      const common = { transport, path: join(folder, 'x.ps.http'), roots: [folder] };
      await runText(withAccept(text), { ...common, origin: server.origin });
      const own = essence(server.requests.at(-1));
      const before = server.requests.length;
      const file = parseRequestFile(text);
      const portable = toPortableHttp(file, file.requests, { origin: server.origin });
      // No server here: as in another tool, the address and the token come from the file and its variables.
      const [result] = await runText(portable, { ...common, vars: new Map([['token', TOKEN]]) });
      assert.equal(result?.error, undefined, portable);
      assert.equal(server.requests.length, before + 1);
      assert.deepEqual(essence(server.requests.at(-1)), own, portable);
      assert.deepEqual(headerValues(server.requests.at(-1), 'authorization'), [`Bearer ${TOKEN}`]);
    }
  } finally {
    await transport.close();
  }
});

test('fetch code sends what the request file sends', async () => {
  await assertSendsTheSame((request) =>
    run(process.execPath, ['--input-type=module', '--eval', toFetch(request)], { cwd: folder, env }),
  );
});

test('fetch code sends a header with any characters as the request file does', async () => {
  const text = 'GET /a\nAccept: */*\nX-Own: Ünï 😀 {{$processEnv POWERSCHOOL_OWN}}';
  const transport = await createUndiciTransport();
  try {
    const ports = { processEnv: () => 'é' };
    const [result] = await runText(text, { transport, origin: server.origin, ports });
    assert.equal(result?.error, undefined);
    const own = essence(server.requests.at(-1));
    const code = toFetch(exportable(text));
    await run(process.execPath, ['--input-type=module', '--eval', code], { env: { ...env, POWERSCHOOL_OWN: 'é' } });
    assert.deepEqual(essence(server.requests.at(-1)), own);
  } finally {
    await transport.close();
  }
});

test('Python code sends what the request file sends', async (context) => {
  if (!(await interpreterExists('python3', '-c', 'import requests'))) {
    context.skip('no Python with requests here');
    return;
  }
  await assertSendsTheSame((request) => run('python3', ['-c', toPython(request)], { cwd: folder, env }));
});

test('PowerShell code sends what the request file sends', async (context) => {
  if (!(await interpreterExists('pwsh', '-NoProfile', '-Command', '1'))) {
    context.skip('no PowerShell here');
    return;
  }
  await assertSendsTheSame((request) =>
    run('pwsh', ['-NoProfile', '-Command', toPowerShell(request)], { cwd: folder, env }),
  );
});

test('PowerShell code is quoted for PowerShell', () => {
  assert.equal(
    toPowerShell(exportable(`### It's\nPOST /a\nX-Own: it's ‘x’ $HOME\nContent-Type: text/plain\n\n'one'\n$two`)),
    [
      "# It's",
      '[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12',
      '$headers = @{',
      "  'X-Own' = 'it''s ‘‘x’’ $HOME'",
      "  'Authorization' = ('Bearer ' + $env:POWERSCHOOL_TOKEN)",
      "  'Accept' = 'application/json'",
      '}',
      "$body = [Text.Encoding]::UTF8.GetBytes('''one''\n$two')",
      `Invoke-RestMethod -Method Post -Uri '${server.origin}/a' -Headers $headers -ContentType 'text/plain' -Body $body`,
      '',
    ].join('\n'),
  );
});

test('no secret is exported: literal credentials, private values and answers come from the environment', () => {
  const environments = [
    environmentOf({ dev: { school: '5', key: 'public-key' } }),
    environmentOf({ dev: { pass: 'private-value' } }, 'http-client.private.env.json'),
  ];
  const text = [
    '@clientSecret = very-secret-1',
    '@plain = {{school}}0',
    'POST https://user:very-secret-2@other.example/x?access_token=very-secret-3&s={{plain}}&t={{$processEnv HOME}}&u={{first.response.body.$.a}}',
    'Authorization: Bearer very-secret-4',
    'Cookie: very-secret-5',
    'X-Pass: {{pass}}',
    '',
    '{"client_secret": "very-secret-6", "b": "{{clientSecret}}", "c": {{$randomInt 1 3}}}',
  ].join('\n');
  const request = exportable(text, { environments, environment: 'dev' });
  for (const write of [toCurl, toCurlForCmd, toFetch, toPython, toPowerShell]) {
    const code = write(request);
    assert.doesNotMatch(code, /very-secret|private-value/);
    for (const name of ['POWERSCHOOL_TOKEN', 'COOKIE', 'PASS', 'CLIENT_SECRET', 'ACCESS_TOKEN', 'HOME', 'FIRST_A'])
      assert.ok(code.includes(name), `${name} in ${code}`);
    assert.match(code, /s=50/);
    assert.match(code, /2\}|: 2/);
  }
  assert.doesNotMatch(toPortableHttp(parseRequestFile(text), parseRequestFile(text).requests), /very-secret/);
});

test('without a server the address comes from the environment', () => {
  assert.match(toCurl(exportable('GET /a', { origin: undefined })), /^curl \\\n {2}"\$POWERSCHOOL_URL"'\/a'/);
  assert.match(toFetch(exportable('GET /a', { origin: undefined })), /`\$\{process\.env\.POWERSCHOOL_URL\}\/a`/);
});

test('the portable form names the host, brings its variables and an Authorization line, and parses the same', () => {
  const text =
    '@a = 1\n@b = {{a}}2\n@unused = x\n\n### List\n# @name list\n# @expect status == 200\nGET /ws/v1/school/{{b}}/student\n  ?q=x\n\n### Other\nPOST https://other.example/x\nAuthorization: Basic abc\n\n{\n# gone\n}\n< ./x.json';
  const file = parseRequestFile(text);
  const portable = toPortableHttp(file, file.requests, { origin: 'https://ps.example.org' });
  assert.equal(
    portable,
    [
      '@host = https://ps.example.org',
      '@a = 1',
      '@b = {{a}}2',
      '',
      '### List',
      '# @name list',
      '# @expect status == 200',
      'GET {{host}}/ws/v1/school/{{b}}/student',
      '  ?q=x',
      'Authorization: Bearer {{token}}',
      'Accept: application/json',
      '',
      '### Other',
      'POST https://other.example/x',
      'Authorization: Basic {{token}}',
      '',
      '{',
      '}',
      '< ./x.json',
      '',
    ].join('\n'),
  );
  assert.equal(parseRequestFile(portable).requests.length, 2);
});
