import type { FieldAccess } from '../auth/installedPlugin.ts';
import type { TableDefinition } from '../district/dictionary.ts';
import { jsonAnswer, type Answer } from '../server/answer.ts';
import { callerOf, notFound, type Call } from '../server/call.ts';
import type { Route } from '../server/router.ts';
import { namesParameter } from './expansions.ts';
import { tableOf } from './tableAccess.ts';

/** What tables there are, by area and by name. */
export const TABLE_CATALOG_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/ws/schema/area', access: 'token', handler: answerAreas },
  { method: 'GET', path: '/ws/schema/area/{area}/table', access: 'token', handler: answerAreaTables },
  { method: 'GET', path: '/ws/schema/table', access: 'token', handler: answerTables },
  { method: 'GET', path: '/ws/schema/table/{tablename}/metadata', access: 'token', handler: answerMetadata },
];

/** Functional areas and the tables in them; a table of no area is in `other`. */
const AREAS: readonly { readonly name: string; readonly display: string; readonly tables: RegExp }[] = [
  { name: 'attendance', display: 'Attendance', tables: /^(attendance|bell_|calendar_|cycle_|fte$|period$)/ },
  {
    name: 'contacts',
    display: 'Contacts',
    tables: /^(person|phonenumber|emailaddress|studentcontact|originalcontact|guardian|relationship)/,
  },
  {
    name: 'grades',
    display: 'Grades',
    tables: /^(storedgrades|pg|grade|termbins|assignment|teachercategory|districtteachercategory|gp)/,
  },
  {
    name: 'schedule',
    display: 'Scheduling',
    tables: /^(cc|sections?|section_|sectionteacher|courses|school_course|terms|s_nj_crs|u_course|u_section|u_cc)/,
  },
  { name: 'schools', display: 'Schools', tables: /^(schools|u_school|prefs|gen$|codeset|u_busstops)/ },
  {
    name: 'staff',
    display: 'Staff',
    tables: /^(schoolstaff|users|teacherrace|roledef|u_staff|accessadmin|accessteacher)/,
  },
  {
    name: 'students',
    display: 'Students',
    tables: /^(students?|s_stu|u_|log$|reenrollments|spenrollments|transportation|accessstudent|test)/,
  },
  { name: 'other', display: 'Other', tables: /^/ },
];

function answerAreas(): Answer {
  return jsonAnswer({
    areas: AREAS.map(({ name, display }) => ({ name, display, userVisible: true, subareas: [] })),
  });
}

function answerAreaTables(call: Call): Answer {
  const name = (call.parameters['area'] ?? '').toLowerCase();
  if (!AREAS.some((area) => area.name === name)) throw notFound();
  return jsonAnswer({
    area: name,
    tables: openTables(call)
      .filter((table) => areaOf(table) === name)
      .map(tableEntry),
  });
}

function answerTables(call: Call): Answer {
  return jsonAnswer({ tables: openTables(call).map(tableEntry) });
}

function answerMetadata(call: Call): Answer {
  const table = tableOf(call);
  const { grants } = callerOf(call);
  const expansions = namesParameter(call, 'expansions');
  const parent = table.parent === undefined ? undefined : call.sandbox.district.dictionary.required(table.parent);
  return jsonAnswer({
    name: table.displayName,
    comment: table.description,
    primaryKey: table.primaryKey,
    queries: [],
    schemaType: table.kind === 'core' ? 'CORE' : 'EXTENSION',
    ...(parent === undefined ? {} : { coreTable: parent.displayName }),
    collection: table.kind === 'child',
    columns: table.columns.map((column) => ({
      name: column.name.toUpperCase(),
      access: accessName(grants.access(table.name, column.name)),
    })),
    ...(expansions.has('uservisible') ? { userVisible: true } : {}),
  });
}

function accessName(access: FieldAccess | undefined): string {
  return access ?? 'NoAccess';
}

function openTables(call: Call): readonly TableDefinition[] {
  return call.sandbox.district.dictionary.tables.filter((table) => table.kind !== 'view');
}

function areaOf(table: TableDefinition): string | undefined {
  return AREAS.find((area) => area.tables.test(table.name))?.name;
}

function tableEntry(table: TableDefinition): unknown {
  return { name: table.displayName, display: table.displayName, userVisible: true, primaryKey: table.primaryKey };
}
