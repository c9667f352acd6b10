import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { certificateOwner, readCertificates } from '../../../src/extension/adapters/pemFile.ts';
import { makeCertificate } from '../../support/testCertificates.ts';

const first = makeCertificate({ commonName: 'Fernhill Root', authority: true });
const second = makeCertificate({ commonName: 'Fernhill Issuing', authority: true });

test('every certificate of a bundle is read, whatever stands between', () => {
  const bundle = `Subject: Fernhill\r\n${first.cert.replaceAll('\n', '\r\n')}\r\n# next\n${second.cert}`;
  assert.deepEqual(readCertificates(Buffer.from(bundle)).map(certificateOwner), ['Fernhill Root', 'Fernhill Issuing']);
});

test('a private key in the file is not kept', () => {
  const [only, ...more] = readCertificates(Buffer.from(first.key + first.cert));
  assert.ok(only);
  assert.deepEqual(more, []);
  assert.ok(!only.includes('PRIVATE'));
});

test('a certificate in binary form is read too', () => {
  const { raw } = new X509Certificate(first.cert);
  assert.deepEqual(readCertificates(raw).map(certificateOwner), ['Fernhill Root']);
});

test('what holds no certificate gives none', () => {
  const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
  for (const text of ['', 'hello', first.key, broken]) assert.deepEqual(readCertificates(Buffer.from(text)), []);
});
