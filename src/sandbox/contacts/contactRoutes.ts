import { emptyAnswer, jsonAnswer, type Answer } from '../server/answer.ts';
import { idParameter, jsonBody, notFound, type Call } from '../server/call.ts';
import { Refusal } from '../server/refusal.ts';
import type { Route } from '../server/router.ts';
import { ContactRecords, type ContactJson } from './contactRecord.ts';
import { ContactFault, ContactStore, type Given } from './contactStore.ts';

/** A kind of part of a contact: its name in paths, its key in JSON, the table of its link. */
interface Part {
  readonly path: string;
  readonly parameter: string;
  readonly key: string;
  readonly table: string;
  list(records: ContactRecords, contact: number): readonly ContactJson[];
  save(store: ContactStore, contact: number, id: number | undefined, given: Given): number;
}

const PARTS: readonly Part[] = [
  {
    path: 'addresses',
    parameter: 'contactaddressid',
    key: 'contactsAddressId',
    table: 'personaddressassoc',
    list: (records, contact) => records.addresses(contact),
    save: (store, contact, id, given) => store.saveAddress(contact, id, given),
  },
  {
    path: 'emails',
    parameter: 'contactemailid',
    key: 'contactEmailId',
    table: 'personemailaddressassoc',
    list: (records, contact) => records.emails(contact),
    save: (store, contact, id, given) => store.saveEmail(contact, id, given),
  },
  {
    path: 'phones',
    parameter: 'contactphoneid',
    key: 'contactsPhoneId',
    table: 'personphonenumberassoc',
    list: (records, contact) => records.phones(contact),
    save: (store, contact, id, given) => store.savePhone(contact, id, given),
  },
  {
    path: 'students',
    parameter: 'contactstudentid',
    key: 'studentContactId',
    table: 'studentcontactassoc',
    list: (records, contact) => records.students(contact),
    save: (store, contact, id, given) => store.saveStudent(contact, id, given),
  },
];

const DETAILS = '/ws/contacts/{contactid}/students/{contactstudentid}/studentdetails';
const DETAIL = `${DETAILS}/{contactstudentdetailid}`;

/** The contacts API: people, how to reach them, and the students they belong to. */
export const CONTACT_ROUTES: readonly Route[] = [
  route('GET', '/ws/contacts/contact/{contactId}', (call) => jsonAnswer(contactOf(call, 'contactId'))),
  route('GET', '/ws/contacts/contacts', answerContacts),
  route('POST', '/ws/contacts/contact', answerNewContact),
  route('DELETE', '/ws/contacts/{contactId}', answerDeleteContact),
  route('GET', '/ws/contacts/student/{studentdcid}', answerStudentContacts),
  route('GET', '/ws/contacts/student/original_contact_types/in_use/{studentdcid}', answerTypesInUse),
  route('GET', '/ws/contacts/{contactid}/demographics', answerDemographics),
  route('PUT', '/ws/contacts/{contactid}/demographics', answerChangeDemographics),
  ...PARTS.flatMap(partRoutes),
  route('GET', DETAILS, (call) => jsonAnswer(records(call).details(linkOf(call)))),
  route('POST', DETAILS, (call) => answerSaveDetail(call, undefined)),
  route('GET', DETAIL, (call) => jsonAnswer(detailOf(call))),
  route('PUT', DETAIL, (call) => answerSaveDetail(call, Number(detailOf(call)['studentContactDetailId']))),
  route('DELETE', DETAIL, answerDeleteDetail),
];

function route(method: string, path: string, handler: Route['handler']): Route {
  return { method, path, access: 'token', handler };
}

function partRoutes(part: Part): readonly Route[] {
  const list = `/ws/contacts/{contactid}/${part.path}`;
  const one = `${list}/{${part.parameter}}`;
  return [
    route('GET', list, (call) => jsonAnswer(part.list(records(call), contactId(call)))),
    route('POST', list, (call) => answerSavePart(call, part, undefined)),
    route('GET', one, (call) => jsonAnswer(partOf(call, part))),
    route('PUT', one, (call) => answerSavePart(call, part, Number(partOf(call, part)[part.key]))),
    route('DELETE', one, (call) => answerDeletePart(call, part)),
  ];
}

function answerContacts(call: Call): Answer {
  const ids = (call.query.get('contactids') ?? '').split(',').filter((id) => id.trim() !== '');
  if (ids.some((id) => !/^\s*\d{1,15}\s*$/.test(id))) throw new Refusal(400, 'Invalid number in contactids');
  return jsonAnswer(ids.flatMap((id) => records(call).contact(Number(id)) ?? []));
}

/** 204 without a body for a student who has none. */
function answerStudentContacts(call: Call): Answer {
  const dcid = idParameter(call, 'studentdcid');
  requireStudent(call, dcid);
  const contacts = records(call).contactsOfStudent(dcid);
  return contacts.length === 0 ? emptyAnswer(204) : jsonAnswer(contacts);
}

function answerTypesInUse(call: Call): Answer {
  const dcid = idParameter(call, 'studentdcid');
  requireStudent(call, dcid);
  const rows = call.sandbox.district.all(
    `SELECT DISTINCT m.originalcontacttype AS type FROM originalcontactmap m
      JOIN studentcontactassoc a ON a.studentcontactassocid = m.studentcontactassocid
      WHERE a.studentdcid = ? ORDER BY a.contactpriorityorder`,
    [dcid],
  );
  return jsonAnswer(rows.map((row) => row['type']));
}

function answerNewContact(call: Call): Answer {
  return saveAnswer(call, 'INSERT', (store, given) => {
    const contact = store.saveContact(undefined, given);
    for (const part of PARTS) {
      const list = given[part.path === 'students' ? 'contactStudents' : part.path];
      for (const item of Array.isArray(list) ? list : []) part.save(store, contact, undefined, item as Given);
    }
    return { id: contact, path: `/ws/contacts/contact/${contact}`, saved: () => records(call).contact(contact) };
  });
}

function answerDemographics(call: Call): Answer {
  return jsonAnswer({ ...records(call).demographics(contactId(call)), '@extensions': '' });
}

/** Replaces fields of the contact itself; the answer is the whole contact. */
function answerChangeDemographics(call: Call): Answer {
  const contact = contactId(call);
  const given = givenBody(call);
  try {
    store(call).saveContact(contact, given);
  } catch (error) {
    throw error instanceof ContactFault ? new Refusal(400, `${error.field}: ${error.message}`) : error;
  }
  return jsonAnswer(records(call).contact(contact));
}

function answerSavePart(call: Call, part: Part, id: number | undefined): Answer {
  const contact = contactId(call);
  return saveAnswer(call, id === undefined ? 'INSERT' : 'UPDATE', (store, given) => {
    const saved = part.save(store, contact, id, given);
    return {
      id: saved,
      path: `/ws/contacts/${contact}/${part.path}/${saved}`,
      saved: () => part.list(records(call), contact).find((item) => item[part.key] === saved),
    };
  });
}

function answerSaveDetail(call: Call, id: number | undefined): Answer {
  const link = linkOf(call);
  return saveAnswer(call, id === undefined ? 'INSERT' : 'UPDATE', (store, given) => {
    const saved = store.saveDetail(link, id, given);
    return {
      id: saved,
      path: `/ws/contacts/${contactId(call)}/students/${link}/studentdetails/${saved}`,
      saved: () =>
        records(call)
          .details(link)
          .find((item) => item['studentContactDetailId'] === saved),
    };
  });
}

interface Saved {
  readonly id: number;
  readonly path: string;
  saved(): ContactJson | undefined;
}

/** The save result of the contacts API; a body that cannot be saved is 400 with the same shape. */
function saveAnswer(
  call: Call,
  action: 'INSERT' | 'UPDATE',
  save: (store: ContactStore, given: Given) => Saved,
): Answer {
  const given = givenBody(call);
  try {
    const result = call.sandbox.district.transaction(() => save(store(call), given));
    return jsonAnswer({
      status: 'VALID',
      action,
      _success_message: { id: result.id, ref: `${call.origin}${result.path}` },
      savedObject: result.saved() ?? {},
    });
  } catch (error) {
    if (!(error instanceof ContactFault)) throw error;
    const warning = { field: error.field, error_code: error.code, error_description: error.message };
    return jsonAnswer({ status: 'INVALID', action, _error_message: { _warning: [warning] } }, 400);
  }
}

function answerDeleteContact(call: Call): Answer {
  const contact = Number(contactOf(call, 'contactId')['contactId']);
  const links = records(call).students(contact);
  const deletion = store(call);
  for (const part of PARTS.slice(0, 3)) {
    for (const item of part.list(records(call), contact)) deletion.delete(part.table, Number(item[part.key]));
  }
  for (const link of links) deleteLink(call, Number(link['studentContactId']));
  deletion.delete('person', call.sandbox.district.number('SELECT dcid FROM person WHERE id = ?', [contact]));
  return deletedAnswer(contact);
}

function answerDeletePart(call: Call, part: Part): Answer {
  const id = Number(partOf(call, part)[part.key]);
  if (part.path === 'students') deleteLink(call, id);
  else store(call).delete(part.table, id);
  return deletedAnswer(id);
}

/** A link and its details. */
function deleteLink(call: Call, link: number): void {
  const deletion = store(call);
  for (const detail of records(call).details(link)) {
    deletion.delete('studentcontactdetail', Number(detail['studentContactDetailId']));
  }
  deletion.delete('studentcontactassoc', link);
}

/** The last detail of a link stays. */
function answerDeleteDetail(call: Call): Answer {
  const id = Number(detailOf(call)['studentContactDetailId']);
  if (records(call).details(linkOf(call)).length === 1) {
    const error = {
      field: 'Operation - Delete Contact',
      error_code: 'LAST_DETAIL',
      error_description: 'The last detail of a student contact cannot be deleted',
    };
    return jsonAnswer({ status: 'INVALID', action: 'DELETE', _error_message: { _error: [error] } }, 400);
  }
  store(call).delete('studentcontactdetail', id);
  return deletedAnswer(id);
}

function deletedAnswer(id: number): Answer {
  return jsonAnswer({ status: 'VALID', action: 'DELETE', _success_message: { Id: id, ref: '/ws/contacts/' } });
}

function records(call: Call): ContactRecords {
  return new ContactRecords(call.sandbox.district);
}

function store(call: Call): ContactStore {
  return new ContactStore(call.sandbox.district, call.sandbox.rows);
}

function givenBody(call: Call): Given {
  const body = jsonBody(call);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Refusal(400, 'The request body must be an object');
  }
  return body as Given;
}

function contactOf(call: Call, parameter: string): ContactJson {
  const contact = records(call).contact(idParameter(call, parameter));
  if (contact === undefined) throw notFound();
  return contact;
}

/** The contact of the path; 404 when there is none. */
function contactId(call: Call): number {
  const id = idParameter(call, 'contactid');
  if (records(call).demographics(id) === undefined) throw notFound();
  return id;
}

function partOf(call: Call, part: Part): ContactJson {
  const id = idParameter(call, part.parameter);
  const found = part.list(records(call), contactId(call)).find((item) => item[part.key] === id);
  if (found === undefined) throw notFound();
  return found;
}

function linkOf(call: Call): number {
  const id = idParameter(call, 'contactstudentid');
  if (
    !records(call)
      .students(contactId(call))
      .some((link) => link['studentContactId'] === id)
  )
    throw notFound();
  return id;
}

function detailOf(call: Call): ContactJson {
  const id = idParameter(call, 'contactstudentdetailid');
  const found = records(call)
    .details(linkOf(call))
    .find((item) => item['studentContactDetailId'] === id);
  if (found === undefined) throw notFound();
  return found;
}

function requireStudent(call: Call, dcid: number): void {
  if (call.sandbox.district.get('SELECT 1 FROM students WHERE dcid = ?', [dcid]) === undefined) throw notFound();
}
