import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lintText } from '../../../../src/core/plugin/lintText.ts';
import { insertFields } from '../../../../src/core/plugin/making/fieldInsertion.ts';
import { insertQuery } from '../../../../src/core/plugin/making/queryInsertion.ts';
import { nextVersions, readVersion, setVersion } from '../../../../src/core/plugin/making/versionBump.ts';
import { applyEdits } from '../../../../src/core/text/textRange.ts';

const QUERY = { name: 'org.fernhill.x.students.list', table: 'STUDENTS', columns: ['DCID', 'LASTFIRST'] };

function withQuery(text: string): string {
  const edit = insertQuery(text, QUERY);
  assert.ok(edit);
  return applyEdits(text, [edit]);
}

describe('a version is raised', () => {
  test('by the smallest step first, with as many numbers as before', () => {
    assert.deepEqual(nextVersions('1.2.3'), ['1.2.4', '1.3.0', '2.0.0']);
    assert.deepEqual(nextVersions('23.09'), ['23.10', '24.0']);
    assert.deepEqual(nextVersions('7'), ['8']);
    assert.deepEqual(nextVersions(''), ['1.0.0']);
    assert.deepEqual(nextVersions('1.x-beta'), ['1.1', '2.0']);
  });

  test('without touching comments, layout, quotes or line ends', () => {
    const text = `<?xml version="1.0"?>\r\n<!-- version="9" -->\r\n<plugin  name='A'\r\n\tversion = '1.0.1' \r\n>\r\n</plugin>`;
    const edit = setVersion(text, '1.0.2');
    assert.ok(edit);
    assert.equal(applyEdits(text, [edit]), text.replace('1.0.1', '1.0.2'));
  });

  test('where there was none, behind the name and laid out like it', () => {
    const text = '<plugin xmlns="x"\n        name="A"\n        description="B"/>';
    const edit = setVersion(text, '1.0.0');
    assert.ok(edit);
    const raised = applyEdits(text, [edit]);
    assert.equal(raised, '<plugin xmlns="x"\n        name="A"\n        version="1.0.0"\n        description="B"/>');
    assert.equal(readVersion(raised), '1.0.0');
  });

  test('never in a text that is no plugin.xml', () => {
    assert.equal(setVersion('<queries version="1"/>', '2'), undefined);
    assert.equal(setVersion('', '2'), undefined);
  });
});

describe('a PowerQuery is added', () => {
  test('behind the last one, indented like it', () => {
    const text = '<queries>\n\t<query name="a"/>\n\t<!-- end -->\n</queries>';
    const result = withQuery(text);
    assert.ok(result.startsWith('<queries>\n\t<query name="a"/>\n\t<query name="org.fernhill'));
    assert.ok(result.endsWith('</query>\n\t<!-- end -->\n</queries>'));
  });

  test('to a file without queries, whose new text has no error', () => {
    for (const text of [
      '<queries/>',
      '<queries></queries>',
      '<queries>\r\n</queries>\r\n',
      '<queries >\n\n</queries>',
    ]) {
      const result = withQuery(text);
      assert.deepEqual(lintText({ fileName: 'a.named_queries.xml', text: result }).diagnostics, [], text);
    }
  });

  test('with the line ends of the file', () => {
    assert.equal(/[^\r]\n/.test(withQuery('<queries>\r\n  <query name="a"/>\r\n</queries>\r\n')), false);
  });

  test('not to a file with faults', () => {
    assert.equal(insertQuery('<queries><query></queries>', QUERY), undefined);
    assert.equal(insertQuery('<plugin/>', QUERY), undefined);
  });
});

describe('fields are added', () => {
  const GRANTS = [{ table: 'students', column: 'dcid' }];
  const inserted = (text: string): string => {
    const outcome = insertFields(text, GRANTS);
    assert.equal(outcome.kind, 'insert');
    return outcome.kind === 'insert' ? applyEdits(text, [{ range: outcome, text: outcome.text }]) : '';
  };
  const LINE = '<field table="STUDENTS" field="DCID" access="ViewOnly"/>';

  test('behind the last field, into an empty request, and with a request of their own', () => {
    assert.equal(
      inserted('<plugin>\n <access_request>\n  <field table="CC" field="ID"/>\n </access_request>\n</plugin>'),
      `<plugin>\n <access_request>\n  <field table="CC" field="ID"/>\n  ${LINE}\n </access_request>\n</plugin>`,
    );
    assert.equal(
      inserted('<plugin>\n  <access_request/>\n</plugin>'),
      `<plugin>\n  <access_request>\n    ${LINE}\n  </access_request>\n</plugin>`,
    );
    assert.equal(
      inserted('<plugin>\n  <oauth/>\n</plugin>'),
      `<plugin>\n  <oauth/>\n  <access_request>\n    ${LINE}\n  </access_request>\n</plugin>`,
    );
  });

  test('never twice, whatever the case', () => {
    const text = '<plugin><access_request><field table="Students" field="Dcid"/></access_request></plugin>';
    assert.equal(insertFields(text, GRANTS).kind, 'present');
  });

  test('not to a text with faults', () => {
    assert.equal(insertFields('<plugin><access_request></plugin>', GRANTS).kind, 'unclear');
  });
});
