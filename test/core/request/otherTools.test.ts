/**
 * What files of other tools say must mean the same here. The cases follow the JetBrains specification "HTTP Request in
 * Editor" (sections in brackets) and the README of REST Client, in words of our own. What lies outside is listed in
 * docs/requests.md.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRequestFile } from '../../../src/core/request/parse.ts';
import type { RequestEntry } from '../../../src/core/request/requestFile.ts';

interface Meaning {
  readonly method?: string;
  readonly target: string;
  readonly headers?: readonly string[];
  readonly body?: string;
}

function meaning(request: RequestEntry): Meaning {
  const { method, target, headers, body } = request;
  const lines = body?.lines.map((line) =>
    line.kind === 'text' ? line.text : `<${line.substitute ? '@' : ''}${line.encoding?.text ?? ''} ${line.path.text}`,
  );
  return {
    method: method.text,
    target: target.text,
    headers: headers.map(({ name, value }) => `${name.text}: ${value.text}`),
    ...(lines === undefined ? {} : { body: lines.join('\n') }),
  };
}

function check(text: string, expected: readonly Meaning[]): void {
  const { requests } = parseRequestFile(text);
  assert.deepEqual(
    requests.map(meaning),
    expected.map((one) => ({ method: 'GET', headers: [], ...one })),
    text,
  );
  for (const request of requests) assert.equal(request.blocker, undefined, text);
}

test('[1.2] a separator, a method, headers and a body', () => {
  check('###\nPOST http://example.com/api/add\nContent-Type: application/json\n\n{\n  "name": "entity"\n}\n', [
    {
      method: 'POST',
      target: 'http://example.com/api/add',
      headers: ['Content-Type: application/json'],
      body: '{\n  "name": "entity"\n}',
    },
  ]);
});

test('[2.4] both kinds of comments, before, among headers and in a body, indented or not', () => {
  check('# one\n// two\nPOST http://example.com\n# three\nA: b\n  // four\n\nx\n# five\n  // six\ny', [
    { method: 'POST', target: 'http://example.com', headers: ['A: b'], body: 'x\ny' },
  ]);
});

test('[2.5, 3.1] separators with and without words, also at the start and end of the file', () => {
  check('###\n\n### words\nGET http://example.com\n###\nGET http://example.com/2\n###\n###', [
    { target: 'http://example.com' },
    { target: 'http://example.com/2' },
  ]);
});

test('[3.2.1] a request line without method and with a version', () => {
  check('http://example.com', [{ target: 'http://example.com' }]);
  check('GET http://example.com HTTP/1.1', [{ target: 'http://example.com' }]);
  check('DELETE http://example.com HTTP/2', [{ method: 'DELETE', target: 'http://example.com' }]);
});

test('[3.2.1.1] an absolute path with a Host header, an address without a scheme, and the asterisk', () => {
  check('GET /api/get\nHost: example.com', [{ target: '/api/get', headers: ['Host: example.com'] }]);
  check('GET example.com/api/get', [{ target: 'example.com/api/get' }]);
  check('OPTIONS * HTTP/1.1\nHost: http://example.com:8080', [
    { method: 'OPTIONS', target: '*', headers: ['Host: http://example.com:8080'] },
  ]);
});

test('[3.2.1.2] IPv6, IPv4 with a port, and names', () => {
  check('http://[::1]', [{ target: 'http://[::1]' }]);
  check('http://127.0.0.1:8080', [{ target: 'http://127.0.0.1:8080' }]);
  check('localhost:8080/x', [{ target: 'localhost:8080/x' }]);
});

test('[3.2.1.3, 4.2.1] a path over several indented lines, with the spaces around each line gone', () => {
  check('http://example.com/\n    api\n    /get', [{ target: 'http://example.com/api/get' }]);
  check('http://example.com/\n    %20api%20\n    +/get+', [{ target: 'http://example.com/%20api%20+/get+' }]);
});

test('[3.2.1.4] a query and a fragment', () => {
  check('http://example.com/api/get?id=42', [{ target: 'http://example.com/api/get?id=42' }]);
  check('http://example.com/api/get#q=hello+world', [{ target: 'http://example.com/api/get#q=hello+world' }]);
});

test('[3.2.2] headers, one of them over two lines', () => {
  check('GET http://example.com/api/get?id=15\nFrom: user@example.com\nX-Long: one\n  two', [
    { target: 'http://example.com/api/get?id=15', headers: ['From: user@example.com', 'X-Long: one two'] },
  ]);
});

test('[3.2.3, 4.2.2] a body in place, trimmed, or from a file', () => {
  check('###\nPOST http://example.com/add\n\n\nmessage-body\n\n###\n', [
    { method: 'POST', target: 'http://example.com/add', body: 'message-body' },
  ]);
  check('POST http://example.com/api/add\nContent-Type: application/json\n\n< ./input.json', [
    {
      method: 'POST',
      target: 'http://example.com/api/add',
      headers: ['Content-Type: application/json'],
      body: '< ./input.json',
    },
  ]);
});

test('[3.2.3.1] a multipart body with a text and a file', () => {
  const body =
    '--abcd\nContent-Disposition: form-data; name="text"\n\nText\n--abcd\nContent-Disposition: form-data; name="file_to_send"; filename="input.txt"\n\n< ./input.txt\n--abcd--';
  check(`POST http://example.com/api/upload\nContent-Type: multipart/form-data; boundary=abcd\n\n${body}\n`, [
    {
      method: 'POST',
      target: 'http://example.com/api/upload',
      headers: ['Content-Type: multipart/form-data; boundary=abcd'],
      body,
    },
  ]);
});

test('[3.2.4, 3.2.5] handlers and references stay out of the body', () => {
  check(
    'POST http://example.com/auth\nContent-Type: application/json\n\n< input.json\n> {% client.global.set("auth", response.body.token); %}\n<> previous-response.200.json',
    [
      {
        method: 'POST',
        target: 'http://example.com/auth',
        headers: ['Content-Type: application/json'],
        body: '< input.json',
      },
    ],
  );
  check('GET http://example.com/auth\n\n> ./handler.js', [{ target: 'http://example.com/auth' }]);
});

test('[3.2.6] variables in the address, with spaces inside the braces', () => {
  check('GET http://{{host}}/api/get?id={{ element-id }}', [{ target: 'http://{{host}}/api/get?id={{ element-id }}' }]);
});

test('REST Client: an address alone, with a version, and several requests', () => {
  check('https://example.com/comments/1', [{ target: 'https://example.com/comments/1' }]);
  check(
    'GET https://example.com/comments/1 HTTP/1.1\n\n###\n\nGET https://example.com/topics/1 HTTP/1.1\n\n###\n\nPOST https://example.com/comments HTTP/1.1\ncontent-type: application/json\n\n{\n    "name": "sample"\n}',
    [
      { target: 'https://example.com/comments/1' },
      { target: 'https://example.com/topics/1' },
      {
        method: 'POST',
        target: 'https://example.com/comments',
        headers: ['content-type: application/json'],
        body: '{\n    "name": "sample"\n}',
      },
    ],
  );
});

test('REST Client: a query over several lines', () => {
  check('GET https://example.com/comments\n    ?page=2\n    &pageSize=10', [
    { target: 'https://example.com/comments?page=2&pageSize=10' },
  ]);
});

test('REST Client: an XML body, a file by a Windows path, files with variables and an encoding', () => {
  check(
    'POST https://example.com/comments HTTP/1.1\nContent-Type: application/xml\nAuthorization: token xxx\n\n<request>\n    <name>sample</name>\n</request>',
    [
      {
        method: 'POST',
        target: 'https://example.com/comments',
        headers: ['Content-Type: application/xml', 'Authorization: token xxx'],
        body: '<request>\n    <name>sample</name>\n</request>',
      },
    ],
  );
  for (const include of [
    String.raw`< C:\Users\Default\Desktop\demo.xml`,
    '< ./demo.xml',
    '<@ ./demo.xml',
    '<@latin1 ./demo.xml',
  ]) {
    check(`POST https://example.com/comments\n\n${include}`, [
      { method: 'POST', target: 'https://example.com/comments', body: include },
    ]);
  }
});

test('REST Client: a form over several lines', () => {
  const { requests } = parseRequestFile(
    'POST https://api.example.com/login HTTP/1.1\nContent-Type: application/x-www-form-urlencoded\n\nname=foo\n&password=bar',
  );
  assert.equal(requests[0]?.body?.kind, 'form');
  assert.deepEqual(
    requests[0].body.lines.map((line) => (line.kind === 'text' ? line.text : '')),
    ['name=foo', '&password=bar'],
  );
});

test('REST Client: file variables before the first request, between requests and with dynamic values', () => {
  const text =
    '@hostname = api.example.com\n@port = 8080\n@host = {{hostname}}:{{port}}\n@createdAt = {{$datetime iso8601}}\n\n###\n\n@name = hello\n\nGET https://{{host}}/authors/{{name}} HTTP/1.1\n\n###\n\nPATCH https://{{host}}/authors/{{name}} HTTP/1.1\nContent-Type: {{contentType}}\n\n{\n    "created_at": "{{createdAt}}"\n}';
  const file = parseRequestFile(text);
  assert.deepEqual(
    file.variables.map(({ name, value }) => [name.text, value.text]),
    [
      ['hostname', 'api.example.com'],
      ['port', '8080'],
      ['host', '{{hostname}}:{{port}}'],
      ['createdAt', '{{$datetime iso8601}}'],
      ['name', 'hello'],
    ],
  );
  assert.deepEqual(
    file.requests.map(({ method, target }) => [method.text, target.text]),
    [
      ['GET', 'https://{{host}}/authors/{{name}}'],
      ['PATCH', 'https://{{host}}/authors/{{name}}'],
    ],
  );
});

test('REST Client: named requests and variables taken from their answers', () => {
  const text =
    '\n@baseUrl = https://example.com/api\n\n# @name login\nPOST {{baseUrl}}/api/login HTTP/1.1\nContent-Type: application/x-www-form-urlencoded\n\nname=foo&password=bar\n\n###\n\n@authToken = {{login.response.headers.X-AuthToken}}\n\n# @name createComment\nPOST {{baseUrl}}/comments HTTP/1.1\nAuthorization: {{authToken}}\n\n{\n    "content": "fake content"\n}';
  const file = parseRequestFile(text);
  assert.deepEqual(
    file.requests.map(({ name }) => name?.text),
    ['login', 'createComment'],
  );
  assert.deepEqual(
    file.variables.map(({ name }) => name.text),
    ['baseUrl', 'authToken'],
  );
  assert.deepEqual(file.faults, []);
});
