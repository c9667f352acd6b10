import assert from 'node:assert/strict';
import { test } from 'node:test';
import { translateOracle } from '../../../src/sandbox/powerquery/oracleTranslation.ts';
import { openSchool, refusalOf, runOracle } from './oracleDatabase.ts';

const school = openSchool();
const rows = (sql: string, binds = {}): unknown[][] => runOracle(school, sql, binds);

test('comments, hints, quoted names and alternative quotes are read', () => {
  const sql = `select /*+ first_rows */ q'[it's]' as "a b", n'x' as "from" -- last
    from dual /* end */`;
  assert.deepEqual(
    rows(sql),
    [[`it's`, 'x']].map(([a, b]) => [a, b]),
  );
});

test('names are found in any case, with the schema PS before them', () => {
  assert.deepEqual(rows(`SELECT S.Last_Name FROM PS.Students S WHERE s.ID = 1`), [['Quill']]);
  assert.deepEqual(rows(`SELECT PS.Students.ID FROM PS.Students WHERE id = 1`), [[1]]);
});

test('SELECT UNIQUE, DISTINCT and ALL', () => {
  assert.deepEqual(rows('select unique schoolid from students order by 1'), [[120], [130]]);
  assert.deepEqual(rows('select distinct schoolid from students order by schoolid desc'), [[130], [120]]);
  assert.equal(rows('select all schoolid from students').length, 3);
});

test('NULL sorts last, and first when descending, unless told otherwise', () => {
  assert.deepEqual(rows('select id from students order by middle_name').flat(), [2, 3, 1]);
  assert.deepEqual(rows('select id from students order by middle_name desc').flat(), [1, 3, 2]);
  assert.deepEqual(rows('select id from students order by middle_name desc nulls last').flat(), [3, 2, 1]);
});

test('an empty text is NULL', () => {
  assert.deepEqual(rows(`select '' as a from students where middle_name = '' or '' is null`), [[null], [null], [null]]);
});

test('LIKE tells upper from lower case and knows ESCAPE', () => {
  assert.deepEqual(rows(`select id from students where last_name like 'q%'`), []);
  assert.deepEqual(rows(`select id from students where last_name like 'Q_i%'`), [[1]]);
  assert.deepEqual(rows(`select 1 from dual where 'a%' like 'a\\%' escape '\\' and 'ab' not like 'a\\%' escape '\\'`), [
    [1],
  ]);
});

test('numbers and texts compare as numbers where Oracle does so', () => {
  assert.deepEqual(rows(`select id from cc where substr(termid, 4, 1) > 0`), [[2]]);
  assert.deepEqual(rows(`select id from students where enroll_status = '2'`), [[3]]);
  assert.deepEqual(rows(`select id from students where to_char(grade_level) in (9)`), [[1]]);
  assert.deepEqual(rows(`select 1 from dual where length('abc') = '3' and to_number('07') = 7`), [[1]]);
  assert.deepEqual(rows(`select id from students where student_number = to_number('700412')`), [[1]]);
  assert.deepEqual(rows(`select 1 from dual where to_char(5) between 1 and 10`), [[1]]);
  assert.deepEqual(rows(`select case to_char(5) when 5 then 'five' end as x from dual`), [['five']]);
});

/** Ids of the students that a condition on the argument `:a` finds. */
function found(where: string, value: string | bigint): unknown[] {
  return rows(`select id from students where ${where} order by id`, { ':a': value, '@a': `["${value}"]` }).flat();
}

test('an argument compares as what stands beside it', () => {
  assert.deepEqual(found('grade_level = :a', '9'), [1]);
  assert.deepEqual(found('student_number = :a', 700412n), [1]);
  assert.deepEqual(found('substr(grade_level, 1, 1) = :a', 9n), [1]);
  assert.deepEqual(found('length(first_name) = :a', '4'), [1]);
  assert.deepEqual(found('length(first_name) in (:a)', '4'), [1]);
  assert.deepEqual(found('upper(first_name) in (:a)', 'NORA'), [1]);
  assert.deepEqual(found('entrydate >= :a', '2026-09-01'), [3]);
});

test('dates are compared and counted in days', () => {
  assert.deepEqual(rows(`select id from students where trunc(sysdate) - entrydate <= 71`), [[2], [3]]);
  assert.deepEqual(rows(`select id, entrydate + 7 from students where entrydate + 7 = date '2026-08-31'`), [
    [1, '2026-08-31'],
  ]);
  assert.deepEqual(
    rows(`select id from students where entrydate between to_date('08/25/2026', 'MM/DD/YYYY') and sysdate - 60`),
    [[2]],
  );
});

test('joins of every kind', () => {
  const names = (from: string): unknown[] => rows(`select s.id, c.course_number from ${from} order by 1, 2`);
  assert.equal(names('students s join cc c on c.studentid = s.id').length, 3);
  assert.equal(names('students s left outer join cc c on c.studentid = s.id').length, 4);
  assert.equal(names('cc c right join students s on c.studentid = s.id').length, 4);
  assert.equal(names('cc c full outer join students s on c.studentid = s.id').length, 4);
  assert.equal(names('students s cross join courses c').length, 6);
  assert.equal(names('students s, courses c').length, 6);
  assert.equal(names('(students s inner join cc c on c.studentid = s.id)').length, 3);
  assert.equal(rows('select course_name from cc join courses using (course_number)').length, 3);
  assert.equal(rows('select course_name from cc natural join courses').length, 3);
});

test('(+) makes an outer join, also along a chain of tables', () => {
  const sql = `select s.id, c.course_number, k.course_name from students s, courses k, cc c
    where s.id = c.studentid(+) and c.course_number = k.course_number ( + ) and c.termid(+) = 3600 and s.grade_level > 8
    order by s.id`;
  assert.deepEqual(rows(sql), [
    [1, 'BIO101', 'Biology'],
    [2, 'BIO101', 'Biology'],
    [3, null, null],
  ]);
});

test('set operators, with parentheses around their members', () => {
  assert.deepEqual(rows('select 1 from dual union all select 1 from dual').length, 2);
  assert.deepEqual(rows('select 1 from dual union select 1 from dual').length, 1);
  assert.deepEqual(rows('select id from students minus select studentid from cc'), [[3]]);
  assert.deepEqual(rows('select id from students intersect select studentid from cc order by 1'), [[1], [2]]);
  assert.deepEqual(rows('(select 1 as x from dual) union all (select 2 from dual) order by x desc'), [[2], [1]]);
});

test('WITH, also with column names and recursion', () => {
  assert.deepEqual(rows('with a as (select id from students), b as (select count(*) n from a) select n from b'), [[3]]);
  const sql = 'with t (n) as (select 1 from dual union all select n + 1 from t where n < 4) select sum(n) from t';
  assert.deepEqual(rows(sql), [[10]]);
});

test('ROWNUM limits rows, numbers them, and keeps the order of a subquery', () => {
  assert.deepEqual(rows('select id from (select id from students order by id desc) where rownum <= 2').flat(), [3, 2]);
  assert.deepEqual(rows('select id from students where rownum < 2 and id > 1').length, 1);
  assert.deepEqual(rows('select id from students where id = 1 and rownum = 1 union all select 9 from dual'), [
    [1],
    [9],
  ]);
  assert.deepEqual(
    rows('select rownum, id from students').map(([n]) => n),
    [1, 2, 3],
  );
  for (const [n, found] of [
    [2n, 2],
    ['2', 2],
    [0n, 0],
    [-1n, 0],
    [null, 0],
  ] as const) {
    assert.equal(rows('select id from students where rownum <= :n', { ':n': n }).length, found);
  }
});

test('FETCH FIRST and OFFSET', () => {
  assert.deepEqual(rows('select id from students order by id fetch first 2 rows only').flat(), [1, 2]);
  assert.deepEqual(rows('select id from students order by id offset 1 row fetch next row only').flat(), [2]);
  assert.deepEqual(rows('select id from students order by id offset 2 rows').flat(), [3]);
});

test('CONNECT BY LEVEL over dual makes rows', () => {
  assert.deepEqual(rows('select level from dual connect by level <= 3').flat(), [1, 2, 3]);
  const split = `select trim(regexp_substr(:list, '[^,]+', 1, level)) from dual
    connect by regexp_substr(:list, '[^,]+', 1, level) is not null`;
  assert.deepEqual(rows(split, { ':list': '120, 130' }).flat(), ['120', '130']);
  assert.deepEqual(rows(`select id from students where schoolid not in (${split})`, { ':list': '120' }), [[3]]);
});

test('LISTAGG keeps its order, drops NULL, and can be distinct', () => {
  const one = (sql: string): unknown => rows(sql)[0]?.[0];
  assert.equal(
    one(`select listagg(last_name, '; ') within group (order by last_name desc) from students`),
    `Roth; Quill; O'Dell`,
  );
  assert.equal(one(`select listagg(middle_name, ',') within group (order by id) from students`), 'Ann,Bo');
  assert.equal(one(`select listagg(distinct schoolid, ',') within group (order by schoolid) from students`), '120,130');
  assert.equal(one(`select listagg(id) within group (order by id) from students`), '123');
  assert.equal(one(`select listagg(id, ',' on overflow truncate) within group (order by id) from students`), '1,2,3');
  assert.equal(one(`select listagg(id, ',') from students where id > 9`), null);
  const sql = `select schoolid, listagg(id, ',') within group (order by id) from students group by schoolid order by 1`;
  assert.deepEqual(rows(sql), [
    [120, '1,2'],
    [130, '3'],
  ]);
});

test('aggregates and analytic functions', () => {
  assert.deepEqual(
    rows('select count(*), count(distinct schoolid), sum(id), avg(id), min(id), max(id) from students'),
    [[3, 2, 6, 2, 1, 3]],
  );
  assert.deepEqual(rows('select schoolid, count(*) from students group by schoolid having count(*) > 1'), [[120, 2]]);
  const sql = `select id, row_number() over (partition by schoolid order by id desc) rn, count(*) over () n,
    sum(id) over (order by id rows between unbounded preceding and current row) s, lag(id) over (order by id) p
    from students order by id`;
  assert.deepEqual(rows(sql), [
    [1, 2, 3, 1, null],
    [2, 1, 3, 3, 1],
    [3, 1, 3, 6, 2],
  ]);
});

test('subqueries as values, lists, tables and conditions', () => {
  assert.deepEqual(
    rows('select (select name from schools where school_number = s.schoolid) from students s where id = 3'),
    [['South']],
  );
  assert.deepEqual(rows('select id from students where (id, schoolid) in (select 1, 120 from dual)'), [[1]]);
  assert.deepEqual(rows('select id from students s where not exists (select 1 from cc where cc.studentid = s.id)'), [
    [3],
  ]);
  assert.deepEqual(rows('select x.n from (select count(*) as n from cc) x'), [[3]]);
});

test('CASE in both forms, NOT, OR and precedence', () => {
  const sql = `select case grade_level when 9 then 'nine' else 'other' end, case when not id = 1 and schoolid = 120 or id = 3 then 1 else 0 end
    from students order by id`;
  assert.deepEqual(rows(sql), [
    ['nine', 0],
    ['other', 1],
    ['other', 1],
  ]);
  assert.deepEqual(rows('select -2 * 3 + 10 / 4 - 1 from dual'), [[-4.5]]);
  assert.deepEqual(rows('select id from students where id = 1 and schoolid = 130 or id = 2'), [[2]]);
  assert.deepEqual(rows('select id from students where id not in (1, 2) and id != 5 and id <> 6 and id ^= 7'), [[3]]);
});

test('arguments are bound by name, a lone one in a list as a list', () => {
  const translation = translateOracle(
    'select id from students where schoolid = :school and id in (:ids) and :ids is not null',
  );
  assert.ok(translation.ok);
  assert.deepEqual([translation.bindNames, translation.listNames], [['school', 'ids'], ['ids']]);
  const binds = { ':school': 120, ':ids': 'x', '@ids': '["1", "3"]' };
  assert.deepEqual(
    rows('select id from students where schoolid = :school and id in (:ids) and :ids is not null', binds),
    [[1]],
  );
});

test('the selection of a user is no restriction for a partner', () => {
  const sql = `select count(*) from students where <@restricted_table table="students" selector="selectedstudents"/>`;
  assert.deepEqual(rows(sql), [[3]]);
});

test('tables and columns of the query are known, with the tables a bare column can belong to', () => {
  const translation = translateOracle(`with chosen as (select dcid from students where grade_level = 9)
    select s.last_name, name, (select max(c.termid) from cc c where c.studentid = s.id) from students s
    join chosen on chosen.dcid = s.dcid join schools on school_number = s.schoolid order by alias`);
  assert.ok(translation.ok);
  assert.deepEqual([...translation.tables].sort(), ['cc', 'schools', 'students']);
  const uses = translation.columns.map(({ column, tables }) => `${column}: ${[...tables].sort().join(' ')}`);
  assert.deepEqual([...new Set(uses)].sort(), [
    'dcid: students',
    'grade_level: students',
    'id: students',
    'last_name: students',
    'name: schools students',
    'school_number: schools students',
    'schoolid: students',
    'studentid: cc',
    'termid: cc',
  ]);
});

const REFUSALS: readonly (readonly [sql: string, construct: string])[] = [
  ['', '“SELECT”'],
  ['select 1 from dual;', 'a semicolon'],
  ['select ~(curschoolid) from dual', 'the PowerSchool HTML tag ~(…'],
  ['select ~[x] from dual', 'the PowerSchool HTML tag ~[…'],
  [`select 'open from dual`, 'a text that is not closed'],
  ['select a ? b from dual', 'the character ?'],
  ['select foo(1) from dual', 'the function FOO'],
  ['select left(a, 1) from dual', 'the function LEFT'],
  ['select ps_customfields.getstudentscf(1, 2) from dual', 'the function ps_customfields.getstudentscf'],
  ['select id from t start with id = 1 connect by prior id = parent', 'CONNECT BY'],
  ['select id from t connect by id = 1', 'CONNECT BY'],
  ['select prior id from t', 'PRIOR'],
  ['select max(a) keep (dense_rank last order by b) from t', 'KEEP'],
  ['select count(*) from t where rownum <= 5', 'ROWNUM beside an aggregate'],
  ['select id from t where rownum > 5', 'ROWNUM >'],
  ['select id from t where rownum <= 5 or id = 1', 'ROWNUM beside OR'],
  ['select id from t where (rownum = 1)', 'ROWNUM in this place'],
  ['select a from t, u where t.id = u.id(+) or t.id = 1', '(+) beside OR'],
  ['select a from t, u where t.id(+) = u.id(+)', '(+) in a circle'],
  ['select a from t where id(+) = 1', '(+) after a column without its table'],
  ['select a from t as x', 'AS before a table alias'],
  ['select a from t pivot (x)', 'PIVOT'],
  ['select a from table(f(1))', 'TABLE'],
  ['select a from t cross apply u', 'APPLY'],
  ['select a from f(1)', 'the table function f'],
  ['select a from t group by rollup(a)', 'ROLLUP'],
  ['select a from t fetch first 5 percent rows only', 'PERCENT'],
  ['select a from t fetch first 5 rows with ties', 'WITH'],
  ['select a from t where a > any (1, 2)', 'ANY'],
  [`select sysdate + interval '1' month from dual`, 'INTERVAL … MONTH'],
  ['select cast(a as blob) from t', 'CAST … AS BLOB'],
  [`select listagg(a, ',') within group (order by a) over () from t`, 'LISTAGG … OVER'],
  ['with t as (select 1 from dual) search depth first by x set y select 1 from t', 'SEARCH'],
  ['update students set id = 1', '“update” where SELECT is expected'],
  ['select id from students for update', '“for” in this place'],
  ['select id from students where id not 5', 'NOT “5”'],
  ['select from students', '“from” where a value is expected'],
  ['select (1 from dual', '“from” where ) is expected'],
  ['select 1 +', 'the end of the SQL where a value is expected'],
];

test('what cannot be translated is refused by its name', () => {
  for (const [sql, construct] of REFUSALS) {
    const refused = refusalOf(sql);
    assert.ok(refused === construct || (sql === '' && refused !== undefined), `${sql} → ${String(refused)}`);
  }
});
