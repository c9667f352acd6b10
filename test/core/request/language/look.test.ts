import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCatalog, loadTables } from '../../../../src/core/catalog/load.ts';
import { createRequestLanguage } from '../../../../src/core/request/language.ts';
import type { RequestLanguageContext } from '../../../../src/core/request/language/languageContext.ts';
import { applyEdits } from '../../../../src/core/text/textRange.ts';
import { environmentOf } from '../../../support/requestRunner.ts';

const CONTEXT: RequestLanguageContext = {
  catalog: await loadCatalog(),
  tables: await loadTables(),
  environments: [
    environmentOf({ dev: { host: 'https://x' } }, '/w/http-client.env.json'),
    environmentOf({ dev: { key: 's3cret' } }, '/w/http-client.private.env.json'),
  ],
  environment: 'dev',
};

function at(marked: string): { text: string; offset: number; language: ReturnType<typeof createRequestLanguage> } {
  return { text: marked.replace('|', ''), offset: marked.indexOf('|'), language: createRequestLanguage(CONTEXT) };
}

function hover(marked: string): [marked: string, markdown: string] | undefined {
  const { text, offset, language } = at(marked);
  const found = language.hover(language.parse(text), offset);
  return found === undefined ? undefined : [text.slice(found.range.start, found.range.end), found.markdown];
}

test('hovering explains what stands there', () => {
  const cases: [marked: string, place: string, words: RegExp][] = [
    ['G|ET /ws/v1/district/student', 'GET', /students of the whole district/i],
    ['GET /ws/v1/dis|trict/student', '/ws/v1/district/student', /students of the whole district/i],
    ['GET /ws/v1/student/41|01', '4101', /DCID/],
    ['GET /ws/schema/table/stu|dents?projection=*', 'students', /students/i],
    ['GET /ws/v1/district/student?pages|ize=5', 'pagesize', /page/i],
    ['GET /ws/v1/district/student?expansions=phones,addr|esses', 'addresses', /address/i],
    ['GET /ws/v1/district/student?q=name.last|_name==Q*', 'name.last_name', /last name/i],
    ['GET /ws/v1/district/student?q=name.last_name=|=Q*', '==', /equal/],
    ['GET /ws/schema/table/students?projection=dcid,last|first', 'lastfirst', /name/i],
    ['GET /ws/v1/time\nAcc|ept: text/plain', 'Accept', /JSON/],
    ['# @exp|ect count > 1\nGET /ws/v1/time', 'expect', /records/],
    ['# @lo|op for 1\nGET /ws/v1/time', 'loop', /another tool/],
    ['GET /ws/v1/student/{{$ran|domInt 1 5}}', '{{$randomInt 1 5}}', /without max/],
    ['@a = 1\n@b = {{a}}2\nGET /ws/v1/student/{{|b}}', '{{b}}', /12[\s\S]*line 2/],
    ['GET {{ho|st}}/ws/v1/time', '{{host}}', /https:\/\/x[\s\S]*http-client\.env\.json/],
    [
      '# @name x\nGET /ws/v1/time\n###\nGET /ws/v1/student/{{x.resp|onse.body.$.id}}',
      '{{x.response.body.$.id}}',
      /GET `\/ws\/v1\/time`/,
    ],
  ];
  for (const [marked, place, words] of cases) {
    const found = hover(marked);
    assert.ok(found, marked);
    assert.equal(found[0], place, marked);
    assert.match(found[1], words, marked);
  }
});

test('hovering does not show values of the private environment file, and knows when to be silent', () => {
  const found = hover('GET /ws/v1/time\nX-Key: {{k|ey}}');
  assert.match(found?.[1] ?? '', /private/);
  assert.doesNotMatch(found?.[1] ?? '', /s3cret/);
  for (const marked of ['# plain com|ment', 'GET /nothing/kn|own', 'GET /ws/v1/time\n\nbo|dy', '{{nothi|ng}}'])
    assert.equal(hover(marked), undefined, marked);
});

test('formatting brings spaces, query lines and blank lines into one form and leaves bodies alone', () => {
  const language = createRequestLanguage();
  const format = (text: string): string => {
    const file = language.parse(text);
    return applyEdits(file.text, language.format(file));
  };
  assert.equal(
    format(
      '\n\n@a=1\n  @b  =  x y  \n####Title  \n#@name   one\n//@expect   status == 200\npost   /ws/v1/student?x=1   HTTP/1.1\n?y=2\n      &z\nAccept:application/json\n\n\n\n  { "a":1 }\n\n\n# kept\n}\n\n\n\n###\nGET /b\n### Last\nGET /c',
    ),
    '@a = 1\n@b = x y\n\n### Title\n# @name one\n// @expect status == 200\nPOST /ws/v1/student?x=1 HTTP/1.1\n  ?y=2\n  &z\nAccept: application/json\n\n  { "a":1 }\n\n\n# kept\n}\n\n###\nGET /b\n\n### Last\nGET /c\n',
  );
  assert.equal(format('GET /a\r\n\r\n\r\n###\r\nGET /b'), 'GET /a\r\n\r\n###\r\nGET /b\r\n');
  assert.equal(format(''), '');
  assert.equal(format('POST /a\n\n> {%\n\n\n  x\n%}\n'), 'POST /a\n\n> {%\n\n\n  x\n%}\n');
});

test('the outline lists requests and variables, folding covers requests, bodies and comments', () => {
  const language = createRequestLanguage();
  const text = '@a = 1\n# one\n# two\n\n### Title\nGET /a?x=1\n\n{\n}\n###\n# @name b\nPOST /b\n###\n/c';
  const file = language.parse(text);
  assert.deepEqual(
    language.symbols(file).map(({ kind, name, detail }) => [kind, name, detail]),
    [
      ['variable', '@a', '1'],
      ['request', 'Title', 'GET /a?x=1'],
      ['request', 'b', 'POST /b'],
      ['request', 'GET /c', ''],
    ],
  );
  assert.deepEqual(
    language.folding(file).map(({ kind, range }) => [kind, text.slice(range.start, range.end)]),
    [
      ['request', '@a = 1\n# one\n# two'],
      ['comment', '# one\n# two'],
      ['request', '### Title\nGET /a?x=1\n\n{\n}'],
      ['body', '{\n}'],
      ['request', '###\n# @name b\nPOST /b'],
      ['request', '###\n/c'],
    ],
  );
});

test('definition, references and rename of variables and named requests', () => {
  const text =
    '@id = 1\n# @name list\nGET /a/{{id}}\n###\n@id = 2\nGET /b/{{id}}/{{list.response.body.$.x}}/{{host}}\n\n< ./body.json';
  const language = createRequestLanguage(CONTEXT);
  const file = language.parse(text);
  const definition = (place: string): unknown[] =>
    language
      .definition(file, text.indexOf(place) + 2)
      .map((found) =>
        found.kind === 'here' ? [found.range.start, text.slice(found.range.start, found.range.end)] : found,
      );
  assert.deepEqual(definition('{{id}}\n###'), [[1, 'id']]);
  assert.deepEqual(definition('{{id}}/'), [[text.lastIndexOf('id = 2'), 'id']]);
  assert.deepEqual(definition('{{list'), [[text.indexOf('list'), 'list']]);
  assert.deepEqual(definition('{{host}}'), [
    { kind: 'environment', path: '/w/http-client.env.json', environment: 'dev', name: 'host' },
  ]);
  assert.deepEqual(definition('< ./body'), [{ kind: 'file', path: './body.json' }]);
  assert.deepEqual(definition('GET /a'), []);
  const renamed = (place: string, name: string): string | undefined => {
    const edits = language.rename(file, text.indexOf(place) + 2, name);
    return edits && applyEdits(text, edits);
  };
  assert.equal(renamed('@id = 2', 'key'), text.replaceAll('@id', '@key').replaceAll('{{id}}', '{{key}}'));
  assert.equal(renamed('list\n', 'all'), text.replace('@name list', '@name all').replace('{{list.', '{{all.'));
  assert.equal(renamed('{{list', 'a-b'), undefined);
  assert.equal(renamed('@id = 1', 'a b'), undefined);
  assert.equal(renamed('{{host}}', 'other'), undefined);
  assert.equal(language.references(file, text.indexOf('{{id}}') + 3).length, 4);
  assert.equal(language.prepareRename(file, text.indexOf('{{list') + 3)?.text, 'list');
  assert.equal(language.prepareRename(file, text.indexOf('/b/')), undefined);
});
