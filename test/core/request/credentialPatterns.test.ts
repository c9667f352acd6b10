import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutCredentials } from '../../../src/core/request/credentialPatterns.ts';
import { seededRandom } from './fuzz.ts';

const KEYS = ['client_secret', 'clientSecret', 'access_token', 'password', 'api_key', 'secret', 'token'];
const SIGNS = Array.from('aZ09 @{}[]"\'\\/:;,.!?=+-_*%$é学');

test('a literal credential goes whole, whatever signs it has, and what stands around it stays', () => {
  const random = seededRandom(77);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  for (let round = 0; round < 2000; round++) {
    const key = pick(KEYS);
    const inner = Array.from({ length: Math.floor(random() * 8) }, () => pick(SIGNS)).join('');
    const secret = `k${inner.replace(/{+/g, '{')}z`;
    const rest = { site: 'https://x.example.org', mail: 'a@b.example.org', note: 'q?a=1&b' };
    const form = (value: string): string => `a=x@y&${key}=${value}&b=https://x/`;
    const inForm = secret.replace(/["#]/g, '').replace(/{+/g, '{');
    const indent = random() < 0.5 ? 0 : 2;
    const written = (value: string): string => JSON.stringify({ ...rest, [key]: value, last: rest }, undefined, indent);
    assert.equal(withoutCredentials(written(secret), 'GONE'), written('GONE'));
    assert.equal(withoutCredentials(form(inForm), 'GONE'), form('GONE'));
    assert.equal(withoutCredentials(`/x?${form(inForm)}`, 'GONE'), `/x?${form('GONE')}`);
    const user = secret.replace(/[\s"/?#{}]/g, '');
    assert.equal(withoutCredentials(`https://${user}:${user}@x.example.org/y@z`, ''), 'https://x.example.org/y@z');
  }
});

test('values of variables, and what only looks like a credential, stay', () => {
  for (const text of [
    '{"password": "{{word}}", "site": "https://x.org", "mail": "a@b.org"}',
    'password={{word}}&tokens=3&mytoken=x',
    '<a href="https://x.org">a@b.org</a>',
    '{"link":"https://x.org/?page=1","key":"a@b"}',
  ])
    assert.equal(withoutCredentials(text, 'GONE'), text);
  assert.equal(
    withoutCredentials('{"link":"https://x.org/?token=abc","mail":"a@b.org"}', 'GONE'),
    '{"link":"https://x.org/?token=GONE","mail":"a@b.org"}',
  );
});
