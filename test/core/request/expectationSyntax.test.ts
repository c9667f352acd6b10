import { say } from '../../../src/core/problem/phrase.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readExpectation } from '../../../src/core/request/expectationSyntax.ts';
import { parseRequestFile } from '../../../src/core/request/parse.ts';

function read(text: string): ReturnType<typeof readExpectation> {
  const [directive] = parseRequestFile(`# @expect ${text}\nGET /a`).blocks[0]?.directives ?? [];
  assert.ok(directive);
  return readExpectation(directive);
}

function parts(text: string): (string | undefined)[] {
  const expectation = read(text);
  if ('reason' in expectation) assert.fail(`${text}: ${say(expectation.reason)}`);
  const { subject, selector, operator, value } = expectation;
  return [subject, selector?.text, operator, value?.text];
}

test('an expectation is a subject, and an operator with a value', () => {
  const cases: [string, (string | undefined)[]][] = [
    ['status == 200', ['status', undefined, '==', '200']],
    ['status==200', ['status', undefined, '==', '200']],
    ['duration < 500', ['duration', undefined, '<', '500']],
    ['count >= {{least}}', ['count', undefined, '>=', '{{least}}']],
    ['count', ['count', undefined, 'exists', undefined]],
    ['header Content-Type contains json', ['header', 'Content-Type', 'contains', 'json']],
    ['header X-A!=1', ['header', 'X-A', '!=', '1']],
    ['header ETag', ['header', 'ETag', 'exists', undefined]],
    ['header X not  exists', ['header', 'X', 'not exists', undefined]],
    ['body $.a', ['body', '$.a', 'exists', undefined]],
    [
      'body $.a[?@.b == \'x y\' && @.c >= 2].d == {"e": 1}',
      ['body', "$.a[?@.b == 'x y' && @.c >= 2].d", '==', '{"e": 1}'],
    ],
    ['body $.a[?@.id == {{id}}].b exists', ['body', '$.a[?@.id == {{id}}].b', 'exists', undefined]],
    ['body $.name == Nora Quill', ['body', '$.name', '==', 'Nora Quill']],
    ['body $.name matches ^N.*l$', ['body', '$.name', 'matches', '^N.*l$']],
    ['body $.name matches "a b"', ['body', '$.name', 'matches', '"a b"']],
    ['body $.x == ""', ['body', '$.x', '==', '""']],
  ];
  for (const [text, expected] of cases) assert.deepEqual(parts(text), expected, text);
});

test('a line that cannot be read is a fault with its place', () => {
  const cases: [string, string][] = [
    ['', '# @expect'],
    ['statuss == 200', 'statuss'],
    ['Status == 200', 'Status'],
    ['status 200', '200'],
    ['status = 200', '= 200'],
    ['status === 200', '=== 200'],
    ['status ==', '=='],
    ['status exists 200', '200'],
    ['status containsx', 'containsx'],
    ['header', '# @expect header'],
    ['body', '# @expect body'],
    ['body students', 'students'],
    ['body $.first-name == 1', '-name == 1'],
    ['body $.a[ == 1', '== 1'],
    ['body $.a matches [', '['],
  ];
  for (const [text, place] of cases) {
    const fault = read(text);
    assert.ok('reason' in fault, `${text} is refused`);
    assert.equal(`# @expect ${text}`.trimEnd().slice(fault.range.start, fault.range.end), place, text);
  }
});
