import { Chance } from '../chance.ts';
import { FIRST_NAMES, LAST_NAMES, SCHOOL_NAMES, STREETS } from '../names.ts';
import { schoolYearStarting, type SchoolYear } from '../schoolYear.ts';
import type { RowWriter } from '../tableBuilder.ts';

/** One school of the plan from which all rows are made. */
export interface SchoolPlan {
  readonly dcid: number;
  readonly number: number;
  readonly name: string;
  readonly lowGrade: number;
  readonly highGrade: number;
}

/** School number of the school that holds graduated students. */
export const GRADUATED_SCHOOL = 999999;

const LEVELS = [
  { title: 'Elementary School', low: 0, high: 5 },
  { title: 'Middle School', low: 6, high: 8 },
  { title: 'High School', low: 9, high: 12 },
] as const;

/**
 * Plans `count` schools, 3 or more: elementary, middle and high in turn, so that every grade has a school.
 * DCIDs count from 1; school numbers are different numbers (120, 240, …), as in a real district.
 */
export function planSchools(count: number): readonly SchoolPlan[] {
  return Array.from({ length: count }, (_, index) => {
    const level = LEVELS[index % LEVELS.length] ?? LEVELS[0];
    const name = SCHOOL_NAMES[index % SCHOOL_NAMES.length] ?? 'Alderbrook';
    const again = Math.floor(index / SCHOOL_NAMES.length);
    return {
      dcid: index + 1,
      number: (index + 1) * 120,
      name: `${name}${again === 0 ? '' : ` ${again + 1}`} ${level.title}`,
      lowGrade: level.low,
      highGrade: level.high,
    };
  });
}

export const DISTRICT_NAME = 'Alderbrook Unified School District';

/** Schools (with the district's graduated school) and their terms: last, current and next school year. */
export function writeSchools(writer: RowWriter, schools: readonly SchoolPlan[], year: SchoolYear, seed: number): void {
  const chance = new Chance(seed + 1);
  for (const school of schools) {
    const principal = `${chance.pick(LAST_NAMES)}, ${chance.pick(FIRST_NAMES)}`;
    const street = `${1 + chance.below(90)} ${chance.pick(STREETS)}`;
    writer.insert('schools', {
      dcid: school.dcid,
      id: school.dcid,
      name: school.name,
      abbreviation: initials(school.name),
      school_number: school.number,
      alternate_school_number: 0,
      low_grade: school.lowGrade,
      high_grade: school.highGrade,
      sortorder: school.dcid,
      schoolgroup: 0,
      district_number: 77,
      address: street,
      schooladdress: street,
      schoolcity: 'Alderbrook',
      schoolstate: 'MT',
      schoolzip: `5970${school.dcid % 10}`,
      schoolcountry: 'US',
      schoolphone: `406-555-01${String(school.dcid % 100).padStart(2, '0')}`,
      schoolfax: `406-555-01${String((school.dcid + 50) % 100).padStart(2, '0')}`,
      principal,
      principalphone: '406-555-0101',
      principalemail: `principal${school.dcid}@alderbrook.example`,
      asstprincipal: `${chance.pick(LAST_NAMES)}, ${chance.pick(FIRST_NAMES)}`,
      asstprincipalemail: `assistant${school.dcid}@alderbrook.example`,
      dfltnextschool: schools[(school.dcid % schools.length) as 0]?.number ?? 0,
      view_in_portal: 1,
      state_excludefromreporting: 0,
      issummerschool: 0,
      fee_exemption_status: 1,
      countyname: 'Cascade',
    });
  }
  writer.insert('schools', {
    dcid: schools.length + 1,
    id: schools.length + 1,
    name: 'Graduated Students',
    abbreviation: 'GRAD',
    school_number: GRADUATED_SCHOOL,
    low_grade: 99,
    high_grade: 99,
    state_excludefromreporting: 1,
  });
  writeTerms(writer, schools, year);
}

function writeTerms(writer: RowWriter, schools: readonly SchoolPlan[], year: SchoolYear): void {
  let dcid = 0;
  // The current year first: row 1 is then a term that is in use.
  for (const startYear of [year.startYear, year.startYear - 1, year.startYear + 1]) {
    const terms = termsOf(startYear);
    for (const school of schools) {
      for (const term of terms) {
        dcid++;
        writer.insert('terms', {
          dcid,
          id: term.id,
          name: term.name,
          abbreviation: term.abbreviation,
          firstday: term.firstDay,
          lastday: term.lastDay,
          yearid: startYear - 1990,
          schoolid: school.number,
          portion: term.portion,
          isyearrec: term.portion === 1 ? 1 : 0,
          noofdays: Math.round(180 / term.portion),
          termsinyear: 2,
          yearlycredithrs: 8,
          periods_per_day: 8,
          days_per_cycle: 2,
          suppresspublicview: 0,
        });
      }
    }
  }
}

export interface Term {
  readonly id: number;
  readonly name: string;
  readonly abbreviation: string;
  readonly firstDay: string;
  readonly lastDay: string;
  /** 1 is the whole year, 2 a half. */
  readonly portion: number;
}

/** The full year and two semesters of a school year. */
export function termsOf(startYear: number): readonly [Term, Term, Term] {
  const year = schoolYearStarting(startYear);
  const id = year.yearId * 100;
  const short = `${String(startYear % 100).padStart(2, '0')}-${String((startYear + 1) % 100).padStart(2, '0')}`;
  const firstHalfEnd = `${startYear + 1}-01-22`;
  return [
    {
      id,
      name: `${startYear}-${startYear + 1}`,
      abbreviation: short,
      firstDay: year.firstDay,
      lastDay: year.lastDay,
      portion: 1,
    },
    { id: id + 1, name: 'Semester 1', abbreviation: 'S1', firstDay: year.firstDay, lastDay: firstHalfEnd, portion: 2 },
    { id: id + 2, name: 'Semester 2', abbreviation: 'S2', firstDay: year.middle, lastDay: year.lastDay, portion: 2 },
  ];
}

function initials(name: string): string {
  return name
    .split(' ')
    .map((word) => word.charAt(0))
    .join('');
}
