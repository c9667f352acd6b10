import { loadCatalog, loadTables } from '../../src/core/catalog/load.ts';
import { createRequestLanguage } from '../../src/core/request/language.ts';

/** One time of the request language, with what it may take. */
export interface LanguageTime {
  readonly name: string;
  /** Median, warm. */
  readonly milliseconds: number;
  readonly budget: number;
}

/** A file of about as many lines as asked for: lists, chained writes with bodies, tables, expectations. */
export function requestFileOf(lines: number): string {
  const blocks = ['@school = 5\n'];
  for (let written = 1, i = 0; written < lines; i++) {
    const block = [
      `### Students ${i}`,
      `# @name r${i}`,
      '# @expect status == 200',
      '# @expect body $.students.student[?@.id == 5].name exists',
      'GET /ws/v1/school/{{school}}/student',
      '  ?expansions=phones,addresses',
      '  &q=name.last_name==Qui*;school_enrollment.enroll_status==(A,P)',
      '  &pagesize=50',
      'Accept: application/json',
      '',
      '###',
      'POST /ws/v1/student',
      'Content-Type: application/json',
      '',
      '{',
      '  "students": {',
      '    "student": [',
      `      {"client_uid": "{{$guid}}", "action": "UPDATE", "id": {{r${i}.response.body.$.students.student[0].id}}}`,
      '    ]',
      '  }',
      '}',
      '',
      '###',
      'GET /ws/schema/table/students?projection=dcid,lastfirst,first_name&q=grade_level==9',
      '',
    ];
    blocks.push(block.join('\n'));
    written += block.length - 1;
  }
  return blocks.join('');
}

/** Parse of 100 kB, validate and complete in 5,000 lines, as after a key was pressed: nothing kept from before. */
export async function measureRequestLanguage(): Promise<LanguageTime[]> {
  const server = { name: 'North', origin: 'https://ps.example.org', kind: 'test' } as const;
  const language = createRequestLanguage({ catalog: await loadCatalog(), tables: await loadTables(), server });
  const text = requestFileOf(5000);
  const hundred = text.repeat(Math.ceil(100_000 / text.length)).slice(0, 100_000);
  const place = text.lastIndexOf('expansions=phones,') + 'expansions=phones,'.length;
  const parsed = (): ReturnType<typeof language.parse> => language.parse(text);
  return [
    {
      name: 'parse 100 kB',
      milliseconds: median(
        () => hundred,
        (source) => language.parse(source),
      ),
      budget: 20,
    },
    { name: 'validate 5,000 lines', milliseconds: median(parsed, (file) => language.validate(file)), budget: 10 },
    {
      name: 'complete in 5,000 lines',
      milliseconds: median(parsed, (file) => language.complete(file, place)),
      budget: 30,
    },
    { name: 'format 5,000 lines', milliseconds: median(parsed, (file) => language.format(file)), budget: 30 },
  ];
}

/** The preparation does not count. */
function median<T>(prepare: () => T, work: (input: T) => unknown): number {
  const times: number[] = [];
  for (let round = 0; round < 60; round++) {
    const input = prepare();
    const start = performance.now();
    work(input);
    if (round >= 20) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? Number.NaN;
}
