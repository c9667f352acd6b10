import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { parseArguments } from '../../src/cli/arguments.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { apiPath } from '../../src/cli/serverOptions.ts';
import { CLI, runCli, runMain } from './runCli.ts';

test('without a command it shows the help on stderr and ends with 2', async () => {
  const { code, stdout, stderr } = await runMain([]);
  assert.deepEqual([code, stdout], [2, '']);
  assert.match(stderr, /^Usage: powerschool-explorer COMMAND/);
});

test('--help names every command and exit code, on stdout', async () => {
  const { code, stdout, stderr } = await runMain(['--help']);
  assert.deepEqual([code, stderr], [0, '']);
  for (const { name, summary } of COMMANDS)
    assert.ok(stdout.includes(`  ${name.padEnd(1)}`) && stdout.includes(summary));
  for (const exit of ['0  all good', '1  findings', '2  wrong usage', '3  no connection', '130  cancelled']) {
    assert.ok(stdout.includes(exit), exit);
  }
});

test('every command explains all of its options', async () => {
  for (const { name, options } of COMMANDS) {
    const { code, stdout } = await runMain([...name.split(' '), '--help']);
    assert.equal(code, 0, name);
    for (const option of options) assert.ok(stdout.includes(`--${option.name}`), `${name} --${option.name}`);
    const { stdout: same } = await runMain(['help', ...name.split(' ')]);
    assert.equal(same, stdout);
  }
});

test('--version is the version of the package', async () => {
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  assert.deepEqual(await runCli(['--version']), { code: 0, signal: null, stdout: `${version}\n`, stderr: '' });
});

const wrong: [args: string[], says: RegExp][] = [
  [['nonsense'], /"nonsense" is no command\. There are: lint, run, get/],
  [['get'], /PATH is missing/],
  [['get', '/a', '/b'], /Only one PATH can be given; "\/b" is one too many/],
  [['get', '/a', '--frobnicate'], /Unknown option '--frobnicate'/],
  [['get', '/a', '--format', 'xml'], /--format is json, ndjson, csv; "xml" is none of them/],
  [['get', '/a', '--concurrency', '0'], /--concurrency is a whole number from 1 to 64/],
  [['get', '/a', '--concurrency', '2x'], /"2x" is not/],
  [['get', '/a', '--columns', 'a,,b'], /--columns is a list/],
  [['get', '/a', '--resume'], /--resume goes with --all-pages and -o FILE/],
  [['get', '/a', '--bom'], /go with --format csv/],
  [['get', '/a', '-o'], /-o/],
  [['query', 'a b'], /is no name of a PowerQuery/],
  [['query', 'a.b.c.d.e', '--arg', 'x'], /--arg is written as NAME=VALUE/],
  [['lint', '--stdin'], /--stdin needs --stdin-filename NAME/],
  [['lint', '--stdin-filename', 'plugin.xml'], /goes with --stdin/],
  [['lint', '--stdin', '--stdin-filename', 'notes.txt'], /is no name of a plugin file/],
  [['lint', '--max-warnings', '-1'], /max-warnings/],
  [['run'], /A request file or a folder is missing/],
  [['run', 'nowhere.ps.http'], /nowhere\.ps\.http cannot be read: there is no such file or folder/],
  [['run', 'x', '--var', 'novalue'], /--var is written as NAME=VALUE/],
  [['run', 'x', '--report', 'html=x'], /--report is written as junit=FILE or json=FILE/],
  [['sandbox', 'extra'], /sandbox takes no argument/],
];
for (const [args, says] of wrong) {
  test(`"${args.join(' ')}" is wrong usage: one sentence, exit 2`, async () => {
    const { code, stdout, stderr } = await runMain(args);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, says);
    assert.ok(!/\bat .*:\d+:\d+\b/.test(stderr), 'no stack');
  });
}

for (const args of [['--secret', 'x'], ['--client-secret=x'], ['--password', 'x'], ['--token', 'x']]) {
  test(`${args[0]} is refused with the two ways to give a secret`, async () => {
    const { code, stderr } = await runMain(['get', '/ws/v1/district', ...args]);
    assert.equal(code, 2);
    assert.match(stderr, /A secret is never an argument.*POWERSCHOOL_CLIENT_SECRET.*--secret-stdin/);
  });
}

test('no server, no Client ID, no secret: each is said', async () => {
  const url = { POWERSCHOOL_URL: 'https://district.example' };
  assert.match(await refusalOf({}), /Set POWERSCHOOL_URL, or use --url/);
  assert.match(await refusalOf(url), /POWERSCHOOL_CLIENT_ID is not set/);
  assert.match(await refusalOf({ ...url, POWERSCHOOL_CLIENT_ID: 'a' }), /POWERSCHOOL_CLIENT_SECRET is not set/);
  assert.match(await refusalOf({ POWERSCHOOL_URL: 'not a url' }), /PS990/);
  assert.match(await refusalOf({ POWERSCHOOL_URL: 'http://district.example' }), /--plain-http/);
  assert.match(await refusalOf({ ...url, POWERSCHOOL_CA_FILE: 'missing.pem' }), /CA file missing\.pem cannot be read/);
});

test('a path that a shell on Windows turned into a folder is turned back', () => {
  assert.equal(apiPath('C:/Program Files/Git/ws/v1/district?q=a'), '/ws/v1/district?q=a');
  assert.equal(apiPath('ws/v1/district'), '/ws/v1/district');
  assert.equal(apiPath('/ws/v1/district'), '/ws/v1/district');
  assert.equal(apiPath('https://x.example/ws/v1'), 'https://x.example/ws/v1');
});

test('options may stand anywhere, and -- ends them', () => {
  const options = [
    { name: 'all', help: '' },
    { name: 'arg', value: 'K=V', repeatable: true, help: '' },
  ];
  const args = parseArguments(options, ['--arg', 'a=1=2', 'x', '--all', '--arg', 'b=', '--', '--y']);
  assert.deepEqual(args.positionals, ['x', '--y']);
  assert.deepEqual(
    [...args.pairs('arg')],
    [
      ['a', '1=2'],
      ['b', ''],
    ],
  );
  assert.equal(args.flag('all'), true);
});

test('the entry has no import before it knows the version of Node', async () => {
  const source = await readFile(CLI, 'utf8');
  assert.doesNotMatch(source, /^\s*import\s(?!type)/m);
  assert.doesNotMatch(source, /\?\.|\?\?|await|#[a-z]/);
});

async function refusalOf(env: Record<string, string>): Promise<string> {
  const { code, stderr } = await runMain(['get', '/ws/v1/district'], { env });
  assert.equal(code, 2);
  return stderr;
}
