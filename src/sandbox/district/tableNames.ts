import type { TableSource } from './dictionary.ts';

/** Spellings of the data dictionary that no rule gives. */
const TABLE_NAMES: Readonly<Record<string, string>> = {
  cc: 'CC',
  fte: 'FTE',
  gen: 'Gen',
  storedgrades: 'StoredGrades',
  spenrollments: 'SPEnrollments',
  schoolstaff: 'SchoolStaff',
  sectionteacher: 'SectionTeacher',
  studentcorefields: 'StudentCoreFields',
  userscorefields: 'UsersCoreFields',
  termbins: 'TermBins',
  reenrollments: 'ReEnrollments',
  studentrace: 'StudentRace',
  studenttest: 'StudentTest',
  studenttestscore: 'StudentTestScore',
  testscore: 'TestScore',
  studentcontactassoc: 'StudentContactAssoc',
  studentcontactdetail: 'StudentContactDetail',
  pgfinalgrades: 'PGFinalGrades',
  pgassignments: 'PGAssignments',
  gradescaleitem: 'GradeScaleItem',
  codeset: 'CodeSet',
  u_bikepermits: 'U_BikePermits',
};

/** The dictionary's spelling of a table name; names without an entry are put in title case. */
export function canonicalTableName(name: string): string {
  return TABLE_NAMES[name.toLowerCase()] ?? titleCase(name);
}

/**
 * The dictionary's spelling of a column name (`schoolid` is `SchoolID`, `logtypeid` is `LogTypeID`), as far as a rule
 * gives it: the catalogue keeps lower case only.
 */
export function canonicalColumnName(name: string): string {
  const lower = name.toLowerCase();
  return COLUMN_NAMES[lower] ?? titleCase(lower).replace(/(dcid|id)$/i, (tail) => tail.toUpperCase());
}

const COLUMN_NAMES: Readonly<Record<string, string>> = {
  dcid: 'DCID',
  id: 'ID',
  lastfirst: 'LastFirst',
  schoolid: 'SchoolID',
  studentid: 'StudentID',
  studentsdcid: 'StudentsDCID',
  logtypeid: 'LogTypeID',
  entrydate: 'EntryDate',
  exitdate: 'ExitDate',
  dob: 'DOB',
  ssn: 'SSN',
};

function titleCase(name: string): string {
  return name
    .split('_')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase())
    .join('_');
}

const AUDIT = [
  { name: 'whocreated', type: 'string' },
  { name: 'whencreated', type: 'datetime' },
  { name: 'whomodified', type: 'string' },
  { name: 'whenmodified', type: 'datetime' },
] as const;

/** Tables that the invented district created for itself: one-to-one, child and standalone extensions. */
export const DISTRICT_TABLES: readonly TableSource[] = [
  {
    name: 'u_bikepermits',
    description: 'Bicycle permits of students, one row each',
    kind: 'user extension',
    primaryKey: 'studentsdcid',
    columns: [
      { name: 'studentsdcid', type: 'integer', description: 'Points to Students.DCID' },
      { name: 'id', type: 'integer' },
      { name: 'permit_no', type: 'string', description: 'Number on the sticker' },
      { name: 'expires_on', type: 'date' },
      { name: 'bikes', type: 'integer', description: 'How many bicycles the permit covers' },
      { name: 'note', type: 'clob' },
      ...AUDIT,
    ],
  },
  {
    name: 'u_devices',
    description: 'Devices lent to students, several rows each',
    kind: 'user extension',
    primaryKey: 'id',
    columns: [
      { name: 'id', type: 'integer' },
      { name: 'studentsdcid', type: 'integer', description: 'Points to Students.DCID' },
      { name: 'asset_tag', type: 'string' },
      { name: 'model', type: 'string' },
      { name: 'lent_on', type: 'date' },
      { name: 'returned', type: 'integer', description: '1 when it came back' },
      ...AUDIT,
    ],
  },
  {
    name: 'u_busstops',
    description: 'Bus stops of the district, extends no table',
    kind: 'user extension',
    primaryKey: 'id',
    columns: [
      { name: 'id', type: 'integer' },
      { name: 'stop_code', type: 'string' },
      { name: 'street', type: 'string' },
      { name: 'latitude', type: 'number' },
      { name: 'longitude', type: 'number' },
      ...AUDIT,
    ],
  },
  oneToOne('u_schoolinfo', 'schoolsdcid', 'Schools', 'mascot'),
  oneToOne('u_courseinfo', 'coursesdcid', 'Courses', 'textbook'),
  oneToOne('u_sectioninfo', 'sectionsdcid', 'Sections', 'room_note'),
  oneToOne('u_ccinfo', 'ccdcid', 'CC', 'seat'),
  oneToOne('u_staffinfo', 'schoolstaffdcid', 'SchoolStaff', 'badge_no'),
];

function oneToOne(name: string, key: string, parent: string, column: string): TableSource {
  return {
    name,
    description: `One-to-one extension of ${parent}`,
    kind: 'user extension',
    primaryKey: key,
    columns: [
      { name: key, type: 'integer', description: `Points to ${parent}.DCID` },
      { name: column, type: 'string' },
      ...AUDIT,
    ],
  };
}
