import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redactHeaders, redactText, redactUrl } from '../../../src/core/http/redaction.ts';

const SECRET = 'f00dfeed-0815-4711';

const TEXTS: readonly string[] = [
  `Authorization: Bearer ${SECRET}`,
  `Proxy-Authorization: Basic ${Buffer.from(`kit:${SECRET}`).toString('base64')}`,
  `{"access_token":"${SECRET}","expires_in":"1"}`,
  `{"client_secret" : "${SECRET}"}`,
  `grant_type=client_credentials&client_secret=${SECRET}&x=1`,
  `https://ps.example.org/x?access_token=${SECRET}#y`,
  `https://ps.example.org/x?a=1&api_key=${SECRET}`,
  `http://kit:${SECRET}@proxy.example.org:3128`,
];

for (const text of TEXTS) {
  test(`the secret in ${text.replace(SECRET, '…').slice(0, 60)} is hidden`, () => {
    const base64 = Buffer.from(`kit:${SECRET}`).toString('base64');
    const result = redactText(text);
    assert.ok(!result.includes(SECRET) && !result.includes(base64), result);
    assert.ok(result.includes('***'));
  });
}

test('what is no secret stays readable', () => {
  for (const text of [
    'Basic information about the student',
    'Bearer error="invalid_token",realm="PowerSchool",error_description="The access token has expired"',
    'https://ps.example.org/ws/v1/district/student?q=local_id==700412&page=2',
    '{"message":"Invalid field X"}',
  ]) {
    assert.equal(redactText(text), text);
  }
});

test('a known secret is hidden wherever it stands, also encoded', () => {
  const secret = 'p&ss "word"';
  const text = `plain ${secret}, in a URL ${encodeURIComponent(secret)}, in JSON ${JSON.stringify(secret)}`;
  assert.equal(redactText(text, [secret]), 'plain ***, in a URL ***, in JSON "***"');
});

test('headers lose their credentials and keep their scheme', () => {
  assert.deepEqual(
    redactHeaders([
      ['authorization', `Bearer ${SECRET}`],
      ['Cookie', `JSESSIONID=${SECRET}`],
      ['Accept', 'application/json'],
    ]),
    [
      ['authorization', 'Bearer ***'],
      ['Cookie', '***'],
      ['Accept', 'application/json'],
    ],
  );
  assert.equal(redactUrl(new URL(`https://a:${SECRET}@ps.example.org/`)), 'https://***@ps.example.org/');
});
