import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FILTER_ERROR_TEXT, FILTER_OPERATORS, parseFilter, printFilter } from '../../../src/core/catalog/fiql.ts';

const errors = (text: string): string[] =>
  parseFilter(text).errors.map(({ kind, range }) => `${kind} ${text.slice(range.start, range.end)}`);

test('terms are read with field, comparison and value, and printed again', () => {
  for (const text of [
    'local_id==700412',
    'name.last_name==Qui*;school_enrollment.entry_date=ge=2026-08-01',
    'school_enrollment.enroll_status==(A,P)',
    'termid=gt=-2900;termid=le=-2800',
    'Att_Mode_Code!=ATT_ModeMeeting',
    'students.studentcorefields.allergies==*peanut*',
    'column==\\u0000',
    'students.lastfirst==Quill, Nora*',
    'id=={{student.response.body.$.a;b}}',
    'name.last_name==O=Brien',
  ]) {
    const { terms, errors } = parseFilter(text);
    assert.deepEqual(errors, [], text);
    assert.equal(printFilter(terms), text);
  }
});

test('every part has its range', () => {
  const text = ' local_id == 5 ; grade=gt=9';
  const [first, second] = parseFilter(text).terms;
  assert.ok(first && second);
  const cut = (range: { start: number; end: number }): string => text.slice(range.start, range.end);
  assert.deepEqual([first.field, first.operator, first.value], ['local_id', '==', '5']);
  assert.deepEqual(
    [cut(first.range), cut(first.fieldRange), cut(first.operatorRange), cut(first.valueRange)],
    ['local_id == 5', 'local_id', '==', '5'],
  );
  assert.equal(cut(second.operatorRange), '=gt=');
});

test('an escaped filter is read decoded, its ranges count in the text as written', () => {
  const text = 'name.last_name%3D%3DM%C3%BCller+K%26M;a%20b==%F0%9F%98%80x==%zz';
  const { terms } = parseFilter(text, { encoded: true });
  const [name, emoji] = terms;
  assert.equal(name?.value, 'Müller K&M');
  assert.equal(text.slice(name.operatorRange.start, name.operatorRange.end), '%3D%3D');
  assert.equal(text.slice(name.valueRange.start, name.valueRange.end), 'M%C3%BCller+K%26M');
  assert.equal(emoji?.value, '😀x==%zz');
  assert.equal(text.slice(emoji.valueRange.start, emoji.valueRange.end), '%F0%9F%98%80x==%zz');
});

test('a list of values is split', () => {
  assert.deepEqual(parseFilter('enroll_status==(A, P,T)').terms[0]?.values, ['A', 'P', 'T']);
});

test('what the server would refuse is an error at its place', () => {
  assert.deepEqual(errors('local_id'), ['missingOperator local_id']);
  assert.deepEqual(errors('local_id=5'), ['unknownOperator =']);
  assert.deepEqual(errors('local_id=like=5'), ['unknownOperator =like=']);
  assert.deepEqual(errors('grade>=9'), ['unknownOperator >=']);
  assert.deepEqual(errors('==5'), ['missingField ==']);
  assert.deepEqual(errors('a=='), ['missingValue ==']);
  assert.deepEqual(errors('a==()'), ['missingValue ()']);
  assert.deepEqual(errors('a==(A,P'), ['unclosedList (A,P']);
  assert.deepEqual(errors('a==1,b==2'), ['orJoin ,']);
  assert.deepEqual(errors('(a==1;b==2)'), ['grouping (a==1']);
  assert.deepEqual(errors('a==1;;b==2'), ['missingField ;']);
});

test('a semicolon at the end, and nothing at all, are fine', () => {
  assert.deepEqual(parseFilter('name.last_name==*;school_enrollment.enroll_status_code==(0);').errors, []);
  assert.deepEqual(parseFilter(''), { terms: [], errors: [] });
  assert.deepEqual(parseFilter('  '), { terms: [], errors: [] });
});

test('broken text is read to the end without a throw, ranges within the text', () => {
  const alphabet = ['a', '==', '=', ';', ',', '(', ')', '{{', '}}', '%', '%3D', '%C3', '+', ' ', '!', '<', '\u{1F600}'];
  let seed = 7;
  const next = (limit: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % limit;
  };
  for (let i = 0; i < 3000; i++) {
    const text = Array.from({ length: next(12) }, () => alphabet[next(alphabet.length)]).join('');
    for (const encoded of [false, true]) {
      const { terms, errors } = parseFilter(text, { encoded });
      for (const { range } of [...terms, ...errors]) {
        assert.ok(
          range.start >= 0 && range.start <= range.end && range.end <= text.length,
          `${text} ${JSON.stringify(range)}`,
        );
      }
    }
  }
});

test('every error has a sentence that says what to do', () => {
  for (const { message, mend } of Object.values(FILTER_ERROR_TEXT))
    assert.ok(message.endsWith('.') && mend.endsWith('.'));
  assert.equal(FILTER_OPERATORS.length, 6);
});
