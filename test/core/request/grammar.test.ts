import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

const root = new URL('../../../', import.meta.url);
const GRAMMAR = new URL('syntaxes/powerschool-http.tmLanguage.json', root);

/** Stands for the editor's own grammar: enough to see where it is at work. */
const JSON_GRAMMAR = {
  scopeName: 'source.json',
  patterns: [{ include: '#value' }],
  repository: {
    value: {
      patterns: [
        { begin: '\\{', end: '\\}', name: 'meta.object.json', patterns: [{ include: '#value' }] },
        { begin: '"', end: '"', name: 'string.json' },
      ],
    },
  },
};
const XML_GRAMMAR = { scopeName: 'text.xml', patterns: [{ match: '</?\\w+>', name: 'tag.xml' }] };

async function loadGrammar(): Promise<textmate.IGrammar> {
  const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
  const bytes = await readFile(wasm);
  await oniguruma.loadWASM(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const own = textmate.parseRawGrammar(await readFile(GRAMMAR, 'utf8'), 'grammar.json');
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns: string[]) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text: string) => new oniguruma.OnigString(text),
    }),
    loadGrammar: (scope: string) => {
      const other = scope === 'source.json' ? JSON_GRAMMAR : scope === 'text.xml' ? XML_GRAMMAR : undefined;
      return Promise.resolve(other === undefined ? own : textmate.parseRawGrammar(JSON.stringify(other), 'other.json'));
    },
  });
  const grammar = await registry.loadGrammar('source.powerschool-http');
  assert.ok(grammar);
  return grammar;
}

const grammar = await loadGrammar();

/** The scopes of each piece that is not blank, without the language's suffix. */
function tokens(text: string): [piece: string, scopes: string][] {
  const found: [string, string][] = [];
  let state = textmate.INITIAL;
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    for (const { startIndex, endIndex, scopes } of tokens) {
      const piece = line.slice(startIndex, endIndex);
      if (piece.trim() !== '') found.push([piece, scopes.slice(1).join(' ').replaceAll('.powerschool-http', '')]);
    }
  }
  return found;
}

function scopesOf(text: string, piece: string): string {
  const found = tokens(text).find(([written]) => written === piece);
  assert.ok(found, `${piece} is a piece of ${text}`);
  return found[1];
}

test('separators, directives, variables, methods and headers are told apart', () => {
  assert.equal(scopesOf('### Title', 'Title'), 'meta.separator entity.name.section');
  assert.match(scopesOf('# @name one', 'one'), /entity\.name\.function/);
  assert.match(scopesOf('# @expect status == 200', '=='), /keyword\.operator\.comparison/);
  const path = `$.a[?@.b == "]" && @['c'][0]].d[0]`;
  assert.match(scopesOf(`# @expect body ${path} != 5`, path), /variable\.other\.property/);
  assert.match(scopesOf(`# @expect body ${path} != 5`, '!='), /keyword\.operator\.comparison/);
  assert.equal(scopesOf('// plain', '// plain'), 'comment.line');
  assert.match(scopesOf('@own = 1', 'own'), /variable\.other\.constant/);
  assert.match(scopesOf('GET /a', 'GET'), /keyword\.control\.method/);
  assert.match(scopesOf('GET /a\nAccept: x', 'Accept'), /entity\.name\.tag\.header/);
  assert.match(scopesOf('GET /a\n  ?q=x==1', '?'), /meta\.query keyword\.operator\.query/);
  assert.match(scopesOf('GET /{{$guid}}', '$guid'), /support\.function/);
  assert.match(scopesOf('GET /{{a.response.body.$.b}}', '$.b'), /variable\.other\.property/);
});

test('JSON and XML bodies are embedded, with variables and comments in them', () => {
  const json = 'POST /a\n\n{\n  "a": {{own}},\n  # note\n  "b": "{{own}}"\n}';
  assert.match(scopesOf(json, '"'), /meta\.embedded\.block\.json meta\.object\.json string\.json/);
  assert.match(scopesOf(json, 'own'), /meta\.embedded\.block\.json.*variable\.other\.readwrite/);
  assert.match(scopesOf(json, '  # note'), /comment\.line/);
  assert.match(scopesOf('POST /a\n\n<a>\n{{own}}\n</a>', '</a>'), /meta\.embedded\.block\.xml tag\.xml/);
});

test('a separator ends a body that is not closed, and scripts of other tools end it too', () => {
  const text = 'POST /a\n\n{ "a": {\n###\nGET /b\n\n{ "c": [\n> {%\n  x\n%}\n<> old';
  assert.match(scopesOf(text, '###'), /^meta\.separator/);
  assert.match(scopesOf(text, 'GET'), /^meta\.request keyword/);
  assert.match(scopesOf(text, '  x'), /comment\.block\.foreign$/);
  assert.match(scopesOf(text, '<> old'), /comment\.line\.foreign$/);
});

test('the manifest names the grammar, its embedded languages, the configuration and the snippets as they are', async () => {
  const manifest = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as {
    contributes: {
      grammars: { path: string; scopeName: string; embeddedLanguages?: Record<string, string> }[];
      languages: { id: string; configuration?: string }[];
      snippets: { path: string }[];
    };
  };
  const { grammars, languages, snippets } = manifest.contributes;
  const own = grammars.find(({ path }) => path.endsWith('powerschool-http.tmLanguage.json'));
  assert.equal(own?.scopeName, 'source.powerschool-http');
  const text = await readFile(GRAMMAR, 'utf8');
  for (const scope of Object.keys(own.embeddedLanguages ?? {})) assert.ok(text.includes(`"${scope}"`), scope);
  const language = languages.find(({ id }) => id === 'powerschool-http');
  JSON.parse(await readFile(new URL(language?.configuration ?? '', root), 'utf8'));
  for (const { path } of snippets) {
    const entries = Object.values(
      JSON.parse(await readFile(new URL(path, root), 'utf8')) as Record<string, { prefix: string; body: string[] }>,
    );
    assert.ok(entries.length > 5);
    for (const { prefix, body } of entries) assert.ok(prefix !== '' && body.length > 0);
  }
});
