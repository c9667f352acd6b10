import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

const INJECTION = 'powerschool-powerquery.injection';
const FILE = new URL(`../../../../syntaxes/${INJECTION}.tmLanguage.json`, import.meta.url);

/** Stand for the editor's own grammars: enough to see where they are at work. */
const OTHERS: Readonly<Record<string, object>> = {
  'text.xml': {
    scopeName: 'text.xml',
    patterns: [
      { begin: '<!--', end: '-->', name: 'comment.xml' },
      { begin: '<!\\[CDATA\\[', end: ']]>', name: 'string.unquoted.cdata.xml' },
      { match: '</?\\w+[^>]*>', name: 'meta.tag.xml' },
    ],
  },
  'source.sql': { scopeName: 'source.sql', patterns: [{ match: '(?i:\\bselect\\b)', name: 'keyword.sql' }] },
};

async function loadGrammar(): Promise<textmate.IGrammar> {
  const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
  const bytes = await readFile(wasm);
  await oniguruma.loadWASM(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const own = await readFile(FILE, 'utf8');
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns: string[]) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text: string) => new oniguruma.OnigString(text),
    }),
    loadGrammar: (scope: string) =>
      Promise.resolve(textmate.parseRawGrammar(scope in OTHERS ? JSON.stringify(OTHERS[scope]) : own, 'grammar.json')),
    getInjections: (scope: string) => (scope === 'text.xml' ? [INJECTION] : undefined),
  });
  const grammar = await registry.loadGrammar('text.xml');
  assert.ok(grammar);
  return grammar;
}

const grammar = await loadGrammar();

/** The scopes of the first piece that is exactly this text. */
function scopesOf(lines: readonly string[], piece: string): readonly string[] {
  let state: textmate.StateStack | null = textmate.INITIAL;
  for (const line of lines) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    for (const { startIndex, endIndex, scopes } of tokens) {
      if (line.slice(startIndex, endIndex).trim() === piece) return scopes;
    }
  }
  return [];
}

test('SQL in CDATA has the colours of SQL, with arguments in their own', () => {
  for (const lines of [
    ['<sql><![CDATA[select :grade from x]]></sql>'],
    ['<sql>', '  <![CDATA[', '  select :grade from x', '  ]]>', '</sql>'],
  ]) {
    assert.ok(scopesOf(lines, 'select').includes('keyword.sql'));
    assert.ok(scopesOf(lines, 'select').includes('meta.embedded.block.sql'));
    assert.ok(scopesOf(lines, ':grade').includes('variable.parameter.powerquery'));
  }
});

test('what follows the SQL is XML again', () => {
  const lines = ['<sql><![CDATA[select 1]]></sql>', '<a>', 'select'];
  assert.deepEqual(scopesOf(lines, '<a>'), ['text.xml', 'meta.tag.xml']);
  assert.deepEqual(scopesOf(lines, 'select 1'), []);
});

test('CDATA elsewhere and comments stay what they are', () => {
  assert.deepEqual(scopesOf(['<summary><![CDATA[select]]></summary>'], 'select'), [
    'text.xml',
    'string.unquoted.cdata.xml',
  ]);
  assert.deepEqual(scopesOf(['<!-- <sql><![CDATA[select]]></sql> -->'], 'select'), []);
});
