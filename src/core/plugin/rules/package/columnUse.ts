import type { NamedQuery, QueryColumn } from '../../query/namedQuery.ts';
import { tablesOf } from '../../sql/fromTables.ts';
import type { SqlToken } from '../../sql/sqlTokens.ts';

/** `TABLE.FIELD` in upper case that a column stands for; undefined when it names no field. */
export function fieldOf({ name, column }: QueryColumn): string | undefined {
  const written = (column ?? name).trim();
  return /^[\w$#]+\.[\w$#]+$/.test(written) ? written.toUpperCase() : undefined;
}

/** A field that the SQL reads outside of the select list, with the token of its name. */
export interface FieldUse {
  readonly key: string;
  readonly token: SqlToken;
}

/**
 * The fields in joins, conditions and so on that can be told for certain: `alias.field` whose alias stands for one
 * table of the statement.
 */
export function fieldsElsewhere({ sql }: NamedQuery): FieldUse[] {
  if (sql === undefined) return [];
  const { tokens, listEnd } = sql.statement;
  const tables = tablesOf(tokens);
  const uses: FieldUse[] = [];
  for (let i = listEnd; i < tokens.length; i++) {
    const [alias, dot, field, next] = tokens.slice(i, i + 4);
    if (
      alias?.kind !== 'word' ||
      dot?.text !== '.' ||
      field?.kind !== 'word' ||
      next?.text === '(' ||
      next?.text === '.'
    )
      continue;
    const table = tables.get(alias.text.toLowerCase());
    if (table !== undefined && tokens[i - 1]?.text !== '.')
      uses.push({ key: `${table}.${field.text}`.toUpperCase(), token: field });
  }
  return uses;
}
