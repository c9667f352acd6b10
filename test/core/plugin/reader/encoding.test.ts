import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintText } from '../../../../src/core/plugin/lintText.ts';
import { decodeXml } from '../../../../src/core/plugin/reader/encoding.ts';

const BODY =
  '<queries><query name="a.b.c.d.é"><columns><column column="A.B">A.B</column></columns><sql><![CDATA[select b from a order by b]]></sql></query></queries>';

function declared(encoding: string): string {
  return `<?xml version="1.0" encoding="${encoding}"?>${BODY}`;
}

function utf16be(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

function errors(bytes: Uint8Array): string[] {
  const result = lintText({ fileName: 'x.named_queries.xml', bytes });
  return result.diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, range }) => `${code}@${range.start}`);
}

const MARK = '\ufeff';

const GOOD: readonly (readonly [string, Uint8Array])[] = [
  ['UTF-8', Buffer.from(BODY)],
  ['UTF-8, declared', Buffer.from(declared('utf-8'))],
  ['UTF-8 with a mark', Buffer.from(MARK + BODY)],
  ['UTF-8 with a mark, declared', Buffer.from(MARK + declared('UTF-8'))],
  ['UTF-16 little endian with a mark', Buffer.from(MARK + BODY, 'utf16le')],
  ['UTF-16 little endian with a mark, declared', Buffer.from(MARK + declared('UTF-16'), 'utf16le')],
  ['UTF-16 big endian with a mark, declared', utf16be(MARK + declared('UTF-16'))],
  ['UTF-16 without a mark', Buffer.from(declared('UTF-16'), 'utf16le')],
  ['ISO-8859-1', Buffer.from(declared('ISO-8859-1'), 'latin1')],
  ['windows-1252', Buffer.from(declared('windows-1252'), 'latin1')],
  ['ISO-8859-15', Buffer.from(declared('ISO-8859-15'), 'latin1')],
];

for (const [name, bytes] of GOOD) {
  test(`${name} is read`, () => {
    assert.ok(decodeXml(bytes).text.includes('a.b.c.d.é'));
    assert.deepEqual(errors(bytes), []);
  });
}

test('a byte order mark takes no column', () => {
  const bytes = Buffer.from(`${MARK}<queries><x/></queries>`);
  assert.deepEqual(errors(bytes), ['PS235@0', 'PS232@9']);
});

test('a byte that is not UTF-8 is found at its character', () => {
  const bytes = Buffer.from('é😀\n');
  const start = Buffer.from(`<queries><!-- ${bytes.toString()}`);
  const all = Buffer.concat([start, Buffer.from([0xe9]), Buffer.from(` -->${BODY.slice('<queries>'.length)}`)]);
  assert.deepEqual(errors(all), [`PS201@${start.toString().length}`]);
});

for (const [name, sequence] of [
  ['an overlong sequence', [0xc0, 0x80]],
  ['half a surrogate', [0xed, 0xa0, 0x80]],
  ['a sequence cut short', [0xe2, 0x82]],
  ['a byte that never occurs', [0xff]],
  ['a code point too high', [0xf5, 0x80, 0x80, 0x80]],
] as const) {
  test(`${name} is not UTF-8`, () => {
    const bytes = Buffer.concat([
      Buffer.from('<queries><!-- '),
      Buffer.from(sequence),
      Buffer.from(` -->${BODY.slice(9)}`),
    ]);
    assert.deepEqual(errors(bytes), ['PS201@14']);
  });
}

test('half of a pair in UTF-16 is found at its place, a replacement character is none', () => {
  const text = `${MARK}<queries><!-- \ufffd \ud83d -->${BODY.slice('<queries>'.length)}`;
  const at = text.indexOf('\ud83d') - 1;
  assert.deepEqual(errors(Buffer.from(text, 'utf16le')), [`PS201@${at}`]);
  assert.deepEqual(errors(utf16be(text)), [`PS201@${at}`]);
});

test('UTF-16 that nothing tells from UTF-8 is not taken for it', () => {
  for (const bytes of [Buffer.from(BODY, 'utf16le'), utf16be(BODY)]) assert.deepEqual(errors(bytes), ['PS201@0']);
});

test('a byte above 127 in a file declared as US-ASCII is found', () => {
  const text = declared('US-ASCII');
  assert.deepEqual(errors(Buffer.from(text)), [`PS201@${text.indexOf('é')}`]);
});

test('a declaration that contradicts the bytes is found at the word encoding', () => {
  const at = '<?xml version="1.0" '.length;
  for (const bytes of [
    Buffer.from(declared('UTF-16')),
    Buffer.from(MARK + declared('UTF-16')),
    Buffer.from(MARK + declared('ISO-8859-1')),
    Buffer.from(MARK + declared('UTF-8'), 'utf16le'),
    Buffer.from(MARK + declared('UTF-16BE'), 'utf16le'),
    Buffer.from(declared('no-such-encoding')),
  ]) {
    assert.deepEqual(errors(bytes), [`PS202@${at}`]);
  }
});

test('an encoding that nobody knows is found in decoded text too', () => {
  const found = lintText({ fileName: 'x.named_queries.xml', text: declared('no-such-encoding') }).diagnostics.map(
    ({ code }) => code,
  );
  assert.ok(found.includes('PS202'));
});
