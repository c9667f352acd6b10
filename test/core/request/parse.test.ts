import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRequestFile } from '../../../src/core/request/parse.ts';
import type { RequestEntry, RequestFile, Span } from '../../../src/core/request/requestFile.ts';

function only(text: string): RequestEntry {
  const { requests } = parseRequestFile(text);
  assert.equal(requests.length, 1);
  const [request] = requests;
  assert.ok(request);
  return request;
}

function body(request: RequestEntry | undefined): string | undefined {
  return request?.body?.lines.map((line) => (line.kind === 'text' ? line.text : `<${line.path.text}>`)).join('\n');
}

function headers(request: RequestEntry | undefined): string[] {
  return request?.headers.map(({ name, value }) => `${name.text}: ${value.text}`) ?? [];
}

function codes(file: RequestFile): string[] {
  return file.faults.map(({ code }) => code);
}

function assertStandsThere(text: string, span: Span | undefined): void {
  assert.ok(span);
  assert.equal(text.slice(span.range.start, span.range.end), span.text);
}

test('requests that are called alike are counted, so that each can be told apart', () => {
  const { requests } = parseRequestFile('### A\nGET /1\n### A\nGET /2\n###\nGET /3\n### B\n# @name A\nGET /4');
  assert.deepEqual(
    requests.map(({ alike }) => alike),
    [0, 1, 0, 2],
  );
});

test('a request is a method and a target, with GET when the method is left out', () => {
  assert.equal(only('https://example.com/api/1').method.text, 'GET');
  assert.equal(only('/ws/v1/district').target.text, '/ws/v1/district');
  const request = only('POST /ws/v1/student HTTP/1.1');
  assert.equal(request.method.text, 'POST');
  assert.equal(request.target.text, '/ws/v1/student');
  assert.equal(request.version?.text, 'HTTP/1.1');
  assert.equal(only('get /ws/v1/time').method.text, 'GET');
});

test('a target keeps spaces inside it', () => {
  assert.equal(
    only('GET /ws/v1/district/student?q=name.last_name==De La Cruz  HTTP/1.1').target.text,
    '/ws/v1/district/student?q=name.last_name==De La Cruz',
  );
});

test('### at the first column separates requests and carries a title', () => {
  const text = '### First\nGET /a\n###\n\n###\n#### Second one\nGET /b\n  ### no separator\n###';
  const file = parseRequestFile(text);
  assert.deepEqual(
    file.requests.map((request) => [request.title?.text, request.target.text]),
    [
      ['First', '/a'],
      ['Second one', '/b'],
    ],
  );
  assertStandsThere(text, file.requests[1]?.title);
});

test('@name is a letter or _, then letters, digits and _', () => {
  assert.equal(only('# @name list_1\nGET /a').name?.text, 'list_1');
  assert.equal(only('// @name _x\nGET /a').name?.text, '_x');
  assert.equal(only('# @name 1st\nGET /a').name, undefined);
  assert.equal(only('# @name a-b\nGET /a').name, undefined);
  assert.equal(only('### Title\nGET /a').name, undefined);
});

test('lines that start with ? or & continue the query and lose the spaces around them', () => {
  const request = only(
    'GET /ws/v1/district/student   \n    ?q=local_id==1  \n&flag\n\t&page=2\nAccept: application/json',
  );
  assert.equal(request.target.text, '/ws/v1/district/student?q=local_id==1&flag&page=2');
  assert.deepEqual(headers(request), ['Accept: application/json']);
});

test('indented lines after the request line continue the path', () => {
  assert.equal(only('http://example.com/\n    api\n    /get\n    ?a=1').target.text, 'http://example.com/api/get?a=1');
});

test('headers stand until the first empty line, with comments between them', () => {
  const request = only('GET /a\nAccept: application/json\n# a comment\nX-One:1\nx-one:  two  \nEmpty:\n\nbody');
  assert.deepEqual(headers(request), ['Accept: application/json', 'X-One: 1', 'x-one: two', 'Empty: ']);
  assert.equal(body(request), 'body');
});

test('an indented line continues the value of the header above', () => {
  assert.deepEqual(headers(only('GET /a\nCookie: a=1;\n  b=2')), ['Cookie: a=1; b=2']);
});

test('blank lines around a body go, blank lines and spaces inside stay', () => {
  assert.equal(body(only('POST /a\n\n\n  \n  {\n\n  "a": 1 \n}\n\n\n')), '  {\n\n  "a": 1 \n}');
});

test('whole-line comments of a body go with a warning', () => {
  const file = parseRequestFile('POST /a\n\n# first\n{\n  // second\n  "a": "b # c" // stays\n}\n');
  assert.equal(body(file.requests[0]), '{\n  "a": "b # c" // stays\n}');
  assert.deepEqual(codes(file), ['PS508', 'PS508']);
});

test('comments below a request without a body are only comments', () => {
  const file = parseRequestFile('GET /a\n\n# next: the schools\n\n###\nGET /b');
  assert.equal(file.requests[0]?.body, undefined);
  assert.deepEqual(codes(file), []);
});

test('a body can come from files, as they are or with variables', () => {
  const request = only('POST /a\n\nbefore\n< ./some file.json  \n<@ ./b.json\n<@latin1 ./c.txt');
  assert.deepEqual(
    request.body?.lines.map((line) =>
      line.kind === 'text' ? line.text : [line.path.text, line.substitute, line.encoding?.text],
    ),
    ['before', ['./some file.json', false, undefined], ['./b.json', true, undefined], ['./c.txt', true, 'latin1']],
  );
});

test('xml bodies are no file references', () => {
  assert.equal(
    body(only('POST /a\n\n<request>\n  <name>x</name>\n</request>')),
    '<request>\n  <name>x</name>\n</request>',
  );
});

test('the Content-Type tells forms and multipart bodies from text', () => {
  assert.equal(
    only('POST /a\ncontent-type: Application/X-WWW-Form-Urlencoded; charset=utf-8\n\na=1').body?.kind,
    'form',
  );
  assert.equal(only('POST /a\nContent-Type: multipart/form-data; boundary=x\n\n--x').body?.kind, 'multipart');
  assert.equal(only('POST /a\nContent-Type: application/json\n\n{}').body?.kind, 'text');
});

test('file variables may be empty, keep quotes, and stand before or among requests', () => {
  const text = '@host = https://example.org \n@empty=\n@quoted = "a"\n\nGET {{host}}/a\n###\n@b.c-d_1 = x = y\nGET /b';
  const file = parseRequestFile(text);
  assert.deepEqual(
    file.variables.map(({ name, value, line }) => [name.text, value.text, line]),
    [
      ['host', 'https://example.org', 0],
      ['empty', '', 1],
      ['quoted', '"a"', 2],
      ['b.c-d_1', 'x = y', 6],
    ],
  );
  for (const variable of file.variables) {
    assertStandsThere(text, variable.name);
    assertStandsThere(text, variable.value);
  }
});

test('a second request line without a separator belongs to the body and is reported', () => {
  const file = parseRequestFile('GET /a\n\nGET /b\n');
  assert.equal(file.requests.length, 1);
  assert.equal(body(file.requests[0]), 'GET /b');
  assert.deepEqual(codes(file), ['PS507']);
  assert.deepEqual(codes(parseRequestFile('GET /a\nPOST https://example.org/b\n')), ['PS507']);
});

test('syntax of other tools is recognised and stays out of the body', () => {
  const file = parseRequestFile(
    [
      'import ./other.http',
      '< {% request.variables.set("a", "b") %}',
      '{{',
      '  exports.x = 1;',
      '}}',
      'POST /a',
      '?? status == 200',
      '',
      '{"a": 1}',
      '',
      '> {%',
      '  client.test("x", function() {});',
      '',
      '%}',
      '> ./check.js',
      '>> out.json',
      '>>! out.json',
      '<> 2026-01-01.200.json',
    ].join('\n'),
  );
  assert.equal(body(file.requests[0]), '{"a": 1}');
  assert.deepEqual(
    file.requests[0]?.foreign.map(({ kind }) => kind),
    [
      'import',
      'request script',
      'script block',
      'assertion',
      'response script',
      'response script file',
      'saved response',
      'saved response',
      'response reference',
    ],
  );
  assert.ok(codes(file).every((code) => code === 'PS510'));
});

test('a script that is never closed ends at the separator', () => {
  const file = parseRequestFile('GET /a\n\n> {% client.log("x")\n###\nGET /b');
  assert.deepEqual(
    file.requests.map((request) => request.target.text),
    ['/a', '/b'],
  );
});

test('faults that keep a request from being sent are its blocker', () => {
  assert.equal(only('GET').blocker?.code, 'PS501');
  assert.equal(only('GTE /ws/v1/district').blocker?.code, 'PS502');
  assert.equal(only('GET /a\nno header').blocker?.code, 'PS503');
  assert.equal(only('GET /a\nbad name: x').blocker?.code, 'PS504');
  assert.equal(only('GRAPHQL https://example.org').blocker?.code, 'PS511');
  assert.equal(only('Fetch the students').blocker?.code, 'PS509');
  assert.equal(only('Delete the student').blocker?.code, 'PS509');
  assert.equal(only('GET ws/v1/district').blocker?.code, 'PS509');
  assert.equal(only('POST /a\n\n<@klingon ./a.txt').blocker?.code, 'PS515');
  assert.equal(only('GET {{host}}/a').blocker, undefined);
  assert.equal(only('GET example.org/a').blocker, undefined);
});

function shape(file: RequestFile): unknown {
  return file.requests.map((request) => [
    request.name?.text,
    request.title?.text,
    request.target.text,
    headers(request),
    body(request),
  ]);
}

test('CRLF, CR and a byte order mark change nothing but offsets', () => {
  const text = '@a = 1\n\n### T\n# @name x\nPOST /a\n  ?b=1\nA: b\n\n{\n "c": 1\n}\n\n###\nGET /b\n';
  const plain = parseRequestFile(text);
  for (const eol of ['\r\n', '\r']) {
    const other = parseRequestFile(`\ufeff${text.replaceAll('\n', eol)}`);
    assert.ok(other.bom);
    assert.deepEqual(shape(other), shape(plain));
    assertStandsThere(other.text, other.requests[0]?.headers[0]?.value);
    assertStandsThere(other.text, other.requests[0]?.target.pieces[1]);
  }
});

test('an empty text and a text of separators have no requests', () => {
  assert.deepEqual(parseRequestFile('').requests, []);
  assert.deepEqual(parseRequestFile('###\n###\n\n### x').requests, []);
});

test('directives count wherever they stand in a request', () => {
  const request = only('# @server Test District\nGET /a\n# @timeout 5 s\n\n// @expect status == 200\n#@pages all');
  assert.deepEqual(
    request.directives.map(({ name, value }) => `${name.text}=${value.text}`),
    ['server=Test District', 'timeout=5 s', 'expect=status == 200', 'pages=all'],
  );
});
