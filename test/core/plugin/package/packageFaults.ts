import assert from 'node:assert/strict';
import { loadCatalog, loadTables } from '../../../../src/core/catalog/load.ts';
import { lintPackage, type PackageFileResult } from '../../../../src/core/plugin/package/lintPackage.ts';
import type { PackageSource, SourceFault } from '../../../../src/core/plugin/package/packageSource.ts';
import { apiUsesOf } from '../../../../src/core/request/apiUses.ts';
import { parseRequestFile } from '../../../../src/core/request/parse.ts';
import { packageOf, rosterFiles } from './packageOf.ts';

export const PLUGIN = 'plugin.xml';
export const QUERIES = 'queries_root/roster.named_queries.xml';
export const MAPPINGS = 'permissions_root/roster.permission_mappings.xml';
const PAGE = 'WEB_ROOT/admin/roster/home.html';
const CATALOG = 'pagecataloging/roster.json';
const SPANISH = 'MessageKeys/roster.US_es.properties';
const TABLES = 'user_schema_root/U_cedar.xml';

type Files = Record<string, string>;

/** One fault that needs more than the text of one file, put into the valid package. */
export interface PackageFault {
  readonly code: string;
  /** The file it is reported in. */
  readonly path: string;
  readonly change: (files: Files) => void;
  readonly kind?: PackageSource['kind'];
  readonly faults?: readonly SourceFault[];
  /** A request file that is sent with its credentials. */
  readonly request?: string;
}

/** Replaces the first occurrence, which must be there. */
export function edit(path: string, find: string, put: string): (files: Files) => void {
  return (files) => {
    const text = files[path] ?? '';
    assert.ok(text.includes(find), `${path} has no ${find}`);
    files[path] = text.replace(find, put);
  };
}

function all(...changes: readonly ((files: Files) => void)[]): (files: Files) => void {
  return (files) => {
    for (const change of changes) change(files);
  };
}

function move(from: string, to: string): (files: Files) => void {
  return (files) => {
    files[to] = files[from] ?? '';
    delete files[from];
  };
}

function add(path: string, text: string): (files: Files) => void {
  return (files) => (files[path] = text);
}

function broken(kind: SourceFault['kind'], path: string): readonly SourceFault[] {
  return [{ kind, path, detail: path }];
}

const SECOND_QUERY = `<query name="org.cedar.roster.more.list" coreTable="students">
    <columns><column column="STUDENTS.DCID">dcid</column></columns>
    <sql><![CDATA[select s.dcid as dcid from students s order by s.dcid]]></sql>
  </query>
</queries>`;

/** At least one for each code that is found across the files of a package. */
export const PACKAGE_FAULTS: readonly PackageFault[] = [
  {
    code: 'PS177',
    path: PLUGIN,
    change: all(
      edit(PLUGIN, 'accessLevelV1Api="READ" ', ''),
      edit(PAGE, '</body>', '<script>fetch("/ws/v1/district")</script></body>'),
    ),
  },
  { code: 'PS347', path: MAPPINGS, change: edit(MAPPINGS, 'students.list<', 'student.list<') },
  { code: 'PS347', path: MAPPINGS, change: edit(MAPPINGS, 'rooms.list<', 'quite.another<') },
  { code: 'PS348', path: MAPPINGS, change: edit(MAPPINGS, 'org.cedar.roster.rooms.list<', 'com.pearson.core.map<') },
  { code: 'PS352', path: MAPPINGS, change: edit(MAPPINGS, '/admin/roster/home.html', '/admin/roster/homes.html') },
  { code: 'PS355', path: QUERIES, change: edit(QUERIES, '</queries>', SECOND_QUERY) },
  {
    code: 'PS356',
    path: 'permissions_root/x.permission_mappings.xml',
    change: move(MAPPINGS, 'permissions_root/x.permission_mappings.xml'),
  },
  {
    code: 'PS357',
    path: QUERIES,
    change: all(
      edit(QUERIES, 'coreTable="students" flattened="true"', 'coreTable="students" flattened="true" dat="true"'),
      edit(MAPPINGS, '<implies allow="post">/ws/schema/query/org.cedar.roster.students.list</implies>', ''),
    ),
  },
  { code: 'PS460', path: '', change: (files) => delete files[PLUGIN] },
  {
    code: 'PS461',
    path: 'roster/plugin.xml',
    change: (files) => {
      for (const path of Object.keys(files)) move(path, `roster/${path}`)(files);
    },
  },
  { code: 'PS462', path: 'Plugin.xml', change: move(PLUGIN, 'Plugin.xml') },
  {
    code: 'PS463',
    path: 'queries_root/old/roster.named_queries.xml',
    change: move(QUERIES, 'queries_root/old/roster.named_queries.xml'),
  },
  {
    code: 'PS464',
    path: 'permissions_root/roster.mappings.xml',
    change: move(MAPPINGS, 'permissions_root/roster.mappings.xml'),
  },
  { code: 'PS464', path: 'queries_root/notes.txt', change: add('queries_root/notes.txt', '') },
  { code: 'PS465', path: 'queries_root/named_queries.xml', change: move(QUERIES, 'queries_root/named_queries.xml') },
  {
    code: 'PS465',
    path: 'permissions_root/permission_mappings.xml',
    change: move(MAPPINGS, 'permissions_root/permission_mappings.xml'),
  },
  { code: 'PS466', path: 'README.md', change: add('README.md', '# Roster') },
  {
    code: 'PS467',
    path: 'web_root/pagecataloging/x.json',
    change: add('web_root/pagecataloging/x.json', '{"pages": []}'),
  },
  { code: 'PS468', path: 'pagecataloging/readme.md', change: add('pagecataloging/readme.md', '') },
  { code: 'PS469', path: '', change: () => undefined, faults: broken('unsafePath', '../x') },
  { code: 'PS470', path: PAGE, change: () => undefined, faults: broken('tooLarge', PAGE) },
  { code: 'PS471', path: PAGE, change: () => undefined, faults: broken('unreadable', PAGE) },
  { code: 'PS472', path: PAGE, change: () => undefined, faults: broken('sameName', PAGE) },
  { code: 'PS473', path: PAGE, change: () => undefined, faults: broken('twice', PAGE) },
  {
    code: 'PS474',
    path: 'Queries_Root/roster.named_queries.xml',
    change: move(QUERIES, 'Queries_Root/roster.named_queries.xml'),
  },
  {
    code: 'PS475',
    path: QUERIES,
    change: edit(PLUGIN, '<field table="STUDENTS" field="LAST_NAME" access="ViewOnly" />', ''),
  },
  {
    code: 'PS476',
    path: QUERIES,
    change: edit(QUERIES, 's.enroll_status <= 0', 's.enroll_status <= 0 and s.sched_yearofgraduation > 0'),
  },
  {
    code: 'PS477',
    path: PLUGIN,
    change: edit(PLUGIN, '<!-- Students -->', '<field table="STUDENTS" field="WEB_PASSWORD" access="ViewOnly"/>'),
  },
  { code: 'PS478', path: PLUGIN, change: edit(PLUGIN, 'table="U_CEDAR"', 'table="U_CEDARS"') },
  {
    code: 'PS478',
    path: QUERIES,
    change: edit(QUERIES, '<column column="U_CEDAR.ROOM">', '<column column="U_CEDARS.ROOM">'),
  },
  { code: 'PS479', path: PLUGIN, change: (files) => delete files[TABLES] },
  {
    code: 'PS480',
    path: 'queries_root/second.named_queries.xml',
    change: (files) => (files['queries_root/second.named_queries.xml'] = files[QUERIES] ?? ''),
  },
  {
    code: 'PS483',
    path: PLUGIN,
    change: () => undefined,
    request: 'GET /ws/schema/table/students?projection=dcid',
  },
  { code: 'PS487', path: PAGE, change: edit(PAGE, 'roster.room]', 'roster.rooms]') },
  { code: 'PS488', path: CATALOG, change: edit(CATALOG, '/admin/roster/home', '/admin/roster/house') },
  { code: 'PS489', path: SPANISH, change: edit(SPANISH, 'psx.htmlc.admin.roster.room = Sala\n', '') },
  // a misspelt name is one fault, whatever it is compared with
  {
    code: 'PS263',
    path: QUERIES,
    change: edit(QUERIES, 'column="STUDENTS.LAST_NAME"', 'column="STUDENTS.LAST_NAMES"'),
  },
  { code: 'PS160', path: PLUGIN, change: edit(PLUGIN, 'field="ENROLL_STATUS"', 'field="ENROLL_STATS"') },
  { code: 'PS262', path: QUERIES, change: edit(QUERIES, 'column="STUDENTS.LAST_NAME"', 'column="LAST_NAME"') },
];

const [tables, catalog] = await Promise.all([loadTables(), loadCatalog()]);

/** What is found in a package of these files. */
export async function lintFiles(
  files: Readonly<Files>,
  { kind = 'zip', faults = [], request }: Partial<PackageFault> = {},
): Promise<readonly PackageFileResult[]> {
  const parsed = parseRequestFile(request ?? '');
  const requests =
    request === undefined ? [] : [{ path: 'x.ps.http', text: request, uses: apiUsesOf(parsed, catalog) }];
  return (await lintPackage({ ...packageOf(files, kind), faults }, { tables, requests })).files;
}

/** The valid package with a fault in it. */
export function faultyFiles({ change }: PackageFault): Files {
  const files = rosterFiles();
  change(files);
  return files;
}
