import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCatalog, loadTables } from '../../../src/core/catalog/load.ts';
import { mergeTables } from '../../../src/core/catalog/serverCatalog.ts';
import { columnLine, NO_FACTS } from '../../../src/core/catalog/serverFacts.ts';
import { lintText, type LintInput } from '../../../src/core/plugin/lintText.ts';
import { readPluginPackage } from '../../../src/core/plugin/package/pluginPackage.ts';
import { judgeRequest } from '../../../src/core/plugin/package/requestGrants.ts';
import { namesOf, repeatedNames } from '../../../src/core/plugin/package/workspaceNames.ts';
import { PLUGIN_PROBLEMS } from '../../../src/core/plugin/problems/pluginProblems.ts';
import { apiUsesOf } from '../../../src/core/request/apiUses.ts';
import { parseRequestFile } from '../../../src/core/request/parse.ts';
import { allMutations } from './allMutations.ts';
import { faultyFiles, lintFiles, PACKAGE_FAULTS } from './package/packageFaults.ts';
import { packageOf, rosterFiles } from './package/packageOf.ts';
import { fixture } from './validFiles.ts';

/**
 * What holds for all XML languages has a code in each. These can never be reported: the schema of mappings limits no
 * number and no length and asks for no child, that of database extensions limits lengths by PS446, and only plugin.xml
 * has an order.
 */
const WITHOUT_OCCASION = ['PS242', 'PS334', 'PS335', 'PS340', 'PS342', 'PS440', 'PS442'];

const MANIFEST = fixture('valid/roster/plugin.xml');
const QUERIES = fixture('valid/roster/queries_root/roster.named_queries.xml');
const EXTENSION = fixture('valid/roster/user_schema_root/U_cedar.xml');
const XML_FILES = [
  MANIFEST,
  QUERIES,
  fixture('valid/roster/permissions_root/roster.permission_mappings.xml'),
  EXTENSION,
];

const tables = await loadTables();

/** A file with one text written as another. */
function written({ fileName, text }: { fileName: string; text: string }, find: string, put: string): LintInput {
  assert.ok(text.includes(find), `${fileName} has no ${find}`);
  return { fileName, text: text.replace(find, put), tables };
}

/** Faults of one file beyond those of the mutation suite: by its bytes, by its root, by what is known beside it. */
function* faultyTexts(): Generator<LintInput> {
  for (const { fileName, text } of XML_FILES) {
    const plain = text.replace(/^<\?xml.*?\?>\s*/, '');
    yield { fileName, bytes: Buffer.from(plain.replace('</', '<!-- caf\xe9 --></'), 'latin1') };
    yield { fileName, bytes: Buffer.from(`<?xml version="1.0" encoding="UTF-16"?>\n${plain}`) };
    yield { fileName, text: `<?xml encoding="UTF-8"?>\n${plain}` };
    const [root = ''] = /(?<=<)\w+/.exec(plain) ?? [];
    for (const attributes of ['p:a="1"', 'a:b:c="1"', 'xmlns:p=""', 'a="1"b="2"'])
      yield { fileName, text: plain.replace(`<${root}`, `<${root} ${attributes}`) };
    yield { fileName, text: plain.replace(`</${root}>`, `${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}</${root}>`) };
  }
  const [, , , extension] = XML_FILES;
  if (extension !== undefined) yield written(extension, '<unique name', '<unique-column name="ROOM"/><unique name');

  yield { ...MANIFEST, committed: { name: 'Cedar Rosters', version: '1.4.0' } };
  yield written(MANIFEST, 'field="FIRST_NAME"', 'field="EMAIL"');
  const columns = { students: columnLine({ name: 'DCID', access: 'ViewOnly', type: 'Integer' }) };
  const told = mergeTables(tables, { ...NO_FACTS, tables: [{ name: 'students' }], columns });
  yield { ...MANIFEST, tables: told };

  const summary = '<summary>Students of a grade</summary>';
  yield written(QUERIES, 'org.cedar.roster.rooms', 'org.cedar.roster.Rooms');
  yield written(QUERIES, summary, `<summary>${'long '.repeat(20)}</summary>`);
  yield written(QUERIES, 'column="STUDENTS.LAST_NAME"', 'column="STUDENTS.QUITE_ANOTHER"');
  const late = QUERIES.text.replace(summary, '').replace('</query>', `${summary}</query>`);
  yield { ...QUERIES, text: late };
  yield written(QUERIES, 'from students s', 'from ps_nothing s');
  const tag = QUERIES.text
    .replace('flattened="true" tags', 'flattened="true" dat="true" tags')
    .replace('<arg name="grade"', '<arg name="curschoolid"/><arg name="grade"');
  yield { ...QUERIES, text: tag };

  const catalog = fixture('valid/roster/pagecataloging/roster.json');
  const [page = ''] = /\{[^[]*?\}(?=\s*\])/.exec(catalog.text) ?? [];
  yield written(catalog, page, `${page}, ${page}`);
  const messages = fixture('valid/roster/MessageKeys/roster.US_en.properties');
  yield { ...messages, text: messages.text + messages.text };
  yield { ...messages, fileName: 'MessageKeys/roster.properties' };
}

/** Codes between packages and between requests and packages. */
async function codesBetween(): Promise<string[]> {
  const one = await readPluginPackage(packageOf(rosterFiles()));
  const files = rosterFiles();
  files['plugin.xml'] = (files['plugin.xml'] ?? '').replace('name="Cedar Roster"', 'name="Other"');
  const other = await readPluginPackage(packageOf(files));
  const names = [namesOf('one', one), namesOf('two', one), namesOf('three', other)];
  const text = 'GET /ws/schema/table/students?projection=dob\n\n###\nPOST /ws/v1/student\n\n{}\n';
  const uses = apiUsesOf(parseRequestFile(text), await loadCatalog());
  const ofRequests = one.manifest ? judgeRequest(one.manifest.content, { path: 'x.ps.http', text, uses }) : [];
  return [...repeatedNames(names).map(({ diagnostic }) => diagnostic), ...ofRequests].map(({ code }) => code);
}

test('every code of the plugin files is reported for a fault in a real file', async () => {
  const reported = new Set(await codesBetween());
  for (const input of [...allMutations(), ...faultyTexts()])
    for (const { code } of lintText({ tables, ...input }).diagnostics) reported.add(code);
  for (const fault of PACKAGE_FAULTS)
    for (const { diagnostics } of await lintFiles(faultyFiles(fault), fault))
      for (const { code } of diagnostics) reported.add(code);
  const silent = Object.keys(PLUGIN_PROBLEMS).filter((code) => !reported.has(code));
  assert.deepEqual(silent.sort(), WITHOUT_OCCASION);
});
