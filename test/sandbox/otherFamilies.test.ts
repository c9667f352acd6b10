import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApiCaller } from './apiCaller.ts';

let api: ApiCaller;
before(async () => {
  api = await ApiCaller.start();
});
after(() => api.stop());

const SUBSCRIPTIONS = {
  event_subscriptions: {
    key: 'fernhill',
    callback_url: 'https://hooks.example.org/ps',
    event_subscription: [{ resource: '/ws/v1/student/*', event_type: 'UPDATE' }],
  },
};

test('event subscriptions: 201 when created, 204 when replaced, the whole list each time', async () => {
  assert.deepEqual((await api.get('/ws/v1/event_subscription')).json.event_subscriptions, '');
  assert.equal((await api.call('DELETE', '/ws/v1/event_subscription')).status, 404);
  assert.equal((await api.call('PUT', '/ws/v1/event_subscription', SUBSCRIPTIONS)).status, 201);
  assert.deepEqual((await api.get('/ws/v1/event_subscription')).json.event_subscriptions, {
    ...SUBSCRIPTIONS.event_subscriptions,
    event_subscription: { resource: '/ws/v1/student/*', event_type: 'UPDATE' },
  });
  const other = {
    event_subscriptions: {
      ...SUBSCRIPTIONS.event_subscriptions,
      event_subscription: [
        { resource: '/ws/v1/staff/*', event_type: 'INSERT' },
        { resource: '/ws/v1/student/*', event_type: 'SCHOOL_ENROLLMENT' },
      ],
    },
  };
  assert.equal((await api.call('PUT', '/ws/v1/event_subscription', other)).status, 204);
  assert.deepEqual((await api.get('/ws/v1/event_subscription')).json, other);
  assert.equal((await api.call('DELETE', '/ws/v1/event_subscription')).status, 204);
});

test('event subscriptions and fees answer 415 to a wrong content type', async () => {
  for (const [method, path] of [
    ['PUT', '/ws/v1/event_subscription'],
    ['POST', '/ws/v1/fee/transaction'],
    ['POST', '/ws/v1/fee/transactions'],
  ] as const) {
    const headers = { Authorization: `Bearer ${await api.token()}`, 'Content-Type': 'text/plain' };
    assert.equal((await api.raw(method, path, headers, '{}')).status, 415, path);
  }
});

test('an unknown resource or event type is refused, SCHOOL_ENROLLMENT is for students only', async () => {
  for (const subscription of [
    { resource: '/ws/v1/shoes/*', event_type: 'UPDATE' },
    { resource: '/ws/v1/student/*', event_type: 'READ' },
    { resource: '/ws/v1/staff/*', event_type: 'SCHOOL_ENROLLMENT' },
  ]) {
    const body = { event_subscriptions: { callback_url: 'https://a.example', event_subscription: [subscription] } };
    assert.equal((await api.call('PUT', '/ws/v1/event_subscription', body)).status, 400);
  }
});

test('test_subscription is a fixed resource', async () => {
  assert.deepEqual((await api.get('/ws/v1/test_subscription')).json, { id: 1, content: 'Test Subscription' });
});

test('a payment lowers the balance of a fee and shows with it', async () => {
  const fees = async (): Promise<{ id: number; fee_balance: number; fee_transaction: object }[]> =>
    (await api.get('/ws/v1/student/1?expansions=fees')).json.student.fees.fee as never;
  const [before] = await fees();
  assert.ok(before);
  const payment = {
    student_id: 1,
    fee_id: before.id,
    transaction_amount: 5.5,
    transaction_type: 'Payment',
    payment_method: 'Cash',
  };
  assert.equal((await api.call('POST', '/ws/v1/fee/transaction', { fee_transaction: payment })).status, 200);
  const [paid] = await fees();
  assert.equal(paid?.fee_balance, before.fee_balance - 5.5);
  assert.deepEqual((paid.fee_transaction as { transaction_amount: number }).transaction_amount, 5.5);
  const many = { fee_transactions: { fee_transaction: [payment, { ...payment, transaction_type: 'Void' }] } };
  assert.equal((await api.call('POST', '/ws/v1/fee/transactions', many)).json.results.insert_count, 2);
  assert.equal((await fees())[0]?.fee_balance, paid.fee_balance);
});

test('a payment on a fee of somebody else is 400, and nothing of its batch is written', async () => {
  const payment = { student_id: 1, fee_id: 1, transaction_amount: 1, payment_method: 'Cash' };
  const many = { fee_transactions: { fee_transaction: [payment, { ...payment, student_id: 2 }] } };
  const before = (await api.get('/ws/v1/student/1?expansions=fees')).text;
  assert.equal((await api.call('POST', '/ws/v1/fee/transactions', many)).status, 400);
  assert.equal((await api.get('/ws/v1/student/1?expansions=fees')).text, before);
});

function attendance(...entries: readonly Readonly<Record<string, string>>[]): object {
  return { name: 'attendance', record: entries.map((entry) => ({ name: 'row', tables: { attendance: entry } })) };
}

const ABSENT = {
  attendance_codeid: '10',
  schoolid: '360',
  yearid: '36',
  studentid: '1',
  att_mode_code: 'ATT_ModeDaily',
  att_date: '2026-11-20',
  programid: '0',
};

test('daily attendance is inserted, and changed when the student has an entry for the day', async () => {
  const first = await api.call('POST', '/ws/attendance/daily_time', attendance(ABSENT));
  assert.equal(first.status, 200);
  assert.equal(first.json.result[0]?.action, 'INSERT');
  const second = await api.call(
    'POST',
    '/ws/attendance/daily_time',
    attendance({ ...ABSENT, attendance_codeid: '11' }),
  );
  assert.equal(second.json.result[0]?.action, 'UPDATE');
  const { id } = second.json.result[0]?.success_message ?? {};
  assert.equal(id, first.json.result[0]?.success_message.id);
  const { tables } = (await api.get(`/ws/schema/table/attendance/${id}?projection=attendance_codeid`)).json;
  assert.equal(tables['attendance']?.['attendance_codeid'], '11');
});

test('one daily record in a call, up to 200 in a batch', async () => {
  const days = Array.from({ length: 201 }, (_, index) => ({
    ...ABSENT,
    att_date: new Date(Date.UTC(2026, 8, 1) + index * 86_400_000).toISOString().slice(0, 10),
  }));
  assert.equal((await api.call('POST', '/ws/attendance/daily_time', attendance(...days.slice(0, 2)))).status, 400);
  assert.equal((await api.call('POST', '/ws/attendance/batch_daily_time', attendance(...days))).status, 400);
  const batch = await api.call('POST', '/ws/attendance/batch_daily_time', attendance(...days.slice(0, 200)));
  assert.equal(batch.status, 200);
  assert.equal(batch.json.insert_count + batch.json.update_count, 200);
});

test('attendance without a required value, or of the wrong mode, is 400 with the fields', async () => {
  for (const name of ['studentid', 'att_date', 'schoolid', 'yearid', 'att_mode_code', 'attendance_codeid']) {
    const entry = Object.fromEntries(Object.entries(ABSENT).filter(([key]) => key !== name)) as typeof ABSENT;
    const answer = await api.call('POST', '/ws/attendance/daily_time', attendance(entry));
    assert.equal(answer.status, 400, name);
    assert.ok(
      answer.json.errors.some(({ field }) => field === name),
      name,
    );
  }
  const meeting = attendance({ ...ABSENT, att_mode_code: 'ATT_ModeMeeting' });
  assert.equal((await api.call('POST', '/ws/attendance/daily_time', meeting)).status, 400);
});

test('meeting attendance is of one student on one day', async () => {
  const meeting = { ...ABSENT, att_mode_code: 'ATT_ModeMeeting', ccid: '1', periodid: '15' };
  const two = attendance(meeting, { ...meeting, ccid: '2', periodid: '16' });
  assert.equal((await api.call('POST', '/ws/attendance/meeting_interval', two)).json.insert_count, 2);
  const days = attendance(meeting, { ...meeting, att_date: '2026-11-19' });
  assert.equal((await api.call('POST', '/ws/attendance/meeting_interval', days)).status, 400);
});

test('a data version names the rows written since', async () => {
  interface Changes {
    $dataversion: string;
    tables: Record<string, number[]>;
  }
  const read = async (version: number | string): Promise<Changes> =>
    (await api.get(`/ws/dataversion/fernhill/${version}`)).json as unknown as Changes;
  const start = await read(0);
  assert.equal(typeof start.$dataversion, 'string');
  assert.ok((start.tables['users'] ?? []).length > 0);
  await api.call('PUT', '/ws/schema/table/students/9', { tables: { students: { home_room: 'R1' } } });
  const changes = await read(start.$dataversion);
  assert.deepEqual(changes.tables, { students: [9] });
  assert.deepEqual((await read(changes.$dataversion)).tables, {});
  assert.equal((await api.get('/ws/dataversion/fernhill/-1')).status, 400);
});

test('a rule of a field has its key', async () => {
  const { json } = await api.call('POST', '/ws/datavalidation/rules', { ldvkey: 'students.zip', recordid: 1 });
  assert.deepEqual(Object.keys(json), ['key', 'rule']);
});
