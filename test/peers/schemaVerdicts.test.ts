import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { compareSchemaVerdicts, XSD_LANGUAGES, type XsdLanguage } from '../core/plugin/verdicts/compareSchema.ts';
import { Libxml2 } from '../support/libxml2.ts';

let libxml2: Libxml2;

before(async () => {
  libxml2 = await Libxml2.load();
});

for (const [language, fileName] of Object.entries(XSD_LANGUAGES)) {
  test(`four thousand texts of ${fileName} are valid here when they are for an XSD`, () => {
    const { compared, accepted, differences } = compareSchemaVerdicts(
      libxml2,
      language as XsdLanguage,
      4000,
      20_261_129,
    );
    assert.deepEqual(differences, []);
    assert.ok(accepted > compared / 4 && accepted < (compared * 3) / 4, `${accepted} of ${compared}`);
  });
}
