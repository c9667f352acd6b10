import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApiCaller } from './apiCaller.ts';

interface Contact {
  readonly contactId: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly middleName: string | null;
  readonly employer: string | null;
  readonly emails: readonly { contactEmailId: number; address: string; type: string; primary: boolean }[];
  readonly phones: readonly { contactsPhoneId: number; phoneNumber: string }[];
  readonly addresses: readonly { contactsAddressId: number; street: string }[];
  readonly contactStudents: readonly {
    studentContactId: number;
    dcid: number;
    studentDetails: readonly { studentContactDetailId: number; relationship: string }[];
  }[];
}

interface Saved {
  readonly status: string;
  readonly action: string;
  readonly _success_message: { id: number; ref: string };
  readonly _error_message: { _warning: { field: string; error_code: string; error_description: string }[] };
  readonly savedObject: Record<string, unknown>;
}

let api: ApiCaller;
before(async () => {
  api = await ApiCaller.start();
});
after(() => api.stop());

async function contact(id: number): Promise<Contact> {
  return (await api.get(`/ws/contacts/contact/${id}`)).json as unknown as Contact;
}

async function save(method: string, path: string, body: object, status = 200): Promise<Saved> {
  const answer = await api.call(method, path, body);
  assert.equal(answer.status, status, answer.text);
  return answer.json as unknown as Saved;
}

test('contacts are bare objects and lists without a root key, in camelCase, with null for what is empty', async () => {
  const one = await contact(1);
  assert.equal(one.contactId, 1);
  assert.equal(one.middleName, null);
  const many = (await api.get('/ws/contacts/contacts?contactids=1,2')).json as unknown as Contact[];
  assert.deepEqual(
    many.map(({ contactId }) => contactId),
    [1, 2],
  );
});

test('a student’s contacts are a list; a student without contacts is 204 without a body', async () => {
  const list = (await api.get('/ws/contacts/student/1')).json as unknown as Contact[];
  assert.ok(list.length > 0);
  const none = await api.get('/ws/contacts/student/5');
  assert.equal(none.status, 204);
  assert.equal(none.text, '');
});

test('a save answers with status, action, reference and the saved object', async () => {
  const saved = await save('POST', '/ws/contacts/1/emails', {
    type: 'Work',
    address: 'pia@work.example',
    primary: false,
  });
  assert.equal(saved.status, 'VALID');
  assert.equal(saved.action, 'INSERT');
  assert.equal(saved.savedObject['address'], 'pia@work.example');
  assert.ok(saved['_success_message'].ref.endsWith(`/ws/contacts/1/emails/${saved['_success_message'].id}`));
  const path = `/ws/contacts/1/emails/${saved['_success_message'].id}`;
  const changed = await save('PUT', path, { type: 'Home', address: 'pia@home.example', primary: true });
  assert.equal(changed.action, 'UPDATE');
  assert.equal(((await api.get(path)).json as unknown as { address: string }).address, 'pia@home.example');
  const deleted = await api.call('DELETE', path);
  assert.equal((deleted.json as unknown as Saved).action, 'DELETE');
  assert.equal((await api.get(path)).status, 404);
});

test('phones and addresses are saved alike', async () => {
  const phone = { phoneType: 'Mobile', phoneNumber: '406-555-0122', preferred: true, sms: true };
  const address = { addressType: 'Home', street: '14 Larch Row', city: 'Alderbrook', state: 'MT', postalcode: '59701' };
  for (const [part, body] of [
    ['phones', phone],
    ['addresses', address],
  ] as const) {
    const { savedObject } = await save('POST', `/ws/contacts/2/${part}`, body);
    for (const [key, value] of Object.entries(body)) assert.equal(savedObject[key], value, `${part} ${key}`);
  }
});

test('a body that cannot be saved is 400 with the field', async () => {
  const wrong = await save('POST', '/ws/contacts/1/emails', { type: 'Carrier pigeon', address: 'a@b.example' }, 400);
  assert.deepEqual(wrong['_error_message']['_warning'][0]?.field, 'type');
  const missing = await save('POST', '/ws/contacts/1/phones', {}, 400);
  assert.equal(missing['_error_message']['_warning'][0]?.error_code, 'REQUIRED');
  const number = await save('POST', '/ws/contacts/1/phones', { phoneNumber: '1', preferred: 'yes' }, 400);
  assert.equal(number['_error_message']['_warning'][0]?.field, 'preferred');
});

test('a new contact is saved with its parts, or not at all', async () => {
  const body = {
    firstName: 'Wim',
    lastName: 'Aarden',
    emails: [{ type: 'Home', address: 'wim@home.example', primary: true }],
    phones: [{ phoneType: 'Home', phoneNumber: '406-555-0150' }],
    contactStudents: [{ dcid: 5, studentDetails: [{ relationship: 'Grandparent', active: true }] }],
  };
  const saved = await save('POST', '/ws/contacts/contact', body);
  const created = await contact(saved['_success_message'].id);
  assert.equal(created.emails[0]?.address, 'wim@home.example');
  assert.equal(created.contactStudents[0]?.studentDetails[0]?.relationship, 'Grandparent');
  assert.equal((await api.get('/ws/contacts/student/5')).status, 200);
  const people = (await api.get('/ws/schema/table/person/count')).json.count;
  await save('POST', '/ws/contacts/contact', { ...body, phones: [{}] }, 400);
  assert.equal((await api.get('/ws/schema/table/person/count')).json.count, people);
  await save('DELETE', `/ws/contacts/${created.contactId}`, {});
  assert.equal((await api.get('/ws/contacts/student/5')).status, 204);
});

test('PUT on demographics replaces fields of the contact itself and answers the contact', async () => {
  const { emails } = await contact(2);
  const answer = await api.call('PUT', '/ws/contacts/2/demographics', { firstName: 'Teo', employer: 'Mill' });
  const changed = answer.json as unknown as Contact;
  assert.deepEqual([changed.firstName, changed.employer], ['Teo', 'Mill']);
  assert.deepEqual(changed.emails, emails);
});

test('details of one link must not overlap in dates', async () => {
  const path = '/ws/contacts/1/students/1/studentdetails';
  const overlapping = await save('POST', path, { relationship: 'Guardian', startDate: '2026-01-01' }, 400);
  assert.equal(overlapping['_error_message']['_warning'][0]?.error_code, 'DATE_OVERLAP');
  await save('PUT', `${path}/1`, { endDate: '2025-12-31' });
  const later = await save('POST', path, { relationship: 'Guardian', startDate: '2026-01-01' });
  assert.equal(later.status, 'VALID');
});

test('the last detail of a link cannot be deleted', async () => {
  const link = (await contact(2)).contactStudents[0];
  assert.ok(link);
  const path = `/ws/contacts/2/students/${link.studentContactId}/studentdetails`;
  const last = `${path}/${link.studentDetails[0]?.studentContactDetailId}`;
  assert.equal((await api.call('DELETE', last)).status, 400);
  await save('PUT', last, { endDate: '2025-12-31' });
  await save('POST', path, { relationship: 'Guardian', startDate: '2026-01-01' });
  assert.equal((await api.call('DELETE', last)).status, 200);
});

test('the contact types in use are a list of names', async () => {
  const types = (await api.get('/ws/contacts/student/original_contact_types/in_use/1')).json;
  assert.deepEqual(types, ['mother', 'father'].slice(0, (types as unknown as string[]).length));
});

test('a contact of two students is one contact', async () => {
  const shared = (await api.get('/ws/contacts/student/15')).json as unknown as Contact[];
  assert.deepEqual(
    shared[0]?.contactStudents.map(({ dcid }) => dcid),
    [14, 15],
  );
});
