/** One suite of a JUnit report: a request file, or a linted file. */
export interface JunitSuite {
  readonly name: string;
  readonly cases: readonly JunitCase[];
}

export interface JunitCase {
  readonly name: string;
  readonly className: string;
  /** Undefined when nothing was timed. */
  readonly durationMs?: number | undefined;
  readonly outcome: JunitOutcome;
}

export type JunitOutcome =
  | { readonly kind: 'passed' }
  /** `failure`: something was checked and is wrong. `error`: it could not be checked. */
  | { readonly kind: 'failure' | 'error'; readonly type: string; readonly message: string; readonly text: string }
  | { readonly kind: 'skipped'; readonly message: string };

/** A report in the form that Jenkins, GitLab, GitHub actions and Azure read. */
export function junitXml(suites: readonly JunitSuite[]): string {
  const all = suites.flatMap(({ cases }) => cases);
  let xml = `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${totals(all)}>\n`;
  for (const { name, cases } of suites) {
    xml += `  <testsuite name="${attribute(name)}" ${totals(cases)}>\n`;
    for (const item of cases) xml += testCase(item);
    xml += '  </testsuite>\n';
  }
  return `${xml}</testsuites>\n`;
}

function totals(cases: readonly JunitCase[]): string {
  const number = (kind: JunitOutcome['kind']): number => cases.filter(({ outcome }) => outcome.kind === kind).length;
  const time = cases.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0);
  return `tests="${cases.length}" failures="${number('failure')}" errors="${number('error')}" skipped="${number('skipped')}" time="${seconds(time)}"`;
}

function testCase({ name, className, durationMs, outcome }: JunitCase): string {
  const time = durationMs === undefined ? '' : ` time="${seconds(durationMs)}"`;
  const start = `    <testcase name="${attribute(name)}" classname="${attribute(className)}"${time}`;
  if (outcome.kind === 'passed') return `${start}/>\n`;
  const inner =
    outcome.kind === 'skipped'
      ? `<skipped message="${attribute(outcome.message)}"/>`
      : `<${outcome.kind} type="${attribute(outcome.type)}" message="${attribute(outcome.message)}">${content(outcome.text)}</${outcome.kind}>`;
  return `${start}>\n      ${inner}\n    </testcase>\n`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function content(text: string): string {
  return allowed(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function attribute(text: string): string {
  return content(text)
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#9;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\r', '&#13;');
}

/** Without the characters that XML 1.0 cannot hold, not even escaped. */
function allowed(text: string): string {
  return text.toWellFormed().replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '\ufffd');
}
