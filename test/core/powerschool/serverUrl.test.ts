import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLoopbackOrigin } from '../../../src/core/http/loopback.ts';
import { parseServerUrl } from '../../../src/core/powerschool/serverUrl.ts';

function read(text: string): string {
  const url = parseServerUrl(text);
  return url.kind === 'server' ? url.origin : url.kind === 'confirm' ? `confirm ${url.origin}` : url.problem.code;
}

const ROWS: readonly (readonly [string, string])[] = [
  ['ps.fernhill.org', 'https://ps.fernhill.org'],
  ['  https://ps.fernhill.org/  ', 'https://ps.fernhill.org'],
  ['HTTPS://PS.Fernhill.ORG/admin/home.html', 'https://ps.fernhill.org'],
  ['https://ps.fernhill.org/public', 'https://ps.fernhill.org'],
  ['https://ps.fernhill.org:8443/ws/v1/school?page=1#x', 'https://ps.fernhill.org:8443'],
  ['https://ps.fernhill.org:443', 'https://ps.fernhill.org'],
  ['ps.fernhill.org:8443/admin', 'https://ps.fernhill.org:8443'],
  ['//ps.fernhill.org//oauth/access_token', 'https://ps.fernhill.org'],
  ['https:/ps.fernhill.org', 'https://ps.fernhill.org'],
  ['"https://ps.fernhill.org"', 'https://ps.fernhill.org'],
  ['https://ps.fernhill.org./', 'https://ps.fernhill.org'],
  ['powerschool', 'https://powerschool'],
  ['10.1.2.3', 'https://10.1.2.3'],
  ['[fd00::7]:8443', 'https://[fd00::7]:8443'],
  ['fernhill.powerschool.com', 'https://fernhill.powerschool.com'],
  ['http://127.0.0.1:7070', 'http://127.0.0.1:7070'],
  ['127.0.0.1:7070', 'http://127.0.0.1:7070'],
  ['localhost:7070/ws', 'http://localhost:7070'],
  ['http://[::1]:7070', 'http://[::1]:7070'],
  ['http://ps.fernhill.org/admin', 'confirm http://ps.fernhill.org'],
  ['http://localhost.fernhill.org', 'confirm http://localhost.fernhill.org'],
  ['', 'PS990'],
  ['   ', 'PS990'],
  ['ps fernhill org', 'PS990'],
  ['ftp://ps.fernhill.org', 'PS990'],
  ['https://', 'PS990'],
  ['https://user:secret@ps.fernhill.org', 'PS990'],
  ['https://app.schoology.com/home', 'PS992'],
  ['fernhill.schoology.com', 'PS992'],
  ['https://signin.powerschool.com/auth/realms/x', 'PS993'],
  ['https://www.powerschool.com/', 'PS993'],
];

for (const [typed, expected] of ROWS) {
  test(`\u201c${typed}\u201d is read as ${expected}`, () => {
    assert.equal(read(typed), expected);
  });
}

test('an address with a password does not repeat it in the explanation', () => {
  const url = parseServerUrl('https://user:hunter22@ps.fernhill.org');
  assert.ok(url.kind === 'wrong' && !url.problem.message.includes('hunter22'));
});

test('loopback is this computer alone', () => {
  assert.ok(isLoopbackOrigin('http://127.8.9.1:1'));
  assert.ok(isLoopbackOrigin('http://localhost'));
  assert.ok(!isLoopbackOrigin('http://127.example.org'));
  assert.ok(!isLoopbackOrigin('not an origin'));
});
