import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findRecords, splitNames } from '../../../src/core/powerschool/records.ts';

describe('the records of an answer', () => {
  const rows: readonly (readonly [string, unknown, readonly unknown[] | undefined])[] = [
    [
      'several as an array',
      { students: { '@expansions': 'a', student: [{ id: 1 }, { id: 2 }] } },
      [{ id: 1 }, { id: 2 }],
    ],
    ['one as an object', { students: { '@expansions': 'a', student: { id: 1 } } }, [{ id: 1 }]],
    ['none without the key', { students: { '@expansions': 'a', '@extensions': '' } }, []],
    ['none as an empty text', { students: '' }, []],
    ['none in an empty wrapper', { students: {} }, []],
    ['the odd plural', { staffs: { staff: { id: 1 } } }, [{ id: 1 }]],
    ['with an underscore', { section_enrollments: { section_enrollment: [{ id: 1 }] } }, [{ id: 1 }]],
    ['a single record', { student: { id: 1, name: {} } }, [{ id: 1, name: {} }]],
    ['a single record with a plural inside', { school: { id: 1, addresses: '' } }, [{ id: 1, addresses: '' }]],
    [
      'rows of a table',
      { name: 'Students', record: [{ id: 1, tables: {} }], '@extensions': '' },
      [{ id: 1, tables: {} }],
    ],
    ['a row of a table alone', { id: 1, name: 'Students', tables: {} }, [{ id: 1, name: 'Students', tables: {} }]],
    ['rows of a PowerQuery', { record: [{ _name: 'students' }] }, [{ _name: 'students' }]],
    ['a row that came as an object', { record: { _name: 'students' } }, [{ _name: 'students' }]],
    ['no rows of a PowerQuery', { '@extensions': '' }, []],
    ['no rows of a table', { name: 'Students', '@extensions': '' }, []],
    ['a bare array', [{ contactId: 1 }], [{ contactId: 1 }]],
    ['a bare object', { contactId: 1, firstName: 'Nora' }, [{ contactId: 1, firstName: 'Nora' }]],
    ['areas', { areas: [{ name: 'x' }] }, [{ name: 'x' }]],
    ['a count', { count: 12 }, undefined],
    ['a v1 count', { resource: { count: 12 } }, undefined],
    ['an error', { errorMessage: { message: 'x' } }, undefined],
    ['a table error', { message: 'x', errors: [] }, undefined],
    ['the result of a write', { results: { insert_count: 1, result: {} } }, undefined],
    ['a delta', { $dataversion: '1', tables: { users: [1] } }, undefined],
    ['a token', { access_token: 'x' }, undefined],
    ['text', 'hello', undefined],
    ['nothing', null, undefined],
  ];
  for (const [name, body, records] of rows) {
    test(`: ${name}`, () => {
      assert.deepEqual(findRecords(body).records, records);
    });
  }
});

test('names are split at the comma, with or without the space', () => {
  assert.deepEqual(splitNames('demographics, addresses, phones'), ['demographics', 'addresses', 'phones']);
  assert.deepEqual(splitNames('s_stu_x,u_bikepermits'), ['s_stu_x', 'u_bikepermits']);
  assert.deepEqual(splitNames(''), []);
  assert.deepEqual(splitNames(undefined), []);
});
