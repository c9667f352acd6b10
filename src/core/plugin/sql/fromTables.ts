import { isWord } from './selectList.ts';
import type { SqlToken } from './sqlTokens.ts';

const NOT_ALIAS = new Set(
  'where on inner left right full outer cross natural join order group having union minus intersect connect start using and or set fetch for with as model partition sample'.split(
    ' ',
  ),
);

/** Alias → table, for every table of a FROM or JOIN; aliases of subqueries and of WITH are left out. */
export function tablesOf(tokens: readonly SqlToken[]): Map<string, string> {
  const common = new Set<string>();
  for (const [i, token] of tokens.entries()) {
    if (token.kind === 'word' && isWord(tokens[i + 1], 'as') && tokens[i + 2]?.text === '(')
      common.add(token.text.toLowerCase());
  }
  const tables = new Map<string, string>();
  const ambiguous = new Set<string>();
  let inFrom = -1;
  for (const [i, token] of tokens.entries()) {
    if (isWord(token, 'from') || isWord(token, 'join')) inFrom = token.depth;
    else if (token.depth === inFrom && token.kind === 'word' && NOT_ALIAS.has(token.text.toLowerCase()))
      inFrom = isWord(token, 'on') ? inFrom : -1;
    const starts = isWord(token, 'from') || isWord(token, 'join') || (token.text === ',' && token.depth === inFrom);
    const name = tokens[i + 1];
    if (!starts || name?.kind !== 'word' || tokens[i + 2]?.text === '(' || tokens[i + 2]?.text === '.') continue;
    const afterName = isWord(tokens[i + 2], 'as') ? tokens[i + 3] : tokens[i + 2];
    const hasAlias = afterName?.kind === 'word' && !NOT_ALIAS.has(afterName.text.toLowerCase());
    const alias = (hasAlias ? afterName.text : name.text).toLowerCase();
    const table = name.text.toUpperCase();
    if (common.has(name.text.toLowerCase())) ambiguous.add(alias);
    else if (tables.has(alias) && tables.get(alias) !== table) ambiguous.add(alias);
    else tables.set(alias, table);
  }
  for (const alias of ambiguous) tables.delete(alias);
  return tables;
}
