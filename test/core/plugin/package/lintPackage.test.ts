import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadTables } from '../../../../src/core/catalog/load.ts';
import { lintPackage } from '../../../../src/core/plugin/package/lintPackage.ts';
import type { PackageSource } from '../../../../src/core/plugin/package/packageSource.ts';
import { packageOf, rosterFiles } from './packageOf.ts';

/** `path code` of every finding but hints. */
async function findings(source: PackageSource, rules = {}): Promise<string[]> {
  const { files } = await lintPackage(source, { rules });
  return files.flatMap(({ path, diagnostics }) =>
    diagnostics.filter(({ severity }) => severity !== 'hint').map(({ code }) => `${path} ${code}`),
  );
}

/** What the change of the valid package brings beyond what it has. */
async function brings(
  change: (files: Record<string, string>) => void,
  kind: PackageSource['kind'] = 'zip',
): Promise<string[]> {
  const before = new Set(await findings(packageOf(rosterFiles())));
  const files = rosterFiles();
  change(files);
  return (await findings(packageOf(files, kind))).filter((finding) => !before.has(finding));
}

function edit(path: string, find: string, put: string): (files: Record<string, string>) => void {
  return (files) => {
    const text = files[path] ?? '';
    assert.ok(text.includes(find), `${path} has no ${find}`);
    files[path] = text.replace(find, put);
  };
}

const PLUGIN = 'plugin.xml';
const QUERIES = 'queries_root/roster.named_queries.xml';
const MAPPINGS = 'permissions_root/roster.permission_mappings.xml';

test('a good package has no error and no warning', async () => {
  const { files } = await lintPackage(packageOf(rosterFiles()), { tables: await loadTables() });
  const wrong = files.flatMap(({ path, diagnostics }) =>
    diagnostics
      .filter(({ severity }) => severity === 'error' || severity === 'warning')
      .map(({ message }) => `${path}: ${message}`),
  );
  assert.deepEqual(wrong, []);
  assert.equal(files.length, 7);
});

test('a package without manifest', async () => {
  assert.deepEqual(await brings((files) => delete files[PLUGIN]), [' PS460']);
});

test('a package that was zipped with its folder', async () => {
  const inner = Object.fromEntries(Object.entries(rosterFiles()).map(([path, text]) => [`roster/${path}`, text]));
  const found = await findings(packageOf(inner));
  assert.ok(found.includes('roster/plugin.xml PS461'));
  assert.ok(!found.some((finding) => finding.includes('PS460')));
});

test('a manifest in the wrong letter case', async () => {
  assert.deepEqual(
    await brings((files) => {
      files['Plugin.xml'] = files[PLUGIN] ?? '';
      delete files[PLUGIN];
    }),
    ['Plugin.xml PS462', 'Plugin.xml PS167'],
  );
});

test('folders below a folder that must have none', async () => {
  const found = await brings((files) => {
    files['queries_root/old/a.named_queries.xml'] =
      '<queries><query name="a.b.c.d.e"><columns><column column="A.B">A.B</column></columns><sql><![CDATA[select b from a order by b]]></sql></query></queries>';
  });
  assert.ok(found.includes('queries_root/old/a.named_queries.xml PS463'));
});

test('wrong endings of file names', async () => {
  const found = await brings((files) => {
    files['permissions_root/x.permission_mapping.xml'] = files[MAPPINGS] ?? '';
    files['queries_root/notes.txt'] = '';
    files['pagecataloging/readme.md'] = '';
  });
  assert.ok(found.includes('permissions_root/x.permission_mapping.xml PS464'));
  assert.ok(found.includes('queries_root/notes.txt PS464'));
  assert.ok(found.includes('pagecataloging/readme.md PS468'));
});

test('a query file without a first part of its name is a warning', async () => {
  assert.deepEqual(
    await brings((files) => {
      files['queries_root/named_queries.xml'] = files[QUERIES] ?? '';
      delete files[QUERIES];
    }),
    ['queries_root/named_queries.xml PS465'],
  );
});

function addStrayFiles(files: Record<string, string>): void {
  files['README.md'] = '# Roster';
  files['__MACOSX/._plugin.xml'] = '';
  files['.git/HEAD'] = '';
}

test('stray files are warned of in a zip, not in a working folder', async () => {
  assert.deepEqual(await brings(addStrayFiles), ['.git/HEAD PS466', 'README.md PS466', '__MACOSX/._plugin.xml PS466']);
  assert.deepEqual(await brings(addStrayFiles, 'folder'), []);
});

test('page catalogs inside WEB_ROOT', async () => {
  assert.deepEqual(await brings((files) => (files['web_root/pagecataloging/x.json'] = '{"pages": []}')), [
    'web_root/pagecataloging/x.json PS467',
  ]);
});

test('letter case of WEB_ROOT is free', async () => {
  const found = await brings((files) => {
    files['web_root/admin/roster/home.html'] = files['WEB_ROOT/admin/roster/home.html'] ?? '';
    delete files['WEB_ROOT/admin/roster/home.html'];
  });
  assert.deepEqual(found, []);
});

test('a mapping to a query that the package does not have', async () => {
  const found = await brings(edit(MAPPINGS, 'roster.students.list<', 'roster.students.lists<'));
  assert.deepEqual(found, [`${MAPPINGS} PS347`]);
});

test('a mapping to a query of PowerSchool', async () => {
  assert.deepEqual(
    await brings(
      edit(
        MAPPINGS,
        'org.cedar.roster.rooms.list</implies>\n    <implies allow="get"',
        'com.pearson.core.students.map</implies>\n    <implies allow="get"',
      ),
    ),
    [`${MAPPINGS} PS348`],
  );
});

test('a mapping to a page that is not in its folder', async () => {
  assert.deepEqual(await brings(edit(MAPPINGS, '/admin/roster/home.html', '/admin/roster/homes.html')), [
    `${MAPPINGS} PS352`,
  ]);
});

test('a data access tag without mapping', async () => {
  const found = await brings((files) => {
    edit(QUERIES, 'coreTable="students" flattened="true"', 'coreTable="students" flattened="true" dat="true"')(files);
    edit(MAPPINGS, '<implies allow="post">/ws/schema/query/org.cedar.roster.students.list</implies>', '')(files);
  });
  assert.deepEqual(found, [`${QUERIES} PS357`]);
});

test('a column that is not requested, and a field of a condition', async () => {
  assert.deepEqual(await brings(edit(PLUGIN, '<field table="STUDENTS" field="LAST_NAME" access="ViewOnly" />', '')), [
    `${QUERIES} PS475`,
  ]);
  const found = await findings(packageOf(rosterFiles()));
  assert.ok(!found.some((finding) => finding.endsWith('PS475')));
});

test('fields of joins and conditions count once every column is requested', async () => {
  const { files } = await lintPackage(packageOf(rosterFiles()));
  const found = files.flatMap(({ diagnostics }) => diagnostics).find(({ code }) => code === 'PS476');
  assert.equal(found, undefined);
  const without = rosterFiles();
  edit(QUERIES, 's.enroll_status <= 0', 's.sched_yearofgraduation > 0')(without);
  const more = (await lintPackage(packageOf(without))).files.flatMap(({ diagnostics }) => diagnostics);
  assert.match(more.find(({ code }) => code === 'PS476')?.message ?? '', /STUDENTS\.SCHED_YEAROFGRADUATION/);
});

test('a request that nothing uses', async () => {
  assert.deepEqual(
    await brings(edit(PLUGIN, '<!-- Students -->', '<field table="STUDENTS" field="WEB_PASSWORD" access="ViewOnly"/>')),
    [`${PLUGIN} PS477`],
  );
});

test('a table that the package does not define, though it defines others', async () => {
  const found = await brings(edit(PLUGIN, 'table="U_CEDAR"', 'table="U_CEDARS"'));
  assert.ok(found.includes(`${PLUGIN} PS478`));
  const alone = await brings((files) => delete files['user_schema_root/U_cedar.xml']);
  assert.deepEqual(alone, [`${PLUGIN} PS479`]);
});

test('one query name in two files', async () => {
  const found = await brings((files) => (files['queries_root/second.named_queries.xml'] = files[QUERIES] ?? ''));
  assert.equal(found.filter((finding) => finding === 'queries_root/second.named_queries.xml PS480').length, 2);
});

test('a page that shows a text which no language has', async () => {
  assert.deepEqual(await brings(edit('WEB_ROOT/admin/roster/home.html', 'roster.room]', 'roster.rooms]')), [
    'WEB_ROOT/admin/roster/home.html PS487',
  ]);
});

test('a page catalog that points to a page which is not there', async () => {
  assert.deepEqual(await brings(edit('pagecataloging/roster.json', '/admin/roster/home', '/admin/roster/house')), [
    'pagecataloging/roster.json PS488',
  ]);
});

test('a language that lacks keys of another', async () => {
  assert.deepEqual(
    await brings(edit('MessageKeys/roster.US_es.properties', 'psx.htmlc.admin.roster.room = Sala\n', '')),
    ['MessageKeys/roster.US_es.properties PS489'],
  );
});

test('pages that call /ws/v1 without the level for it', async () => {
  const found = await brings((files) => {
    edit(PLUGIN, 'accessLevelV1Api="READ" ', '')(files);
    edit('WEB_ROOT/admin/roster/home.html', '</body>', '<script>fetch("/ws/v1/district")</script></body>')(files);
  });
  assert.deepEqual(found, [`${PLUGIN} PS177`]);
});

test('settings and comments set findings across files aside', async () => {
  const files = rosterFiles();
  edit(PLUGIN, '<!-- Students -->', '<field table="STUDENTS" field="WEB_PASSWORD" access="ViewOnly"/>')(files);
  assert.ok(!(await findings(packageOf(files), { PS477: 'off' })).some((finding) => finding.includes('PS477')));
  edit(PLUGIN, '<!-- Grants', '<!-- powerschool-disable PS477 --><!-- Grants')(files);
  assert.ok(!(await findings(packageOf(files))).some((finding) => finding.includes('PS477')));
});
