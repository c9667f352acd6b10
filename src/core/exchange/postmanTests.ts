/** What a test script of Postman says that can be said here too. */
export interface TranslatedTests {
  /** Values of `@expect`. */
  readonly expectations: readonly string[];
  /** `pm.environment.set("x", value of the answer)`: name → path into the answer of the request. */
  readonly captures: readonly (readonly [name: string, path: string])[];
  /** Lines that have no translation. */
  readonly rest: readonly string[];
}

const PATH = String.raw`((?:\??\.[A-Za-z_$][\w$]*|(?:\?\.)?\[(?:\d+|'[^']*'|"[^"]*")\])*)`;
const VALUE = String.raw`("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|-?\d+(?:\.\d+)?|true|false|null)`;

/**
 * Turns the simple lines of a test script into expectations: status, response time, headers, and values of the JSON
 * body by a plain path. A line inside `pm.test("…", function () { … })` counts by itself.
 */
export function translateTests(lines: readonly string[]): TranslatedTests {
  const bodies = new Set(['pm.response.json()', 'JSON.parse(responseBody)']);
  const expectations: string[] = [];
  const captures: [string, string][] = [];
  const rest: string[] = [];
  for (const statement of lines.flatMap(splitStatements)) {
    const line = statement.trim();
    if (line === '' || isFrame(line)) continue;
    const declared =
      /^(?:const|let|var)\s+(\w+)\s*=\s*(?:pm\.response\.json\(\)|JSON\.parse\(\s*(?:responseBody|pm\.response\.text\(\))\s*\))\s*;?$/.exec(
        line,
      )?.[1];
    if (declared !== undefined) {
      bodies.add(declared);
      continue;
    }
    const capture = readCapture(line, bodies);
    const expectation = readExpectation(line, bodies);
    if (capture !== undefined) captures.push(capture);
    else if (expectation !== undefined) expectations.push(expectation);
    else rest.push(line);
  }
  return { expectations, captures, rest };
}

/** `pm.test("x", () => pm.expect(…));` on one line is cut into its parts. */
function splitStatements(line: string): string[] {
  const inline =
    /^\s*pm\.test\(\s*(?:"[^"]*"|'[^']*'|`[^`]*`)\s*,\s*(?:function\s*\(\w*\)|\(?\w*\)?\s*=>)\s*\{?\s*(.*?)\s*;?\s*\}?\s*\)\s*;?\s*$/.exec(
      line,
    )?.[1];
  return inline === undefined || inline === '' ? [line] : inline.split(/;\s+(?=pm\.|const |let |var )/);
}

/** The words around the statements. */
function isFrame(line: string): boolean {
  return (
    /^pm\.test\(\s*(?:"[^"]*"|'[^']*'|`[^`]*`)\s*,\s*(?:function\s*\(\w*\)|\(?\w*\)?\s*=>)\s*\{?$/.test(line) ||
    /^\}?\s*\)?\s*;?$/.test(line) ||
    line.startsWith('//')
  );
}

function readCapture(line: string, bodies: ReadonlySet<string>): [string, string] | undefined {
  const match =
    /^(?:pm\.(?:environment|collectionVariables|globals|variables)|postman)\.set(?:EnvironmentVariable|GlobalVariable)?\(\s*(?:"([^"]+)"|'([^']+)')\s*,\s*(.+?)\s*\)\s*;?$/.exec(
      line,
    );
  if (match === null) return undefined;
  const path = jsonPathOf(match[3] ?? '', bodies);
  return path === undefined ? undefined : [match[1] ?? match[2] ?? '', path];
}

function readExpectation(line: string, bodies: ReadonlySet<string>): string | undefined {
  const status =
    /^pm\.response\.to\.have\.status\(\s*(\d{3})\s*\)\s*;?$/.exec(line)?.[1] ??
    /^pm\.expect\(\s*pm\.response\.code\s*\)\.to\.(?:be\.)?(?:eql|equal|equals|eq)\(\s*(\d{3})\s*\)\s*;?$/.exec(
      line,
    )?.[1] ??
    /^tests\[.*\]\s*=\s*responseCode\.code\s*={2,3}\s*(\d{3})\s*;?$/.exec(line)?.[1];
  if (status !== undefined) return `status == ${status}`;
  const several = /^pm\.expect\(\s*pm\.response\.code\s*\)\.to\.be\.oneOf\(\s*\[([\d,\s]+)\]\s*\)\s*;?$/.exec(
    line,
  )?.[1];
  if (several !== undefined)
    return `status matches ^(?:${several
      .split(',')
      .map((code) => code.trim())
      .join('|')})$`;
  if (/^pm\.response\.to\.be\.(?:ok|success)\s*;?$/.test(line)) return 'status matches ^2';
  const time =
    /^pm\.expect\(\s*pm\.response\.responseTime\s*\)\.to\.be\.(?:below|lessThan|lt)\(\s*(\d+)\s*\)\s*;?$/.exec(
      line,
    )?.[1];
  if (time !== undefined) return `duration < ${time}`;
  return readHeader(line) ?? readBody(line, bodies);
}

function readHeader(line: string): string | undefined {
  const present = /^pm\.response\.to\.have\.header\(\s*["']([\w-]+)["']\s*\)\s*;?$/.exec(line)?.[1];
  if (present !== undefined) return `header ${present} exists`;
  const match =
    /^pm\.expect\(\s*pm\.response\.headers\.get\(\s*["']([\w-]+)["']\s*\)\s*\)\.to\.(?:be\.)?(include|includes|contain|contains|eql|equal|eq)\(\s*(.+?)\s*\)\s*;?$/.exec(
      line,
    );
  if (match === null) return undefined;
  const [, name = '', verb = '', written = ''] = match;
  const value = literal(written);
  return value === undefined ? undefined : `header ${name} ${/^(?:inc|con)/.test(verb) ? 'contains' : '=='} ${value}`;
}

function readBody(line: string, bodies: ReadonlySet<string>): string | undefined {
  const match = /^pm\.expect\(\s*(.+)\s*\)\.((?:to|not|be|have|deep|is|does)\b.*?)\s*;?$/.exec(line);
  if (match === null) return undefined;
  const path = jsonPathOf(match[1] ?? '', bodies);
  if (path === undefined) return undefined;
  const chain = (match[2] ?? '')
    .replace(/\b(?:to|be|been|is|that|which|and|has|have|with|of|same|does|still|also)\./g, '')
    .trim();
  if (/^(?:to\.)?(?:exist|not\.undefined|not\.null)$/.test(chain)) return `body ${path} exists`;
  if (/^(?:not\.exist|undefined)$/.test(chain)) return `body ${path} not exists`;
  const word = /^(true|false|null)$/.exec(chain)?.[1];
  if (word !== undefined) return `body ${path} == ${word}`;
  const call = new RegExp(String.raw`^(not\.)?(\w+(?:\.\w+)?)\(\s*${VALUE}\s*\)$`).exec(chain);
  if (call === null) return undefined;
  const [, negated, verb = '', written = ''] = call;
  const value = literal(written);
  const operator = Object.hasOwn(OPERATORS, verb) ? OPERATORS[verb] : undefined;
  if (value === undefined || operator === undefined) return undefined;
  if (negated === undefined) return `body ${path} ${operator} ${value}`;
  return operator === '==' ? `body ${path} != ${value}` : undefined;
}

const OPERATORS: Readonly<Record<string, string>> = {
  eql: '==',
  equal: '==',
  equals: '==',
  eq: '==',
  'deep.equal': '==',
  include: 'contains',
  includes: 'contains',
  contain: 'contains',
  contains: 'contains',
  above: '>',
  greaterThan: '>',
  gt: '>',
  below: '<',
  lessThan: '<',
  lt: '<',
  'at.least': '>=',
  least: '>=',
  gte: '>=',
  'at.most': '<=',
  most: '<=',
  lte: '<=',
};

/** `jsonData.a['b c'][0]` as `$.a['b c'][0]`; undefined when it is no plain path into the body. */
function jsonPathOf(expression: string, bodies: ReadonlySet<string>): string | undefined {
  for (const body of bodies) {
    if (!expression.startsWith(body)) continue;
    const rest = expression.slice(body.length);
    if (!new RegExp(`^${PATH}$`).test(rest)) continue;
    const path = rest
      .replaceAll('?.[', '[')
      .replaceAll('?.', '.')
      .replace(/\["([^"]*)"\]/g, (_, key: string) => `['${key.replaceAll("'", String.raw`\'`)}']`)
      .replace(/\.([\w$]*\$[\w$]*)/g, "['$1']");
    return path.endsWith('.length') ? undefined : `$${path}`;
  }
  return undefined;
}

/** A JavaScript literal as JSON. */
function literal(written: string): string | undefined {
  if (!new RegExp(`^${VALUE}$`).test(written)) return undefined;
  if (!written.startsWith("'")) return written;
  return JSON.stringify(written.slice(1, -1).replaceAll(String.raw`\'`, "'"));
}
