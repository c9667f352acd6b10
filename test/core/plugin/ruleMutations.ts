import { placesOf } from './markupPlaces.ts';
import { splice, type Mutation, type ValidFile } from './mutation.ts';

/** Single faults against the rules beyond schema and well-formedness. Each edit: what is replaced, by what, where the finding is. */
interface Edit {
  readonly name: string;
  readonly code: string;
  readonly find: string;
  readonly put: string;
  /** A part of the mutated text at which the finding starts; its first occurrence at or after the edit's line start. */
  readonly at: string;
}

const MANIFEST: readonly Edit[] = [
  {
    name: 'registration over http',
    code: 'PS145',
    find: 'registration url="https://',
    put: 'registration url="http://',
    at: 'url="http://',
  },
  { name: 'openid host with scheme', code: 'PS146', find: 'host="sso', put: 'host="https://sso', at: 'host=' },
  {
    name: 'openid host with a port',
    code: 'PS146',
    find: 'sso.cedar.invalid"',
    put: 'sso.cedar.invalid:80"',
    at: 'host=',
  },
  {
    name: 'openid host with a path',
    code: 'PS146',
    find: 'sso.cedar.invalid"',
    put: 'sso.cedar.invalid/x"',
    at: 'host=',
  },
  { name: 'port too high', code: 'PS138', find: 'port="8443"', put: 'port="65536"', at: 'port=' },
  { name: 'port with letters', code: 'PS138', find: 'port="8443"', put: 'port="https"', at: 'port=' },
  {
    name: 'saml without base-url',
    code: 'PS147',
    find: ' base-url="https://saml.cedar.invalid/app"',
    put: '',
    at: '<saml',
  },
  {
    name: 'saml with both roles',
    code: 'PS148',
    find: ' nameid-format',
    put: ' idp-name="x" nameid-format',
    at: '<saml',
  },
  {
    name: 'letters in the version',
    code: 'PS150',
    find: 'version="1.4.0"',
    put: 'version="1.4.0-beta"',
    at: 'version="1.4',
  },
  { name: 'no version', code: 'PS151', find: 'version="1.4.0"', put: '', at: '<plugin' },
  { name: 'empty version', code: 'PS151', find: 'version="1.4.0"', put: 'version=""', at: 'version=""' },
  { name: 'e-mail without @', code: 'PS154', find: 'plugins@cedar', put: 'plugins.cedar', at: 'email=' },
  { name: 'placeholder', code: 'PS155', find: 'name="Cedar Ridge', put: 'name="Your Name', at: 'name="Your' },
  {
    name: 'field twice',
    code: 'PS156',
    find: '<field table="U_CEDAR" field="ROOM" access="FullAccess"/>',
    put: '<field table="students" field="dcid" access="ViewOnly"/>',
    at: '<field table="students"',
  },
  {
    name: 'field with two accesses',
    code: 'PS157',
    find: '<field table="U_CEDAR" field="ROOM"',
    put: '<field table="students" field="dcid"',
    at: '<field table="students"',
  },
  {
    name: 'write access to a core table',
    code: 'PS158',
    find: 'field="DCID" access="ViewOnly"',
    put: 'field="DCID" access="FullAccess"',
    at: 'access="Full',
  },
  { name: 'SSN', code: 'PS159', find: 'field="FIRST_NAME"', put: 'field="ssn"', at: 'field="ssn"' },
  { name: 'field *', code: 'PS163', find: 'field="FIRST_NAME"', put: 'field="*"', at: 'field="*"' },
  { name: 'blank in a table name', code: 'PS164', find: 'table="U_CEDAR"', put: 'table=" U_CEDAR"', at: 'table=" U' },
  {
    name: 'cdn with a path',
    code: 'PS165',
    find: 'https://cdn.cedar.invalid',
    put: 'https://cdn.cedar.invalid/lib.js',
    at: 'name="https://cdn',
  },
  {
    name: 'long cdn',
    code: 'PS166',
    find: 'https://cdn.cedar.invalid',
    put: 'https://cdn.a-very-long-name-for-a-host-of-scripts.invalid',
    at: 'name="https://cdn',
  },
  {
    name: 'cdn twice',
    code: 'PS168',
    find: '</cdn_request>',
    put: '<cdn name="https://CDN.cedar.invalid"/></cdn_request>',
    at: 'name="https://CDN',
  },
  {
    name: 'ui_context twice',
    code: 'PS169',
    find: 'teacher.pro.apps',
    put: 'admin.left_nav',
    at: 'id="admin.left_nav"/>\n      </',
  },
  {
    name: 'FULL access to v1',
    code: 'PS170',
    find: 'accessLevelV1Api="READ"',
    put: 'accessLevelV1Api="FULL"',
    at: 'accessLevel',
  },
  {
    name: 'script in a link',
    code: 'PS171',
    find: '/admin/roster/home.html',
    put: 'javascript:alert(1)',
    at: 'path="java',
  },
  {
    name: 'write access to a view',
    code: 'PS173',
    find: 'table="U_CEDAR"',
    put: 'table="PS_ENROLLMENT"',
    at: 'access="Full',
  },
  {
    name: 'wrong schemaLocation',
    code: 'PS176',
    find: 'pearson.com plugin.xsd"',
    put: 'pearson.com"',
    at: 'xsi:schemaLocation',
  },
  { name: 'wrong persona', code: 'PS138', find: '>teacher<', put: '>janitor<', at: '<allow-persona>janitor' },
  {
    name: 'saml attributes before links',
    code: 'PS142',
    find: '\t\t<links>\n\t\t\t<link display-text="Cedar" path',
    put: '\t\t<attributes><user type="admin"><attribute name="a"/></user></attributes>\n\t\t<links>\n\t\t\t<link display-text="Cedar" path',
    at: '<links>\n\t\t\t<link display-text="Cedar" path',
  },
  {
    name: 'blank in an empty element',
    code: 'PS141',
    find: '<cdn name="https://cdn.cedar.invalid"/>',
    put: '<cdn name="https://cdn.cedar.invalid"> </cdn>',
    at: ' </cdn>',
  },
  { name: 'wrong namespace of xsi', code: 'PS131', find: 'XMLSchema-instance', put: 'XMLSchema', at: 'xmlns:xsi' },
];

const QUERIES: readonly Edit[] = [
  {
    name: 'two queries of one name',
    code: 'PS248',
    find: 'org.cedar.roster.rooms.list',
    put: 'org.cedar.roster.students.list',
    at: 'name="org.cedar.roster.students.list" coreTable="u_',
  },
  {
    name: 'three parts in a name',
    code: 'PS245',
    find: 'org.cedar.roster.rooms.list',
    put: 'cedar.rooms.list',
    at: 'name="cedar',
  },
  {
    name: 'name of PowerSchool',
    code: 'PS246',
    find: 'org.cedar.roster.rooms',
    put: 'com.pearson.roster.rooms',
    at: 'name="com',
  },
  {
    name: 'blank in a name',
    code: 'PS250',
    find: '"org.cedar.roster.rooms',
    put: '" org.cedar.roster.rooms',
    at: 'name=" org',
  },
  {
    name: 'a column too few',
    code: 'PS252',
    find: '      <column>STUDENTS.GRADE_LEVEL</column>\n',
    put: '',
    at: '<columns>\n      <column column="STUDENTS',
  },
  {
    name: 'a column too many',
    code: 'PS252',
    find: '      <column>STUDENTS.GRADE_LEVEL</column>\n',
    put: '      <column>STUDENTS.GRADE_LEVEL</column>\n<column>x</column>',
    at: '<columns>\n      <column column="STUDENTS',
  },
  {
    name: 'columns swapped',
    code: 'PS253',
    find: '<column column="STUDENTS.FIRST_NAME">first_name</column>\n      <column column="STUDENTS.LAST_NAME">last_name</column>',
    put: '<column column="STUDENTS.LAST_NAME">last_name</column>\n      <column column="STUDENTS.FIRST_NAME">first_name</column>',
    at: '<column column="STUDENTS.LAST',
  },
  { name: 'expression without a name', code: 'PS254', find: ' grade_level -- the', put: ' -- the', at: 'decode(' },
  {
    name: 'two expressions of one name',
    code: 'PS255',
    find: 's.first_name,\n',
    put: 's.first_name as dcid,\n',
    at: 's.first_name as dcid',
  },
  { name: 'argument not declared', code: 'PS256', find: '= :grade', put: '= :level', at: ':level' },
  {
    name: 'argument declared in other case',
    code: 'PS256',
    find: '<arg name="grade"',
    put: '<arg name="Grade"',
    at: ':grade',
  },
  {
    name: 'argument twice',
    code: 'PS258',
    find: '<arg name="room"',
    put: '<arg name="grade"/><arg name="room"',
    at: 'name="grade"/>',
  },
  {
    name: 'argument name with a hyphen',
    code: 'PS259',
    find: '<arg name="room"',
    put: '<arg name="my-room"/><arg name="room"',
    at: 'name="my-room"',
  },
  {
    name: 'argument name with a digit first',
    code: 'PS259',
    find: '<arg name="room"',
    put: '<arg name="1room"/><arg name="room"',
    at: 'name="1room"',
  },
  {
    name: 'alias without coreTable',
    code: 'PS260',
    find: ' coreTable="u_cedar"',
    put: '',
    at: '<column column="U_CEDAR.ROOM">',
  },
  { name: 'blank in an alias', code: 'PS261', find: '>room<', put: '>the room<', at: '<column column="U_CEDAR.ROOM">' },
  {
    name: 'column without table',
    code: 'PS262',
    find: 'column="U_CEDAR.ROOM">',
    put: 'column="ROOM">',
    at: 'column="ROOM">',
  },
  { name: 'no order', code: 'PS265', find: ' order by room', put: '', at: '<sql><![CDATA[with' },
  {
    name: 'PS-HTML tag',
    code: 'PS266',
    find: 'order by room',
    put: 'where x = ~(curschoolid) order by room',
    at: '~(curschoolid',
  },
  {
    name: 'DELETE',
    code: 'PS267',
    find: 'with r as (select room from u_cedar) select distinct room from r order by room',
    put: 'delete from u_cedar',
    at: 'delete',
  },
  { name: 'semicolon', code: 'PS268', find: 'order by room]]>', put: 'order by room;]]>', at: ';]]>' },
  {
    name: 'empty sql',
    code: 'PS269',
    find: 'with r as (select room from u_cedar) select distinct room from r order by room',
    put: '',
    at: '<sql><![CDATA[]]>',
  },
  {
    name: 'sql without CDATA',
    code: 'PS270',
    find: '<![CDATA[with r as (select room from u_cedar) select distinct room from r order by room]]>',
    put: 'select room from u_cedar order by room',
    at: '<sql>select',
  },
  {
    name: 'restricted_table in capitals',
    code: 'PS271',
    find: 'from u_cedar)',
    put: 'from <@RESTRICTED_TABLE table="u_cedar" selector="c">)',
    at: '<@RESTRICTED',
  },
  {
    name: 'view as core table',
    code: 'PS273',
    find: 'coreTable="u_cedar"',
    put: 'coreTable="PS_ENROLLMENT"',
    at: 'coreTable="PS_',
  },
  {
    name: 'dat without flattened',
    code: 'PS275',
    find: 'coreTable="u_cedar"',
    put: 'dat="true" coreTable="students"',
    at: 'dat="true"',
  },
  {
    name: 'casing without column',
    code: 'PS277',
    find: 'column="U_CEDAR.ROOM" required="false"',
    put: 'required="false"',
    at: 'casing="upper"',
  },
];

const MAPPINGS: readonly Edit[] = [
  {
    name: 'path of the page API',
    code: 'PS345',
    find: '/ws/schema/table/U_CEDAR<',
    put: '/ws/cpm/tree<',
    at: '<implies allow="get">/ws/cpm',
  },
  {
    name: 'path without /ws',
    code: 'PS345',
    find: '/ws/schema/table/U_CEDAR/#',
    put: '/schema/table/U_CEDAR/#',
    at: '<implies allow="put">/schema',
  },
  {
    name: 'core table',
    code: 'PS346',
    find: '/ws/schema/table/U_CEDAR<',
    put: '/ws/schema/table/STUDENTS<',
    at: '<implies allow="get">',
  },
  {
    name: 'query by get',
    code: 'PS349',
    find: 'allow="post">/ws/schema/query/org.cedar.roster.students',
    put: 'allow="get">/ws/schema/query/org.cedar.roster.students',
    at: 'allow="get">/ws/schema/query',
  },
  { name: 'no method', code: 'PS350', find: '<implies allow="get">', put: '<implies>', at: '<implies>' },
  {
    name: 'page without slash',
    code: 'PS351',
    find: 'name="/admin/home.html"',
    put: 'name="admin/home.html"',
    at: 'name="admin',
  },
  {
    name: 'empty permission',
    code: 'PS353',
    find: '</permission_mappings>',
    put: '<permission name="/x.html"/></permission_mappings>',
    at: '<permission name="/x',
  },
  {
    name: 'pair twice',
    code: 'PS354',
    find: 'students.list',
    put: 'rooms.list',
    at: '<implies allow="post">/ws/schema/query/org.cedar.roster.rooms.list</implies>\n    <implies allow="get">',
  },
  { name: 'empty path', code: 'PS339', find: '/ws/schema/table/U_CEDAR<', put: '<', at: '<implies allow="get"><' },
];

const DATABASE: readonly Edit[] = [
  {
    name: 'table without U_',
    code: 'PS445',
    find: 'dbTableName="U_CEDAR"',
    put: 'dbTableName="CEDAR"',
    at: 'dbTableName',
  },
  {
    name: 'long table name',
    code: 'PS446',
    find: 'dbTableName="U_CEDAR"',
    put: `dbTableName="U_${'A'.repeat(29)}"`,
    at: 'dbTableName',
  },
  { name: 'long field name', code: 'PS446', find: 'name="SINCE"', put: `name="${'A'.repeat(31)}"`, at: 'name="AAA' },
  { name: 'text without length', code: 'PS447', find: ' length="20"', put: '', at: '<field name="ROOM"' },
  {
    name: 'table of both kinds',
    code: 'PS448',
    find: 'coreTable="STUDENTS"',
    put: 'coreTable="STUDENTS" type="standalone"',
    at: '<extendedTable',
  },
  { name: 'table of no kind', code: 'PS448', find: 'coreTable="STUDENTS" ', put: '', at: '<extendedTable' },
  { name: 'unknown type', code: 'PS438', find: 'type="Date"', put: 'type="Dates"', at: 'type="Dates"' },
];

const CATALOG: readonly Edit[] = [
  {
    name: 'trailing comma',
    code: 'PS450',
    find: '"districtLevelContext": 1',
    put: '"districtLevelContext": 1,',
    at: ',\n    }',
  },
  { name: 'missing comma', code: 'PS450', find: '"navCedarRoster",', put: '"navCedarRoster"', at: '"title"' },
  { name: 'single quotes', code: 'PS450', find: '"main"', put: "'main'", at: "'main'" },
  { name: 'unclosed text', code: 'PS450', find: '"main",', put: '"main,', at: '"main,' },
  { name: 'no pages', code: 'PS451', find: '"pages"', put: '"page"', at: '"page"' },
  { name: 'no htmlID', code: 'PS452', find: '"htmlID": "navCedarRoster",', put: '', at: '{\n      \n' },
  { name: 'no version', code: 'PS453', find: '"version": "1.4.0",', put: '', at: '{\n      "html' },
  { name: 'long htmlID', code: 'PS454', find: 'navCedarRoster', put: 'n'.repeat(51), at: '"htmlID"' },
  { name: 'page outside of admin', code: 'PS456', find: '"/admin/roster', put: '"/teachers/roster', at: '"pageURL"' },
  { name: 'misspelt property', code: 'PS457', find: '"contextType"', put: '"contextTipe"', at: '"contextTipe"' },
  { name: 'misspelt htmlID', code: 'PS457', find: '"htmlID"', put: '"htmlId"', at: '"htmlId"' },
  {
    name: 'context 3',
    code: 'PS458',
    find: '"districtLevelContext": 1',
    put: '"districtLevelContext": 3',
    at: '"districtLevelContext"',
  },
  {
    name: 'context as text',
    code: 'PS458',
    find: '"districtLevelContext": 1',
    put: '"districtLevelContext": "1"',
    at: '"districtLevelContext"',
  },
];

/** The faults whose place in the text of this file was found. */
export function* ruleMutations({ fileName, text }: ValidFile): Generator<Mutation> {
  const root = fileName.endsWith('.xml') ? placesOf(text)[0]?.name : 'catalog';
  const edits = {
    plugin: MANIFEST,
    queries: QUERIES,
    permission_mappings: MAPPINGS,
    psExtension: DATABASE,
    catalog: CATALOG,
  }[root ?? ''];
  for (const { name, code, find, put, at } of edits ?? []) {
    const start = text.indexOf(find);
    if (start < 0) continue;
    const mutated = splice(text, start, start + find.length, put);
    const place = mutated.indexOf(at);
    if (place < 0) throw new Error(`${name}: “${at}” is not in the mutated text`);
    yield { name, fileName, text: mutated, at: place, codes: [code] };
  }
}
