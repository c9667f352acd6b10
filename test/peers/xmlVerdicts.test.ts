import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareXmlVerdicts } from '../core/plugin/verdicts/compareXml.ts';
import { Libxml2 } from '../support/libxml2.ts';

test('ten thousand texts at the edge of XML are well-formed here when they are for libxml2', async () => {
  const { compared, accepted, differences } = compareXmlVerdicts(await Libxml2.load(), 10_000, 20_261_129);
  assert.deepEqual(differences, []);
  // both verdicts have to be there to be compared
  assert.ok(accepted > compared / 3 && accepted < (compared * 2) / 3, `${accepted} of ${compared}`);
});
