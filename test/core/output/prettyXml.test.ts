import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prettyXml } from '../../../src/core/output/prettyXml.ts';
import { readXml } from '../../../src/core/plugin/reader/xmlReader.ts';

test('elements come on lines of their own, texts stay where they are', () => {
  const shown = prettyXml(
    '<?xml version="1.0"?><a x="1>2"><b>text</b><c/><d></d><e> </e><!-- n --><f><![CDATA[<x>]]></f><g>mixed <i>in</i> text</g></a>',
  );
  assert.deepEqual(shown.split('\n'), [
    '<?xml version="1.0"?>',
    '<a x="1>2">',
    '  <b>text</b>',
    '  <c/>',
    '  <d></d>',
    '  <e> </e>',
    '  <!-- n -->',
    '  <f><![CDATA[<x>]]></f>',
    '  <g>mixed <i>in</i> text</g>',
    '</a>',
    '',
  ]);
  assert.equal(prettyXml(shown), shown, 'twice is once');
  assert.deepEqual(readXml(shown).faults, []);
});
