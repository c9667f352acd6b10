import { keyOf, numberOf, textOf } from '../district/cell.ts';
import type { Row } from '../district/district.ts';
import { listOf } from '../resources/studentExtensions.ts';
import { jsonAnswer, type Answer } from '../server/answer.ts';
import { jsonBody, type Call } from '../server/call.ts';
import { Refusal } from '../server/refusal.ts';
import type { Route } from '../server/router.ts';
import { gradebookFault, integerList } from './gradebookAccess.ts';

/** Scores of assignments, standards and grade scales. */
export const SCORE_ROUTES: readonly Route[] = [
  { method: 'PUT', path: '/ws/xte/score', access: 'token', handler: answerPutScores },
  { method: 'POST', path: '/ws/xte/standard/score', access: 'token', handler: answerStandardScores },
  { method: 'GET', path: '/ws/xte/section/standard', access: 'token', handler: answerStandards },
  {
    method: 'GET',
    path: '/ws/xte/grade_scale/scales/{grade_scale_ids}',
    access: 'token',
    handler: answerScales,
  },
];

type Given = Readonly<Record<string, unknown>>;

/** Inserts scores, or changes those with an `assignmentscoreid`. The answer is our choice: the saved scores. */
function answerPutScores(call: Call): Answer {
  const body = jsonBody(call) as { assignment_scores?: unknown } | null;
  const scores = listOf(body?.assignment_scores) as readonly Given[];
  if (scores.length === 0) throw new Refusal(400, 'The request body must have assignment_scores');
  const saved = call.sandbox.district.transaction(() => scores.map((score) => saveScore(call, score)));
  return jsonAnswer(saved);
}

function saveScore(call: Call, given: Given): unknown {
  const { district, rows } = call.sandbox;
  const section = Number((given['_assignmentsection'] as Given | undefined)?.['assignmentsectionid']);
  const student = Number(given['studentsdcid']);
  const known = district.get('SELECT 1 FROM assignmentsection WHERE assignmentsectionid = ?', [section || null]);
  if (known === undefined) throw gradebookFault('assignmentsectionid');
  const enrolled = district.get(
    `SELECT 1 FROM cc JOIN students s ON s.id = cc.studentid JOIN sections x ON x.id = cc.sectionid
      JOIN assignmentsection a ON a.sectionsdcid = x.dcid WHERE a.assignmentsectionid = ? AND s.dcid = ?`,
    [section, student || null],
  );
  if (enrolled === undefined) throw gradebookFault('studentsdcid');
  const points = given['scorepoints'];
  if (points !== undefined && points !== null && typeof points !== 'number') throw gradebookFault('scorepoints');
  const table = district.dictionary.required('assignmentscore');
  const existing = district.get(
    'SELECT assignmentscoreid FROM assignmentscore WHERE assignmentsectionid = ? AND studentsdcid = ?',
    [section, student],
  );
  const id = given['assignmentscoreid'];
  if (id !== undefined && (existing === undefined || keyOf(existing, 'assignmentscoreid') !== Number(id))) {
    throw gradebookFault('assignmentscoreid');
  }
  const values = {
    assignmentsectionid: section,
    studentsdcid: student,
    scorepoints: points ?? null,
    actualscoreentered: typeof given['actualscoreentered'] === 'string' ? given['actualscoreentered'] : null,
    islate: given['islate'] === true ? 1 : 0,
    ismissing: given['ismissing'] === true ? 1 : 0,
    isexempt: given['isexempt'] === true ? 1 : 0,
  };
  const key = existing === undefined ? rows.insert(table, values) : keyOf(existing, 'assignmentscoreid');
  if (existing !== undefined) rows.update(table, key, values);
  const row = district.get('SELECT * FROM assignmentscore WHERE assignmentscoreid = ?', [key]);
  return row === undefined ? {} : scoreJson(call, row);
}

function answerStandardScores(call: Call): Answer {
  const body = (jsonBody(call) ?? {}) as Given;
  const [assignments, standards, sections] = ['assignment_ids', 'standard_ids', 'section_ids'].map((name) => {
    const ids = body[name] ?? [];
    if (!Array.isArray(ids) || ids.some((id) => !Number.isInteger(id))) throw gradebookFault(name);
    return ids as number[];
  });
  const rows = call.sandbox.district.all(
    `SELECT DISTINCT r.*, d.assignmentstandardassocid, d.standardid, a.assignmentid FROM assignmentscore r
      JOIN assignmentsection a ON a.assignmentsectionid = r.assignmentsectionid
      JOIN internal.assignment_standard d ON d.assignmentid = a.assignmentid
      WHERE (?1 = '[]' OR a.assignmentid IN (SELECT value FROM json_each(?1)))
        AND (?2 = '[]' OR d.standardid IN (SELECT value FROM json_each(?2)))
        AND (?3 = '[]' OR a.sectionsdcid IN (SELECT value FROM json_each(?3)))
      ORDER BY r.assignmentscoreid LIMIT 5000`,
    [JSON.stringify(assignments), JSON.stringify(standards), JSON.stringify(sections)],
  );
  return jsonAnswer(
    rows.map((row) =>
      Object.assign(scoreJson(call, row), {
        _assignmentstandardassociation: {
          assignmentstandardassocid: keyOf(row, 'assignmentstandardassocid'),
          standardid: keyOf(row, 'standardid'),
          assignmentid: keyOf(row, 'assignmentid'),
        },
      }),
    ),
  );
}

function scoreJson(call: Call, row: Row): Record<string, unknown> {
  return {
    assignmentscoreid: keyOf(row, 'assignmentscoreid'),
    yearid: call.sandbox.district.schoolYear.yearId,
    _assignmentsection: { assignmentsectionid: keyOf(row, 'assignmentsectionid') },
    studentsdcid: keyOf(row, 'studentsdcid'),
    isLate: numberOf(row, 'islate') === 1,
    actualscoreentered: textOf(row, 'actualscoreentered') ?? '',
    ActualScoreKind: 'REAL_SCORE',
    scorepoints: numberOf(row, 'scorepoints'),
    scorenumericgrade: numberOf(row, 'scorepoints'),
  };
}

/** Standards of the courses of these sections; inactive ones and those closed to assignments only when asked for. */
function answerStandards(call: Call): Answer {
  const sections = integerList(call.query.get('section_ids'), 'section_ids');
  const rows = call.sandbox.district.all(
    `SELECT DISTINCT d.* FROM internal.standard d JOIN courses c ON c.credittype = d.subjectarea
      JOIN sections s ON s.course_number = c.course_number AND d.standardid BETWEEN c.dcid * 3 - 2 AND c.dcid * 3
      WHERE (?1 = '[]' OR s.dcid IN (SELECT value FROM json_each(?1))) AND (?2 OR d.isactive = 1) AND (?3 OR d.isassignmentallowed = 1)
      ORDER BY d.standardid`,
    [
      JSON.stringify(sections),
      call.query.get('include_inactive') === 'true' ? 1 : 0,
      call.query.get('include_nonassigment') === 'true' ? 1 : 0,
    ],
  );
  return jsonAnswer(
    rows.map((row) => ({
      standardid: keyOf(row, 'standardid'),
      yearid: keyOf(row, 'yearid'),
      identifier: textOf(row, 'identifier'),
      displayposition: numberOf(row, 'displayposition'),
      name: textOf(row, 'name'),
      subjectarea: textOf(row, 'subjectarea'),
      isactive: numberOf(row, 'isactive') === 1,
      isassignmentallowed: numberOf(row, 'isassignmentallowed') === 1,
      _level: 1,
    })),
  );
}

function answerScales(call: Call): Answer {
  const { district } = call.sandbox;
  const ids = integerList(call.parameters['grade_scale_ids'] ?? '', 'grade_scale_ids');
  const withItems = call.query.get('include_items') !== 'false';
  const scales = district.all(
    'SELECT * FROM gradescaleitem WHERE gradescaleid = -1 AND id IN (SELECT value FROM json_each(?)) ORDER BY id',
    [JSON.stringify(ids)],
  );
  return jsonAnswer(
    scales.map((scale) => ({
      id: keyOf(scale, 'id'),
      dcid: keyOf(scale, 'dcid'),
      name: textOf(scale, 'name'),
      description: textOf(scale, 'description') ?? '',
      gradescaletype: textOf(scale, 'gradescaletype'),
      isforcoursegrade: numberOf(scale, 'isforcoursegrade') === 1,
      isforstandards: numberOf(scale, 'isforstandards') === 1,
      isgpashown: numberOf(scale, 'isgpashown') === 1,
      // JSON leaves an undefined member out.
      _items: withItems ? scaleItems(call, keyOf(scale, 'id')) : undefined,
    })),
  );
}

function scaleItems(call: Call, scale: number): readonly unknown[] {
  return call.sandbox.district
    .all('SELECT * FROM gradescaleitem WHERE gradescaleid = ? ORDER BY displayposition', [scale])
    .map((item) => ({
      id: keyOf(item, 'id'),
      dcid: keyOf(item, 'dcid'),
      name: textOf(item, 'name'),
      cutoffpercentage: numberOf(item, 'cutoffpercentage'),
      grade_points: numberOf(item, 'grade_points'),
      value: numberOf(item, 'value'),
      graduationcredit: numberOf(item, 'graduationcredit') === 1,
      countsingpa: numberOf(item, 'countsingpa') === 1,
      isproficient: numberOf(item, 'isproficient') === 1,
    }));
}
