import { keyOf, numberOf, textOf } from '../district/cell.ts';
import type { Row, SqlValue } from '../district/district.ts';
import { listOf } from '../resources/studentExtensions.ts';
import { emptyAnswer, jsonAnswer, type Answer } from '../server/answer.ts';
import { idParameter, jsonBody, notFound, type Call } from '../server/call.ts';
import type { Route } from '../server/router.ts';
import { gradebookFault, requiredInteger, teacherOf } from './gradebookAccess.ts';

/** Grading categories of a teacher. Bodies are lists of categories; a single one is taken too. */
export const TEACHER_CATEGORY_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/ws/xte/teacher_category', access: 'token', handler: answerList },
  { method: 'POST', path: '/ws/xte/teacher_category', access: 'token', handler: answerCreate },
  ...(
    [
      ['GET', (call: Call) => jsonAnswer(categoryJson(categoryRow(call)))],
      ['PUT', answerChange],
      ['DELETE', answerDelete],
    ] as const
  ).map(([method, handler]): Route => ({
    method,
    path: '/ws/xte/teacher_category/{teacher_category_id}',
    access: 'token',
    handler,
  })),
];

type Given = Readonly<Record<string, unknown>>;

function answerList(call: Call): Answer {
  const teacher = teacherOf(call);
  requiredInteger(call, 'year_id');
  const rows = call.sandbox.district.all(
    'SELECT * FROM teachercategory WHERE usersdcid = ? ORDER BY displayposition, teachercategoryid',
    [teacher],
  );
  return jsonAnswer(rows.map(categoryJson));
}

function answerCreate(call: Call): Answer {
  const teacher = teacherOf(call);
  const { district, rows } = call.sandbox;
  const table = district.dictionary.required('teachercategory');
  const given = listOf(jsonBody(call)) as readonly Given[];
  const created = district.transaction(() =>
    given.map((category) => {
      if (typeof category['name'] !== 'string' || category['name'] === '') throw gradebookFault('name');
      const key = rows.insert(table, {
        usersdcid: teacher,
        categorytype: 'user',
        isactive: 1,
        isusermodifiable: 1,
        isinfinalgrades: 1,
        defaultscoretype: 'POINTS',
        defaultpublishoption: 'Immediately',
        ...categoryValues(category),
      });
      return categoryJson(district.get('SELECT * FROM teachercategory WHERE teachercategoryid = ?', [key]) ?? {});
    }),
  );
  return jsonAnswer(created, 201);
}

function answerChange(call: Call): Answer {
  teacherOf(call);
  requiredInteger(call, 'term_id');
  const id = keyOf(categoryRow(call), 'teachercategoryid');
  const [category] = listOf(jsonBody(call)) as readonly Given[];
  if (category === undefined) throw gradebookFault('name');
  call.sandbox.rows.update(call.sandbox.district.dictionary.required('teachercategory'), id, categoryValues(category));
  return jsonAnswer([categoryJson(categoryRow(call))]);
}

/** 200 without a body; 409 when assignments use it. */
function answerDelete(call: Call): Answer {
  teacherOf(call);
  const { district, rows } = call.sandbox;
  const id = keyOf(categoryRow(call), 'teachercategoryid');
  const used = district.get('SELECT 1 FROM assignmentcategoryassoc WHERE teachercategoryid = ?', [id]);
  if (used !== undefined) throw gradebookFault('teachercategoryid');
  rows.delete(district.dictionary.required('teachercategory'), id);
  return emptyAnswer(200);
}

function categoryRow(call: Call): Row {
  const sql = 'SELECT * FROM teachercategory WHERE teachercategoryid = ?';
  const row = call.sandbox.district.get(sql, [idParameter(call, 'teacher_category_id')]);
  if (row === undefined) throw notFound();
  return row;
}

function categoryJson(row: Row): unknown {
  const flag = (column: string): boolean => numberOf(row, column) === 1;
  return {
    id: numberOf(row, 'teachercategoryid'),
    districtteachercategoryid: numberOf(row, 'districtteachercategoryid') ?? null,
    color: Number(textOf(row, 'color') ?? 1),
    usersdcid: numberOf(row, 'usersdcid'),
    displayposition: numberOf(row, 'displayposition') ?? 0,
    isinfinalgrades: flag('isinfinalgrades'),
    isactive: flag('isactive'),
    isusermodifiable: flag('isusermodifiable'),
    isdefaultpublishscores: flag('isdefaultpublishscores'),
    categorytype: textOf(row, 'categorytype'),
    defaultpublishoption: textOf(row, 'defaultpublishoption'),
    name: textOf(row, 'name'),
    defaultscoretype: textOf(row, 'defaultscoretype'),
    defaulttotalvalue: numberOf(row, 'defaulttotalvalue') ?? 0,
  };
}

/** Columns that a body may set; 409 names the first with a wrong value. */
function categoryValues(given: Given): Record<string, SqlValue> {
  const values: Record<string, SqlValue> = {};
  for (const [name, kind] of CATEGORY_FIELDS) {
    const value = given[name];
    if (value === undefined) continue;
    if (typeof value !== kind) throw gradebookFault(name);
    values[name] = typeof value === 'boolean' ? Number(value) : (value as SqlValue);
  }
  return values;
}

const CATEGORY_FIELDS: readonly (readonly [name: string, kind: 'string' | 'number' | 'boolean'])[] = [
  ['name', 'string'],
  ['description', 'string'],
  ['color', 'number'],
  ['displayposition', 'number'],
  ['isinfinalgrades', 'boolean'],
  ['isactive', 'boolean'],
  ['isdefaultpublishscores', 'boolean'],
  ['defaultpublishoption', 'string'],
  ['defaultscoretype', 'string'],
  ['defaulttotalvalue', 'number'],
  ['defaultweight', 'number'],
];
