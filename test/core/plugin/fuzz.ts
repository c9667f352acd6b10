import { loadTables } from '../../../src/core/catalog/load.ts';
import type { OutlineSymbol } from '../../../src/core/plugin/language/outline.ts';
import { createPluginLanguage, type PluginText } from '../../../src/core/plugin/language/pluginLanguage.ts';
import { say } from '../../../src/core/problem/phrase.ts';
import { fixAll, lintText } from '../../../src/core/plugin/lintText.ts';
import { applyEdits, type TextRange } from '../../../src/core/text/textRange.ts';
import { PlainManifests } from '../../../src/core/plugin/plain/plainManifests.ts';
import { randomNumbers } from '../../support/randomNumbers.ts';
import { fixture, VALID_FILES } from './validFiles.ts';

/** What a run of random inputs found; nothing but `inputs` when all is well. */
export interface FuzzReport {
  readonly inputs: number;
  readonly failures: readonly string[];
}

const LANGUAGE = createPluginLanguage({
  tables: await loadTables(),
  queries: ['org.cedar.roster.students.list'],
  pages: ['/admin/roster/home.html'],
});

const PIECES = [
  '<',
  '>',
  '/',
  '"',
  "'",
  '&',
  ';',
  '=',
  ' ',
  '\n',
  '\r\n',
  '\t',
  '<!--',
  '-->',
  '--',
  '<![CDATA[',
  ']]>',
  '<?',
  '?>',
  '<!DOCTYPE plugin [',
  ']>',
  '&amp;',
  '&#65;',
  '&#x41;',
  '&lt',
  '&nbsp;',
  ':',
  'xmlns="u"',
  'xmlns:a="u"',
  'a:b',
  'é',
  '\u0000',
  '\u0001',
  '\ufffe',
  '\ufeff',
  '\ud83d',
  '😀',
  '</',
  '/>',
  '<?xml version="1.0"?>',
  '<plugin',
  '<access_request>',
  '</access_request>',
  '<field table="A" field="B" access="ViewOnly"/>',
  '</plugin>',
  '<query name="a">',
  '<sql>',
  '</sql>',
  ':arg',
  'select',
  '~(',
  '/*',
  '{',
  '}',
  '[',
  ']',
  ',',
  '"pages"',
  '\\',
  '\\u00',
  '#',
  '!',
  '<__proto__/>',
  '<constructor a="1"/>',
  '<!-- powerschool-disable PS158 -->',
  '1',
  '.',
  '-',
  '_',
];

/**
 * Checks `count` random texts, made from valid ones by cutting, copying and inserting: nothing may be thrown, every
 * position must be inside the text and in order, and mends must apply. Every 50th input is also mended twice, and
 * given as bytes of a random encoding.
 */
export function fuzz(count: number, seed: number): FuzzReport {
  const random = randomNumbers(seed);
  const files = VALID_FILES.map(fixture);
  const plainManifests = new PlainManifests(undefined);
  const failures: string[] = [];
  for (let input = 0; input < count; input++) {
    const file = files[random(files.length)];
    if (file === undefined) continue;
    const text = mutate(file.text, random);
    try {
      const problem =
        check(file.fileName, text, plainManifests) ??
        checkLanguage({ fileName: file.fileName, text }, random(text.length + 1)) ??
        (input % 50 === 0 ? checkMore(file.fileName, text, random) : undefined);
      if (problem !== undefined) failures.push(`input ${input} of seed ${seed}: ${problem}\n${JSON.stringify(text)}`);
    } catch (error) {
      failures.push(`input ${input} of seed ${seed}: ${String(error)}\n${JSON.stringify(text)}`);
    }
    if (failures.length >= 5) break;
  }
  return { inputs: count, failures };
}

function mutate(valid: string, random: (limit: number) => number): string {
  // small texts reach more of the reader in the same time
  const from = random(valid.length);
  let text = random(3) === 0 ? valid : valid.slice(from, from + random(600));
  for (let edits = random(6); edits >= 0; edits--) {
    const at = random(text.length + 1);
    const piece = PIECES[random(PIECES.length)] ?? '';
    switch (random(5)) {
      case 0:
        text = text.slice(0, at) + text.slice(at + 1 + random(12));
        break;
      case 1:
        text = text.slice(0, at) + piece + text.slice(at);
        break;
      case 2:
        text = text.slice(0, at) + piece + text.slice(at + 1);
        break;
      case 3: {
        const copied = random(text.length + 1);
        text = text.slice(0, at) + text.slice(copied, copied + random(60)) + text.slice(at);
        break;
      }
      default:
        text = text.slice(0, at) + piece.repeat(1 + random(5)) + text.slice(at);
    }
  }
  return text;
}

function check(fileName: string, text: string, plainManifests: PlainManifests): string | undefined {
  const result = lintText({ fileName, text });
  const isSure = fileName.endsWith('plugin.xml') && plainManifests.proveFaultless(text);
  if (isSure && result.diagnostics.length > 0) return 'it is taken for faultless, and is not';
  let last = 0;
  for (const { code, range, message, fixes } of result.diagnostics) {
    if (!(range.start >= 0 && range.start <= range.end && range.end <= result.text.length)) {
      return `${code} at ${range.start}-${range.end} is outside of the text of ${result.text.length}`;
    }
    if (range.start < last) return `${code} is out of order`;
    last = range.start;
    if (/\{\d\}|undefined|NaN/.test(message) && !/\{\d\}|undefined|NaN/.test(text)) return `${code} says “${message}”`;
    for (const { title, edits } of fixes) {
      const sorted = [...edits].sort((a, b) => a.range.start - b.range.start);
      for (const [i, edit] of sorted.entries()) {
        const before = sorted[i - 1]?.range.end ?? 0;
        if (edit.range.start < before || edit.range.end < edit.range.start || edit.range.end > result.text.length) {
          return `${code}: the edits of “${say(title)}” overlap or are outside: ${JSON.stringify(sorted)}`;
        }
      }
      applyEdits(result.text, edits);
    }
  }
  return undefined;
}

/** What is said and offered at a place is about that place. */
function checkLanguage(file: PluginText, offset: number): string | undefined {
  const { text } = file;
  for (const { label, range } of LANGUAGE.complete(file, offset)) {
    if (!isAround(range, offset) || range.end > text.length || /[\r\n]/.test(text.slice(range.start, range.end)))
      return `${label} is offered at ${offset} for ${range.start}-${range.end}`;
  }
  const hover = LANGUAGE.hover(file, offset);
  if (hover !== undefined && !isAround(hover.range, offset))
    return `the hover at ${offset} is about ${hover.range.start}-${hover.range.end}`;
  const [outside] = LANGUAGE.symbols(file).flatMap(symbolsOutside);
  if (outside !== undefined) return `the symbol ${outside.name} is not in the one around it`;
  const name = LANGUAGE.prepareRename(file, offset);
  if (name !== undefined && !isAround(name, offset)) return `the name at ${offset} is at ${name.start}-${name.end}`;
  for (const { edits } of LANGUAGE.rename(file, offset, 'renamed', [file]) ?? []) applyEdits(text, edits);
  return undefined;
}

function isAround({ start, end }: TextRange, offset: number): boolean {
  return start <= offset && offset <= end;
}

function symbolsOutside(symbol: OutlineSymbol): OutlineSymbol[] {
  const { range, selection, children } = symbol;
  const isIn = (inner: TextRange): boolean => inner.start >= range.start && inner.end <= range.end;
  return [
    ...(isIn(selection) ? [] : [symbol]),
    ...children.filter((child) => !isIn(child.range)),
    ...children.flatMap(symbolsOutside),
  ];
}

function checkMore(fileName: string, text: string, random: (limit: number) => number): string | undefined {
  const once = fixAll({ fileName, text });
  if (fixAll({ fileName, text: once }) !== once) return 'mending all twice is not the same as once';
  const bytes = Buffer.from(text, (['utf8', 'utf16le', 'latin1'] as const)[random(3)] ?? 'utf8');
  if (bytes.length > 0) bytes[random(bytes.length)] = random(256);
  const result = lintText({ fileName, bytes });
  const outside = result.diagnostics.find(({ range }) => range.start < 0 || range.end > result.text.length);
  return outside === undefined ? undefined : `${outside.code} is outside of the decoded text`;
}

/** `node test/core/plugin/fuzz.ts [COUNT] [SEED]`: a million inputs unless told otherwise. */
if (import.meta.main) {
  const count = Number(process.argv[2] ?? 1_000_000);
  const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
  const block = 10_000;
  for (let done = 0; done < count; done += block) {
    const { failures } = fuzz(Math.min(block, count - done), seed + done);
    if (failures.length > 0) {
      console.error(failures.join('\n\n'));
      process.exitCode = 1;
      break;
    }
    if (done % 100_000 === 0) console.log(`${done} of ${count}, seed ${seed}`);
  }
}
