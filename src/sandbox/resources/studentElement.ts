import { keyOf, numberOf, textOf } from '../district/cell.ts';
import type { Row } from '../district/district.ts';
import type { Element, ElementValue } from '../wire/element.ts';

/** Columns of the students table that the record needs in any case. */
export const STUDENT_BASE_COLUMNS =
  'dcid, student_number, state_studentnumber, student_web_id, first_name, middle_name, last_name';

/** What the expansions need besides the student's own row. */
export interface StudentRelations {
  /** The one field here that the access request of the plugin governs on v1 too. */
  readonly ssnGranted: boolean;
  /** `Schools.DCID` of a school number. */
  schoolId(schoolNumber: number): number | undefined;
  /** Name of an FTE. */
  fullTimeEquivalency(id: number): string | undefined;
  races(student: Row): readonly Element[];
  email(student: Row): string | undefined;
  fees(student: Row): readonly Element[];
  counselors(student: Row): readonly Element[];
  /** Id at the identity provider. */
  globalId(student: Row): string | undefined;
}

/** The base fields of a student. */
export function studentBase(row: Row): Element {
  return {
    id: keyOf(row, 'dcid'),
    local_id: numberOf(row, 'student_number'),
    state_province_id: textOf(row, 'state_studentnumber'),
    student_username: textOf(row, 'student_web_id'),
    name: {
      first_name: textOf(row, 'first_name'),
      middle_name: textOf(row, 'middle_name'),
      last_name: textOf(row, 'last_name'),
    },
  };
}

/** One optional part of a student; an element without content becomes `""` on the wire. */
export type StudentExpansion = (row: Row, relations: StudentRelations) => ElementValue;

/** The optional parts by name. */
export const STUDENT_EXPANSIONS: Readonly<Record<string, StudentExpansion>> = {
  demographics: (row, relations) => ({
    gender: textOf(row, 'gender'),
    birth_date: textOf(row, 'dob'),
    district_entry_date: textOf(row, 'districtentrydate'),
    projected_graduation_year: numberOf(row, 'sched_yearofgraduation'),
    ssn: relations.ssnGranted ? textOf(row, 'ssn') : undefined,
  }),
  addresses: (row) => ({ physical: address(row, '', 'geocode'), mailing: address(row, 'mailing_', 'mailing_geocode') }),
  alerts: (row) => ({
    legal: alert(row, 'alert_guardian'),
    discipline: alert(row, 'alert_discipline'),
    medical: alert(row, 'alert_medical'),
    other: alert(row, 'alert_other'),
  }),
  phones: (row) => {
    const number = textOf(row, 'home_phone');
    return { main: number === undefined ? undefined : { number } };
  },
  school_enrollment: schoolEnrollment,
  ethnicity_race: (row, relations) => ({
    scheduling_reporting_ethnicity: textOf(row, 'ethnicity'),
    federal_ethnicity: FEDERAL_ETHNICITY[numberOf(row, 'fedethnicity') ?? -1],
    federal_race_decline_indicator: numberOf(row, 'fedracedecline') === 1 ? 'DECLINE_TO_SPECIFY' : undefined,
    races: relations.races(row),
  }),
  contact: (row) => ({
    emergency_contact_name1: textOf(row, 'emerg_contact_1'),
    emergency_phone1: textOf(row, 'emerg_phone_1'),
    emergency_contact_name2: textOf(row, 'emerg_contact_2'),
    emergency_phone2: textOf(row, 'emerg_phone_2'),
    guardian_fax: textOf(row, 'guardianfax'),
    guardian_email: textOf(row, 'guardianemail'),
    mother: textOf(row, 'mother'),
    father: textOf(row, 'father'),
    doctor_name: textOf(row, 'doctor_name'),
    doctor_phone: textOf(row, 'doctor_phone'),
  }),
  contact_info: (row, relations) => ({ email: relations.email(row) }),
  initial_enrollment: (row) => ({
    district_entry_date: textOf(row, 'districtentrydate'),
    district_entry_grade_level: numberOf(row, 'districtentrygradelevel'),
    school_entry_date: textOf(row, 'schoolentrydate'),
    school_entry_grade_level: numberOf(row, 'schoolentrygradelevel'),
  }),
  schedule_setup: (row) => ({
    home_room: textOf(row, 'home_room'),
    next_school: numberOf(row, 'next_school'),
    sched_next_year_grade: numberOf(row, 'sched_nextyeargrade'),
  }),
  fees: (row, relations) => ({ fee: relations.fees(row) }),
  lunch: (row) => ({
    lunch_id: numberOf(row, 'lunch_id'),
    balance_1: money(row, 'balance1'),
    balance_2: money(row, 'balance2'),
    balance_3: money(row, 'balance3'),
    balance_4: money(row, 'balance4'),
    last_meal: textOf(row, 'lastmeal'),
  }),
  counselors: (row, relations) => ({ counselor: relations.counselors(row) }),
  global_id: (row, relations) => relations.globalId(row),
};

const FEDERAL_ETHNICITY: Readonly<Record<number, string>> = { 0: 'NO', 1: 'YES' };

/** Letter and description of an enrollment status code; other codes are inactive. */
export function enrollStatus(code: number): { readonly letter: string; readonly description: string } {
  const [letter, description] = ENROLL_STATUS[code] ?? ['I', 'Inactive'];
  return { letter, description };
}

const ENROLL_STATUS: Readonly<Record<number, readonly [letter: string, description: string]>> = {
  [-1]: ['P', 'Pre-Registered'],
  0: ['A', 'Active'],
  2: ['T', 'Transferred-Out'],
  3: ['G', 'Graduated'],
  4: ['H', 'Historical'],
};

function schoolEnrollment(row: Row, relations: StudentRelations): Element {
  const code = numberOf(row, 'enroll_status') ?? 0;
  const status = enrollStatus(code);
  const fteId = numberOf(row, 'fteid');
  const schoolNumber = numberOf(row, 'schoolid');
  return {
    enroll_status: status.letter,
    enroll_status_description: status.description,
    enroll_status_code: code,
    grade_level: numberOf(row, 'grade_level'),
    entry_date: textOf(row, 'entrydate'),
    exit_date: textOf(row, 'exitdate'),
    school_number: schoolNumber,
    school_id: schoolNumber === undefined ? undefined : relations.schoolId(schoolNumber),
    entry_code: textOf(row, 'entrycode'),
    entry_comment: textOf(row, 'transfercomment'),
    exit_code: textOf(row, 'exitcode'),
    exit_comment: textOf(row, 'exitcomment'),
    district_of_residence: textOf(row, 'districtofresidence'),
    track: textOf(row, 'track'),
    full_time_equivalency:
      fteId === undefined ? undefined : { fteid: fteId, name: relations.fullTimeEquivalency(fteId) },
  };
}

function address(row: Row, prefix: string, geocode: string): Element | undefined {
  return filled({
    street: textOf(row, `${prefix}street`),
    city: textOf(row, `${prefix}city`),
    state_province: textOf(row, `${prefix}state`),
    postal_code: textOf(row, `${prefix}zip`),
    grid_location: textOf(row, geocode),
  });
}

function alert(row: Row, column: string): Element | undefined {
  return filled({ description: textOf(row, column), expires_date: textOf(row, `${column}expires`) });
}

/** Two decimals as text: lunch balances stay strings in JSON. */
function money(row: Row, column: string): string | undefined {
  return numberOf(row, column)?.toFixed(2);
}

/** The element, or undefined when nothing is in it. */
function filled(element: Element): Element | undefined {
  const some = Object.values(element).some(
    (value) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return some ? element : undefined;
}
