import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExplainedError } from '../../../src/core/problem/explainedError.ts';
import {
  environmentLayers,
  environmentNames,
  parseEnvironmentFile,
  type EnvironmentFile,
} from '../../../src/core/request/environment.ts';
import { FileVariables } from '../../../src/core/request/fileVariables.ts';
import { parseRequestFile } from '../../../src/core/request/parse.ts';
import { VariableResolver, type VariableSources } from '../../../src/core/request/variableResolver.ts';
import { findVariableUses } from '../../../src/core/request/variableUse.ts';

function environment(json: unknown, path = 'http-client.env.json'): EnvironmentFile {
  const file = parseEnvironmentFile(JSON.stringify(json), path);
  assert.ok(!(file instanceof Error));
  return file;
}

interface Setting {
  vars?: Record<string, string>;
  files?: EnvironmentFile[];
  env?: string;
  processEnv?: Record<string, string>;
  prompt?: (question: string) => Promise<string | undefined>;
}

function resolverFor(text: string, setting: Setting = {}): VariableResolver {
  let chance = 0;
  const sources: VariableSources = {
    overrides: new Map(Object.entries(setting.vars ?? {})),
    file: new FileVariables(parseRequestFile(text)),
    layers: environmentLayers(setting.files ?? [], setting.env),
    dynamic: { now: () => Date.UTC(2026, 7, 24, 7, 30, 0, 999), random: () => (chance = (chance + 0.37) % 1) },
    processEnv: (name) => setting.processEnv?.[name],
    prompt: setting.prompt,
    responseValue: (value) => Promise.resolve(`<${value.request} ${value.part} ${value.path}>`),
  };
  return new VariableResolver(sources);
}

/** Replaces the variables in the target of every request; a code where that is not possible. */
async function targets(text: string, setting: Setting = {}): Promise<string[]> {
  const results: string[] = [];
  for (const { target } of parseRequestFile(text).requests) {
    const resolved = await resolverFor(text, setting).resolve(target.text, target.range.start);
    results.push('problem' in resolved ? resolved.problem.code : resolved.text);
  }
  return results;
}

test('a use takes the nearest definition above it, else the first below', async () => {
  assert.deepEqual(
    await targets('GET /{{a}}\n###\n@a = 1\nGET /{{a}}\n###\n@a = 2\nGET /{{a}}\n###\nGET /{{a}}\n###\n@a = 3\n'),
    ['/1', '/1', '/2', '/2'],
  );
});

test('a variable in a value is looked up from the place of that value', async () => {
  assert.deepEqual(await targets('@a = 1\n@b = {{a}}\n@a = 2\nGET /{{b}}{{a}}'), ['/12']);
  assert.deepEqual(await targets('@a = 1\n@a = {{a}}0\nGET /{{a}}'), ['/10']);
});

test('--var comes before file variables, then the private environment file, then the public one', async () => {
  const files = [
    environment({ dev: { a: 'public', b: 'public', c: 'public', d: 'public' } }),
    environment({ dev: { a: 'private', b: 'private', c: 'private' } }, '/x/http-client.private.env.json'),
  ];
  assert.deepEqual(
    await targets('@a = file\n@b = file\nGET /{{a}}/{{b}}/{{c}}/{{d}}', { vars: { a: 'var' }, files, env: 'dev' }),
    ['/var/file/private/public'],
  );
});

test('$shared applies to every environment and to none', async () => {
  const files = [environment({ $shared: { a: 'shared', b: 'shared' }, dev: { a: 'dev' } })];
  assert.deepEqual(await targets('GET /{{a}}/{{b}}', { files, env: 'dev' }), ['/dev/shared']);
  assert.deepEqual(await targets('GET /{{a}}/{{b}}', { files, env: 'other' }), ['/shared/shared']);
  assert.deepEqual(await targets('GET /{{a}}/{{b}}', { files }), ['/shared/shared']);
  assert.deepEqual(environmentNames(files), ['dev']);
});

test('environment values may use variables and be of any JSON type', async () => {
  const files = [
    environment({ dev: { host: 'https://{{name}}', name: ' x ', n: 5, yes: true, none: null, list: [1, { a: 2 }] } }),
  ];
  assert.deepEqual(await targets('GET {{host}}/{{n}}/{{yes}}/{{none}}/{{list}}', { files, env: 'dev' }), [
    'https://x/5/true/null/[1,{"a":2}]',
  ]);
  assert.deepEqual(await targets('@name = y\nGET {{host}}', { files, env: 'dev' }), ['https://y']);
});

test('values are trimmed, literal, may be empty and are inserted as they are', async () => {
  assert.deepEqual(await targets('@a =  "x y"\\n  \n@b =\nGET /{{a}}|{{b}}|{{ a }}', {}), ['/"x y"\\n||"x y"\\n']);
  assert.deepEqual(await targets('GET /{{a}}', { vars: { a: '%20{{b}}&' } }), ['/%20{{b}}&']);
});

test('names are case-sensitive and may have dots, hyphens and digits', async () => {
  assert.deepEqual(await targets('@a.b-c_1 = x\n@A = y\nGET /{{a.b-c_1}}/{{A}}'), ['/x/y']);
  assert.deepEqual(await targets('@A = y\nGET /{{a}}'), ['PS520']);
});

test('undefined, malformed and circular variables are problems', async () => {
  assert.deepEqual(await targets('GET /{{nothing}}\n###\nGET /{{a b}}\n###\nGET /{{}}\n###\nGET /{{$nothing}}'), [
    'PS520',
    'PS520',
    'PS520',
    'PS526',
  ]);
  const text =
    '@a = {{b}}\n@b = {{c}}\n@c = {{a}}\n@self = {{self}}\n@good = 1\n@uses = {{good}}\nGET /{{b}}\n###\nGET /{{self}}\n###\nGET /{{uses}}';
  assert.deepEqual(await targets(text), ['PS521', 'PS521', '/1']);
  const circles = new FileVariables(parseRequestFile(text)).circles();
  assert.deepEqual(
    [...circles.values()],
    [
      ['a', 'b', 'c', 'a'],
      ['b', 'c', 'a', 'b'],
      ['c', 'a', 'b', 'c'],
      ['self', 'self'],
    ],
  );
  const files = [environment({ dev: { a: '{{b}}', b: '{{a}}' } })];
  assert.deepEqual(await targets('GET /{{a}}', { files, env: 'dev' }), ['PS521']);
});

test('a long chain of variables is no circle for the check and ends in a problem, not in a crash', async () => {
  const chain = Array.from({ length: 20_000 }, (_, i) => `@v${i} = {{v${i + 1}}}`).join('\n');
  const text = `${chain}\n@v20000 = end\nGET /{{v0}}`;
  assert.equal(new FileVariables(parseRequestFile(text)).circles().size, 0);
  assert.deepEqual(await targets(text), ['PS521']);
});

test('$timestamp is in seconds, $randomInt leaves the maximum out, $guid is a version 4 id', async () => {
  const resolver = resolverFor('');
  const value = async (text: string): Promise<string> => {
    const resolved = await resolver.resolve(text, 0);
    return 'problem' in resolved ? resolved.problem.code : resolved.text;
  };
  assert.equal(await value('{{$timestamp}}'), String(Date.UTC(2026, 7, 24, 7, 30) / 1000));
  assert.equal(await value('{{$timestamp -1 d}}'), String(Date.UTC(2026, 7, 23, 7, 30) / 1000));
  assert.equal(await value('{{$isoTimestamp}}'), '2026-08-24T07:30:00.999Z');
  assert.equal(await value('{{$datetime rfc1123 1 M}}'), 'Thu, 24 Sep 2026 07:30:00 GMT');
  assert.match(await value('{{$guid}}'), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const seen = new Set<string>();
  for (let i = 0; i < 400; i++) seen.add(await value('{{$randomInt -2 1}}'));
  assert.deepEqual([...seen].sort(), ['-1', '-2', '0']);
  for (const wrong of ['{{$randomInt 5 5}}', '{{$randomInt a b}}', '{{$guid x}}', '{{$processEnv}}', '{{$prompt}}']) {
    assert.equal(await value(wrong), 'PS526', wrong);
  }
});

test('each use of a dynamic variable is new, a file variable that holds one keeps its value for a request', async () => {
  const text = '@id = {{$guid}}\nGET /';
  const resolver = resolverFor(text);
  const direct = await resolver.resolve('{{$guid}} {{$guid}}', 20);
  assert.ok('text' in direct);
  const [first, second] = direct.text.split(' ');
  assert.notEqual(first, second);
  const held = await resolver.resolve('{{id}} {{id}}', 20);
  assert.ok('text' in held);
  const [one, two] = held.text.split(' ');
  assert.equal(one, two);
});

test('an unset $processEnv is empty, a set one is remembered as a value of the environment', async () => {
  const resolver = resolverFor('', { processEnv: { SECRET: 's3cret' } });
  assert.equal(resolver.usesEnvironment, false);
  assert.deepEqual(await resolver.resolve('<{{$processEnv UNSET}}><{{$processEnv SECRET}}>', 0), {
    text: '<><s3cret>',
  });
  assert.ok(resolver.usesEnvironment);
  assert.deepEqual([...resolver.secretValues], ['s3cret']);
});

test('$prompt asks each time, and a closed question or nobody to ask is a problem', async () => {
  const asked: string[] = [];
  const prompt = (question: string): Promise<string | undefined> => {
    asked.push(question);
    return Promise.resolve(question === 'Close' ? undefined : `answer ${asked.length}`);
  };
  assert.deepEqual(await targets('@x = {{$prompt Student number}}\nGET /{{x}}/{{x}}/{{$prompt Year}}', { prompt }), [
    '/answer 1/answer 1/answer 2',
  ]);
  assert.deepEqual(asked, ['Student number', 'Year']);
  assert.deepEqual(await targets('GET /{{$prompt Close}}', { prompt }), ['PS570']);
  assert.deepEqual(await targets('GET /{{$prompt Year}}'), ['PS571']);
});

test('values of earlier answers are told from variables with dots', async () => {
  assert.deepEqual(
    await targets("GET /{{x.response.body.$.a[?@.b=='}}'].c}}/{{x.response.headers.Content-Type}}/{{x.response.body}}"),
    ["/<x body $.a[?@.b=='}}'].c>/<x headers Content-Type>/<x body *>"],
  );
  assert.deepEqual(await targets('@x.responses = 1\nGET /{{x.responses}}'), ['/1']);
});

test('braces are read from the inside, and an unclosed pair is text', () => {
  const unclosed: number[] = [];
  const uses = (text: string): string[] =>
    findVariableUses(text, 0, text.length, (at) => unclosed.push(at)).map(({ inner }) => inner.text);
  assert.deepEqual(uses('{"a":{{{x}}}}'), ['x']);
  assert.deepEqual(uses('{{a {{b}} {{c\n}} {{d}}'), ['b', 'd']);
  assert.deepEqual(unclosed, [0, 10]);
});

test('an environment file that cannot be read says why', () => {
  for (const text of ['', '[]', '{"dev": 1}', '{']) {
    const file = parseEnvironmentFile(text, 'http-client.env.json');
    assert.ok(file instanceof ExplainedError);
    assert.equal(file.code, 'PS580');
  }
  assert.ok(!(parseEnvironmentFile('\ufeff{}', 'x') instanceof Error));
});
