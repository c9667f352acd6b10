import type { District, SqlValue } from '../district/district.ts';
import type { RowStore } from '../district/rowStore.ts';
import { isDate } from '../resources/columnValue.ts';
import { CodeSets } from './codeSets.ts';

export type Given = Readonly<Record<string, unknown>>;

/** What is wrong with a body, in the words of a save result. */
export class ContactFault extends Error {
  readonly field: string;
  readonly code: string;

  constructor(field: string, code: string, description: string) {
    super(description);
    this.name = 'ContactFault';
    this.field = field;
    this.code = code;
  }
}

/** Writes contacts and their parts; throws `ContactFault` for a body that cannot be saved. */
export class ContactStore {
  readonly #district: District;
  readonly #rows: RowStore;
  readonly #codes: CodeSets;

  constructor(district: District, rows: RowStore) {
    this.#district = district;
    this.#rows = rows;
    this.#codes = new CodeSets(district);
  }

  /** Inserts or changes the contact itself; returns its id. */
  saveContact(id: number | undefined, given: Given): number {
    const values = {
      ...texts(given, { firstName: 'firstname', middleName: 'middlename', lastName: 'lastname', employer: 'employer' }),
      ...texts(given, { stateContactNumber: 'statecontactid' }),
      ...flags(given, { active: 'isactive', stateExcludeFromReporting: 'excludefromstatereporting' }),
      ...this.#code(given, 'prefix', 'Prefix', 'prefixcodesetid'),
      ...this.#code(given, 'suffix', 'Suffix', 'suffixcodesetid'),
      ...this.#code(given, 'gender', 'Gender', 'gendercodesetid'),
    };
    const table = this.#table('person');
    if (id === undefined) {
      if (values['firstname'] === undefined && values['lastname'] === undefined) throw required('lastName');
      const key = this.#rows.insert(table, { isactive: 1, excludefromstatereporting: 0, ...values });
      this.#rows.update(table, key, { id: key });
      return key;
    }
    const key = this.#district.number('SELECT dcid FROM person WHERE id = ?', [id]);
    this.#rows.update(table, key, values);
    return id;
  }

  saveEmail(contact: number, id: number | undefined, given: Given): number {
    const address = given['address'];
    if (typeof address !== 'string' || !address.includes('@')) {
      throw address === undefined || address === null || address === ''
        ? required('address')
        : new ContactFault('address', 'FIELD_VALIDATION_ERROR', 'Value must be an e-mail address');
    }
    const values = {
      ...this.#code(given, 'type', 'Email', 'emailtypecodesetid'),
      ...flags(given, { primary: 'isprimaryemailaddress' }),
    };
    return this.#saveLinked('emailaddress', 'personemailaddressassoc', contact, id, { emailaddress: address }, values);
  }

  savePhone(contact: number, id: number | undefined, given: Given): number {
    const number = given['phoneNumber'];
    if (typeof number !== 'string' || number === '') throw required('phoneNumber');
    const values = {
      phonenumberasentered: number,
      ...this.#code(given, 'phoneType', 'Phone', 'phonetypecodesetid'),
      ...flags(given, { preferred: 'ispreferred' }),
      ...numbers(given, { sequence: 'phonenumberpriorityorder' }),
    };
    const phone = {
      phonenumber: number.replaceAll(/\D/g, ''),
      ...texts(given, { extension: 'phonenumberext' }),
      ...flags(given, { sms: 'issms' }),
    };
    return this.#saveLinked('phonenumber', 'personphonenumberassoc', contact, id, phone, values);
  }

  saveAddress(contact: number, id: number | undefined, given: Given): number {
    if (id === undefined && typeof given['street'] !== 'string') throw required('street');
    const values = {
      ...this.#code(given, 'addressType', 'Address', 'addresstypecodesetid'),
      ...dates(given, { startDate: 'startdate', endDate: 'enddate' }),
      ...numbers(given, { sequence: 'addresspriorityorder' }),
    };
    const address = {
      ...texts(given, { street: 'street', linetwo: 'linetwo', unit: 'unit', city: 'city', postalcode: 'postalcode' }),
      ...this.#code(given, 'state', 'State', 'statescodesetid'),
      ...this.#code(given, 'country', 'Country', 'countrycodesetid'),
    };
    return this.#saveLinked('personaddress', 'personaddressassoc', contact, id, address, values);
  }

  /** Links a student, by DCID or student number; a new link has one detail at least. */
  saveStudent(contact: number, id: number | undefined, given: Given): number {
    const table = this.#table('studentcontactassoc');
    const details = Array.isArray(given['studentDetails']) ? (given['studentDetails'] as Given[]) : [];
    if (id !== undefined) {
      this.#rows.update(table, id, numbers(given, { sequence: 'contactpriorityorder' }));
      for (const detail of details) {
        const detailId = detail['studentContactDetailId'];
        this.saveDetail(id, typeof detailId === 'number' ? detailId : this.#firstDetail(id), detail);
      }
      return id;
    }
    const student = this.#student(given);
    const linked = 'SELECT 1 FROM studentcontactassoc WHERE personid = ? AND studentdcid = ?';
    if (this.#district.get(linked, [contact, student]) !== undefined) {
      throw new ContactFault('dcid', 'ALREADY_EXISTS', 'The contact is already linked to this student');
    }
    const order = 'SELECT ifnull(max(contactpriorityorder), 0) + 1 FROM studentcontactassoc WHERE studentdcid = ?';
    const link = this.#rows.insert(table, {
      personid: contact,
      studentdcid: student,
      contactpriorityorder: this.#district.number(order, [student]),
      ...numbers(given, { sequence: 'contactpriorityorder' }),
    });
    for (const detail of details.length === 0 ? [{}] : details) this.saveDetail(link, undefined, detail);
    return link;
  }

  /** The dates of two details of one link must not overlap. */
  saveDetail(link: number, id: number | undefined, given: Given): number {
    const table = this.#table('studentcontactdetail');
    const values: Record<string, SqlValue> = {
      ...this.#code(given, 'relationship', 'Relationship', 'relationshiptypecodesetid'),
      ...texts(given, { relationshipNote: 'relationshipnote' }),
      ...dates(given, { startDate: 'startdate', endDate: 'enddate' }),
      ...flags(given, {
        custodial: 'iscustodial',
        emergency: 'isemergency',
        livesWith: 'liveswithflg',
        schoolPickup: 'schoolpickupflg',
        receivesMail: 'receivesmailflg',
        excludeFromStateReporting: 'excludefromstatereportingflg',
        active: 'isactive',
      }),
    };
    this.#requireFree(link, id, values);
    if (id !== undefined) {
      this.#rows.update(table, id, values);
      return id;
    }
    return this.#rows.insert(table, { studentcontactassocid: link, isactive: 1, ...values });
  }

  delete(table: string, id: number): void {
    this.#rows.delete(this.#table(table), id);
  }

  #requireFree(link: number, id: number | undefined, values: Readonly<Record<string, SqlValue>>): void {
    const own =
      id === undefined
        ? undefined
        : this.#district.get('SELECT startdate, enddate FROM studentcontactdetail WHERE studentcontactdetailid = ?', [
            id,
          ]);
    const start = values['startdate'] ?? own?.['startdate'] ?? '0000-01-01';
    const end = values['enddate'] ?? (values['enddate'] === null ? null : own?.['enddate']) ?? '9999-12-31';
    const overlapping = this.#district.get(
      `SELECT 1 FROM studentcontactdetail WHERE studentcontactassocid = ? AND studentcontactdetailid <> ?
        AND ifnull(startdate, '0000-01-01') <= ? AND ifnull(enddate, '9999-12-31') >= ?`,
      [link, id ?? 0, end, start],
    );
    if (overlapping !== undefined) {
      throw new ContactFault('startDate', 'DATE_OVERLAP', 'The dates overlap those of another detail');
    }
  }

  /** The row itself (number, address) and the row that links it to the person. */
  #saveLinked(
    target: 'emailaddress' | 'phonenumber' | 'personaddress',
    link: 'personemailaddressassoc' | 'personphonenumberassoc' | 'personaddressassoc',
    contact: number,
    id: number | undefined,
    values: Record<string, SqlValue>,
    linkValues: Record<string, SqlValue>,
  ): number {
    const targetTable = this.#table(target);
    const linkTable = this.#table(link);
    if (id === undefined) {
      const key = this.#rows.insert(targetTable, values);
      return this.#rows.insert(linkTable, { personid: contact, [targetTable.primaryKey]: key, ...linkValues });
    }
    const key = this.#district.number(
      `SELECT ${targetTable.primaryKey} FROM ${link} WHERE ${linkTable.primaryKey} = ?`,
      [id],
    );
    this.#rows.update(targetTable, key, values);
    this.#rows.update(linkTable, id, linkValues);
    return id;
  }

  #student(given: Given): number {
    const { dcid, studentNumber } = given as { dcid?: unknown; studentNumber?: unknown };
    const sql = `SELECT dcid FROM students WHERE ${dcid === undefined ? 'student_number' : 'dcid'} = ?`;
    const wanted = dcid ?? studentNumber;
    if (typeof wanted !== 'number' && typeof wanted !== 'string') throw required('dcid');
    const row = this.#district.get(sql, [Number(wanted)]);
    if (row === undefined) throw new ContactFault('dcid', 'NOT_FOUND', 'There is no such student');
    return Number(row['dcid']);
  }

  #firstDetail(link: number): number | undefined {
    const sql = 'SELECT min(studentcontactdetailid) AS id FROM studentcontactdetail WHERE studentcontactassocid = ?';
    const id = this.#district.get(sql, [link])?.['id'];
    return typeof id === 'number' ? id : undefined;
  }

  #code(given: Given, name: string, type: string, column: string): Record<string, SqlValue> {
    const code = given[name];
    if (code === undefined) return {};
    if (code === null || code === '') return { [column]: null };
    const id = typeof code === 'string' ? this.#codes.id(type, code) : undefined;
    if (id === undefined) {
      throw new ContactFault(name, 'INVALID_CODE', `Value is not a code of the code set ${type}`);
    }
    return { [column]: id };
  }

  #table(name: string) {
    return this.#district.dictionary.required(name);
  }
}

type Names = Readonly<Record<string, string>>;

function texts(given: Given, names: Names): Record<string, SqlValue> {
  return pick(given, names, (value) => (typeof value === 'string' ? value : undefined), 'a string');
}

function flags(given: Given, names: Names): Record<string, SqlValue> {
  return pick(given, names, (value) => (typeof value === 'boolean' ? Number(value) : undefined), 'true or false');
}

function numbers(given: Given, names: Names): Record<string, SqlValue> {
  return pick(given, names, (value) => (typeof value === 'number' ? value : undefined), 'a number');
}

function dates(given: Given, names: Names): Record<string, SqlValue> {
  return pick(given, names, dateValue, 'a date (YYYY-MM-DD)');
}

function dateValue(value: unknown): SqlValue | undefined {
  return typeof value === 'string' && isDate(value) ? value : undefined;
}

/** Columns of the given names; null and empty text empty the column. */
function pick(
  given: Given,
  names: Names,
  read: (value: unknown) => SqlValue | undefined,
  expected: string,
): Record<string, SqlValue> {
  const values: Record<string, SqlValue> = {};
  for (const [name, column] of Object.entries(names)) {
    const value = given[name];
    if (value === undefined) continue;
    const stored = value === null || value === '' ? null : read(value);
    if (stored === undefined) throw new ContactFault(name, 'FIELD_VALIDATION_ERROR', `Value must be ${expected}`);
    values[column] = stored;
  }
  return values;
}

function required(field: string): ContactFault {
  return new ContactFault(field, 'REQUIRED', 'No data submitted for required element');
}
