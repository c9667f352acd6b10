import type { CommandSpec, OptionSpec } from './commandSpec.ts';
import { SERVER_OPTIONS } from './serverOptions.ts';
import { RECORD_OPTIONS } from './recordOptions.ts';

const EXPORTS = [
  ['curl', 'curl commands'],
  ['fetch', 'JavaScript with fetch'],
  ['python', 'Python with requests'],
  ['powershell', 'PowerShell'],
  ['postman', 'a Postman collection'],
] as const;

const EXPORT_VALUES: readonly OptionSpec[] = [
  { name: 'name', value: 'NAME', repeatable: true, help: 'Only requests with this "# @name"' },
  { name: 'env', value: 'NAME', help: 'Environment of http-client.env.json' },
  { name: 'var', value: 'K=V', repeatable: true, help: 'Value of a variable' },
];

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'lint',
    usage: 'lint [PATH…] [OPTIONS]',
    summary: 'Check plugin manifests and packages before a server refuses them',
    details: [
      'PATH is a file, a folder or a plugin zip; the working directory when left out.',
      'The nearest powerschool-explorer.json above a file holds the severities of rules and paths to pass over.',
    ],
    options: [
      {
        name: 'format',
        value: 'FORMAT',
        help: 'stylish (the default), json (the shape of ESLint), sarif, junit or github',
      },
      { name: 'stdin', help: 'Check one text from standard input' },
      {
        name: 'stdin-filename',
        value: 'NAME',
        help: 'With --stdin: the name decides what is checked; it need not exist',
      },
      { name: 'max-warnings', value: 'N', help: 'More warnings than this are a failure' },
      {
        name: 'config',
        value: 'FILE',
        help: 'Severities and paths to pass over, instead of powerschool-explorer.json',
      },
      { name: 'fix', help: 'Mend what has one right answer' },
      { name: 'info', help: 'Show information and hints too; they never count' },
    ],
    examples: ['lint', 'lint my-plugin.zip --format github', 'lint --stdin --stdin-filename plugin.xml < plugin.xml'],
    load: async () => (await import('./lintCommand.ts')).runLint,
  },
  {
    name: 'run',
    usage: 'run FILE|FOLDER… [OPTIONS]',
    summary: 'Run request files (*.ps.http)',
    details: ['Every request in order. A request without an answer is reported, and the rest goes on.'],
    options: [
      { name: 'name', value: 'NAME', repeatable: true, help: 'Only requests with this "# @name", and those they need' },
      { name: 'env', value: 'NAME', help: 'Environment of http-client.env.json' },
      { name: 'var', value: 'K=V', repeatable: true, help: 'Value of a variable; comes before all others' },
      { name: 'bail', help: 'Stop after the first request that does not pass' },
      { name: 'output', value: 'FORM', help: 'pretty (the default), json or none' },
      { name: 'report', value: 'KIND=FILE', repeatable: true, help: 'Write a report: junit=FILE or json=FILE' },
      { name: 'save', value: 'DIR', help: 'Save each record list to a file in DIR' },
      { name: 'timeout', value: 'MS', help: 'Longest time for a request without "# @timeout"' },
      ...SERVER_OPTIONS,
    ],
    examples: ['run requests', 'run requests/smoke.ps.http --env test --report junit=smoke.xml'],
    load: async () => (await import('./runCommand.ts')).runRun,
  },
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
  {
    name: 'new plugin',
    usage: 'new plugin DIR [OPTIONS]',
    summary: 'Make a plugin package to start from',
    details: ['A plugin.xml and a first PowerQuery that lint without a finding.'],
    options: [
      { name: 'name', value: 'NAME', help: 'Name of the plugin, 1 to 40 characters; made from DIR when left out' },
      { name: 'publisher', value: 'NAME', help: 'Who publishes it' },
      { name: 'email', value: 'ADDRESS', help: 'Where to write to' },
      { name: 'v1', value: 'LEVEL', help: 'Access to /ws/v1: NONE, READ (the default) or FULL' },
    ],
    examples: ['new plugin bus-passes --publisher "Fernhill Schools" --email it@fernhill.example'],
    load: async () => (await import('./newPluginCommand.ts')).runNewPlugin,
  },
  {
    name: 'package',
    usage: 'package DIR [-o FILE.zip]',
    summary: 'Make the zip that a server installs',
    details: ['Refused while the package has errors. The same content always gives the same bytes.'],
    options: [{ name: 'output', short: 'o', value: 'FILE.zip', help: 'Name of the zip; of the plugin when left out' }],
    examples: ['package bus-passes', 'package bus-passes -o dist/bus-passes.zip'],
    load: async () => (await import('./packageCommand.ts')).runPackage,
  },
  {
    name: 'import postman',
    usage: 'import postman FILE [OPTIONS]',
    summary: 'Turn a Postman collection into request files',
    details: ['The requests go to standard output; with -o DIR every folder becomes a file, environments too.'],
    options: [
      { name: 'output', short: 'o', value: 'DIR', help: 'Write files into DIR' },
      { name: 'environment', value: 'FILE', repeatable: true, help: 'An exported Postman environment' },
      { name: 'force', help: 'Replace files that are there' },
    ],
    examples: ['import postman collection.json > requests.ps.http', 'import postman collection.json -o requests'],
    load: async () => (await import('./importCommand.ts')).runImportPostman,
  },
  ...EXPORTS.map(([form, what]): CommandSpec => ({
    name: `export ${form}`,
    usage: `export ${form} FILE [OPTIONS]`,
    summary: `Write the requests of a file as ${what}`,
    details: ['Nothing secret is written: credentials become variables of the environment.'],
    options: [
      { name: 'output', short: 'o', value: 'FILE', help: 'Write to FILE' },
      ...(form === 'postman' ? [] : EXPORT_VALUES),
      ...(form === 'curl' ? [{ name: 'cmd', help: 'For cmd.exe of Windows instead of bash, zsh or sh' }] : []),
    ],
    examples: [`export ${form} requests/smoke.ps.http`],
    load: async () => (await import('./exportCommand.ts')).exportCommand(form),
  })),
];
