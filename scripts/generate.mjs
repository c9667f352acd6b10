// Compiles the JSON Schemas of the plugin files into stand-alone validators: no schema compiler at run time, and
// no `eval`, which editors forbid. Runs on Node 20 too, because it runs when the package is installed.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const schemaFolder = path.join(root, 'src/core/plugin/schema');
const outFolder = path.join(root, 'src/core/plugin/generated');

// The keywords that a validator needs; the others are for completion, hover and messages and stay out of its code.
const KEPT = new Set([
  '$id',
  '$ref',
  '$defs',
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'maxItems',
  'enum',
  'minLength',
  'maxLength',
  'pattern',
  'minimum',
  'maximum',
]);

/** One module for all schemas: `validators[schema][definition](data)` gives the errors, or null. */
export async function generateValidators() {
  const files = (await readdir(schemaFolder)).filter((file) => file.endsWith('.schema.json')).sort();
  const modules = await Promise.all(
    files.map(async (file) => {
      const schema = JSON.parse(await readFile(path.join(schemaFolder, file), 'utf8'));
      return { name: schema.$id, code: compile(schema) };
    }),
  );
  const entry = [
    ...modules.map(({ name }) => `import ${name} from ${JSON.stringify(`schema:${name}`)};`),
    `export const validators = { ${modules.map(({ name }) => name).join(', ')} };`,
  ].join('\n');
  await mkdir(outFolder, { recursive: true });
  await build({
    stdin: { contents: entry, resolveDir: root, loader: 'js' },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    mainFields: ['main'],
    charset: 'utf8',
    legalComments: 'none',
    outfile: path.join(outFolder, 'validators.js'),
    logLevel: 'warning',
    plugins: [schemaModules(new Map([['checks', CHECKS], ...modules.map(({ name, code }) => [name, code])]))],
  });
  await writeFile(path.join(outFolder, 'validators.d.ts'), DECLARATIONS);
}

function compile(schema) {
  const ajv = new Ajv({
    allErrors: true,
    messages: false,
    inlineRefs: false,
    strict: true,
    strictTypes: false,
    code: { source: true, esm: true, optimize: 2 },
  });
  // XML gives strings and lists of elements by construction, and is judged element by element; JSON can be anything
  const isXml = schema.root !== undefined;
  ajv.addSchema(strip(schema, isXml));
  const names = isXml ? Object.keys(schema.$defs) : [schema.$ref.split('/').at(-1)];
  const references = Object.fromEntries(names.map((name) => [name, `${schema.$id}#/$defs/${name}`]));
  return shorten(standalone.default(ajv, references), isXml);
}

/** Nobody reads `schemaPath`, and the code that notes an error is the same each time: that is half of the size. */
function shorten(code, isXml) {
  const noted = code
    .replaceAll(/schemaPath:\s*"[^"]*",/g, '')
    .replaceAll(
      /const (err\d+) = \{\s*instancePath(?::\s*(.+?))?,\s*keyword:\s*("\w+"),\s*params:\s*(.+?)\};\s*if\s*\(vErrors === null\)\s*\{\s*vErrors = \[\1\];?\s*\}\s*else\s*\{\s*vErrors\.push\(\1\);?\s*\}/g,
      (_, name, place = 'instancePath', keyword, params) =>
        `vErrors = noted(vErrors, ${place}, ${keyword}, ${params});`,
    )
    // What is allowed stands in the schema, which the code would have to carry a second time.
    .replaceAll(/\{\s*(?:allowedValues|pattern):[^{}]*\}/g, '{}')
    // The list of errors tells how many there are.
    .replaceAll(/let errors = 0;|errors\+\+;|errors = vErrors\.length;/g, '')
    .replaceAll('return errors === 0;', 'return vErrors === null;');
  if (/\berrors\b/.test(noted.replaceAll('.errors', '')))
    throw new Error('The validators count errors in a way of their own.');
  const judging = isXml ? withSharedChecks(withoutGuards(noted)) : givingErrors(noted);
  const measuring = /const (func\d+) = require\("ajv\/dist\/runtime\/ucs2length"\)\.default;/g;
  const called = Array.from(judging.matchAll(measuring), ([, name]) => `${name}(`);
  if (called.some((text) => judging.includes(text)))
    throw new Error('The validators measure texts in a way of their own.');
  return `import { ${CHECK_NAMES.join(', ')} } from 'schema:checks';\n${judging.replaceAll(measuring, '')}`;
}

/** What XML gives has its type by construction, and one element is judged by itself: nobody needs to look or to tell where. */
function withoutGuards(code) {
  return code
    .replaceAll(/\(data, ?\{ ?instancePath ?= ?"",[^}]*\} ?= ?\{\}\)/g, '(data)')
    .replaceAll(/instancePath ?\+ ?"/g, '"')
    .replaceAll('noted(vErrors, instancePath,', 'noted(vErrors, "",')
    .replaceAll('data && typeof data == "object" && !Array.isArray(data)', 'true')
    .replaceAll(/typeof data\d+ === "string"|Array\.isArray\(data\d+\)/g, 'true');
}

/** A pattern of a check and of what notes that it fails, with the place of the fault as its last group. */
function checkPattern(check, keyword, end = '') {
  const noting = String.raw`\s*\{\s*vErrors = noted\(vErrors, "(?:/([^"]*))?", "${keyword}", [^;]*\);\s*\}`;
  return new RegExp(check + noting + end, 'g');
}

/** The call of a shared check, in the list that `withSharedChecks` makes of all calls of an element. */
function call(check, rest) {
  return `${check}(${rest}),`;
}

/** The texts that something is compared with. */
function words(code) {
  return Array.from(code.matchAll(/=== "([^"]*)"/g), ([, word]) => word);
}

/** What leads out gives the errors; inside, validators call each other as ajv made them. */
function givingErrors(code) {
  const note = String.raw`\{\s*vErrors = noted\(vErrors, instancePath[^;]*\);\s*\}`;
  const text = new RegExp(
    String.raw`if\(data\.(\w+) !== undefined\)\{(?:let data\d+ = data\.\w+;)?` +
      String.raw`(?:if\(typeof data\d+ === "string"\)\{(?:if\(func\d+\(data\d+\) > (\d+)\)${note})?(?:if\(func\d+\(data\d+\) < (\d+)\)${note})?\}else ${note}` +
      String.raw`|if\(typeof data\.\w+ !== "string"\)${note})\}`,
    'g',
  );
  const known = knownProperties(code);
  return (
    code
      .replaceAll(
        /export const (\w+) = (validate\d+);/g,
        'export default { $1: (data) => ($2(data) ? null : $2.errors) };',
      )
      .replaceAll(
        /func\d+\.call\((schema\d+)\.properties, key0\)/g,
        (_, name) => `${JSON.stringify(known.get(name))}.includes(key0)`,
      )
      // Where a part stands is told by its path alone.
      .replaceAll(/,\s*parentData(?::data\d+)?,\s*parentDataProperty(?::\w+)?,\s*rootData(?:=data)?/g, '')
      .replaceAll(
        text,
        (_, key, most, least) =>
          `vErrors = text(vErrors, instancePath, data, "${key}", ${[most ?? 'Infinity', least ?? 0].join(', ')});`,
      )
  );
}

/** The names in each schema that the code carries. */
function knownProperties(code) {
  return new Map(
    Array.from(code.matchAll(/const (schema\d+) = (\{.*?\});/g), ([, name, text]) => [
      name,
      Object.keys(JSON.parse(text).properties),
    ]),
  );
}

/**
 * The same few checks come a hundred times: a validator becomes a list of them, which name each property once. Nothing
 * may have another form than expected.
 */
function withSharedChecks(code) {
  const known = knownProperties(code);
  const keysOf = (text) => known.get(/\b(schema\d+)\.properties/.exec(text)?.[1]) ?? [];
  const replacements = [
    [
      checkPattern(String.raw`if\(data(?:\.(\w+)|\["([^"]+)"\]) === undefined\)`, 'required'),
      (_, name, quoted) => call('lacking', JSON.stringify(name ?? quoted)),
    ],
    [
      checkPattern(
        String.raw`for\(const key0 in data\)\{\s*if\(!\((.*?)\)\)`,
        'additionalProperties',
        String.raw`\s*\}`,
      ),
      (_, test) => call('unknown', JSON.stringify([...words(test), ...keysOf(test)])),
    ],
    [checkPattern(String.raw`for\(const key0 in data\)`, 'additionalProperties'), () => call('unknown', '[]')],
    [
      checkPattern(String.raw`if\(data\d+\.length > (\d+)\)`, 'maxItems'),
      (_, most, key) => call('repeated', `${most}, "${key}"`),
    ],
    [
      checkPattern(String.raw`if\(func\d+\(data\d+\) > (\d+)\)`, 'maxLength'),
      (_, most, key) => call('longer', `"${key}", ${most}`),
    ],
    [
      checkPattern(String.raw`if\(func\d+\(data\d+\) < (\d+)\)`, 'minLength'),
      (_, least, key) => call('shorter', `"${key}", ${least}`),
    ],
    [
      checkPattern(String.raw`if\(!(pattern\d+)\.test\(data\d+\)\)`, 'pattern'),
      (_, pattern, key) => call('unlike', `"${key}", ${pattern}`),
    ],
    [
      checkPattern(String.raw`if\(!\(([^{}]*)\)\)`, 'enum'),
      (whole, test, key) =>
        words(test).length === test.split('===').length - 1
          ? call('noneOf', `"${key}", ${JSON.stringify(words(test))}`)
          : whole,
    ],
    // A shared check looks by itself whether the property is there.
    [
      /if\(data(?:\.\w+|\["[^"]+"\]) !== undefined\)\{(?:let data\d+ = data[^;]*;)?(?:if\(true\)\{((?:\w+\([^;{}]*\),)+)\}|((?:\w+\([^;{}]*\),)+))\}/g,
      (_, guarded, plain) => guarded ?? plain,
    ],
    [
      /function (validate\d+)\(data\)\{let vErrors = null;if\(true\)\{((?:\w+\([^;{}]*\),)+)\}validate\d+\.errors = vErrors;return vErrors === null;\}/g,
      'const $1 = all($2);',
    ],
    // One call for properties that follow each other.
    [/(?<=lacking\([^)]*)\),lacking\(/g, ', '],
    [/(?<=repeated\(1[^)]*)\),repeated\(1(?=,)/g, ''],
  ];
  const shared = replacements.reduce((text, [pattern, replacement]) => text.replaceAll(pattern, replacement), code);
  if (shared.includes('vErrors')) throw new Error('The validators give their errors in a way of their own.');
  const leadingOut = /export const (\w+) = (validate\d+);/g;
  const named = Array.from(shared.matchAll(leadingOut), ([, name, validator]) => `${name}: ${validator}`);
  return `${shared.replaceAll(leadingOut, '')}export default { ${named.join(', ')} };`;
}

/** What the validators are made of. Texts are measured in characters, as JSON Schema and ajv do. */
const CHECKS = `
function length(text) {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
export function noted(errors, instancePath, keyword, params = {}) {
  const error = { instancePath, keyword, params };
  if (errors === null) return [error];
  errors.push(error);
  return errors;
}
export function all(...checks) {
  return (data) => {
    let errors = null;
    for (const check of checks) errors = check(errors, data);
    return errors;
  };
}
export function lacking(...keys) {
  return (errors, data) => {
    for (const key of keys) {
      if (data[key] === undefined) errors = noted(errors, '', 'required', { missingProperty: key });
    }
    return errors;
  };
}
export function unknown(keys) {
  return (errors, data) => {
    for (const key in data) {
      if (!keys.includes(key)) errors = noted(errors, '', 'additionalProperties', { additionalProperty: key });
    }
    return errors;
  };
}
export function repeated(limit, ...keys) {
  return (errors, data) => {
    for (const key of keys) {
      if (data[key]?.length > limit) errors = noted(errors, '/' + key, 'maxItems', { limit });
    }
    return errors;
  };
}
function value(key, keyword, isRight) {
  return (errors, data) => {
    const text = data[key];
    return text === undefined || isRight(text) ? errors : noted(errors, '/' + key, keyword);
  };
}
export function longer(key, limit) {
  return value(key, 'maxLength', (text) => text.length <= limit || length(text) <= limit);
}
export function shorter(key, limit) {
  return value(key, 'minLength', (text) => text.length >= 2 * limit || length(text) >= limit);
}
export function unlike(key, pattern) {
  return value(key, 'pattern', (text) => pattern.test(text));
}
export function noneOf(key, values) {
  return value(key, 'enum', (text) => values.includes(text));
}
export function text(errors, place, data, key, most, least) {
  const written = data[key];
  if (written === undefined) return errors;
  const at = place + '/' + key;
  if (typeof written !== 'string') return noted(errors, at, 'type', { type: 'string' });
  if (length(written) > most) errors = noted(errors, at, 'maxLength', { limit: most });
  return length(written) < least ? noted(errors, at, 'minLength', { limit: least }) : errors;
}`;
const CHECK_NAMES = Array.from(CHECKS.matchAll(/export function (\w+)/g), ([, name]) => name);

/** A copy with validation keywords only. */
function strip(schema, isXml) {
  const kept = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (isXml && ['type', 'items', '$ref'].includes(keyword)) continue;
    if (keyword === 'properties' || keyword === '$defs') {
      kept[keyword] = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, strip(part, isXml)]));
    } else if (keyword === 'items') {
      kept[keyword] = strip(value, isXml);
    } else if (KEPT.has(keyword)) {
      kept[keyword] = value;
    }
  }
  return kept;
}

function schemaModules(code) {
  return {
    name: 'schema-modules',
    setup(bundler) {
      bundler.onResolve({ filter: /^schema:/ }, ({ path: name }) => ({
        path: name.slice('schema:'.length),
        namespace: 'schema',
      }));
      bundler.onLoad({ filter: /.*/, namespace: 'schema' }, ({ path: name }) => ({
        contents: code.get(name),
        resolveDir: root,
        loader: 'js',
      }));
    },
  };
}

const DECLARATIONS = `export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
}
export type Validator = (data: unknown) => readonly SchemaError[] | null;
export declare const validators: Readonly<Record<string, Readonly<Record<string, Validator>>>>;
`;

await generateValidators();
