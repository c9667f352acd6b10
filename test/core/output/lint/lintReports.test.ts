import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';
import { Ajv, type SchemaObject } from 'ajv';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { eslintJson } from '../../../../src/core/output/lint/eslintJson.ts';
import { githubAnnotations } from '../../../../src/core/output/lint/githubAnnotations.ts';
import { lintJunit } from '../../../../src/core/output/lint/lintJunit.ts';
import { type LintedText, lintReport } from '../../../../src/core/output/lint/lintReport.ts';
import { sarif } from '../../../../src/core/output/lint/sarif.ts';
import { stylish } from '../../../../src/core/output/lint/stylish.ts';
import { createPaint } from '../../../../src/core/output/paint.ts';
import type { Diagnostic } from '../../../../src/core/problem/diagnostic.ts';
import type { ProblemCode } from '../../../../src/core/problem/problemCode.ts';

const require = createRequire(import.meta.url);
const root = path.resolve('/district');
const text = '<plugin>\r\n\t<a b="é😀" c="1"/>\r\n</plugin>';

function found(code: string, severity: Diagnostic['severity'], part: string, automatic?: string): Diagnostic {
  const start = text.indexOf(part);
  const range = { start, end: start + part.length };
  const fixes =
    automatic === undefined ? [] : [{ title: 'Mend', automatic: true, edits: [{ range, text: automatic }] }];
  return { code, severity, range, args: [], sentences: [], message: `100% wrong: <${part}>,\nmend "it" & go`, fixes };
}

const linted: LintedText = {
  filePath: path.join(root, 'my plugins', 'plugin.xml'),
  text,
  diagnostics: [
    found('PS102', 'warning', 'c="1"', 'c="2"'),
    found('PS101', 'error', 'b="é😀"'),
    found('PS103', 'info', '<a'),
  ],
};
const clean: LintedText = { filePath: path.join(root, 'clean', 'plugin.xml'), text, diagnostics: [] };
const reports = [lintReport(linted, false), lintReport(clean, false)];
const relative = (filePath: string): string => path.relative(root, filePath).replaceAll(path.sep, '/');
const row: ProblemCode = { severity: 'error', message: 'm {0}', mend: 'd', why: 'w', source: 's' };

test('the JSON report has the shape of ESLint, with clean files and without information', () => {
  const files = JSON.parse(eslintJson(reports)) as unknown;
  const start = text.indexOf('c="1"');
  assert.deepEqual(files, [
    {
      filePath: linted.filePath,
      messages: [
        {
          ruleId: 'PS101',
          severity: 2,
          message: linted.diagnostics[1]?.message,
          line: 2,
          column: 5,
          endLine: 2,
          endColumn: 12,
        },
        {
          ruleId: 'PS102',
          severity: 1,
          message: linted.diagnostics[0]?.message,
          line: 2,
          column: 13,
          endLine: 2,
          endColumn: 18,
          fix: { range: [start, start + 5], text: 'c="2"' },
        },
      ],
      errorCount: 1,
      warningCount: 1,
      fixableErrorCount: 0,
      fixableWarningCount: 1,
    },
    {
      filePath: clean.filePath,
      messages: [],
      errorCount: 0,
      warningCount: 0,
      fixableErrorCount: 0,
      fixableWarningCount: 0,
    },
  ]);
});

test('information is shown when asked for, as severity 0, and never counted', () => {
  const [file] = JSON.parse(eslintJson([lintReport(linted, true)])) as [
    { messages: { ruleId: string; severity: number }[]; errorCount: number; warningCount: number },
  ];
  assert.deepEqual(
    file.messages.map(({ ruleId, severity }) => [ruleId, severity]),
    [
      ['PS103', 0],
      ['PS101', 2],
      ['PS102', 1],
    ],
  );
  assert.deepEqual([file.errorCount, file.warningCount], [1, 1]);
});

test('a fix of several edits is reported as one edit that does the same', () => {
  const edits = [
    { range: { start: 8, end: 8 }, text: 'Z' },
    { range: { start: 0, end: 1 }, text: '' },
  ];
  const diagnostic: Diagnostic = { ...found('PS101', 'error', '<a'), fixes: [{ title: 't', automatic: true, edits }] };
  const [message] = lintReport({ ...linted, diagnostics: [diagnostic] }, false).messages;
  assert.deepEqual(message?.fix, { range: { start: 0, end: 8 }, text: 'plugin>Z' });
});

test('SARIF is valid against its schema', () => {
  const schemaPath = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  // Written for draft 4: ajv knows the keywords it uses, but neither its address nor its `id`; one pattern is no Unicode pattern.
  const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(schemaPath, 'utf8')) as SchemaObject;
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
  const log = JSON.parse(
    sarif([...reports, lintReport({ ...linted, filePath: path.resolve('/elsewhere/plugin.xml') }, true)], {
      toolName: 'powerschool-explorer',
      toolVersion: '0.1.0',
      problems: new Map([['PS101', row]]),
      relativePath: (filePath) => (filePath.startsWith(root) ? relative(filePath) : undefined),
    }),
  ) as { runs: [{ artifacts: { location: { uri: string } }[]; results: { level: string; ruleIndex: number }[] }] };
  assert.ok(validate(log), JSON.stringify(validate.errors));
  const [run] = log.runs;
  assert.deepEqual(
    run.artifacts.map(({ location }) => location.uri.replace(/\/\w:\//, '/')),
    ['my%20plugins/plugin.xml', 'clean/plugin.xml', 'file:///elsewhere/plugin.xml'],
  );
  assert.deepEqual(
    run.results.map(({ level, ruleIndex }) => [level, ruleIndex]),
    [
      ['error', 0],
      ['warning', 1],
      ['note', 2],
      ['error', 0],
      ['warning', 1],
    ],
  );
});

test('annotations for GitHub escape what its commands are made of', () => {
  assert.equal(
    githubAnnotations([lintReport(linted, true)], (filePath) => `${relative(filePath)}:,`),
    [
      '::notice file=my plugins/plugin.xml%3A%2C,line=2,endLine=2,col=2,endColumn=4,title=PS103::100%25 wrong: <<a>,%0Amend "it" & go\n',
      '::error file=my plugins/plugin.xml%3A%2C,line=2,endLine=2,col=5,endColumn=12,title=PS101::100%25 wrong: <b="é😀">,%0Amend "it" & go\n',
      '::warning file=my plugins/plugin.xml%3A%2C,line=2,endLine=2,col=13,endColumn=18,title=PS102::100%25 wrong: <c="1">,%0Amend "it" & go\n',
    ].join(''),
  );
});

test('the report for people names file, place, message and code, then the totals', () => {
  assert.equal(
    stylish(reports, createPaint(false), relative),
    `
my plugins/plugin.xml
   2:5  error    100% wrong: <b="é😀">, mend "it" & go  PS101
  2:13  warning  100% wrong: <c="1">, mend "it" & go  PS102

2 problems (1 error, 1 warning)
1 problem can be mended with --fix
`,
  );
  assert.equal(stylish([lintReport(clean, false)], createPaint(false), relative), '1 file checked, no problems\n');
  assert.ok(stylish(reports, createPaint(true), relative).includes('\u001b[31merror  \u001b[39m'));
});

test('JUnit is well-formed XML, a case for each finding and for each clean file', () => {
  const nasty = { ...found('PS101', 'error', '<a'), message: 'a\u0000b\u0008 ]]> \ud800 <x y="1">' };
  const xml = lintJunit([...reports, lintReport({ ...linted, diagnostics: [nasty] }, false)], relative);
  assert.equal(XMLValidator.validate(xml), true);
  const parsed = new XMLParser({ ignoreAttributes: false, processEntities: true }).parse(xml) as {
    testsuites: { '@_tests': string; '@_failures': string; testsuite: { testcase: unknown }[] };
  };
  assert.deepEqual([parsed.testsuites['@_tests'], parsed.testsuites['@_failures']], ['4', '3']);
  assert.ok(xml.includes('message="100% wrong: &lt;b=&quot;é😀&quot;&gt;,&#10;mend &quot;it&quot; &amp; go"'));
  assert.ok(xml.includes('a\ufffdb\ufffd ]]&gt; \ufffd &lt;x y="1"&gt;'));
});

test('the rules of SARIF have sentences without places for arguments', () => {
  const problems = new Map([['PS112', { ...row, message: '{0} is wrong', mend: '{1}' }]]);
  const report = sarif([lintReport({ ...linted, diagnostics: [found('PS112', 'error', 'b')] }, true)], {
    toolName: 't',
    toolVersion: '1',
    problems,
    relativePath: () => 'x',
  });
  const { rules } = (JSON.parse(report) as { runs: [{ tool: { driver: { rules: object[] } } }] }).runs[0].tool.driver;
  assert.deepEqual(rules[0], {
    id: 'PS112',
    shortDescription: { text: '… is wrong' },
    fullDescription: { text: 'w' },
    help: { text: 'w' },
    defaultConfiguration: { level: 'error' },
  });
});
