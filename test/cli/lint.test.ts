import assert from 'node:assert/strict';
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { zipSync } from 'fflate';
import { XMLValidator } from 'fast-xml-parser';
import { runCli, runMain, temporaryFolder } from './runCli.ts';

const GOOD = `<?xml version="1.0" encoding="UTF-8"?>
<plugin xmlns="http://plugin.powerschool.pearson.com" name="Bus Passes" version="1.0.0" description="Passes">
  <oauth accessLevelV1Api="READ"/>
  <publisher name="Fernhill Schools">
    <contact email="it@fernhill.org"/>
  </publisher>
</plugin>
`;
const BAD = GOOD.replace('"READ"', '"Read"').replace(' email=', ' mail=');

interface EslintFile {
  readonly filePath: string;
  readonly messages: readonly {
    readonly ruleId: string;
    readonly severity: number;
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
    readonly fix?: object;
  }[];
  readonly errorCount: number;
  readonly warningCount: number;
  readonly fixableErrorCount: number;
  readonly fixableWarningCount: number;
}

async function packages(t: TestContext, files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await temporaryFolder(t);
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return folder;
}

async function lintJson(
  args: readonly string[],
  cwd: string,
  stdin?: string | Uint8Array,
): Promise<{ code: number | null; files: EslintFile[] }> {
  const { code, stdout, stderr } = await runMain(['lint', '--format', 'json', ...args], {
    cwd,
    ...(stdin === undefined ? {} : { stdin }),
  });
  assert.equal(stderr, '');
  return { code, files: JSON.parse(stdout) as EslintFile[] };
}

test('a clean package is exit 0, one with errors exit 1', async (t) => {
  const cwd = await packages(t, { 'good/plugin.xml': GOOD, 'bad/plugin.xml': BAD });
  assert.deepEqual(await runCli(['lint', 'good'], { cwd }), {
    code: 0,
    signal: null,
    stdout: '1 file checked, no problems\n',
    stderr: '',
  });
  const bad = await runCli(['lint', 'bad'], { cwd });
  assert.deepEqual([bad.code, bad.stderr], [1, '']);
  assert.match(bad.stdout, /^\nbad\/plugin\.xml\n +3:10 {2}error .* PS1\d\d\n/);
  assert.ok(!bad.stdout.includes('\u001b'));
});

test('without a path the working directory is checked, folders of others are not', async (t) => {
  const cwd = await packages(t, {
    'a/plugin.xml': GOOD,
    'a/queries_root/x.named_queries.xml': '<queries/>',
    'a/readme.xml': '<a>',
    'node_modules/b/plugin.xml': BAD,
    '.git/plugin.xml': BAD,
    'pom.xml': '<project/>',
  });
  const { files } = await lintJson([], cwd);
  assert.deepEqual(
    files.map(({ filePath }) => path.relative(cwd, filePath).replaceAll(path.sep, '/')),
    ['a/plugin.xml', 'a/queries_root/x.named_queries.xml'],
  );
});

test('the JSON lists every file with positions from 1, also clean ones', async (t) => {
  const cwd = await packages(t, { 'bad/plugin.xml': BAD, 'good/plugin.xml': GOOD });
  const { code, files } = await lintJson(['bad', 'good', 'bad/plugin.xml'], cwd);
  assert.equal(code, 1);
  assert.deepEqual(
    files.map(({ filePath }) => filePath),
    [path.join(cwd, 'bad', 'plugin.xml'), path.join(cwd, 'good', 'plugin.xml')],
  );
  const [bad, good] = files;
  assert.deepEqual(good, {
    filePath: path.join(cwd, 'good', 'plugin.xml'),
    messages: [],
    errorCount: 0,
    warningCount: 0,
    fixableErrorCount: 0,
    fixableWarningCount: 0,
  });
  assert.equal(bad?.errorCount, bad?.messages.filter(({ severity }) => severity === 2).length);
  const level = bad?.messages.find(({ line }) => line === 3);
  assert.deepEqual([level?.severity, level?.column, level?.endLine, level?.endColumn], [2, 10, 3, 33]);
  assert.ok(level?.fix);
});

test('standard input is judged by its name alone, which need not exist', async (t) => {
  const cwd = await temporaryFolder(t);
  const bad = await lintJson(['--stdin', '--stdin-filename', 'not/there/plugin.xml'], cwd, BAD);
  assert.deepEqual(
    [bad.code, bad.files.length, bad.files[0]?.filePath],
    [1, 1, path.join(cwd, 'not', 'there', 'plugin.xml')],
  );
  const good = await lintJson(['--stdin', '--stdin-filename', 'plugin.xml'], cwd, GOOD);
  assert.deepEqual([good.code, good.files[0]?.messages], [0, []]);
  const folder = await lintJson(['--stdin', '--stdin-filename', 'queries_root/anything.xml'], cwd, '<queries>');
  assert.match(folder.files[0]?.messages[0]?.ruleId ?? '', /^PS2/);
});

test('standard input is read as bytes: byte order mark, declaration, UTF-16', async (t) => {
  const cwd = await temporaryFolder(t);
  const inputs = [
    Buffer.from(`\uFEFF${BAD}`),
    Buffer.from(`\uFEFF${BAD.replace('UTF-8', 'UTF-16')}`, 'utf16le'),
    Buffer.from(BAD.replace('UTF-8', 'ISO-8859-1').replace('Passes"', 'Pässe"'), 'latin1'),
  ];
  const [first, ...others] = await Promise.all(
    inputs.map((stdin) => lintJson(['--stdin', '--stdin-filename', 'plugin.xml'], cwd, stdin)),
  );
  for (const other of others)
    assert.deepEqual(
      other.files[0]?.messages.map(({ ruleId, line }) => [ruleId, line]),
      first?.files[0]?.messages.map(({ ruleId, line }) => [ruleId, line]),
    );
});

test('malformed XML is a finding, an unreadable path is not, and the rest is still checked', async (t) => {
  const cwd = await packages(t, { 'broken/plugin.xml': '<plugin', 'good/plugin.xml': GOOD });
  assert.equal((await lintJson(['broken'], cwd)).code, 1);
  const missing = await runMain(['lint', '--format', 'json', 'nowhere', 'good'], { cwd });
  assert.deepEqual([missing.code, (JSON.parse(missing.stdout) as unknown[]).length], [2, 1]);
  assert.match(missing.stderr, /nowhere cannot be checked: there is no such file or folder/);
});

test('nothing to check is exit 2', async (t) => {
  const cwd = await packages(t, { 'empty/readme.txt': '' });
  const { code, stdout, stderr } = await runMain(['lint', 'empty'], { cwd });
  assert.deepEqual([code, stdout], [2, '']);
  assert.match(stderr, /There is no file of a plugin package in empty/);
});

test('a file that is called something else is known by its root element', async (t) => {
  const cwd = await packages(t, { 'my manifest.xml': `<!-- <queries> -->\n${BAD}`, 'other.xml': '<project/>' });
  assert.equal((await lintJson(['my manifest.xml'], cwd)).code, 1);
  assert.equal((await runMain(['lint', 'other.xml'], { cwd })).code, 2);
});

test('warnings fail only over --max-warnings', async (t) => {
  const warned = GOOD.replace('version="1.0.0" description="Passes"', 'version="1.0.0"');
  const cwd = await packages(t, { 'plugin.xml': warned });
  const { files } = await lintJson([], cwd);
  const [file] = files;
  assert.ok(file !== undefined && file.errorCount === 0);
  if (file.warningCount === 0) return;
  assert.equal((await lintJson([], cwd)).code, 0);
  assert.equal((await lintJson(['--max-warnings', String(file.warningCount)], cwd)).code, 0);
  assert.equal((await lintJson(['--max-warnings', String(file.warningCount - 1)], cwd)).code, 1);
});

test('information is shown with --info alone, and never counts', async (t) => {
  const cwd = await packages(t, { 'plugin.xml': GOOD });
  const plain = await lintJson([], cwd);
  assert.ok(plain.files[0]?.messages.every(({ severity }) => severity > 0));
  const all = await lintJson(['--info', '--max-warnings', '0'], cwd);
  assert.deepEqual([all.code, all.files[0]?.errorCount, all.files[0]?.warningCount], [0, 0, 0]);
});

test('--fix mends what has one answer, keeps the rest to the letter, and a second time changes nothing', async (t) => {
  const text = GOOD.replace('"READ"', '"Read"').replaceAll('\n', '\r\n');
  const cwd = await packages(t, {
    'a/plugin.xml': text,
    'b/plugin.xml': `\uFEFF${text}`,
    'c/plugin.xml': Buffer.from(`\uFEFF${text.replace('UTF-8', 'UTF-16')}`, 'utf16le'),
  });
  const run = await runMain(['lint', '--fix'], { cwd });
  assert.deepEqual([run.code, run.stderr], [0, '']);
  const expected = GOOD.replaceAll('\n', '\r\n');
  assert.equal(await readFile(path.join(cwd, 'a/plugin.xml'), 'utf8'), expected);
  assert.equal(await readFile(path.join(cwd, 'b/plugin.xml'), 'utf8'), `\uFEFF${expected}`);
  assert.equal(
    await readFile(path.join(cwd, 'c/plugin.xml'), 'utf16le'),
    `\uFEFF${expected.replace('UTF-8', 'UTF-16')}`,
  );
  assert.equal((await runMain(['lint', '--fix'], { cwd })).stdout, '3 files checked, no problems\n');
});

test('a zip is checked inside, and one that is none is said to be', async (t) => {
  const zip = zipSync({
    'plugin.xml': Buffer.from(BAD),
    'queries_root/a.named_queries.xml': Buffer.from('<queries/>'),
  });
  const cwd = await packages(t, { 'plugin.zip': zip, 'broken.zip': 'PK nonsense' });
  const { code, files } = await lintJson(['plugin.zip'], cwd);
  assert.equal(code, 1);
  assert.deepEqual(
    files.map(({ filePath }) => path.relative(cwd, filePath).replaceAll(path.sep, '/')),
    ['plugin.zip/plugin.xml', 'plugin.zip/queries_root/a.named_queries.xml'],
  );
  const broken = await lintJson(['broken.zip'], cwd);
  assert.deepEqual([broken.code, broken.files[0]?.filePath], [1, path.join(cwd, 'broken.zip')]);
  assert.match(broken.files[0]?.messages[0]?.ruleId ?? '', /^PS4/);
});

test('a package is judged as a whole: its files against each other, in a folder as in a zip', async (t) => {
  const mapping = `<?xml version="1.0" encoding="UTF-8"?>
<permission_mappings>
  <permission name="/admin/x.html">
    <implies allow="post">/ws/schema/query/org.fernhill.bus.passes.missing</implies>
  </permission>
</permission_mappings>
`;
  const files = { 'plugin.xml': GOOD, 'permissions_root/x.permission_mappings.xml': mapping };
  const zip = zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])));
  const cwd = await packages(t, {
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`p/${name}`, text])),
    'p.zip': zip,
  });
  const codes = async (start: string): Promise<string[]> =>
    (await lintJson([start, '--info'], cwd)).files.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId));
  const whole = await codes('p');
  const alone = await codes(path.join('p', 'permissions_root', 'x.permission_mappings.xml'));
  assert.ok(whole.length > alone.length, `${whole.join()} and ${alone.join()}`);
  assert.deepEqual(await codes('p.zip'), whole);
});

test('a configuration sets severities and passes over files, for its folder and below, the nearest one alone', async (t) => {
  const cwd = await packages(t, {
    'powerschool-explorer.json':
      '{ "rules": { "PS138": "warning", "PS136": "off", "PS137": "off" }, "ignore": ["old"] }',
    'a/plugin.xml': BAD,
    'old/plugin.xml': BAD,
    'b/powerschool-explorer.json': '{ "rules": { "PS136": "off" } }',
    'b/plugin.xml': BAD,
    'c/.git/HEAD': '',
    'c/plugin.xml': BAD,
  });
  const { files } = await lintJson([], cwd);
  const seen = files.map(({ filePath, messages }) => [
    path.relative(cwd, filePath).replaceAll(path.sep, '/'),
    messages.map(({ ruleId, severity }) => `${ruleId} ${severity}`),
  ]);
  assert.deepEqual(seen, [
    ['a/plugin.xml', ['PS138 1']],
    ['b/plugin.xml', ['PS138 2']],
    ['c/plugin.xml', ['PS138 2', 'PS136 2']],
  ]);
  const named = await lintJson(['old/plugin.xml'], cwd);
  assert.equal(named.files.length, 1, 'a file that is named is judged');
});

test('--config holds for everything, and none is looked at for standard input', async (t) => {
  const cwd = await packages(t, {
    'powerschool-explorer.json': '{ "rules": { "PS138": "off" } }',
    'strict.json': '{ "rules": { "PS174": "error" } }',
    'plugin.xml': GOOD.replace(' description="Passes"', ''),
  });
  assert.equal((await runMain(['lint'], { cwd })).code, 0);
  assert.equal((await runMain(['lint', '--config', 'strict.json'], { cwd })).code, 1);
  const stdin = await lintJson(['--stdin', '--stdin-filename', 'plugin.xml'], cwd, BAD);
  assert.ok(stdin.files[0]?.messages.some(({ ruleId }) => ruleId === 'PS138'));
  assert.equal(
    (
      await runMain(['lint', '--stdin', '--stdin-filename', 'plugin.xml', '--config', 'strict.json'], {
        cwd,
        stdin: GOOD,
      })
    ).code,
    2,
  );
});

test('a configuration that cannot be understood is exit 2 with its reason', async (t) => {
  const cwd = await packages(t, {
    'powerschool-explorer.json': '{ "rules": { "PS1380": "off" } }',
    'plugin.xml': GOOD,
  });
  const { code, stderr } = await runMain(['lint'], { cwd });
  assert.equal(code, 2);
  assert.match(stderr, /powerschool-explorer\.json cannot be used: “PS1380” is no code/);
  assert.equal((await runMain(['lint', '--config', 'none.json'], { cwd })).code, 2);
});

test('package and --fix go by the configuration too', async (t) => {
  const text = GOOD.replace('<publisher', '<publisher   ').replace('"READ"', '"Read"');
  const cwd = await packages(t, {
    'powerschool-explorer.json': '{ "rules": { "PS138": "off" } }',
    'p/plugin.xml': text,
  });
  assert.equal((await runMain(['package', 'p', '-o', 'p.zip'], { cwd })).code, 0);
  assert.equal((await runMain(['lint', '--fix'], { cwd })).code, 0);
  assert.equal(await readFile(path.join(cwd, 'p/plugin.xml'), 'utf8'), text);
});

test('request files are held against what their plugin grants, both ways', async (t) => {
  const granting = GOOD.replace(
    '<publisher',
    '<access_request><field table="STUDENTS" field="DOB" access="ViewOnly"/></access_request>\n  <publisher',
  );
  const cwd = await packages(t, {
    'plugin/plugin.xml': granting,
    'requests/a.ps.http': '# students\nGET /ws/schema/table/students?projection=lastfirst\n',
    'requests/b.ps.http': 'GET /ws/v1/district/school\n',
  });
  const { code, stdout } = await runMain(['lint', '--info', '--format', 'json'], { cwd });
  const files = JSON.parse(stdout) as EslintFile[];
  assert.equal(code, 0);
  assert.deepEqual(
    files.map(({ filePath, messages }) => [
      path.basename(filePath),
      messages.map(({ ruleId, severity, line, column }) => `${ruleId} ${severity} ${line}:${column}`).join(),
    ]),
    [
      ['plugin.xml', 'PS477 0 4:19'],
      ['a.ps.http', 'PS481 1 2:42'],
    ],
  );
  await writeFile(
    path.join(cwd, 'powerschool-explorer.json'),
    '{ "rules": { "PS481": "error" }, "ignore": ["b.ps.http"] }',
  );
  assert.equal((await runMain(['lint'], { cwd })).code, 1);
  await mkdir(path.join(cwd, 'second'));
  await writeFile(path.join(cwd, 'second/plugin.xml'), GOOD);
  assert.equal((await runMain(['lint'], { cwd })).code, 0, 'between two plugins nobody can tell');
});

test('what is too large to be read is said, not tried', async (t) => {
  const cwd = await packages(t, { 'large.zip': '', 'plugin.xml': '', 'good/plugin.xml': GOOD });
  // sparse: neither takes room on the disk
  await truncate(path.join(cwd, 'large.zip'), 3 * 2 ** 30);
  await truncate(path.join(cwd, 'plugin.xml'), 3 * 2 ** 30);
  const zip = await runMain(['lint', 'large.zip'], { cwd });
  assert.equal(zip.code, 1);
  assert.match(zip.stdout, /1:1 .*too large to be read: 3072 MB.*PS470/);
  const text = await runMain(['lint'], { cwd });
  assert.equal(text.code, 2);
  assert.match(text.stderr, /plugin\.xml cannot be checked: it is larger than 256 MB\./);
  assert.match(text.stdout, /1 file checked, no problems/);
});

test('names that two packages share are told at the second one', async (t) => {
  const query =
    '<queries><query name="org.fernhill.buses.a.b" coreTable="STUDENTS"><columns><column>STUDENTS.DCID</column></columns><sql><![CDATA[select dcid from students order by dcid]]></sql></query></queries>';
  const cwd = await packages(t, {
    'a/plugin.xml': GOOD,
    'a/queries_root/a.named_queries.xml': query,
    'b/plugin.xml': GOOD.replace('Bus Passes', 'Bus Lists'),
    'b/queries_root/b.named_queries.xml': query,
    'c/plugin.xml': GOOD,
    'c/queries_root/c.named_queries.xml': query.replace('org.fernhill.buses', 'org.fernhill.others'),
  });
  const { stdout } = await runMain(['lint', '--info', '--format', 'json'], { cwd });
  const found = (JSON.parse(stdout) as EslintFile[]).flatMap(({ filePath, messages }) =>
    messages
      .filter(({ ruleId }) => ruleId === 'PS179' || ruleId === 'PS484')
      .map(
        ({ ruleId, severity, line, column }) =>
          `${path.relative(cwd, filePath)} ${ruleId} ${severity} ${line}:${column}`,
      ),
  );
  assert.deepEqual(found, [
    `${path.join('b', 'queries_root', 'b.named_queries.xml')} PS484 1 1:17`,
    `${path.join('c', 'plugin.xml')} PS179 0 2:55`,
  ]);
});

test('every format is what its readers expect', async (t) => {
  const cwd = await packages(t, { 'my plugin/plugin.xml': BAD });
  const run = async (format: string): Promise<string> => {
    const { code, stdout } = await runMain(['lint', '--format', format], { cwd });
    assert.equal(code, 1);
    return stdout;
  };
  const sarif = JSON.parse(await run('sarif')) as {
    version: string;
    runs: [
      {
        tool: { driver: { rules: { id: string; help?: object }[] } };
        results: { ruleId: string; locations: [{ physicalLocation: { artifactLocation: { uri: string } } }] }[];
      },
    ];
  };
  assert.equal(sarif.version, '2.1.0');
  assert.ok(sarif.runs[0].tool.driver.rules.every(({ help }) => help !== undefined));
  assert.equal(sarif.runs[0].results[0]?.locations[0].physicalLocation.artifactLocation.uri, 'my%20plugin/plugin.xml');
  assert.equal(XMLValidator.validate(await run('junit')), true);
  assert.match(
    await run('github'),
    /^::error file=my plugin\/plugin\.xml,line=3,endLine=3,col=10,endColumn=33,title=PS1\d\d::/m,
  );
});

test('a new plugin lints clean and packages to the same bytes each time', async (t) => {
  const cwd = await temporaryFolder(t);
  const made = await runMain(
    ['new', 'plugin', 'bus-passes', '--publisher', 'Fernhill Schools', '--email', 'it@fernhill.org'],
    { cwd },
  );
  assert.deepEqual([made.code, made.stderr], [0, '']);
  assert.ok(made.stdout.startsWith(`${path.join('bus-passes', 'plugin.xml')}\n`));
  const lint = await runMain(['lint', 'bus-passes', '--max-warnings', '0'], { cwd });
  assert.equal(lint.code, 0, lint.stdout);
  assert.equal((await runMain(['new', 'plugin', 'bus-passes'], { cwd })).code, 2);
  const first = await runMain(['package', 'bus-passes', '-o', 'one.zip'], { cwd });
  assert.deepEqual([first.code, first.stdout], [0, 'one.zip\n']);
  const second = await runMain(['package', 'bus-passes'], { cwd });
  assert.equal(second.stdout, 'bus-passes-1.0.0.zip\n');
  assert.deepEqual(await readFile(path.join(cwd, 'one.zip')), await readFile(path.join(cwd, 'bus-passes-1.0.0.zip')));
  for (const TZ of ['Pacific/Kiritimati', 'America/Los_Angeles']) {
    // A time zone is that of a process.
    const zoned = await runCli(['package', 'bus-passes', '-o', 'zoned.zip'], { cwd, env: { TZ } });
    assert.equal(zoned.code, 0, zoned.stderr);
    assert.deepEqual(await readFile(path.join(cwd, 'zoned.zip')), await readFile(path.join(cwd, 'one.zip')), TZ);
  }
  assert.equal((await lintJson(['one.zip'], cwd)).code, 0);
});

test('a package with an error is not made', async (t) => {
  const cwd = await packages(t, { 'bad/plugin.xml': BAD, 'empty/readme.txt': '' });
  const bad = await runMain(['package', 'bad', '-o', 'bad.zip'], { cwd });
  assert.deepEqual([bad.code, bad.stdout], [1, '']);
  assert.match(bad.stderr, /no zip was written/);
  await assert.rejects(readFile(path.join(cwd, 'bad.zip')));
  const empty = await runMain(['package', 'empty'], { cwd });
  assert.equal(empty.code, 2);
  assert.match(empty.stderr, /There is no plugin\.xml in empty/);
});
