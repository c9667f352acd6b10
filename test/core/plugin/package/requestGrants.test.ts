import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCatalog, loadTables } from '../../../../src/core/catalog/load.ts';
import { mergeTables } from '../../../../src/core/catalog/serverCatalog.ts';
import { columnLine, NO_FACTS, type ServerFacts } from '../../../../src/core/catalog/serverFacts.ts';
import type { TableCatalog } from '../../../../src/core/catalog/tables.ts';
import { readManifest, type Manifest } from '../../../../src/core/plugin/manifest/manifest.ts';
import { mendInManifest } from '../../../../src/core/plugin/package/manifestMends.ts';
import { readXml } from '../../../../src/core/plugin/reader/xmlReader.ts';
import { XML_LANGUAGES } from '../../../../src/core/plugin/schema/languages.ts';
import { applyEdits } from '../../../../src/core/text/textRange.ts';
import { lintPackage } from '../../../../src/core/plugin/package/lintPackage.ts';
import { judgeRequest, packageOfRequest, type RequestUses } from '../../../../src/core/plugin/package/requestGrants.ts';
import { apiUsesOf } from '../../../../src/core/request/apiUses.ts';
import { createRequestLanguage } from '../../../../src/core/request/language.ts';
import { parseRequestFile } from '../../../../src/core/request/parse.ts';
import { suppressionsIn } from '../../../../src/core/request/suppressions.ts';
import { packageOf } from './packageOf.ts';

const catalog = await loadCatalog();

const MANIFEST = `<plugin xmlns="http://plugin.powerschool.pearson.com" name="Lockers" version="1" description="d">
  <oauth accessLevelV1Api="READ"/>
  <access_request>
    <field table="STUDENTS" field="DCID" access="ViewOnly"/>
    <field table="STUDENTS" field="LASTFIRST" access="ViewOnly"/>
    <field table="STUDENTS" field="DOB" access="ViewOnly"/>
    <field table="U_LOCKERS" field="NUMBER" access="FullAccess"/>
  </access_request>
  <publisher name="p"><contact email="a@b.org"/></publisher>
</plugin>`;

function read(text: string): RequestUses {
  const file = parseRequestFile(text);
  return {
    path: 'lockers.ps.http',
    text: file.text,
    uses: apiUsesOf(file, catalog),
    isSuppressed: suppressionsIn(file),
  };
}

/** `CODE text-at-the-place` for each finding in the request file. */
async function inRequests(text: string, manifest = MANIFEST): Promise<string[]> {
  const requests = read(text);
  const plugin = (await lintPackage(packageOf({ 'plugin.xml': manifest }))).package.manifest;
  assert.ok(plugin);
  return judgeRequest(plugin.content, requests).map(
    ({ code, range }) => `${code} ${requests.text.slice(range.start, range.end)}`,
  );
}

/** `CODE text-at-the-place` for what the manifest asks for in vain. */
async function inManifest(text: string, manifest = MANIFEST): Promise<string[]> {
  const { files } = await lintPackage(packageOf({ 'plugin.xml': manifest }), { requests: [read(text)] });
  return files
    .flatMap(({ diagnostics }) => diagnostics)
    .filter(({ code }) => code === 'PS477' || code === 'PS483')
    .map(({ code, range }) => `${code} ${manifest.slice(range.start, range.end)}`);
}

test('what is granted is not spoken of', async () => {
  const requests = [
    'GET /ws/v1/district/school',
    'GET /ws/schema/table/students?projection=dcid,LASTFIRST&sort=lastfirst&q=dob==2010-01-01',
    'GET /ws/schema/table/students/4101?projection=*',
    'GET /ws/schema/table/students/metadata',
    'GET /ws/v1/metadata',
    'PUT /ws/schema/table/u_lockers/7\n\n{ "tables": { "u_lockers": { "number": "{{number}}" } } }',
    'POST /ws/schema/query/org.cedar.lockers.list',
    'GET {{anything}}?projection=ssn',
  ];
  assert.deepEqual(await inRequests(requests.join('\n\n###\n')), []);
});

test('a column without a grant is marked where it stands, once a request', async () => {
  assert.deepEqual(
    await inRequests(
      'GET {{host}}/ws/schema/table/students?projection=dcid,ssn;students.home_phone\n&q=ssn==1;grade_level=gt=5',
    ),
    ['PS481 ssn', 'PS481 home_phone', 'PS481 grade_level'],
  );
});

test('a comment in the request file sets it aside', async () => {
  const request = 'GET /ws/schema/table/students?projection=grade_level\n';
  assert.deepEqual(await inRequests(request), ['PS481 grade_level']);
  assert.deepEqual(await inRequests(`# powerschool-disable-next-line PS481\n${request}`), []);
  assert.deepEqual(await inRequests(`${request}\n###\n# powerschool-disable PS481\n${request}`), []);
});

test('writing needs FullAccess to each column of the body', async () => {
  assert.deepEqual(
    await inRequests(
      'POST /ws/schema/table/students\n\n{ "tables": { "students": { "lastfirst": "A", "number": 1 } } }',
    ),
    ['PS481 lastfirst', 'PS481 number'],
  );
});

test('a request under /ws/v1 needs the level', async () => {
  const without = MANIFEST.replace(' accessLevelV1Api="READ"', '');
  assert.deepEqual(await inRequests('GET /ws/v1/district/school', without), ['PS482 /ws/v1/district/school']);
  const write = 'POST /ws/v1/student\n\n{}';
  assert.deepEqual(await inRequests(write), ['PS482 /ws/v1/student']);
  assert.deepEqual(await inRequests(write, MANIFEST.replace('READ', 'FULL')), []);
});

test('what a request needs is written in plugin.xml, where it is an attribute of what stands there', () => {
  const find = (text: string, manifest = MANIFEST): string | undefined => {
    const [first] = judgeRequest(manifestOf(manifest), read(text));
    const fix = first && mendInManifest(first, manifest);
    return fix && applyEdits(manifest, fix.edits);
  };
  const write = 'POST /ws/v1/student\n\n{}';
  assert.equal(find(write), MANIFEST.replace('READ', 'FULL'));
  const without = MANIFEST.replace(' accessLevelV1Api="READ"', '');
  assert.equal(find('GET /ws/v1/district/school', without), MANIFEST);
  const body = '{ "tables": { "students": { "dob": "2010-01-01" } } }';
  assert.equal(
    find(`POST /ws/schema/table/students\n\n${body}`),
    MANIFEST.replace('field="DOB" access="ViewOnly"', 'field="DOB" access="FullAccess"'),
  );
  // a field that is not there yet is another mend
  assert.equal(find('GET /ws/schema/table/students?projection=ssn'), undefined);
});

function manifestOf(text: string): Manifest {
  const document = readXml(text, XML_LANGUAGES.plugin);
  assert.ok(document.root);
  return readManifest(document, document.root);
}

test('a plugin without credentials has no requests', async () => {
  assert.deepEqual(await inRequests('GET /ws/v1/district/school', MANIFEST.replace(/<oauth.*/, '')), []);
});

test('a grant that no request uses is told, also a level', async () => {
  const uses =
    'GET /ws/schema/table/students?projection=dcid\n\n###\nPUT /ws/schema/table/u_lockers/7\n\n{"tables":{"u_lockers":{"number":"1"}}}';
  const unused = ['LASTFIRST', 'DOB'].map(
    (field) => `PS477 <field table="STUDENTS" field="${field}" access="ViewOnly"/>`,
  );
  assert.deepEqual(await inManifest(uses), ['PS483 accessLevelV1Api="READ"', ...unused]);
  assert.deepEqual(await inManifest(`${uses}\n\n###\nGET /ws/v1/district/school`), unused);
  assert.deepEqual(await inManifest('GET /ws/schema/table/students?projection=*\n\n###\nGET /ws/v1/student/1'), [
    'PS477 <field table="U_LOCKERS" field="NUMBER" access="FullAccess"/>',
  ]);
  assert.deepEqual(await inManifest('GET /ws/v1/student/1'), []);
});

test('a request file belongs to the plugin around it, else to the only one', () => {
  assert.equal(packageOfRequest('w/plugins/a/requests/x.ps.http', ['w/plugins/a', 'w/plugins/b']), 'w/plugins/a');
  assert.equal(
    packageOfRequest('w/plugins/a/inner/x.ps.http', ['w/plugins/a', 'w/plugins/a/inner']),
    'w/plugins/a/inner',
  );
  assert.equal(packageOfRequest('w/requests/x.ps.http', ['w/plugins/a']), 'w/plugins/a');
  assert.equal(packageOfRequest('w/requests/x.ps.http', ['w/plugins/a', 'w/plugins/b']), undefined);
  assert.equal(packageOfRequest('w/requests/x.ps.http', []), undefined);
});

test('a column that the request file has a message on already gets no second one', async () => {
  const facts: ServerFacts = {
    ...NO_FACTS,
    tables: [{ name: 'students' }],
    columns: {
      students: [
        { name: 'DCID', access: 'ViewOnly', type: 'Integer' },
        { name: 'SSN', access: 'NoAccess', type: 'String' },
        { name: 'HOME_PHONE', access: 'ViewOnly', type: 'String' },
      ]
        .map(columnLine)
        .join('\n'),
    },
  };
  const known = await loadTables();
  const merged = mergeTables(known, facts);
  const plugin = (await lintPackage(packageOf({ 'plugin.xml': MANIFEST }))).package.manifest;
  assert.ok(plugin);
  const both = (text: string, tables: TableCatalog): string[] => {
    const file = parseRequestFile(text);
    const server = { name: 'North', origin: 'https://ps.example.org', kind: 'test' } as const;
    const own = createRequestLanguage({ catalog, tables, server }).validate(file);
    const uses = apiUsesOf(file, catalog, tables);
    return [...own, ...judgeRequest(plugin.content, { path: 'x.ps.http', text, uses })]
      .map(({ code, range }) => `${code} ${text.slice(range.start, range.end)}`)
      .sort();
  };
  const table = 'GET /ws/schema/table/students?projection=';
  assert.deepEqual(both(`${table}dcid,ssn,home_phone`, merged), ['PS481 home_phone', 'PS551 ssn']);
  assert.deepEqual(both(`${table}dcid,home_phon`, merged), ['PS550 home_phon']);
  assert.deepEqual(both(`${table}dcid&q=ssn==1;home_phone==2`, merged), ['PS481 home_phone', 'PS551 ssn']);
  assert.deepEqual(both(`${table}dcid&sort=home_phon`, merged), ['PS550 home_phon']);
  // without a server that told its columns
  assert.deepEqual(both(`${table}dcid,first_nme,home_phone`, known), ['PS481 home_phone', 'PS550 first_nme']);
  assert.deepEqual(both(`${table}dcid&q=first_nme==1`, known), ['PS481 first_nme']);
});
