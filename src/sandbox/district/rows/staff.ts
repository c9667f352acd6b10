import { Chance } from '../chance.ts';
import { FIRST_NAMES, LAST_NAMES, STREETS } from '../names.ts';
import type { SchoolYear } from '../schoolYear.ts';
import type { RowWriter } from '../tableBuilder.ts';
import type { SchoolPlan } from './schools.ts';

/** `schoolstaff.id` (what `teacherid` columns hold) of row n above 1: not the DCID, not `users.dcid`. */
const STAFF_ID_OFFSET = 500;

/** Id by which other tables point to a row of SchoolStaff. */
export function staffId(dcid: number): number {
  return dcid === 1 ? 1 : dcid + STAFF_ID_OFFSET;
}

/** Teachers of a school, by `schoolstaff.id`. */
export type Teachers = ReadonlyMap<number, readonly number[]>;

/**
 * People with accounts (Users) and their memberships of schools (SchoolStaff): teachers for every school, a counselor
 * each, some teachers at a second school, two people of the district office.
 */
export function writeStaff(
  writer: RowWriter,
  schools: readonly SchoolPlan[],
  teachersPerSchool: number,
  year: SchoolYear,
  seed: number,
): Teachers {
  const chance = new Chance(seed + 2);
  const teachers = new Map<number, number[]>();
  let user = 0;
  let member = 0;
  const hire = (school: number, kind: 'teacher' | 'staff', title: string): number => {
    user++;
    writeUser(writer, chance, user, school, kind, title, year);
    return user;
  };
  const join = (userDcid: number, school: number, staffstatus: number, status: number): number => {
    member++;
    writer.insert('schoolstaff', {
      dcid: member,
      id: staffId(member),
      users_dcid: userDcid,
      schoolid: school,
      staffstatus,
      status,
      balance1: 0,
      noofcurclasses: staffstatus === 1 ? 5 : 0,
    });
    writer.insert('u_staffinfo', { schoolstaffdcid: member, badge_no: `B${1000 + member}` });
    return staffId(member);
  };
  for (const school of schools) {
    const own: number[] = [];
    teachers.set(school.number, own);
    for (let count = 0; count < teachersPerSchool; count++) {
      const person = hire(school.number, 'teacher', 'Teacher');
      own.push(join(person, school.number, 1, 1));
      const other = schools[(school.dcid + count) % schools.length];
      if (count % 6 === 1 && other !== undefined && other !== school) join(person, other.number, 1, 1);
    }
    // Gone: out of the lists, which show active staff only.
    join(hire(school.number, 'teacher', 'Teacher'), school.number, 1, 2);
    join(hire(school.number, 'staff', 'Counselor'), school.number, 2, 1);
    join(hire(school.number, 'staff', 'Office'), school.number, 2, 1);
  }
  for (const title of ['Superintendent', 'Registrar']) join(hire(0, 'staff', title), 0, 2, 1);
  return teachers;
}

function writeUser(
  writer: RowWriter,
  chance: Chance,
  dcid: number,
  school: number,
  kind: 'teacher' | 'staff',
  title: string,
  year: SchoolYear,
): void {
  const first = chance.pick(FIRST_NAMES);
  const middle = chance.chance(30) ? chance.pick(FIRST_NAMES) : null;
  const last = chance.pick(LAST_NAMES);
  const login = `${plain(first).charAt(0)}${plain(last)}${dcid}`;
  const withAddress = dcid === 1 || chance.chance(70);
  writer.insert('users', {
    dcid,
    first_name: first,
    middle_name: middle,
    last_name: last,
    lastfirst: `${last}, ${first}${middle === null ? '' : ` ${middle}`}`,
    title,
    teachernumber: String(3000 + dcid),
    email_addr: `${login}@alderbrook.example`,
    loginid: kind === 'staff' ? login : null,
    teacherloginid: kind === 'teacher' ? login : null,
    homeschoolid: school,
    home_phone: chance.chance(80) || dcid === 1 ? `40655501${String(dcid % 100).padStart(2, '0')}` : null,
    school_phone: `406-555-01${String(dcid % 100).padStart(2, '0')}`,
    street: withAddress ? `${1 + chance.below(900)} ${chance.pick(STREETS)}` : null,
    city: withAddress ? 'Alderbrook' : null,
    state: withAddress ? 'MT' : null,
    zip: withAddress ? `5970${dcid % 10}` : null,
    psaccess: kind === 'staff' ? 1 : 0,
    ptaccess: kind === 'teacher' ? 1 : 0,
    ethnicity: String(1 + chance.below(6)),
    fedethnicity: 0,
    fedracedecline: 0,
    transaction_date: `${year.firstDay} 07:00:00`,
  });
  writer.insert('userscorefields', { usersdcid: dcid, gender: chance.chance(50) ? 'F' : 'M' });
  writer.insert('teacherrace', { id: dcid, teacherid: dcid, racecd: chance.pick(['A', 'B', 'I', 'W']) });
}

/** Letters without accents, lower case: for account names. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
}
