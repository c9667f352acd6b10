import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyFileName, isBinary } from '../../../src/core/output/bodyFile.ts';

test('the extension of a saved body comes from its type', () => {
  const name = (type: string): string => bodyFileName('students', [['Content-Type', type]]);
  assert.equal(name('application/json;charset=UTF-8'), 'students.json');
  assert.equal(name('application/vnd.example+json'), 'students.json');
  assert.equal(name('application/xml'), 'students.xml');
  assert.equal(name('image/png'), 'students.png');
  assert.equal(name('application/pdf'), 'students.pdf');
  assert.equal(name('text/plain'), 'students.txt');
  assert.equal(name('application/x-unknown'), 'students.bin');
  assert.equal(bodyFileName('students', []), 'students.txt');
});

test('a name that the server suggests is used, but never with a folder or what a file system refuses', () => {
  const name = (disposition: string): string => bodyFileName('x', [['content-disposition', disposition]]);
  assert.equal(name('attachment; filename="photo 1.jpg"'), 'photo 1.jpg');
  assert.equal(name('attachment; filename=../../etc/passwd'), 'passwd');
  assert.equal(name('attachment; filename="C:\\Windows\\a?b.txt"'), 'a_b.txt');
  assert.equal(name('attachment; filename=".."'), 'x.txt');
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
