import { test } from 'node:test';
import { loadCatalog, loadTables } from '../../../src/core/catalog/load.ts';
import { createRequestLanguage } from '../../../src/core/request/language.ts';

/** Texts whose reading would take minutes, or end in an overflow, if any step were done once for each pair of parts. */
const HOSTILE: Record<string, string> = {
  'open braces': '{{'.repeat(300_000),
  'open braces apart': 'GET /a\n\n' + '{{ a'.repeat(150_000),
  'open quotes in paths': 'GET /a\n\n' + `{{x.response.body.$["`.repeat(30_000),
  'one long query': 'GET /a?' + 'a=1&'.repeat(150_000),
  'one long path': 'GET ' + '/a'.repeat(300_000),
  separators: '###\n'.repeat(100_000),
  'requests with undefined variables': Array.from(
    { length: 20_000 },
    (_, i) => `GET /ws/v1/student/{{undefined${i}}}\n###\n`,
  ).join(''),
  'unknown addresses': Array.from({ length: 1500 }, (_, i) => `GET /ws/v1/nothing${i}\n###\n`).join(''),
  'definitions of one name': '@a = {{a}}\n'.repeat(30_000),
  'a long circle': Array.from({ length: 20_000 }, (_, i) => `@v${i} = {{v${(i + 1) % 20_000}}}`).join('\n'),
  'requests of one name': '# @name a\nGET /{{a.response.body.$.b}}\n###\n'.repeat(5000),
  'requests elsewhere': '@h = https://other.example\n' + 'GET {{h}}/{{$processEnv X}}\n###\n'.repeat(10_000),
  'a deep body': `POST /a\nContent-Type: application/json\n\n${'['.repeat(200_000)}`,
  'a deep path': `# @expect body $${'[?'.repeat(50_000)}\n# @expect body $[?${'length('.repeat(50_000)}\nGET /a`,
  'directives without end': `# @expect ${'x'.repeat(500_000)}\n#${' '.repeat(500_000)}@\n@a${' '.repeat(500_000)}b\nGET /a`,
  'open scripts': '> {%\n'.repeat(50_000),
  'header continuations': 'GET /a\nA: b\n' + '  c\n'.repeat(20_000),
  'target continuations': 'GET /a\n' + '  &a=1\n'.repeat(50_000),
  blanks: ' '.repeat(1_000_000) + '\n' + '\n'.repeat(300_000),
};

const context = {
  catalog: await loadCatalog(),
  tables: await loadTables(),
  server: { name: 'North', origin: 'https://ps.example.org', kind: 'production' } as const,
};

for (const [name, text] of Object.entries(HOSTILE)) {
  test(`a hostile file is read in time: ${name}`, { timeout: 60_000 }, () => {
    const language = createRequestLanguage(context);
    const file = language.parse(text);
    language.validate(file);
    language.complete(file, Math.floor(text.length / 2));
    language.hover(file, Math.floor(text.length / 2));
    language.symbols(file);
    language.folding(file);
    language.format(file);
  });
}
