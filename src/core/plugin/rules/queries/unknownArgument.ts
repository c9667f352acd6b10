import { phrase } from '../../../problem/phrase.ts';
import { nearestName } from '../../schema/nearestName.ts';
import { changeTo, childIndent, indentOf, insertChild, lineEndOf } from '../../schema/structureFixes.ts';
import type { Fix } from '../../../problem/diagnostic.ts';
import type { NamedQuery } from '../../query/namedQuery.ts';
import type { QueryRule } from './queryRule.ts';

export const unknownArgument: QueryRule = {
  code: 'PS256',
  check({ queries }, report) {
    for (const query of queries) {
      const { sql, args } = query;
      if (sql === undefined || sql.element.unclosed) continue;
      // a misspelt <args> is the schema's finding
      if (args.length === 0 && hasUnknownChild(query)) continue;
      if (args.some(({ element: arg }) => arg.damaged || arg.attribute('name')?.damaged === true)) continue;
      const names = new Set(args.map((arg) => arg.name));
      const said = new Set<string>();
      for (const token of sql.statement.tokens) {
        if (token.kind !== 'bind' || names.has(token.text) || said.has(token.text)) continue;
        said.add(token.text);
        report(sql.at(token), [token.text], fixes(query, token.text, sql.at(token)));
      }
    }
  },
};

function hasUnknownChild({ element }: NamedQuery): boolean {
  for (const child of element.elements()) {
    if (!['summary', 'description', 'args', 'columns', 'sql'].includes(child.name.local)) return true;
  }
  return false;
}

function fixes({ element, args }: NamedQuery, name: string, place: { start: number; end: number }): Fix[] {
  const list: Fix[] = [];
  const near = nearestName(
    name,
    args.map((arg) => arg.name),
  );
  if (near !== undefined) {
    const edits = [{ range: { start: place.start + 1, end: place.end }, text: near }];
    list.push({ title: changeTo(`:${near}`), automatic: false, edits });
  }
  const { text } = element.document;
  const owner = element.element('args');
  const lineEnd = lineEndOf(text);
  const snippet = `<arg name="${name}"/>`;
  if (owner !== undefined && (owner.endTagStart >= 0 || owner.selfClosing)) {
    const outer = indentOf(text, owner.start);
    list.push({
      title: phrase('Add the argument {0}', name),
      automatic: false,
      edits: [insertChild(owner, snippet, childIndent(owner, outer), outer, lineEnd)],
    });
  }
  const columns = element.element('columns');
  if (owner === undefined && columns !== undefined) {
    const indent = indentOf(text, columns.start);
    const block = `<args>${lineEnd}${indent}  ${snippet}${lineEnd}${indent}</args>${lineEnd}${indent}`;
    list.push({
      title: phrase('Add the argument {0}', name),
      automatic: false,
      edits: [{ range: { start: columns.start, end: columns.start }, text: block }],
    });
  }
  return list;
}
