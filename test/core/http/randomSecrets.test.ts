import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redactText } from '../../../src/core/http/redaction.ts';
import { seededRandom } from '../request/fuzz.ts';

/** Ways in which a value gets from a request into an address, a body, a header or the words of a server. */
const WRITTEN: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  'part of an address': (secret) => encodeURIComponent(secret.toWellFormed()),
  'part of an address, in small letters': (secret) =>
    encodeURIComponent(secret.toWellFormed()).replace(/%../g, (code) => code.toLowerCase()),
  'part of a part of an address': (secret) => encodeURIComponent(encodeURIComponent(secret.toWellFormed())),
  'whole address': (secret) => encodeURI(secret.toWellFormed()),
  query: (secret) => new URL(`https://x/?${secret.replaceAll('#', '')}~`).search.slice(1, -1),
  path: (secret) => new URL(`https://x/${secret.replace(/[?#\\/.]/g, '')}~`).pathname.slice(1, -1),
  form: (secret) => new URLSearchParams([['', secret]]).toString().slice(1),
  JSON: (secret) => JSON.stringify(secret).slice(1, -1),
  'JSON in ASCII': (secret) =>
    Array.from({ length: secret.length }, (_, at) => `\\u${secret.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
      '',
    ),
  'JSON of Java': (secret) => JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
  'bytes of a header': (secret) => Buffer.from(secret, 'utf8').toString('latin1'),
  HTML: (secret) =>
    secret
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
};

const ALPHABET = [...Array.from('abXY019 &<>"\'%+/=@:;,!*()[]{}|^`~$\\é学😀-_.'), '\ud800', '\n', '\r\n', '\t'];

function randomText(random: () => number, length: number): string {
  return Array.from({ length }, () => ALPHABET[Math.floor(random() * ALPHABET.length)]).join('');
}

test('a known secret is hidden in every way that it may be written', () => {
  const random = seededRandom(41);
  for (let round = 0; round < 400; round++) {
    // An address loses the spaces around it and what stands for nothing in it: the ends are letters.
    const secret = `k${randomText(random, 3 + Math.floor(random() * 9))}z`;
    for (const [way, write] of Object.entries(WRITTEN)) {
      // What an address cannot hold at all was taken out of the secret by its way.
      if ((way === 'query' && secret.includes('#')) || (way === 'path' && /[?#\\/.]/.test(secret))) continue;
      const text = `said [${write(secret)}] twice: ${write(secret)}`;
      assert.equal(redactText(text, [secret]), 'said [***] twice: ***', `${way} of ${JSON.stringify(secret)}`);
    }
  }
});

test('a known secret is hidden in base64, wherever it starts in what was encoded', () => {
  const random = seededRandom(42);
  for (let round = 0; round < 300; round++) {
    const secret = randomText(random, 4 + Math.floor(random() * 20)).toWellFormed();
    for (const encoding of ['base64', 'base64url'] as const) {
      const before = 'u:'.repeat(Math.floor(random() * 3)) + ':'.repeat(Math.floor(random() * 2));
      const written = Buffer.from(`${before}${secret}${random() < 0.5 ? '' : '\n'}`).toString(encoding);
      const shown = redactText(`said ${written}.`, [secret]);
      const left = Buffer.from(shown.replace(/^said |\.$/g, '').replaceAll('***', ''), encoding).toString('latin1');
      assert.ok(shown.includes('***') && left.length <= before.length + 2, `${shown} for ${written}`);
    }
  }
});

test('of two secrets the longer one is hidden whole', () => {
  assert.equal(redactText('smith and smith-2024', ['smith', 'smith-2024']), '*** and ***');
});

test('texts without the secret stay as they are', () => {
  const random = seededRandom(43);
  for (let round = 0; round < 400; round++) {
    const secret = `k${randomText(random, 8)}z`;
    const text = `said ${randomText(random, 40).replaceAll('@', '')}`;
    assert.equal(redactText(text, [secret]), redactText(text));
  }
});

test('a credential that a cut-off text ends in is hidden', () => {
  assert.equal(redactText('{"user":"kit","password":"ab\\"c'), '{"user":"kit","password":"***"');
  assert.equal(redactText('see https://kit:p@ss@ps.example.org/x'), 'see https://***@ps.example.org/x');
});
