import type { DatabaseSync } from 'node:sqlite';

const LONG_NOTE =
  'A long note on a transfer: the family moved twice within one year and every paper was sent again. '.repeat(40);

/**
 * The first students are records that trip clients up. Student 1 has something of everything.
 *
 *  1 everything · 2 apostrophes, no middle name · 3 accents · 4 leading zeros · 5 empty expansions ·
 *  6 very long notes · 7 digits for a user name · 8 one-letter names · 9 names as long as they can be ·
 *  10 two races · 11 characters that XML, CSV and URLs mind · 12 signs beyond the basic plane
 */
const EDGES: Readonly<Record<number, Readonly<Record<string, string | number | null>>>> = {
  1: {
    first_name: 'Nora',
    middle_name: 'Ines',
    last_name: 'Quill',
    lastfirst: 'Quill, Nora Ines',
    gender: 'F',
    student_web_id: 'nora.quill',
    state_studentnumber: 'ZX0099121',
    home_phone: '4065550144',
    mailing_street: 'PO Box 12',
    mailing_city: 'Alderbrook',
    mailing_state: 'MT',
    mailing_zip: '59701',
    geocode: '47.5053,-111.3008',
    mother: 'Quill, Pia',
    father: 'Quill, Teodor',
    guardianemail: 'family1@mail.example',
    guardianfax: '406-555-0199',
    emerg_contact_1: 'Marsh, Ida',
    emerg_phone_1: '406-555-0121',
    emerg_contact_2: 'Brook, Theo',
    emerg_phone_2: '406-555-0122',
    doctor_name: 'Dr. Larch',
    doctor_phone: '406-555-0123',
    alert_medical: 'Carries an inhaler',
    alert_medicalexpires: '2030-06-30',
    alert_other: 'Photo not for the web site',
    districtofresidence: 'F77',
    transfercomment: 'Came with the first day of school',
    balance1: 12.5,
    lastmeal: 'Lunch',
    ssn: '000-00-0001',
  },
  2: {
    first_name: "D'Arcy",
    middle_name: null,
    last_name: "O'Brien-D'Angelo",
    lastfirst: "O'Brien-D'Angelo, D'Arcy",
    student_web_id: 'd.obrien2',
  },
  3: {
    first_name: 'Zoë',
    middle_name: 'Ángel',
    last_name: 'Muñoz-Dvořák',
    lastfirst: 'Muñoz-Dvořák, Zoë Ángel',
    student_web_id: 'z.munoz3',
  },
  4: {
    zip: '00501',
    state_studentnumber: '000004711',
    student_web_id: '0071234',
    home_phone: '0065550104',
    locker_combination: '07-00-31',
  },
  5: {
    middle_name: null,
    home_phone: null,
    street: null,
    city: null,
    state: null,
    zip: null,
    mailing_street: null,
    mailing_city: null,
    mailing_state: null,
    mailing_zip: null,
    mother: null,
    father: null,
    guardianemail: null,
    emerg_contact_1: null,
    emerg_phone_1: null,
    ethnicity: null,
    fedethnicity: null,
    person_id: null,
  },
  6: {
    transfercomment: LONG_NOTE,
    alert_medical: `${LONG_NOTE}\n"Quoted", and on a second line.`,
    alert_medicalexpires: '2031-01-31',
  },
  7: { student_web_id: '20260007' },
  8: { first_name: 'X', middle_name: 'Y', last_name: 'O', lastfirst: 'O, X Y' },
  9: {
    first_name: 'Maximiliana-Alexandrina-Konstantina-Theodora-Amali',
    last_name: 'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaug',
    lastfirst: 'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaug, Maximiliana-Alexandrina',
  },
  11: {
    first_name: 'Bo "Ace"',
    last_name: 'Marks & Sons, <Ltd>',
    lastfirst: 'Marks & Sons, <Ltd>, Bo "Ace"',
    street: '5% Road; Unit #7 + 1',
    student_web_id: 'b.marks11',
  },
  12: {
    first_name: '𠮷野',
    last_name: 'Łąka',
    lastfirst: 'Łąka, 𠮷野',
    exitcomment: 'Wrote 👩‍🚀 on the form',
    student_web_id: 'y.laka12',
  },
};

/** Overwrites the first students with the edge records; students that do not exist are left out. */
export function writeEdgeStudents(database: DatabaseSync): void {
  for (const [dcid, values] of Object.entries(EDGES)) {
    const names = Object.keys(values);
    database
      .prepare(`UPDATE students SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE dcid = ?`)
      .run(...Object.values(values), Number(dcid));
  }
}
