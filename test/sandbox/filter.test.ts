import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parseFiql } from '../../src/sandbox/query/fiql.ts';
import { ApiCaller } from './apiCaller.ts';
import { listOf, type Student } from './wireTypes.ts';

let api: ApiCaller;
before(async () => {
  api = await ApiCaller.start({ students: 600 });
});
after(() => api.stop());

async function found(q: string, path = '/ws/v1/district/student'): Promise<readonly Student[]> {
  const { status, json } = await api.get(`${path}?expansions=school_enrollment&q=${q}`);
  assert.equal(status, 200, `${q}: ${JSON.stringify(json)}`);
  return listOf(json.students.student);
}

async function refused(q: string, path = '/ws/v1/district/student'): Promise<string> {
  const { status, json } = await api.get(`${path}?q=${q}`);
  assert.equal(status, 400, q);
  return path.startsWith('/ws/v1') ? json.errorMessage.message : json.message;
}

async function count(table: string, q: string): Promise<number> {
  return (await api.get(`/ws/schema/table/${table}/count?q=${q}`)).json.count;
}

test('== finds one value, also when the expression is percent-encoded', async () => {
  assert.deepEqual(
    (await found('local_id==100001')).map(({ id }) => id),
    [1],
  );
  assert.deepEqual(
    (await found('local_id%3D%3D100001')).map(({ id }) => id),
    [1],
  );
});

test('* is a wildcard on texts, anywhere in the value', async () => {
  const starts = await found('name.last_name==Qui*');
  assert.ok(starts.length > 0 && starts.every(({ name }) => name.last_name.startsWith('Qui')));
  const ends = await found('name.first_name==*a');
  assert.ok(ends.length > 0 && ends.every(({ name }) => name.first_name.endsWith('a')));
  assert.equal((await found('name.last_name==*')).length, 600);
});

test('%, _ and \\ in a value are no wildcards', async () => {
  assert.deepEqual(await found('name.last_name==%25'), []);
  assert.deepEqual(await found('name.last_name==Q_ill*'), []);
  assert.deepEqual(await found('name.last_name==%5C*'), []);
});

test('; joins with AND, and one at the end is tolerated', async () => {
  const active = await found('name.last_name==M*;school_enrollment.enroll_status==A;');
  assert.ok(active.length > 0);
  assert.ok(active.every(({ school_enrollment: enrollment }) => enrollment.enroll_status === 'A'));
});

test("a connector's default filter works: any name, status in a list, a semicolon at the end", async () => {
  const all = await found('name.last_name==*;school_enrollment.enroll_status_code==(0);');
  assert.ok(all.length > 400 && all.length < 600);
});

test('=gt= =ge= =lt= =le= compare numbers and dates', async () => {
  const later = await found('school_enrollment.entry_date=ge=2026-08-01');
  assert.ok(later.every(({ school_enrollment: enrollment }) => enrollment.entry_date >= '2026-08-01'));
  const between = await found('local_id=gt=100010;local_id=le=100020');
  assert.equal(between.length, 10);
  assert.equal((await found('local_id=lt=100003')).length, 2);
});

test('every status letter is known, in any case, and a value list takes several', async () => {
  const letters: Readonly<Record<string, number>> = { A: 0, P: -1, T: 2, G: 3, H: 4 };
  for (const [letter, code] of Object.entries(letters)) {
    for (const spelled of [letter, letter.toLowerCase()]) {
      const students = await found(`school_enrollment.enroll_status==${spelled}`);
      assert.ok(students.length > 0, letter);
      assert.ok(
        students.every(({ school_enrollment: enrollment }) => enrollment.enroll_status_code === code),
        letter,
      );
    }
  }
  const both = await found('school_enrollment.enroll_status==(A,P)');
  const statuses = new Set(both.map(({ school_enrollment: enrollment }) => enrollment.enroll_status));
  assert.deepEqual(statuses, new Set(['A', 'P']));
  const inactive = await found('school_enrollment.enroll_status==I');
  assert.ok(inactive.every(({ school_enrollment: enrollment }) => enrollment.enroll_status_description === 'Inactive'));
});

test('every field that is documented for students can be asked for', async () => {
  for (const term of [
    'local_id==100001',
    'student_username==nora.quill',
    'name.last_name==Quill',
    'name.first_name==Nora',
    'name.middle_name==Ines',
    'state_province_id==ZX0099121',
    'school_enrollment.enroll_status==A',
    'school_enrollment.enroll_status_code=ge=0',
    'school_enrollment.entry_date==2026-08-24',
  ]) {
    assert.ok(
      (await found(`${term};local_id==100001`)).some(({ id }) => id === 1),
      term,
    );
  }
});

test('everybody, whatever the status, is enroll_status_code=gt=-2147483648', async () => {
  assert.equal((await found('school_enrollment.enroll_status_code=gt=-2147483648')).length, 600);
});

test('a reserved character in a value is percent-encoded', async () => {
  assert.deepEqual(
    (await found('name.last_name==Marks%20%26*')).map(({ id }) => id),
    [11],
  );
});

test('v1 refuses OR, !=, unknown names, wrong values and empty values', async () => {
  assert.match(await refused('local_id==1,local_id==2'), /comma/);
  assert.match(await refused('local_id!=1'), /!=/);
  assert.match(await refused('shoe_size==9'), /shoe_size/);
  assert.match(await refused('local_id==abc'), /number/);
  assert.match(await refused('school_enrollment.entry_date==yesterday'), /date/);
  assert.match(await refused('school_enrollment.enroll_status==Z'), /status/);
  assert.match(await refused('name.last_name=='), /value/);
  assert.match(await refused('local_id=100001'), /Invalid expression/);
});

test('tables know !=, ranges with negative numbers and the null test', async () => {
  const all = await count('cc', '');
  const dropped = await count('cc', 'termid=gt=-3700;termid=lt=0');
  assert.ok(dropped > 0 && dropped < all);
  assert.equal(await count('cc', 'termid=gt=0'), all - dropped);
  assert.equal((await count('students', 'gender!=F')) + (await count('students', 'gender==F')), 600);
  const without = await count('students', 'middle_name==%5Cu0000');
  assert.equal(without + (await count('students', 'middle_name!=%5Cu0000')), 600);
  assert.ok(without > 0);
});

test('tables say what is wrong: unknown column, wrong type, clob', async () => {
  const path = '/ws/schema/table/log';
  assert.equal(await refused('shoe_size==9', path), 'Invalid field shoe_size');
  assert.equal(
    await refused('logtypeid==2020-01-01', path),
    "Invalid number '2020-01-01' passed for comparison to number field LogTypeID",
  );
  assert.equal(await refused('entry==*bus*', path), 'Querying not supported against clob or blob field types');
});

test('an expression is split outside of parentheses only', () => {
  assert.deepEqual(parseFiql('a==(1;2);b=le=x'), {
    terms: [
      { name: 'a', operator: '==', values: ['1;2'], list: true },
      { name: 'b', operator: '=le=', values: ['x'], list: false },
    ],
  });
  assert.deepEqual(parseFiql(''), { terms: [] });
});
