import assert from 'node:assert/strict';
import { createRequestLanguage, type RequestLanguage } from '../../../src/core/request/language.ts';
import { parseRequestFile } from '../../../src/core/request/parse.ts';
import type { RequestFile, Span } from '../../../src/core/request/requestFile.ts';
import { applyEdits } from '../../../src/core/text/textRange.ts';

/** Numbers that look random and come out the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const LINES = [
  '###',
  '### Title',
  '#### More  ',
  ' ### no separator',
  '',
  '  ',
  '\t',
  '# @name a',
  '// @name b_1',
  '#@server Test',
  '# @expect status == 200',
  '# @expect body $.a[?@.b == {{c}}].d contains "x"',
  '# @expect',
  '# @pages all',
  '# @timeout 5 s',
  '# @unknown x',
  '# plain',
  '  // indented',
  '@a = 1',
  '@b={{a}}',
  '@c = {{$guid}} {{b}}',
  '@d',
  '@ = x',
  '@e =',
  '  @f = g  ',
  '@{{x}} = y',
  'GET /ws/v1/district',
  'get /ws/v1/school/{{a}}/student?q=name.last_name==Q*;x==(1,2)&expansions=phones,addresses HTTP/1.1',
  'POST https://example.org/a b',
  'POST /ws/schema/query/com.pearson.core.student.student_dcid_id_map?order=students.dcid;desc,a.b',
  'POST /ws/schema/table/students',
  'GET /ws/schema/table/students?projection=dcid,{{a}}&q=lastfirst==Q*',
  '# @server Other',
  '"projection": "students.dcid;students.la',
  '{"tables": {"students": {"lastfirst": "x", "',
  '{{a.response.body.$.students.student[0].',
  '/ws/v1/time',
  '{{host}}/x',
  'GTE /x',
  'GET',
  'GRPC x',
  'words of prose',
  'OPTIONS *',
  '?page=1',
  '  &pagesize={{a}}  ',
  '&flag',
  '    api',
  '    /get',
  'Accept: application/json',
  'Content-Type: application/json',
  'content-type: multipart/form-data; boundary=ab',
  'Content-Type: application/x-www-form-urlencoded',
  'X-A:',
  'no header here',
  '  continued; more',
  'bad name: x',
  'Authorization: Bearer abc',
  '{',
  '  "a": {{b}},',
  '  "client_secret": "{{c}}"',
  '}',
  '[1, 2,',
  '< ./file.json',
  '<@ ./other.json',
  '<@latin1 ./x',
  '<@klingon x',
  '--ab',
  '--ab--',
  'name=x',
  '&y={{$prompt Number}}',
  '> {%',
  '%}',
  '> {% x %}',
  '> ./script.js',
  '>> out',
  '<> old',
  '< {% pre %}',
  '{{',
  '}}',
  '?? status == 200',
  'import ./x.http',
  '{{a.response.body.$.b[0]}}',
  '{{a.response.headers.X-B}}',
  '{{b.response.body.*}}',
  '{{ a',
  'b }}',
  '{{{x}}}',
  'ü 😀 \ud800',
  '\u0000\u2028',
];
const ENDS = ['\n', '\n', '\n', '\r\n', '\r'];

/** A file made of lines that the language knows, or does not, in any order. */
export function randomFile(random: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const eol = random() < 0.8 ? pick(ENDS) : undefined;
  let text = random() < 0.05 ? '\ufeff' : '';
  const count = Math.floor(random() * 24);
  for (let i = 0; i < count; i++) text += pick(LINES) + (eol ?? pick(ENDS));
  if (random() < 0.3) text = text.trimEnd();
  return random() < 0.5 ? text : mutate(text, random);
}

function mutate(text: string, random: () => number): string {
  let result = text;
  const times = 1 + Math.floor(random() * 4);
  for (let i = 0; i < times; i++) {
    const at = Math.floor(random() * (result.length + 1));
    const length = Math.floor(random() * 6);
    const kind = Math.floor(random() * 3);
    if (kind === 0) result = result.slice(0, at) + result.slice(at + length);
    else if (kind === 1)
      result = result.slice(0, at) + '{}#@/<>%"=?&: \n\r$.[]'.charAt(Math.floor(random() * 22)) + result.slice(at);
    else result = result.slice(0, at) + result.slice(at, at + length).repeat(2) + result.slice(at + length);
  }
  return result;
}

/** What a file means, without places. */
export function meaningOf(file: RequestFile) {
  return {
    variables: file.variables.map(({ name, value }) => [name.text, value.text]),
    requests: file.requests.map((request) => ({
      title: request.title?.text,
      name: request.name?.text,
      directives: request.directives.map(({ name, value }) => [name.text, value.text]),
      method: request.method.text,
      target: request.target.text,
      version: request.version?.text,
      headers: request.headers.map(({ name, value }) => [name.text, value.text]),
      body: request.body && [
        request.body.kind,
        ...request.body.lines.map((line) =>
          line.kind === 'text' ? line.text : [line.path.text, line.substitute, line.encoding?.text],
        ),
      ],
      foreign: request.foreign.map(({ kind }) => kind),
      blocker: request.blocker?.code,
    })),
    faults: file.faults.map(({ code }) => code).sort(),
  };
}

/** Findings in lists, which may be broken over lines, and which of their arguments they mark. */
const NAMED: Readonly<Record<string, number>> = { PS544: 0, PS545: 0, PS546: 2 };

/** Checks one text: places are true, services do not throw, formatting keeps the meaning and is stable. */
export function checkText(text: string, language: RequestLanguage, random: () => number): void {
  const file = parseRequestFile(text);
  for (const span of spansOf(file)) assert.equal(file.text.slice(span.range.start, span.range.end), span.text);
  const { length } = file.text;
  for (const { code, range, args, fixes } of language.validate(file)) {
    assert.ok(range.start >= 0 && range.start <= range.end && range.end <= length, 'a finding lies in the text');
    const named = NAMED[code];
    if (named !== undefined) {
      const marked = file.text.slice(range.start, range.end);
      const name = args[named];
      assert.ok(typeof name === 'string');
      const isBroken = /[\r\n]/.test(marked) && marked[0] === name[0] && marked.at(-1) === name.at(-1);
      assert.ok(marked === name || isBroken, `${code} marks ${JSON.stringify(marked)} and names ${name}`);
    }
    for (const fix of fixes) applyEdits(file.text, fix.edits);
  }
  for (let i = 0; i < 3; i++) {
    const offset = Math.floor(random() * (length + 1));
    language.needAt(file, offset);
    for (const { range } of language.complete(file, offset)) {
      assert.ok(0 <= range.start && range.start <= offset && offset <= range.end && range.end <= length);
      assert.doesNotMatch(file.text.slice(range.start, range.end), /[\r\n]/, 'an offer replaces no more than one line');
    }
    language.hover(file, offset);
    language.definition(file, offset);
    language.references(file, offset);
    language.rename(file, offset, 'renamed');
  }
  for (const { range, selection } of language.symbols(file))
    assert.ok(range.start <= selection.start && selection.end <= range.end);
  language.folding(file);

  const formatted = applyEdits(file.text, language.format(file));
  const again = parseRequestFile(file.bom || formatted.startsWith('\ufeff') ? `\ufeff${formatted}` : formatted);
  assert.deepEqual(meaningOf(again), meaningOf(file));
  assert.deepEqual(applyEdits(again.text, language.format(again)), formatted, 'formatting twice changes nothing');
}

function spansOf(file: RequestFile): Span[] {
  return [
    ...file.variables.flatMap(({ name, value }) => [name, value]),
    ...file.requests.flatMap(({ target, headers, directives, body, title, name }) => [
      ...target.pieces,
      ...headers.map((header) => header.name),
      ...directives.flatMap((directive) => [directive.name, directive.value]),
      ...(body?.lines ?? []).map((line) => (line.kind === 'text' ? line : line.path)),
      ...(title === undefined ? [] : [title]),
      ...(name === undefined ? [] : [name]),
    ]),
  ];
}

/** Throws random files at the language; an error names the seed of its file and the text. */
export function fuzzRequestFiles(
  count: number,
  seed: number,
  language: RequestLanguage = createRequestLanguage(),
): void {
  for (let i = 0; i < count; i++) {
    const random = seededRandom(seed + i);
    const text = randomFile(random);
    try {
      checkText(text, language, random);
    } catch (error) {
      throw new Error(`seed ${seed + i}: ${JSON.stringify(text)}`, { cause: error });
    }
  }
}
