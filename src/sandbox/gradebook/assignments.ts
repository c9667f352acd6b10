import { keyOf, numberOf, textOf } from '../district/cell.ts';
import type { Row, SqlValue } from '../district/district.ts';
import { isDate } from '../resources/columnValue.ts';
import { listOf } from '../resources/studentExtensions.ts';
import { emptyAnswer, jsonAnswer, type Answer } from '../server/answer.ts';
import { idParameter, jsonBody, notFound, type Call } from '../server/call.ts';
import { Refusal } from '../server/refusal.ts';
import type { Route } from '../server/router.ts';
import { gradebookFault, integerList, requireTeachersSection, teacherOf } from './gradebookAccess.ts';

/** Assignments of sections. The `{id}` of a path is the id of a section assignment. */
export const ASSIGNMENT_ROUTES: readonly Route[] = [
  route('GET', '/ws/xte/section/assignment', answerList),
  route('POST', '/ws/xte/section/assignment', answerCreate),
  route('GET', '/ws/xte/section/assignment/{id}', answerOne),
  route('PUT', '/ws/xte/section/assignment/{id}', answerChange),
  route('DELETE', '/ws/xte/section/assignment/{id}', answerDelete),
  route('DELETE', '/ws/xte/assignment_section/students', answerDeleteStudents),
  route('DELETE', '/ws/xte/assignment/{assignment_id}/assignmentstandards', answerDeleteStandards),
];

type Given = Readonly<Record<string, unknown>>;

function route(method: string, path: string, handler: Route['handler']): Route {
  return { method, path, access: 'token', handler };
}

function answerList(call: Call): Answer {
  const teacher = teacherOf(call);
  const sections = integerList(call.query.get('section_ids'), 'section_ids');
  for (const section of sections) requireTeachersSection(call, teacher, section);
  const rows = call.sandbox.district.all(
    `SELECT DISTINCT a.assignmentid FROM assignmentsection a JOIN sections s ON s.dcid = a.sectionsdcid
      JOIN schoolstaff t ON t.id = s.teacher
      WHERE t.users_dcid = ? AND (? = 0 OR s.dcid IN (SELECT value FROM json_each(?))) ORDER BY a.assignmentid`,
    [teacher, sections.length, JSON.stringify(sections)],
  );
  return jsonAnswer(rows.map((row) => assignmentJson(call, keyOf(row, 'assignmentid'))));
}

function answerOne(call: Call): Answer {
  teacherOf(call);
  return jsonAnswer(assignmentJson(call, keyOf(sectionAssignment(call), 'assignmentid')));
}

function answerCreate(call: Call): Answer {
  const teacher = teacherOf(call);
  const sections = givenSections(call, teacher);
  const { district } = call.sandbox;
  const assignment = district.transaction(() => {
    const id = district.number('SELECT ifnull(max(assignmentid), 0) + 1 FROM assignmentsection');
    for (const section of sections) saveSection(call, id, undefined, section);
    return id;
  });
  return jsonAnswer(assignmentJson(call, assignment), 201);
}

/** Everything that is sent overwrites what is there; a section that is not sent is taken out. */
function answerChange(call: Call): Answer {
  const teacher = teacherOf(call);
  const current = sectionAssignment(call);
  const assignment = keyOf(current, 'assignmentid');
  const sections = givenSections(call, teacher);
  const { district } = call.sandbox;
  district.transaction(() => {
    const existing = district.all(
      'SELECT assignmentsectionid, sectionsdcid FROM assignmentsection WHERE assignmentid = ?',
      [assignment],
    );
    for (const section of sections) {
      const own = existing.find((row) => row['sectionsdcid'] === section['sectionsdcid']);
      saveSection(call, assignment, own === undefined ? undefined : keyOf(own, 'assignmentsectionid'), section);
    }
    for (const row of existing) {
      if (sections.every((section) => section['sectionsdcid'] !== row['sectionsdcid'])) {
        removeSection(call, keyOf(row, 'assignmentsectionid'));
      }
    }
  });
  return jsonAnswer(assignmentJson(call, assignment), 201);
}

/** 412 when there are scores, unless `force=true`. */
function answerDelete(call: Call): Answer {
  teacherOf(call);
  const id = keyOf(sectionAssignment(call), 'assignmentsectionid');
  const scored = call.sandbox.district.get('SELECT 1 FROM assignmentscore WHERE assignmentsectionid = ?', [id]);
  if (scored !== undefined && call.query.get('force') !== 'true') {
    throw new Refusal(412, 'Validation failed', { errors: [{ field: 'force' }] });
  }
  call.sandbox.district.transaction(() => removeSection(call, id));
  return emptyAnswer(204);
}

/** A blind delete: ids that do not exist are no error. */
function answerDeleteStudents(call: Call): Answer {
  const body = jsonBody(call) as { student_ids?: unknown; section_ids?: unknown } | null;
  const students = integers(body?.student_ids);
  const sections = integers(body?.section_ids);
  if (students === undefined || sections === undefined) {
    throw new Refusal(400, 'student_ids and section_ids must be lists of numbers');
  }
  const parameters = [JSON.stringify(sections), JSON.stringify(students)];
  const where = `assignmentsectionid IN (SELECT value FROM json_each(?)) AND studentsdcid IN (SELECT value FROM json_each(?))`;
  const { district } = call.sandbox;
  district.run(`DELETE FROM internal.assignment_student WHERE ${where}`, parameters);
  if (call.query.get('force') === 'true') district.run(`DELETE FROM assignmentscore WHERE ${where}`, parameters);
  return emptyAnswer(201);
}

/** A blind delete of links between an assignment and standards. */
function answerDeleteStandards(call: Call): Answer {
  const assignment = idParameter(call, 'assignment_id');
  const standards = integerList(call.query.get('standard_ids'), 'standard_ids');
  call.sandbox.district.run(
    'DELETE FROM internal.assignment_standard WHERE assignmentid = ? AND (? = 0 OR standardid IN (SELECT value FROM json_each(?)))',
    [assignment, standards.length, JSON.stringify(standards)],
  );
  return emptyAnswer(204);
}

function sectionAssignment(call: Call): Row {
  const sql = 'SELECT * FROM assignmentsection WHERE assignmentsectionid = ?';
  const row = call.sandbox.district.get(sql, [idParameter(call)]);
  if (row === undefined) throw notFound();
  return row;
}

function assignmentJson(call: Call, id: number): unknown {
  const { district } = call.sandbox;
  const standards = district.all('SELECT * FROM internal.assignment_standard WHERE assignmentid = ?', [id]);
  const sections = district.all('SELECT * FROM assignmentsection WHERE assignmentid = ? ORDER BY assignmentsectionid', [
    id,
  ]);
  return {
    _name: 'assignment',
    _id: id,
    assignmentid: id,
    hasstandards: standards.length > 0,
    _assignmentsections: sections.map((row) => sectionJson(call, row)),
    _assignmentstandardassociations: standards.map((row) => ({
      _name: 'assignmentstandardassoc',
      _id: keyOf(row, 'assignmentstandardassocid'),
      assignmentstandardassocid: keyOf(row, 'assignmentstandardassocid'),
      standardid: keyOf(row, 'standardid'),
    })),
  };
}

function sectionJson(call: Call, row: Row): unknown {
  const { district } = call.sandbox;
  const id = keyOf(row, 'assignmentsectionid');
  const categories = district.all('SELECT * FROM assignmentcategoryassoc WHERE assignmentsectionid = ?', [id]);
  const students = district.all('SELECT studentsdcid FROM internal.assignment_student WHERE assignmentsectionid = ?', [
    id,
  ]);
  return {
    _name: 'assignmentsection',
    _id: id,
    assignmentsectionid: id,
    sectionsdcid: numberOf(row, 'sectionsdcid'),
    name: textOf(row, 'name'),
    ...(textOf(row, 'description') === undefined ? {} : { description: textOf(row, 'description') }),
    duedate: textOf(row, 'duedate'),
    scoretype: textOf(row, 'scoretype'),
    scoreentrypoints: numberOf(row, 'scoreentrypoints'),
    totalpointvalue: numberOf(row, 'totalpointvalue'),
    weight: numberOf(row, 'weight'),
    iscountedinfinalgrade: numberOf(row, 'iscountedinfinalgrade') === 1,
    isscoringneeded: numberOf(row, 'isscoringneeded') === 1,
    publishoption: textOf(row, 'publishoption'),
    _assignmentcategoryassociations: categories.map((category) => ({
      _name: 'assignmentcategoryassoc',
      _id: keyOf(category, 'assignmentcategoryassocid'),
      assignmentcategoryassocid: keyOf(category, 'assignmentcategoryassocid'),
      teachercategoryid: numberOf(category, 'teachercategoryid'),
      isprimary: numberOf(category, 'isprimary') === 1,
    })),
    _assignmentstudentassociations: students.map((student) => ({
      _name: 'assignmentstudentassoc',
      studentsdcid: keyOf(student, 'studentsdcid'),
    })),
  };
}

/** The sections of a body, checked: 409 names the fields that are missing or wrong. */
function givenSections(call: Call, teacher: number): readonly Given[] {
  const body = jsonBody(call) as Given | null;
  const sections = listOf(body?.['_assignmentsections']) as readonly Given[];
  if (sections.length === 0) throw gradebookFault('_assignmentsections');
  for (const section of sections) {
    const wrong = [
      Number.isInteger(section['sectionsdcid']) ? undefined : 'sectionsdcid',
      typeof section['name'] === 'string' && section['name'] !== '' ? undefined : 'name',
      typeof section['duedate'] === 'string' && isDate(section['duedate']) ? undefined : 'duedate',
      section['scoretype'] === undefined || typeof section['scoretype'] === 'string' ? undefined : 'scoretype',
      section['totalpointvalue'] === undefined || typeof section['totalpointvalue'] === 'number'
        ? undefined
        : 'totalpointvalue',
    ].filter((field) => field !== undefined);
    if (wrong.length > 0) throw gradebookFault(...wrong);
    requireTeachersSection(call, teacher, Number(section['sectionsdcid']));
  }
  return sections;
}

function saveSection(call: Call, assignment: number, id: number | undefined, given: Given): void {
  const { district, rows } = call.sandbox;
  const { dictionary, schoolYear } = district;
  const table = dictionary.required('assignmentsection');
  const points = typeof given['scoreentrypoints'] === 'number' ? given['scoreentrypoints'] : 10;
  const values: Record<string, SqlValue> = {
    assignmentid: assignment,
    sectionsdcid: Number(given['sectionsdcid']),
    name: String(given['name']),
    description: typeof given['description'] === 'string' ? given['description'] : null,
    duedate: String(given['duedate']),
    scoretype: typeof given['scoretype'] === 'string' ? given['scoretype'] : 'POINTS',
    scoreentrypoints: points,
    totalpointvalue: typeof given['totalpointvalue'] === 'number' ? given['totalpointvalue'] : points,
    weight: typeof given['weight'] === 'number' ? given['weight'] : 1,
    iscountedinfinalgrade: given['iscountedinfinalgrade'] === false ? 0 : 1,
    isscoringneeded: given['isscoringneeded'] === false ? 0 : 1,
    publishoption: typeof given['publishoption'] === 'string' ? given['publishoption'] : 'Immediately',
    yearid: schoolYear.yearId,
  };
  const key = id ?? rows.insert(table, values);
  if (id !== undefined) rows.update(table, id, values);
  district.run('DELETE FROM assignmentcategoryassoc WHERE assignmentsectionid = ?', [key]);
  for (const category of listOf(given['_assignmentcategoryassociations']) as readonly Given[]) {
    const known = 'SELECT 1 FROM teachercategory WHERE teachercategoryid = ?';
    const categoryId = Number(category['teachercategoryid']);
    if (district.get(known, [categoryId]) === undefined) throw gradebookFault('teachercategoryid');
    rows.insert(dictionary.required('assignmentcategoryassoc'), {
      assignmentsectionid: key,
      teachercategoryid: categoryId,
      isprimary: category['isprimary'] === false ? 0 : 1,
      yearid: schoolYear.yearId,
    });
  }
  district.run('DELETE FROM internal.assignment_student WHERE assignmentsectionid = ?', [key]);
  for (const student of listOf(given['_assignmentstudentassociations']) as readonly Given[]) {
    district.run('INSERT OR IGNORE INTO internal.assignment_student VALUES (?, ?)', [
      key,
      Number(student['studentsdcid']),
    ]);
  }
}

function removeSection(call: Call, id: number): void {
  const { district, rows } = call.sandbox;
  district.run('DELETE FROM assignmentscore WHERE assignmentsectionid = ?', [id]);
  district.run('DELETE FROM assignmentcategoryassoc WHERE assignmentsectionid = ?', [id]);
  district.run('DELETE FROM internal.assignment_student WHERE assignmentsectionid = ?', [id]);
  rows.delete(district.dictionary.required('assignmentsection'), id);
}

function integers(value: unknown): readonly number[] | undefined {
  return Array.isArray(value) && value.every((item) => Number.isInteger(item)) ? (value as number[]) : undefined;
}
