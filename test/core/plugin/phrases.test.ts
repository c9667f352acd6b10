import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { loadTables } from '../../../src/core/catalog/load.ts';
import { lintText } from '../../../src/core/plugin/lintText.ts';
import type { Diagnostic } from '../../../src/core/problem/diagnostic.ts';
import type { Argument, Phrase } from '../../../src/core/problem/phrase.ts';
import { allMutations } from './allMutations.ts';

const tables = await loadTables();

/** Everything in quotes in the sources of the core: the words that an export for translators finds. */
function writtenWords(): ReadonlySet<string> {
  const core = new URL('../../../src/core/', import.meta.url);
  const words = new Set<string>();
  for (const file of readdirSync(core, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(?:ts|schema\.json)$|Problems\.json$/.test(file)) continue;
    for (const [, single, double] of readFileSync(new URL(file, core), 'utf8').matchAll(
      /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"/g,
    ))
      words.add((single ?? double ?? '').replace(/\\(.)/g, '$1'));
  }
  return words;
}

/** The words of a phrase and of those inside it, and its plain arguments. */
function* partsOf(said: Argument): Generator<{ readonly template?: string; readonly argument?: string }> {
  if (typeof said !== 'object') return yield { argument: String(said) };
  yield { template: said.template };
  for (const part of said.args) yield* partsOf(part);
}

function* saidBy({ sentences, fixes }: Diagnostic): Generator<Phrase> {
  yield* sentences;
  for (const { title } of fixes) yield typeof title === 'string' ? { template: title, args: [] } : title;
}

test('every sentence and every title of a mend is written in the sources with places for what it speaks of', () => {
  const written = writtenWords();
  const made = new Set<string>();
  for (const mutation of allMutations())
    for (const diagnostic of lintText({ ...mutation, tables }).diagnostics)
      for (const said of saidBy(diagnostic))
        for (const { template } of partsOf(said))
          if (template !== undefined && template !== '' && !written.has(template)) made.add(template);
  assert.deepEqual([...made], []);
});

test('what fills a place is taken from the file or is a name, never words that a translation would miss', () => {
  const untold = new Set<string>();
  for (const mutation of allMutations())
    for (const diagnostic of lintText({ ...mutation, tables }).diagnostics)
      for (const said of saidBy(diagnostic))
        for (const { argument } of partsOf(said))
          if (argument?.split(/, |\./).some((part) => part.includes(' ') && !standsIn(mutation.text, part)) === true)
            untold.add(`${diagnostic.code}: ${argument}`);
  assert.deepEqual([...untold], []);
});

/** Samples that mends put in are data of the schemas. */
const schemas = readFileSync(new URL('../../../src/core/plugin/schema/plugin.schema.json', import.meta.url), 'utf8');

function standsIn(text: string, part: string): boolean {
  const words = plain(part)
    .replace(/^\w+="|"$/g, '')
    .trim();
  return plain(text).includes(words) || plain(schemas).includes(words);
}

function plain(words: string): string {
  return words.replace(/\s+/g, ' ').replace(/…$/, '').toLowerCase();
}
