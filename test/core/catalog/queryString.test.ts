import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildQuery, encodeInnerValue, encodeQueryValue, readQuery } from '../../../src/core/catalog/queryString.ts';
import { blankVariables, splitVariables } from '../../../src/core/catalog/variableText.ts';

test('a query is read back as it was built', () => {
  for (const pairs of [
    [{ name: 'q', value: 'a==b;c=gt=1,(x)' }],
    [
      { name: 'a b', value: 'ü&=+ %#?/' },
      { name: 'flag', value: undefined },
    ],
    [
      { name: 'x', value: '{{a&b=c?d}}' },
      { name: 'y', value: '' },
    ],
    [{ name: 'a=b', value: '1' }],
  ]) {
    assert.deepEqual(readQuery(`/path?${buildQuery(pairs)}`), pairs);
  }
});

test('plus means a space, broken escapes stay, fragments and empty parts are left out', () => {
  assert.deepEqual(readQuery('/p?a=1+2&&b=%zz&c#x?d=1'), [
    { name: 'a', value: '1 2' },
    { name: 'b', value: '%zz' },
    { name: 'c', value: undefined },
  ]);
  assert.deepEqual(readQuery('/p/{{x?y=1}}'), []);
  assert.deepEqual(readQuery('/p'), []);
});

test('marks of the filter stay readable in a query, and are encoded inside a value', () => {
  assert.equal(encodeQueryValue('a==Qui*;b==(A,P)'), 'a==Qui*;b==(A,P)');
  assert.equal(encodeQueryValue('M&M #1'), 'M%26M%20%231');
  assert.equal(encodeInnerValue('a;b,c=d&e 10:30'), 'a%3Bb%2Cc%3Dd%26e%2010:30');
  assert.equal(encodeQueryValue('\ud800'), '%EF%BF%BD');
});

test('variables are told from plain text, an open one is plain', () => {
  assert.deepEqual(splitVariables('a{{b}}c{{d}}'), ['a', '{{b}}', 'c', '{{d}}', '']);
  assert.deepEqual(splitVariables('a{{b'), ['a{{b']);
  assert.equal(blankVariables('x=={{a=b}}'), 'x==       ');
});
