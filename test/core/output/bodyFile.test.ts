import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyFileName, isBinary } from '../../../src/core/output/bodyFile.ts';

/** The name of a body with this type. */
function nameFor(type: string): string {
  return bodyFileName('students', [['Content-Type', type]]);
}

/** The name of a body that the server suggests a name for. */
function suggested(disposition: string): string {
  return bodyFileName('x', [['content-disposition', disposition]]);
}

test('the extension of a saved body comes from its type', () => {
  assert.equal(nameFor('application/json;charset=UTF-8'), 'students.json');
  assert.equal(nameFor('application/vnd.example+json'), 'students.json');
  assert.equal(nameFor('application/xml'), 'students.xml');
  assert.equal(nameFor('image/png'), 'students.png');
  assert.equal(nameFor('application/pdf'), 'students.pdf');
  assert.equal(nameFor('image/jpeg'), 'students.jpg');
  assert.equal(nameFor('image/svg+xml'), 'students.svg');
  assert.equal(nameFor('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'), 'students.xlsx');
  assert.equal(nameFor('text/csv'), 'students.csv');
  assert.equal(nameFor('text/plain'), 'students.txt');
  assert.equal(nameFor('application/x-unknown'), 'students.bin');
  assert.equal(bodyFileName('students', []), 'students.txt');
});

test('a name that the server suggests is used, but never with a folder or what a file system refuses', () => {
  assert.equal(suggested('attachment; filename="photo 1.jpg"'), 'photo 1.jpg');
  assert.equal(suggested('attachment; filename=../../etc/passwd'), 'passwd');
  assert.equal(suggested('attachment; filename="C:\\Windows\\a?b.txt"'), 'a_b.txt');
  assert.equal(suggested('attachment; filename=".."'), 'x.txt');
});

test('images, archives and bytes that no text has are binary; text in any encoding is not', () => {
  const text = Buffer.from('{"a": "é"}');
  assert.equal(isBinary(text, [['Content-Type', 'application/json']]), false);
  assert.equal(isBinary(text, [['Content-Type', 'application/pdf']]), true);
  assert.equal(isBinary(text, [['Content-Type', 'image/svg+xml']]), false);
  assert.equal(isBinary(Buffer.from([1, 0, 2]), []), true);
  assert.equal(isBinary(Buffer.from('\ufeff{"a"', 'utf16le'), []), false);
  assert.equal(isBinary(new Uint8Array(), []), false);
});
