import type { FieldGrants } from '../auth/installedPlugin.ts';
import { keyOf, numberOf, textOf } from '../district/cell.ts';
import type { District, Row } from '../district/district.ts';
import { GEN_CATEGORIES } from '../district/rows/codes.ts';
import type { Element } from '../wire/element.ts';
import type { StudentRelations } from './studentElement.ts';

/** What the asked expansions need from other tables, read once for all rows of a page. */
export function studentRelations(
  district: District,
  rows: readonly Row[],
  asked: ReadonlySet<string>,
  grants: FieldGrants,
): StudentRelations {
  const none = new Map<number, never[]>();
  const schools = asked.has('school_enrollment') ? schoolIds(district) : new Map<number, number>();
  const fte = asked.has('school_enrollment') ? fteNames(district) : new Map<number, string | undefined>();
  const races = asked.has('ethnicity_race') ? racesOf(district, rows) : none;
  const emails = asked.has('contact_info') ? emailsOf(district, rows) : new Map<number, string>();
  const fees = asked.has('fees') ? feesOf(district, rows) : none;
  const counselors = asked.has('counselors') ? counselorsOf(district) : none;
  const globalIds = asked.has('global_id') ? globalIdsOf(district, rows) : new Map<number, string>();
  return {
    ssnGranted: grants.access('students', 'ssn') !== undefined,
    globalId: (row) => globalIds.get(keyOf(row, 'dcid')),
    schoolId: (schoolNumber) => schools.get(schoolNumber),
    fullTimeEquivalency: (id) => fte.get(id),
    races: (row) => races.get(keyOf(row, 'id')) ?? [],
    email: (row) => emails.get(numberOf(row, 'person_id') ?? 0),
    fees: (row) => fees.get(keyOf(row, 'dcid')) ?? [],
    // Kept short: an elementary school of this district has its counselor, but no student is assigned to one.
    counselors: (row) => (keyOf(row, 'grade_level') >= 6 ? (counselors.get(keyOf(row, 'schoolid')) ?? []) : []),
  };
}

function schoolIds(district: District): Map<number, number> {
  const rows = district.all('SELECT dcid, school_number FROM schools');
  return new Map(rows.map((row) => [keyOf(row, 'school_number'), keyOf(row, 'dcid')]));
}

function fteNames(district: District): Map<number, string | undefined> {
  return new Map(district.all('SELECT id, name FROM fte').map((row) => [keyOf(row, 'id'), textOf(row, 'name')]));
}

function racesOf(district: District, rows: readonly Row[]): Map<number, Element[]> {
  const races = district.all(
    'SELECT studentid, racecd FROM studentrace WHERE studentid IN (SELECT value FROM json_each(?)) ORDER BY dcid',
    [keys(rows, 'id')],
  );
  return grouped(races, 'studentid', (race) => ({
    district_race_code: textOf(race, 'racecd'),
    district_race_code_description: RACE_NAMES.get(textOf(race, 'racecd') ?? ''),
    federal_race_code_category: textOf(race, 'racecd'),
  }));
}

const RACE_NAMES: ReadonlyMap<string, string> = new Map(GEN_CATEGORIES.racecodes);

function emailsOf(district: District, rows: readonly Row[]): Map<number, string> {
  const emails = district.all(
    `SELECT a.personid, e.emailaddress FROM personemailaddressassoc a
      JOIN emailaddress e ON e.emailaddressid = a.emailaddressid
      WHERE a.personid IN (SELECT value FROM json_each(?)) ORDER BY a.isprimaryemailaddress`,
    [keys(rows, 'person_id')],
  );
  return new Map(emails.map((row) => [keyOf(row, 'personid'), String(row['emailaddress'])]));
}

function feesOf(district: District, rows: readonly Row[]): Map<number, Element[]> {
  const dcids = keys(rows, 'dcid');
  const transactions = grouped(
    district.all(
      'SELECT * FROM internal.fee_transaction WHERE studentsdcid IN (SELECT value FROM json_each(?)) ORDER BY id',
      [dcids],
    ),
    'fee_id',
    (row) => ({
      id: keyOf(row, 'id'),
      transaction_amount: numberOf(row, 'amount'),
      transaction_date: textOf(row, 'date'),
      transaction_description: textOf(row, 'description'),
      payment_method: textOf(row, 'method'),
      school_id: numberOf(row, 'schoolid'),
      starting_balance: numberOf(row, 'starting_balance'),
      global_net_balance: numberOf(row, 'net_balance'),
      transaction_type: textOf(row, 'type'),
    }),
  );
  const fees = district.all(
    'SELECT * FROM internal.fee WHERE studentsdcid IN (SELECT value FROM json_each(?)) ORDER BY id',
    [dcids],
  );
  return grouped(fees, 'studentsdcid', (fee) => ({
    id: keyOf(fee, 'id'),
    fee_amount: numberOf(fee, 'amount'),
    fee_balance: numberOf(fee, 'balance'),
    fee_description: textOf(fee, 'name'),
    date_created: textOf(fee, 'created'),
    date_modified: textOf(fee, 'modified'),
    transaction_date: textOf(fee, 'created'),
    priority: 1,
    pro_ratable_indicator: 0,
    school_id: numberOf(fee, 'schoolid'),
    school_fee_id: numberOf(fee, 'type_id'),
    year_id: district.schoolYear.yearId,
    category_name: 'Course',
    type_id: numberOf(fee, 'type_id'),
    type_name: textOf(fee, 'name'),
    fee_transaction: transactions.get(keyOf(fee, 'id')) ?? [],
  }));
}

function counselorsOf(district: District): Map<number, Element[]> {
  const rows = district.all(
    `SELECT s.dcid, s.schoolid, s.users_dcid, u.first_name, u.last_name FROM schoolstaff s
      JOIN users u ON u.dcid = s.users_dcid WHERE u.title = 'Counselor' AND s.status = 1 ORDER BY s.dcid`,
  );
  return grouped(rows, 'schoolid', (row) => ({
    id: keyOf(row, 'dcid'),
    userDcid: keyOf(row, 'users_dcid'),
    firstName: textOf(row, 'first_name'),
    lastName: textOf(row, 'last_name'),
    isPrimary: true,
  }));
}

function globalIdsOf(district: District, rows: readonly Row[]): Map<number, string> {
  const accounts = district.all(
    `SELECT a.studentsdcid, p.openiduseraccountid FROM accessstudent a
      JOIN pcas_externalaccountmap p ON p.pcas_accounttoken = a.accountidentifier AND p.applicationusertype = 'student'
      WHERE a.studentsdcid IN (SELECT value FROM json_each(?))`,
    [keys(rows, 'dcid')],
  );
  return new Map(accounts.map((row) => [keyOf(row, 'studentsdcid'), String(row['openiduseraccountid'])]));
}

/** The distinct keys of a column as a JSON list, for `json_each`. */
function keys(rows: readonly Row[], column: string): string {
  return JSON.stringify(rows.map((row) => numberOf(row, column)).filter((key) => key !== undefined));
}

function grouped(rows: readonly Row[], column: string, element: (row: Row) => Element): Map<number, Element[]> {
  const groups = new Map<number, Element[]>();
  for (const row of rows) {
    const key = keyOf(row, column);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [element(row)]);
    else group.push(element(row));
  }
  return groups;
}
