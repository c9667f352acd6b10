import type { SchoolYear } from '../schoolYear.ts';
import type { RowWriter } from '../tableBuilder.ts';
import type { SchoolPlan } from './schools.ts';

/** A code and what it means. */
export type Code = readonly [code: string, description: string];

/** Code lists of the district, kept in Gen by `cat`: `name` is the code, `valuet` the description. */
export const GEN_CATEGORIES = {
  entrycodes: [
    ['E1', 'New to the district'],
    ['E2', 'Returning'],
    ['E3', 'Moved from another state'],
  ],
  exitcodes: [
    ['W1', 'Moved within the district'],
    ['W2', 'Moved out of the district'],
    ['W3', 'Finished school'],
  ],
  ethnicity: [
    ['1', 'Asian'],
    ['2', 'Black or African American'],
    ['3', 'Hispanic or Latino'],
    ['4', 'American Indian'],
    ['5', 'White'],
    ['6', 'Two or more'],
  ],
  districtsofresidence: [
    ['F77', 'Alderbrook Unified'],
    ['F81', 'Stillwater Valley'],
  ],
  paymentmethods: [
    ['Cash', 'Cash'],
    ['Check', 'Check'],
    ['Card', 'Credit card'],
  ],
  federalrace: [
    ['A', 'Asian'],
    ['B', 'Black or African American'],
    ['I', 'American Indian or Alaska Native'],
    ['P', 'Native Hawaiian or Pacific Islander'],
    ['W', 'White'],
  ],
  /** `value2` is the federal category. */
  racecodes: [
    ['A', 'Asian'],
    ['B', 'Black'],
    ['I', 'American Indian'],
    ['W', 'White'],
  ],
} as const satisfies Readonly<Record<string, readonly Code[]>>;

/** Code sets of the newer tables; ids count from 1 in this order. */
const CODE_SETS: readonly (readonly [type: string, codes: readonly string[]])[] = [
  ['Relationship', ['Mother', 'Father', 'Guardian', 'Grandparent', 'Not Set']],
  ['Phone', ['Home', 'Mobile', 'Work']],
  ['Email', ['Home', 'Work']],
  ['Address', ['Home', 'Mailing']],
  ['Gender', ['F', 'M', 'X']],
  ['Prefix', ['Ms.', 'Mr.', 'Dr.']],
  ['Suffix', ['Jr.', 'Sr.']],
  ['State', ['MT', 'ID', 'WY']],
  ['Country', ['US', 'CA']],
];

/** Id of a code in CodeSet. */
export function codeSetId(type: string, code: string): number {
  let id = 0;
  for (const [setType, codes] of CODE_SETS) {
    for (const setCode of codes) {
      id++;
      if (setType === type && setCode === code) return id;
    }
  }
  throw new Error(`The sandbox district has no ${type} ${code}`);
}

/** Gen, CodeSet, FTE, roles, preferences and the grade scale. */
export function writeCodes(writer: RowWriter, schools: readonly SchoolPlan[], year: SchoolYear): void {
  let dcid = 0;
  for (const [cat, codes] of Object.entries(GEN_CATEGORIES)) {
    codes.forEach(([code, description], index) => {
      dcid++;
      const value2 = cat === 'racecodes' ? code : null;
      writer.insert('gen', {
        dcid,
        id: dcid,
        cat,
        name: code,
        valuet: description,
        value2,
        sortorder: index + 1,
        schoolid: 0,
      });
    });
  }
  let codesetid = 0;
  for (const [codetype, codes] of CODE_SETS) {
    codes.forEach((code, index) => {
      codesetid++;
      writer.insert('codeset', {
        codesetid,
        codetype,
        code,
        displayvalue: code,
        description: code,
        uidisplayorder: index + 1,
        isvisible: 1,
        ismodifiable: 1,
        isdeletable: 1,
        whocreated: 'sandbox',
        whencreated: `${year.firstDay} 06:00:00`,
      });
    });
  }
  writeFte(writer, schools, year);
  writeGradeScale(writer);
  const roles = [
    ['Lead Teacher', 'teacher.lead'],
    ['Co-teacher', 'teacher.co'],
  ] as const;
  roles.forEach(([name, rolekey], index) => {
    writer.insert('roledef', {
      id: index + 1,
      name,
      rolekey,
      isvisible: 1,
      isenabled: 1,
      islocked: 0,
      sortorder: index + 1,
    });
  });
}

function writeFte(writer: RowWriter, schools: readonly SchoolPlan[], year: SchoolYear): void {
  let dcid = 0;
  for (const school of schools) {
    for (const [name, value] of [
      ['Full time', 1],
      ['Half time', 0.5],
    ] as const) {
      dcid++;
      writer.insert('fte', {
        dcid,
        id: dcid,
        name,
        description: `${name} at ${school.name}`,
        schoolid: school.number,
        yearid: year.yearId,
        fte_value: value,
        dflt_att_mode_code: 'ATT_ModeDaily',
        dflt_conversion_mode_code: 'codeday',
      });
    }
  }
}

const SCALE_STEPS = [
  ['A', 90, 4, 95],
  ['B', 80, 3, 85],
  ['C', 70, 2, 75],
  ['D', 60, 1, 65],
  ['F', 0, 0, 50],
] as const;

/** Row 1 is the scale itself; its steps point to it by `gradescaleid`. */
function writeGradeScale(writer: RowWriter): void {
  const common = { gradescaletype: 'Alpha', isforcoursegrade: 1, isforstandards: 0, isgpashown: 1, countsingpa: 1 };
  writer.insert('gradescaleitem', {
    dcid: 1,
    id: 1,
    name: 'A to F',
    description: 'District scale',
    gradescaleid: -1,
    ...common,
  });
  SCALE_STEPS.forEach(([name, cutoffpercentage, points, value], index) => {
    writer.insert('gradescaleitem', {
      dcid: index + 2,
      id: index + 2,
      name,
      gradescaleid: 1,
      displayposition: index + 1,
      cutoffpercentage,
      grade_points: points,
      value,
      graduationcredit: name === 'F' ? 0 : 1,
      isproficient: points >= 2 ? 1 : 0,
      ...common,
    });
  });
}
