import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { lintText } from '../../../src/core/plugin/lintText.ts';
import { LineIndex } from '../../../src/core/text/lineIndex.ts';
import { corpusExists, corpusPath, readCorpusJson } from '../../support/corpus.ts';

const FOLDER = 'powerschool/plugin/corpus/';

interface CorpusFile {
  readonly file: string;
  readonly kind: string;
  readonly verdict: 'valid' | 'invalid' | 'malformed';
}

const NAMES: Readonly<Record<string, string>> = {
  plugin: 'plugin.xml',
  named_queries: 'x.named_queries.xml',
  permission_mappings: 'x.permission_mappings.xml',
  pagecataloging: 'pagecataloging/x.json',
  message_keys: 'MessageKeys/x.US_en.properties',
  user_schema: 'user_schema_root/x.xml',
};

/**
 * The lines where the faults of the files that are not valid begin. A schema checker names the line where a start tag
 * ends, we name that of the attribute or of the `<`: 095 differs for that; in 009 it names the end of the text, we name
 * the section that has no end.
 */
const FAULTS: Readonly<Record<string, readonly number[]>> = {
  'plugin/027.xml': [31, 50, 61, 83, 102],
  'plugin/056.xml': [1],
  'plugin/066.xml': [9, 10],
  'plugin/095.xml': [5],
  'named_queries/003.xml': [2],
  'named_queries/009.xml': [23],
};

function lint(file: string, kind: string): { lines: number[]; messages: string[] } {
  const result = lintText({ fileName: NAMES[kind] ?? '', bytes: readFileSync(corpusPath(FOLDER + file)) });
  const lines = new LineIndex(result.text);
  const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
  return {
    lines: errors.map(({ range }) => lines.positionAt(range.start).line + 1),
    messages: errors.map(({ code, message }) => `${file}: ${code} ${message}`),
  };
}

test('real files that are valid have no error', { skip: !corpusExists }, () => {
  const index = readCorpusJson(`${FOLDER}index.json`) as CorpusFile[];
  const wrong = index
    .filter(({ verdict }) => verdict === 'valid')
    .flatMap(({ file, kind }) => lint(file, kind).messages);
  assert.deepEqual(wrong, []);
});

test('real files that are not valid have their faults at the right lines', { skip: !corpusExists }, () => {
  const index = readCorpusJson(`${FOLDER}index.json`) as CorpusFile[];
  const found = index
    .filter(({ verdict }) => verdict !== 'valid')
    .map(({ file, kind }) => [file, lint(file, kind).lines] as const);
  assert.deepEqual(Object.fromEntries(found), FAULTS);
});

test('real page catalogs, message keys and database extensions have no error', { skip: !corpusExists }, () => {
  const index = readCorpusJson(`${FOLDER}extra/index.json`) as CorpusFile[];
  const wrong = index.flatMap(({ file, kind }) => lint(`extra/${file}`, kind).messages);
  assert.ok(index.length > 0);
  assert.deepEqual(wrong, []);
});

/** The files of a kind that `xmllint --schema` refuses; undefined where it is not installed. */
function refusedByXmllint(kind: string, files: readonly string[]): Set<string> | undefined {
  const schema = corpusPath(`powerschool/plugin/${kind}.xsd`);
  const options = ['--noout', '--nonet', '--schema', schema, ...files.map((file) => corpusPath(FOLDER + file))];
  const { stderr, error } = spawnSync('xmllint', options, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (error !== undefined) return undefined;
  const accepted = new Set([...stderr.matchAll(/^(.*) validates$/gm)].map(([, path]) => path));
  return new Set(files.filter((file) => !accepted.has(corpusPath(FOLDER + file))));
}

test('the verdict on each real file is that of xmllint with the XSD', { skip: !corpusExists }, (context) => {
  const index = readCorpusJson(`${FOLDER}index.json`) as CorpusFile[];
  let compared = 0;
  for (const kind of ['plugin', 'named_queries', 'permission_mappings']) {
    const files = index.filter((entry) => entry.kind === kind).map(({ file }) => file);
    const refused = refusedByXmllint(kind, files);
    if (refused === undefined) return context.skip('xmllint is not installed');
    assert.deepEqual(
      files.filter((file) => lint(file, kind).messages.length > 0),
      files.filter((file) => refused.has(file)),
    );
    compared += files.length;
  }
  assert.equal(compared, index.length);
});
