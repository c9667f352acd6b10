import { findColumn, type TableDefinition } from '../district/dictionary.ts';
import { quote } from '../district/tableBuilder.ts';
import { allOf, compare, type Condition } from '../query/condition.ts';
import { parseFiql } from '../query/fiql.ts';
import type { Call } from '../server/call.ts';
import { Refusal } from '../server/refusal.ts';
import { requireRead } from './tableAccess.ts';

/**
 * The condition of a table's `q`. Names are columns of the table. A column's existence and the type of the value are
 * checked before the rights, as on a live server; a missing right names the column in its canonical spelling.
 */
export function tableCondition(call: Call, table: TableDefinition): Condition {
  const parsed = parseFiql(call.query.get('q') ?? '');
  if ('error' in parsed) throw new Refusal(400, parsed.error);
  const conditions: Condition[] = [];
  const used: { spelling: string; column: NonNullable<ReturnType<typeof findColumn>> }[] = [];
  for (const term of parsed.terms) {
    const name = term.name.toLowerCase().startsWith(`${table.name}.`)
      ? term.name.slice(table.name.length + 1)
      : term.name;
    const column = findColumn(table, name);
    if (column === undefined) throw new Refusal(400, `Invalid field ${term.name}`);
    if (column.type === 'clob' || column.type === 'binary') {
      throw new Refusal(400, 'Querying not supported against clob or blob field types');
    }
    const result = compare(quote(column.name), column.type, term.operator, term.values);
    if ('wrong' in result) {
      const { wrong } = result;
      throw new Refusal(
        400,
        `Invalid ${wrong} '${term.values.join(',')}' passed for comparison to ${wrong} field ${column.displayName}`,
      );
    }
    conditions.push(result);
    used.push({ spelling: column.displayName, column });
  }
  requireRead(call, table, used);
  return allOf(conditions);
}
