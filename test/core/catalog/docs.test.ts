import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  describeExpansion,
  describeExtension,
  describeOperation,
  describeOperators,
  describeParameter,
  describePowerQuery,
  describeQueryField,
  describeResource,
} from '../../../src/core/catalog/docs.ts';
import { loadCatalog, loadTables } from '../../../src/core/catalog/load.ts';
import { code, codeBlock, escapeMarkdown } from '../../../src/core/catalog/markdown.ts';
import { mergeCatalog, mergeTables } from '../../../src/core/catalog/serverCatalog.ts';
import { NO_FACTS } from '../../../src/core/catalog/serverFacts.ts';
import { describeColumn, describeTable, fieldLine } from '../../../src/core/catalog/tableDocs.ts';

const catalog = await loadCatalog();
const tables = await loadTables();

function operation(id: string, from = catalog): NonNullable<ReturnType<typeof catalog.operation>> {
  const found = from.operation(id);
  assert.ok(found, id);
  return found;
}

test('every operation is described with method, path, result, parameters, access and an example', () => {
  for (const entry of catalog.operations) {
    for (const detail of ['brief', 'full'] as const) {
      const text = describeOperation(catalog, entry, { detail });
      assert.ok(text.startsWith(`**${entry.summary}**`), entry.id);
      assert.ok(text.includes(`\`${entry.method} ${entry.path}\``), entry.id);
      assert.match(text, /Returns|What it returns/, entry.id);
      assert.match(text, /plugin|token/, entry.id);
      assert.ok(text.includes('```http'), entry.id);
      for (const { name } of [...entry.pathParams, ...entry.queryParams])
        assert.ok(text.includes(`- \`${name}\`: `), `${entry.id} ${name}`);
      for (const sentence of entry.unverified)
        assert.ok(text.indexOf(sentence) > text.indexOf('Not verified'), entry.id);
      assert.doesNotMatch(text, /undefined|\[object|\{\d\}|\n{3}/, entry.id);
    }
  }
});

test('the description of a student reads as people would say it', () => {
  const text = describeOperation(catalog, operation('getStudent'), { detail: 'full' });
  assert.match(text, /`id`: \*\*Student DCID\*\*\. .*not the student number/);
  assert.match(text, /Returns what is under `student`\./);
  assert.match(text, /accessLevelV1Api="READ"/);
  assert.match(text, /GET \/ws\/v1\/student\/4101/);
  assert.match(text, /Since release 7\.8\.0\. From the list of endpoints\. Source: /);
});

test('what the server said is told: page limit, release, refusal in its own harmless words', () => {
  const merged = mergeCatalog(catalog, {
    ...NO_FACTS,
    version: '9.0.0',
    limits: { student_max_page_size: 250 },
    refusals: { 'operation:listChanges': { status: 403, message: '[click](command:evil) <b>' } },
  });
  const list = operation('listDistrictStudents', merged);
  const size = list.queryParams.find(({ name }) => name === 'pagesize');
  assert.ok(size);
  assert.match(describeParameter(list, size), /at most 250/);
  assert.match(
    describeOperation(merged, operation('listStudentContacts', merged)),
    /Needs release 12\.0\.0\.0; this server is older/,
  );
  const refused = describeOperation(merged, operation('listChanges', merged));
  assert.match(refused, /Refused last time with status 403\./);
  assert.doesNotMatch(refused, /\]\(command|<b>/);
});

test('an expansion tells which fields come with it, an extension whether the server has it', () => {
  const merged = mergeCatalog(catalog, {
    ...NO_FACTS,
    expansions: { students: ['lunch'] },
    extensions: { students: ['u_bike_x'] },
  });
  const students = merged.resource('students');
  assert.ok(students);
  const lunch = students.expansions.find(({ name }) => name === 'lunch');
  const phones = students.expansions.find(({ name }) => name === 'phones');
  const own = students.extensions.find(({ name }) => name === 'u_bike_x');
  assert.ok(lunch && phones && own);
  assert.match(describeExpansion(students, lunch), /`lunch\.lunch_id` Lunch id/);
  assert.match(describeExpansion(students, phones), /does not offer it/);
  assert.match(describeExtension(own), /u\\_bike\\_x[^]*This server offers it/);
});

test('fields, comparisons, PowerQueries and resources have their texts', () => {
  const field = operation('listDistrictStudents').filter?.fields.find(
    ({ name }) => name === 'school_enrollment.enroll_status',
  );
  assert.ok(field);
  assert.match(describeQueryField(field), /- `A` active/);
  assert.equal(describeOperators().split('\n').length, 6);
  const query = catalog.powerQuery('com.pearson.core.terms.year_terms');
  assert.ok(query);
  assert.match(describePowerQuery(query), /- `schoolid` integer\n- `yearid` integer/);
  for (const resource of catalog.resources) assert.ok(describeResource(resource).includes(resource.description));
});

test('tables and columns are described with type, access and the line that grants them', () => {
  const merged = mergeTables(tables, { ...NO_FACTS, columns: { students: 'DOB NoAccess -\nGENDER ViewOnly -' } });
  const students = merged.table('students');
  const dob = merged.column('students', 'dob');
  const gender = merged.column('students', 'gender');
  const password = tables.column('students', 'web_password');
  assert.ok(students && dob && gender && password);
  assert.match(
    describeColumn(students, dob, merged),
    /Date of birth\.[^]*may not read it \(`NoAccess`\)[^]*<field table="STUDENTS" field="DOB" access="ViewOnly"\/>/,
  );
  assert.match(describeColumn(students, gender, merged), /may read it \(`ViewOnly`\)/);
  assert.match(describeColumn(students, password, tables), /A password or the like/);
  for (const table of tables.tables) {
    const text = describeTable(table, tables, { detail: 'full' });
    assert.doesNotMatch(text, /undefined|\[object|\n{3}/, table.name);
    assert.ok(text.includes(`/ws/schema/table/${table.name}`));
  }
  const teachers = tables.table('teachers');
  assert.ok(teachers);
  assert.match(describeTable(teachers, tables), /405/);
});

test('sentences can be put into another language', () => {
  const text = describeOperation(catalog, operation('getSchool'), {
    wording: (template, ...args) => `«${template}|${args.join()}»`,
  });
  assert.match(text, /«Parameters\|»:/);
});

test('text of others cannot become Markdown', () => {
  assert.equal(escapeMarkdown('[a](b) <i> `c`\n# d'), '\\[a\\]\\(b\\) \\<i\\> \\`c\\` \\# d');
  assert.equal(code('a`b'), '``a`b``');
  assert.equal(code('`'), '`` ` ``');
  assert.equal(codeBlock('json', '```'), '````json\n```\n````');
  assert.equal(fieldLine('A"&<', 'B'), '<field table="A&quot;&amp;&lt;" field="B" access="ViewOnly"/>');
});

test('a resource that the plugin may not use says why, in words of the server', () => {
  const refused = mergeCatalog(catalog, {
    ...NO_FACTS,
    refusals: { 'access:v1Read': { status: 403, message: 'The plugin needs accessLevelV1Api READ' } },
  });
  const gpa = refused.resource('studentGpa');
  assert.ok(gpa);
  assert.match(describeResource(gpa), /Refused last time with status 403.*accessLevelV1Api READ/);
  const tables = refused.resource('tableRows');
  assert.doesNotMatch(tables ? describeResource(tables) : 'Refused', /Refused/);
});
