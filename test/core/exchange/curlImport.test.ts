import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromCurl } from '../../../src/core/exchange/curlImport.ts';
import { toCurl } from '../../../src/core/exchange/curlCommand.ts';
import { toExportable } from '../../../src/core/exchange/exportableRequest.ts';
import { fromHttpFile } from '../../../src/core/exchange/httpImport.ts';
import { noteText } from '../../../src/core/exchange/importNote.ts';
import { shellWords } from '../../../src/core/exchange/shellWords.ts';
import { parseRequestFile } from '../../../src/core/request/parse.ts';
import { seededRandom } from '../request/fuzz.ts';

const ORIGIN = 'https://ps.example.org';

function lines(command: string): string[] {
  const result = fromCurl(command, ORIGIN);
  assert.ok(result, command);
  return result.text.replace(/\n$/, '').split('\n').slice(1);
}

test('words are cut as a shell cuts them', () => {
  assert.deepEqual(shellWords(`curl 'it'\\''s' "a \\"b\\" \\$c \\n" $'x\\ny\\u00e9\\'' d\\ e "" \\\n f; rm -rf`), [
    'curl',
    "it's",
    'a "b" $c \\n',
    "x\nyé'",
    'd e',
    '',
    'f',
  ]);
  assert.deepEqual(shellWords('curl "https://x/a?b=1^&c=2" ^\r\n  -H ^"A: ^\\^"b^\\^"^"'), [
    'curl',
    'https://x/a?b=1&c=2',
    '-H',
    'A: "b"',
  ]);
  assert.deepEqual(shellWords("curl 'open"), ['curl', 'open']);
});

test('a command for the active server becomes a path without its credentials', () => {
  const result = fromCurl(
    `$ curl -sSL -X GET '${ORIGIN}/ws/v1/district/student?q=name.last_name==Q*' \\\n  -H 'Authorization: Bearer 0f1e2d' -H "Accept: application/json" --compressed -o out.json`,
    ORIGIN,
  );
  assert.ok(result);
  assert.equal(
    result.text,
    '### GET /ws/v1/district/student\nGET /ws/v1/district/student?q=name.last_name==Q*\nAccept: application/json\n',
  );
  assert.match(result.notes.map(noteText).join(), /Authorization: Left out/);
});

test('data makes a POST, files become includes, -G a query', () => {
  assert.deepEqual(lines(`curl ${ORIGIN}/ws/v1/student -H 'Content-Type: application/json' -d '{"a": "it'\\''s"}'`), [
    'POST /ws/v1/student',
    'Content-Type: application/json',
    '',
    '{"a": "it\'s"}',
  ]);
  assert.deepEqual(lines('curl --request=PUT --data-binary @./body.json https://other.example/x'), [
    'PUT https://other.example/x',
    'Content-Type: application/x-www-form-urlencoded',
    '',
    '< ./body.json',
  ]);
  assert.deepEqual(lines("curl -G https://other.example/x?a=1 --data-urlencode 'q=a b&c' -d d=2"), [
    'GET https://other.example/x?a=1&q=a%20b%26c&d=2',
  ]);
  assert.deepEqual(lines("curl -XPATCH -H'X-A:1' https://other.example/x --json '{}'"), [
    'PATCH https://other.example/x',
    'X-A: 1',
    'Content-Type: application/json',
    'Accept: application/json',
    '',
    '{}',
  ]);
  assert.deepEqual(lines("curl https://other.example/x -F a=1 -F 'f=@/tmp/x.csv;type=text/csv'").slice(-10), [
    '--boundary-of-this-form',
    'Content-Disposition: form-data; name="a"',
    '',
    '1',
    '--boundary-of-this-form',
    'Content-Disposition: form-data; name="f"; filename="x.csv"',
    'Content-Type: text/csv',
    '',
    '< /tmp/x.csv',
    '--boundary-of-this-form--',
  ]);
  assert.deepEqual(lines('curl -I example.org'), ['HEAD http://example.org/']);
});

test('credentials of any kind stay out', () => {
  const { text, notes } = fromCurl(
    "curl -u user:secret-1 -b 'session=secret-2' https://a:secret-3@other.example/x -k",
  ) ?? { text: '', notes: [] };
  assert.doesNotMatch(text, /secret/);
  assert.equal(notes.length, 3);
});

test('what is no curl command is none', () => {
  assert.equal(fromCurl('wget https://x'), undefined);
  assert.equal(fromCurl('curl'), undefined);
  assert.equal(fromCurl(''), undefined);
});

test('a request that goes out as curl comes back as it was', () => {
  for (const text of [
    "GET /ws/v1/district/student?q=name.last_name==O'H*\nAccept: application/json",
    'POST /ws/v1/student\nContent-Type: application/json\nAccept: application/json\n\n{\n  "a": "it\'s $HOME `x`"\n}',
    'DELETE /ws/schema/table/u_x/1\nAccept: */*',
    `POST /ws/v1/it's\nAccept: */*\nContent-Type: text/plain\n\nit's a caret: "^" ^\nlast  `,
  ]) {
    const file = parseRequestFile(text);
    const [request] = file.requests;
    assert.ok(request);
    const command = toCurl(toExportable(file, request, { origin: ORIGIN, dynamic: { now: () => 0, random: () => 0 } }));
    assert.deepEqual(lines(command), text.split('\n'));
  }
});

test('random commands throw nothing', () => {
  const random = seededRandom(3);
  const pieces = [
    'curl ',
    "'",
    '"',
    '\\',
    ' -H ',
    ' -d ',
    '$',
    '^',
    '\n',
    'https://x/y',
    '@',
    '=',
    '-',
    '--',
    ' -F',
    'a:b',
    '{}',
    ';',
  ];
  for (let i = 0; i < 5000; i++) {
    let command = 'curl ';
    for (let n = Math.floor(random() * 15); n > 0; n--) command += pieces[Math.floor(random() * pieces.length)] ?? '';
    fromCurl(command, ORIGIN);
  }
});

test('a .http file for the server loses its host and its Authorization, the rest stays', () => {
  const text = `@host = ${ORIGIN}\n@other = https://other.example\n\n# @name a\nGET {{host}}/ws/v1/time HTTP/1.1\nAuthorization: Bearer {{token}}\nAccept: application/json\n\n###\nPOST ${ORIGIN}/custom\n\n{}\n###\nGET {{other}}/x\nAuthorization: Bearer {{t}}\n###\nGET {{unknown}}/ws/v1/district\nAuthorization: Bearer {{t}}`;
  const { text: changed, notes } = fromHttpFile(text, ORIGIN);
  assert.equal(
    changed,
    `@host = ${ORIGIN}\n@other = https://other.example\n\n# @name a\nGET /ws/v1/time HTTP/1.1\nAccept: application/json\n\n###\nPOST /custom\n\n{}\n###\nGET {{other}}/x\nAuthorization: Bearer {{t}}\n###\nGET /ws/v1/district\n`,
  );
  assert.equal(notes.length, 2);
});
