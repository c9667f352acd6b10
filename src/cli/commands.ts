import type { CommandSpec } from './commandSpec.ts';
import { RECORD_OPTIONS } from './recordOptions.ts';

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'get',
    usage: 'get PATH [OPTIONS]',
    summary: 'Send one GET, or fetch all pages of a list',
    details: [
      'The answer goes to standard output as it is, its records with --format ndjson or csv.',
      'With --all-pages the largest page that the server allows is asked for, unless PATH says pagesize=N.',
    ],
    options: RECORD_OPTIONS,
    examples: [
      'get /ws/v1/district',
      'get "/ws/v1/district/student?expansions=phones" --all-pages --format csv -o students.csv',
      'get "/ws/schema/table/students?projection=dcid,lastfirst" --all-pages -o students.ndjson --resume',
    ],
    load: async () => (await import('./getCommand.ts')).runGet,
  },
  {
    name: 'query',
    usage: 'query NAME [--arg K=V]… [OPTIONS]',
    summary: 'Run a PowerQuery',
    details: [
      'A value that is a JSON array, or a name given several times, is sent as a list.',
      'The SQL of the query needs an ORDER BY for --all-pages; without it rows may be missing or doubled between pages.',
    ],
    options: [{ name: 'arg', value: 'K=V', repeatable: true, help: 'Argument of the query' }, ...RECORD_OPTIONS],
    examples: ['query com.pearson.core.student.student_dcid_id_map --all-pages --format csv -o ids.csv'],
    load: async () => (await import('./queryCommand.ts')).runQuery,
  },
  {
    name: 'sandbox',
    usage: 'sandbox [OPTIONS]',
    summary: 'Start an invented PowerSchool district on this computer',
    details: [],
    options: [
      { name: 'port', value: 'N', help: 'Port on 127.0.0.1; 0, the default, picks a free one' },
      { name: 'students', value: 'N', help: 'Number of students (2000)' },
      { name: 'seed', value: 'N', help: 'The same seed gives the same district (1)' },
      { name: 'latency', value: 'MS', help: 'Wait before each answer' },
      {
        name: 'plugin',
        value: 'PATH',
        repeatable: true,
        help: 'Install a plugin folder or zip; its rights then count',
      },
      { name: 'json', help: 'Print {"url","clientId","clientSecret"} as the first line' },
    ],
    examples: ['sandbox --port 8443', 'sandbox --json --students 100000'],
    load: async () => (await import('./sandboxCommand.ts')).runSandbox,
  },
];
