import { keyOf, numberOf, textOf } from '../district/cell.ts';
import type { District, Row } from '../district/district.ts';
import { CodeSets } from './codeSets.ts';

/** JSON of the contacts API: bare objects in camelCase, null for what is empty. */
export type ContactJson = Readonly<Record<string, unknown>>;

/** Reads contacts (rows of Person) and what belongs to them. */
export class ContactRecords {
  readonly #district: District;
  readonly #codes: CodeSets;

  constructor(district: District) {
    this.#district = district;
    this.#codes = new CodeSets(district);
  }

  /** The contact with all its parts, or undefined. */
  contact(id: number): ContactJson | undefined {
    const top = this.demographics(id);
    if (top === undefined) return undefined;
    return {
      ...top,
      emails: this.emails(id),
      phones: this.phones(id),
      language: null,
      contactAccount: this.#account(id),
      addresses: this.addresses(id),
      contactStudents: this.students(id),
      mergedIds: [],
      mergeAccountId: null,
      '@extensions': '',
    };
  }

  /** The fields of the contact itself. */
  demographics(id: number): ContactJson | undefined {
    const row = this.#district.get('SELECT * FROM person WHERE id = ?', [id]);
    if (row === undefined) return undefined;
    return {
      contactId: keyOf(row, 'id'),
      firstName: text(row, 'firstname'),
      middleName: text(row, 'middlename'),
      lastName: text(row, 'lastname'),
      prefix: this.#codes.code(numberOf(row, 'prefixcodesetid')),
      suffix: this.#codes.code(numberOf(row, 'suffixcodesetid')),
      gender: this.#codes.code(numberOf(row, 'gendercodesetid')),
      employer: text(row, 'employer'),
      stateContactNumber: text(row, 'statecontactid'),
      contactNumber: text(row, 'statecontactnumber'),
      stateExcludeFromReporting: flag(row, 'excludefromstatereporting'),
      active: flag(row, 'isactive'),
    };
  }

  emails(id: number): readonly ContactJson[] {
    return this.#district
      .all(
        `SELECT a.*, e.emailaddress FROM personemailaddressassoc a JOIN emailaddress e ON e.emailaddressid = a.emailaddressid
          WHERE a.personid = ? ORDER BY a.emailaddresspriorityorder, a.personemailaddressassocid`,
        [id],
      )
      .map((row) => ({
        deleted: false,
        contactEmailId: keyOf(row, 'personemailaddressassocid'),
        primary: flag(row, 'isprimaryemailaddress'),
        emailId: keyOf(row, 'emailaddressid'),
        type: this.#codes.code(numberOf(row, 'emailtypecodesetid')),
        address: text(row, 'emailaddress'),
      }));
  }

  phones(id: number): readonly ContactJson[] {
    return this.#district
      .all(
        `SELECT a.*, p.phonenumberext, p.issms FROM personphonenumberassoc a JOIN phonenumber p ON p.phonenumberid = a.phonenumberid
          WHERE a.personid = ? ORDER BY a.phonenumberpriorityorder, a.personphonenumberassocid`,
        [id],
      )
      .map((row) => ({
        deleted: false,
        contactsPhoneId: keyOf(row, 'personphonenumberassocid'),
        sequence: number(row, 'phonenumberpriorityorder'),
        preferred: flag(row, 'ispreferred'),
        phoneType: this.#codes.code(numberOf(row, 'phonetypecodesetid')),
        phoneNumberId: keyOf(row, 'phonenumberid'),
        phoneNumber: text(row, 'phonenumberasentered'),
        extension: text(row, 'phonenumberext'),
        sms: flag(row, 'issms'),
      }));
  }

  addresses(id: number): readonly ContactJson[] {
    return this.#district
      .all(
        `SELECT a.*, p.street, p.linetwo, p.unit, p.city, p.postalcode, p.statescodesetid, p.countrycodesetid
          FROM personaddressassoc a JOIN personaddress p ON p.personaddressid = a.personaddressid
          WHERE a.personid = ? ORDER BY a.addresspriorityorder, a.personaddressassocid`,
        [id],
      )
      .map((row) => ({
        deleted: false,
        contactsAddressId: keyOf(row, 'personaddressassocid'),
        sequence: number(row, 'addresspriorityorder'),
        addressId: keyOf(row, 'personaddressid'),
        addressType: this.#codes.code(numberOf(row, 'addresstypecodesetid')),
        street: text(row, 'street'),
        linetwo: text(row, 'linetwo'),
        unit: text(row, 'unit'),
        city: text(row, 'city'),
        state: this.#codes.code(numberOf(row, 'statescodesetid')),
        country: this.#codes.code(numberOf(row, 'countrycodesetid')),
        postalcode: text(row, 'postalcode'),
        startDate: text(row, 'startdate'),
        endDate: text(row, 'enddate'),
      }));
  }

  /** The links of a contact to students. */
  students(id: number): readonly ContactJson[] {
    return this.#district
      .all(
        `SELECT a.studentcontactassocid, a.contactpriorityorder, s.dcid, s.student_number, s.first_name, s.middle_name, s.last_name,
            s.schoolid, h.abbreviation, m.originalcontacttype, g.guardianid
          FROM studentcontactassoc a JOIN students s ON s.dcid = a.studentdcid
          LEFT JOIN schools h ON h.school_number = s.schoolid
          LEFT JOIN originalcontactmap m ON m.studentcontactassocid = a.studentcontactassocid
          LEFT JOIN guardianstudent g ON g.studentsdcid = s.dcid AND g.guardianid = a.personid
          WHERE a.personid = ? ORDER BY a.studentcontactassocid`,
        [id],
      )
      .map((row) => ({
        deleted: false,
        studentContactId: keyOf(row, 'studentcontactassocid'),
        sequence: number(row, 'contactpriorityorder'),
        dcid: keyOf(row, 'dcid'),
        studentNumber: text(row, 'student_number'),
        firstName: text(row, 'first_name'),
        middleName: text(row, 'middle_name'),
        lastName: text(row, 'last_name'),
        schoolAbbr: text(row, 'abbreviation'),
        schoolNumber: number(row, 'schoolid'),
        originalContactType: text(row, 'originalcontacttype'),
        guardianId: number(row, 'guardianid'),
        canAccessData: numberOf(row, 'guardianid') !== undefined,
        restrictions: [],
        studentDetails: this.details(keyOf(row, 'studentcontactassocid')),
      }));
  }

  /** The dated details of one link. */
  details(link: number): readonly ContactJson[] {
    return this.#district
      .all(
        'SELECT * FROM studentcontactdetail WHERE studentcontactassocid = ? ORDER BY startdate, studentcontactdetailid',
        [link],
      )
      .map((row) => ({
        deleted: false,
        studentContactDetailId: keyOf(row, 'studentcontactdetailid'),
        studentContactId: link,
        relationship: this.#codes.code(numberOf(row, 'relationshiptypecodesetid')),
        relationshipNote: text(row, 'relationshipnote'),
        custodial: flag(row, 'iscustodial'),
        emergency: flag(row, 'isemergency'),
        livesWith: flag(row, 'liveswithflg'),
        schoolPickup: flag(row, 'schoolpickupflg'),
        startDate: text(row, 'startdate'),
        endDate: text(row, 'enddate'),
        receivesMail: flag(row, 'receivesmailflg'),
        excludeFromStateReporting: flag(row, 'excludefromstatereportingflg'),
        active: flag(row, 'isactive'),
      }));
  }

  /** Contacts of a student in their order. */
  contactsOfStudent(dcid: number): readonly ContactJson[] {
    return this.#district
      .all('SELECT personid FROM studentcontactassoc WHERE studentdcid = ? ORDER BY contactpriorityorder', [dcid])
      .flatMap((row): readonly ContactJson[] => {
        const contact = this.contact(keyOf(row, 'personid'));
        return contact === undefined ? [] : [contact];
      });
  }

  #account(id: number): ContactJson | null {
    const row = this.#district.get('SELECT guardianid FROM guardian WHERE guardianid = ?', [id]);
    if (row === undefined) return null;
    return { deleted: false, enabled: true, userName: `guardian${id}`, password: null };
  }
}

function text(row: Row, column: string): string | null {
  return textOf(row, column) ?? null;
}

function number(row: Row, column: string): number | null {
  return numberOf(row, column) ?? null;
}

function flag(row: Row, column: string): boolean {
  return numberOf(row, column) === 1;
}
