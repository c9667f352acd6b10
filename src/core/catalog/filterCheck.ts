import type { TextRange } from '../text/textRange.ts';
import type { QueryField } from './catalogData.ts';
import type { FilterExpression, FilterOperator, ParsedTerm } from './fiql.ts';
import { editDistance } from './nearest.ts';
import type { Filter } from './operation.ts';
import type { Column, Table } from './tables.ts';

export type FilterFindingKind =
  /** The catalog knows the fields and this is none; the server may know more (info, not error). */
  | 'unknownField'
  /** The server reported the columns of the table and this is none: 400. */
  | 'unknownColumn'
  /** CLOB and BLOB columns are refused: 400. */
  | 'notFilterable'
  /** The plugin may not read the column: 403. */
  | 'notReadable'
  | 'notANumber'
  | 'notADate'
  | 'unknownValue'
  /** `*` stands for any text only behind `==`, on text. */
  | 'wildcard'
  /** `!=` was seen on the table API alone. */
  | 'notEqual'
  /** A `,` or `;` in a value is read as the next condition or as a list by some servers. */
  | 'reserved';

export interface FilterFinding {
  readonly kind: FilterFindingKind;
  readonly severity: 'error' | 'warning' | 'info';
  readonly range: TextRange;
  /** For the sentence: `{0}` the text concerned, `{1}` what is allowed or meant instead (may be empty). */
  readonly args: readonly [text: string, other: string];
}

/** English sentences for the findings: what is wrong, what to do. */
export const FILTER_FINDING_TEXT: Readonly<
  Record<FilterFindingKind, { readonly message: string; readonly mend: string }>
> = {
  unknownField: {
    message: '"{0}" is not among the fields that are known for this filter.',
    mend: 'Known fields: {1}.',
  },
  unknownColumn: { message: 'The table has no column "{0}".', mend: 'Did you mean {1}?' },
  notFilterable: {
    message: '"{0}" is a {1} column, which cannot be used in a filter.',
    mend: 'Filter on another column.',
  },
  notReadable: {
    message: 'The plugin may not read "{0}", so the server refuses this filter.',
    mend: 'Add it as a field to the access request of the plugin, or filter on another column.',
  },
  notANumber: { message: '"{0}" is not a number.', mend: 'The field {1} holds numbers: write digits only.' },
  notADate: { message: '"{0}" is not a date.', mend: 'Write the date as YYYY-MM-DD, for example 2026-08-24.' },
  unknownValue: { message: '"{0}" is not among the values that are known for this field.', mend: 'Known values: {1}.' },
  wildcard: { message: 'The * in "{0}" has no effect here.', mend: 'Use * behind == on a text field.' },
  notEqual: { message: '!= was only ever seen with tables.', mend: 'Use another comparison, or read the table.' },
  reserved: {
    message: 'The value "{0}" contains a comma or semicolon, which the server may read as the end of the condition.',
    mend: 'Put * in its place.',
  },
};

/**
 * Looks at the fields, comparisons and values of a filter. `filter` is what the operation takes; `table` is the table
 * of a filter over columns, when it is known. Values with `{{variables}}` are not judged.
 */
export function checkFilter(expression: FilterExpression, filter: Filter, table: Table | undefined): FilterFinding[] {
  return expression.terms.flatMap((term) => {
    if (term.field.includes('{{')) return [];
    if (filter.over === 'fields') return checkFieldTerm(term, filter.fields);
    if (filter.over === 'columns' && table !== undefined) return checkColumnTerm(term, table);
    return checkValue(term, undefined);
  });
}

function checkFieldTerm(term: ParsedTerm, fields: readonly QueryField[]): FilterFinding[] {
  const field = fields.find(({ name }) => name === term.field);
  const findings: FilterFinding[] = [];
  if (field === undefined) {
    const known = fields.map(({ name }) => name).join(', ');
    findings.push({ kind: 'unknownField', severity: 'info', range: term.fieldRange, args: [term.field, known] });
  }
  if (term.operator === '!=') {
    findings.push({ kind: 'notEqual', severity: 'info', range: term.operatorRange, args: ['!=', ''] });
  }
  if (field?.values !== undefined && field.type === 'enum') {
    const known = Object.keys(field.values);
    for (const value of valuesOf(term)) {
      if (!hasVariable(value) && !known.includes(value.toUpperCase())) {
        findings.push({
          kind: 'unknownValue',
          severity: 'warning',
          range: term.valueRange,
          args: [value, known.join(', ')],
        });
      }
    }
    return findings;
  }
  const type = field?.type === 'enum' ? 'string' : field?.type;
  return [...findings, ...checkValue(term, type)];
}

function checkColumnTerm(term: ParsedTerm, table: Table): FilterFinding[] {
  const name = term.field.slice(term.field.lastIndexOf('.') + 1).toLowerCase();
  const column = table.columns.find((entry) => entry.name.toLowerCase() === name);
  if (column === undefined || (table.columnsReported && column.availability === 'notReported')) {
    if (!table.columnsReported) return checkValue(term, undefined);
    return [
      {
        kind: 'unknownColumn',
        severity: 'error',
        range: term.fieldRange,
        args: [term.field, nearestColumn(name, table)],
      },
    ];
  }
  const findings: FilterFinding[] = [];
  if (column.type === 'clob' || column.type === 'binary') {
    findings.push({
      kind: 'notFilterable',
      severity: 'error',
      range: term.fieldRange,
      args: [term.field, column.type === 'clob' ? 'CLOB' : 'BLOB'],
    });
  }
  if (column.readable === false) {
    findings.push({ kind: 'notReadable', severity: 'error', range: term.fieldRange, args: [term.field, ''] });
  }
  return [...findings, ...checkValue(term, valueType(column))];
}

function checkValue(term: ParsedTerm, type: 'integer' | 'number' | 'string' | 'date' | undefined): FilterFinding[] {
  const findings: FilterFinding[] = [];
  for (const value of valuesOf(term)) {
    if (hasVariable(value) || value === '' || value === '\\u0000') continue;
    if ((type === 'integer' || type === 'number') && !/^[+-]?\d+(\.\d+)?$/.test(value)) {
      findings.push({ kind: 'notANumber', severity: 'error', range: term.valueRange, args: [value, term.field] });
    } else if (type === 'date' && !/^\d{4}-\d{2}-\d{2}([T ].*)?$/.test(value)) {
      findings.push({ kind: 'notADate', severity: 'error', range: term.valueRange, args: [value, ''] });
    } else if (value.includes('*') && term.operator !== '==') {
      findings.push({ kind: 'wildcard', severity: 'warning', range: term.valueRange, args: [value, ''] });
    } else if (/[,;]/.test(value)) {
      findings.push({ kind: 'reserved', severity: 'warning', range: term.valueRange, args: [value, ''] });
    }
  }
  return findings;
}

/** A type that was guessed judges nothing. */
function valueType(column: Column): 'integer' | 'number' | 'string' | 'date' | undefined {
  const { type } = column;
  if (column.typeInferred || type === undefined || type === 'boolean' || type === 'clob' || type === 'binary')
    return undefined;
  return type === 'datetime' ? 'date' : type;
}

/** Comparisons that make sense for a type of field or column. */
export function operatorsFor(type: string | undefined, over: Filter['over']): readonly FilterOperator[] {
  const equal: FilterOperator[] = over === 'columns' ? ['==', '!='] : ['=='];
  return type === 'string' || type === 'enum' || type === 'boolean'
    ? equal
    : [...equal, '=gt=', '=ge=', '=lt=', '=le='];
}

function valuesOf(term: ParsedTerm): readonly string[] {
  return term.values ?? [term.value];
}

function hasVariable(value: string): boolean {
  return value.includes('{{');
}

function nearestColumn(name: string, table: Table): string {
  const near = table.columns
    .filter((column) => column.availability !== 'notReported')
    .map((column) => ({ name: column.name, distance: editDistance(column.name.toLowerCase(), name) }))
    .filter(({ distance }) => distance <= Math.max(2, name.length / 3))
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.name ?? '…';
}
