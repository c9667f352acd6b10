import type { Operation } from '../../../src/core/catalog/operation.ts';

/** Reads rows of a table as text by column. */
export type ReadRows = (table: string, query: string) => Promise<readonly Readonly<Record<string, string>>[]>;

/** Values for the ids of addresses and bodies in a sandbox district. */
export interface WalkIds {
  /** By the kind of id in a path. */
  readonly path: Readonly<Record<string, string>>;
  /** By the name of a query parameter. */
  readonly query: Readonly<Record<string, string>>;
  /** By the name of a member of a body. */
  readonly body: Readonly<Record<string, string>>;
}

/** A section with an assignment, its teacher, and rows that every district has. */
export async function findWalkIds(rows: ReadRows): Promise<WalkIds> {
  const [enrolled] = await rows('cc', 'q=dcid==1&projection=sectionid');
  const section = enrolled?.['sectionid'] ?? '';
  const [sectionRow] = await rows('sections', `q=id==${section}&projection=teacher`);
  const [staff] = await rows('schoolstaff', `q=id==${sectionRow?.['teacher'] ?? ''}&projection=users_dcid`);
  const [assigned] = await rows(
    'assignmentsection',
    `q=sectionsdcid==${section}&projection=assignmentid,assignmentsectionid`,
  );
  const assignment = assigned?.['assignmentsectionid'] ?? '';
  const [category] = await rows(
    'assignmentcategoryassoc',
    `q=assignmentsectionid==${assignment}&projection=teachercategoryid`,
  );
  const teacher = staff?.['users_dcid'] ?? '';
  return {
    path: {
      school: '3',
      section,
      staff: '2',
      assignment,
      table: 'u_bikepermits',
      tableArea: 'attendance',
      powerQuery: 'org.fernhill.roster.students.list',
      application: 'fernhill',
      dataVersion: '0',
    },
    query: {
      users_dcid: teacher,
      year_id: '36',
      term_id: '3600',
      section_ids: section,
      contactids: '1,2',
      force: 'true',
    },
    body: {
      studentsdcid: '1',
      student_id: '1',
      dcid: '1',
      studentid: '1',
      recordid: '1',
      schoolid: '360',
      school_id: '3',
      fee_id: '1',
      attendance_codeid: '10',
      calendar_dayid: '453',
      ccid: '1',
      periodid: '15',
      sectionsdcid: section,
      assignmentsectionid: assignment,
      teachercategoryid: category?.['teachercategoryid'] ?? '',
    },
  };
}

/** By operation: what must not meet a row that is there. */
const FREE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  addContactStudent: { dcid: '5' },
  addContactStudentDetail: { startDate: '1990-01-01', endDate: '1990-12-31' },
  insertTableRow: { studentsdcid: '11' },
};

/** The body that a write is tried with. */
export function walkBody(operation: Operation, ids: WalkIds): unknown {
  const free = FREE[operation.id] ?? {};
  const body = adaptedBody(operation.body, { ...ids, body: { ...ids.body, ...free } });
  return operation.id === 'addContactStudentDetail' && isObject(body) ? { ...body, ...free } : body;
}

/** The example of a body with references to rows that are there; types stay as they are. */
function adaptedBody(value: unknown, ids: WalkIds): unknown {
  if (Array.isArray(value)) return value.map((item) => adaptedBody(item, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, own]) => {
      const reference = ids.body[name];
      if (reference === undefined || typeof own === 'object') return [name, adaptedBody(own, ids)];
      return [name, typeof own === 'number' ? Number(reference) : reference];
    }),
  );
}

/** What contradicts the documented shape; undefined when nothing does. */
export function shapeProblem({ response, kind }: Operation, body: unknown, ids: WalkIds): string | undefined {
  switch (response.shape) {
    case 'array':
      return Array.isArray(body) ? undefined : `no list: ${short(body)}`;
    case 'object':
      return isObject(body) ? undefined : `no object: ${short(body)}`;
    case 'none':
    case 'unknown':
      return undefined;
    case 'wrapped': {
      // A list without records leaves its last key out.
      const keys = (response.root ?? '').replace('{tablename}', ids.path['table'] ?? '').split('.');
      const wanted = kind === 'list' ? keys.slice(0, Math.max(1, keys.length - 1)) : keys;
      let value = body;
      for (const key of wanted) {
        if (!isObject(value) || !(key in value)) return `no ${wanted.join('.')}: ${short(body)}`;
        value = value[key];
      }
      return undefined;
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function short(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 120);
}
