import { l10n, window, type QuickPickItem } from 'vscode';
import { describeOperator } from '../../core/catalog/docs.ts';
import type { FilterOperator, FilterTerm } from '../../core/catalog/fiql.ts';

/** What a condition compares: a query field of a resource, or a column of a table. */
export interface Comparable {
  readonly name: string;
  readonly type: 'integer' | 'number' | 'string' | 'date' | 'datetime' | 'boolean' | 'enum' | undefined;
  /** Value → what it means. */
  readonly values?: Readonly<Record<string, string>> | undefined;
  /** Only tables are known to take `!=`. */
  readonly inTable: boolean;
}

/** Asks for the comparison and the value of a condition; undefined when dismissed. */
export async function askCondition(field: Comparable): Promise<FilterTerm | undefined> {
  const operator = await askOperator(field);
  if (operator === undefined) return undefined;
  const value = await askValue(field, operator);
  return value === undefined ? undefined : { field: field.name, operator, value, values: undefined };
}

/** Asks how rows shall be sorted by a column; undefined when dismissed. */
export async function askOrder(column: string, sorted: boolean): Promise<'up' | 'down' | 'none' | undefined> {
  const items: (QuickPickItem & { readonly order: 'up' | 'down' | 'none' })[] = [
    { label: l10n.t('Smallest first'), description: l10n.t('A to Z, the earliest first'), order: 'up' },
    { label: l10n.t('Largest first'), description: l10n.t('Z to A, the latest first'), order: 'down' },
    ...(sorted ? [{ label: l10n.t('Do not sort by it'), order: 'none' as const }] : []),
  ];
  return (await window.showQuickPick(items, { title: l10n.t('Sort by {0}', column) }))?.order;
}

async function askOperator(field: Comparable): Promise<FilterOperator | undefined> {
  const inOrder = field.type !== 'enum' && field.type !== 'boolean';
  const operators: FilterOperator[] = [
    '==',
    ...(field.inTable ? (['!='] as const) : []),
    ...(inOrder ? (['=ge=', '=le=', '=gt=', '=lt='] as const) : []),
  ];
  if (operators.length === 1) return operators[0];
  const items: (QuickPickItem & { readonly operator: FilterOperator })[] = operators.map((operator) => ({
    label: operator,
    description: describeOperator(operator).replace(/^`[^`]*` /, ''),
    operator,
  }));
  const picked = await window.showQuickPick(items, {
    title: field.name,
    placeHolder: l10n.t('How shall {0} be compared?', field.name),
    matchOnDescription: true,
  });
  return picked?.operator;
}

async function askValue(field: Comparable, operator: FilterOperator): Promise<string | undefined> {
  const known = Object.entries(field.values ?? {});
  if (known.length > 0) {
    const items = known.map(([label, description]) => ({ label, description }));
    const title = `${field.name} ${operator}`;
    return (await window.showQuickPick(items, { title, matchOnDescription: true }))?.label;
  }
  const value = await window.showInputBox({
    title: `${field.name} ${operator}`,
    prompt: hint(field, operator),
    ignoreFocusOut: true,
    validateInput: (text) => valueProblem(field, text.trim()),
  });
  return value?.trim();
}

function hint({ type }: Comparable, operator: FilterOperator): string {
  if (type === 'date' || type === 'datetime') return l10n.t('A date such as 2026-08-24, or a variable such as {{day}}');
  if (type === 'integer' || type === 'number') return l10n.t('A number, or a variable such as {{number}}');
  return operator === '=='
    ? l10n.t('The value; * stands for any characters, as in Qui*')
    : l10n.t('The value, or a variable such as {{name}}');
}

/** What is wrong with a value; undefined when nothing is. Variables are not looked into. */
export function valueProblem({ type }: Comparable, text: string): string | undefined {
  if (text === '') return l10n.t('Give a value: the server refuses an empty one.');
  if (text.includes('{{')) return undefined;
  if (/[;,]/.test(text))
    return l10n.t('The server may read a comma or semicolon as the next condition. Put * in its place.');
  if ((type === 'integer' || type === 'number') && !/^-?\d+(\.\d+)?$/.test(text)) return l10n.t('Write a number.');
  if ((type === 'date' || type === 'datetime') && !/^\d{4}-\d\d-\d\d/.test(text))
    return l10n.t('Write the date as YYYY-MM-DD.');
  return undefined;
}
