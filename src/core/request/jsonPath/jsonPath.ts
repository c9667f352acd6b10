import type { Phrase } from '../../problem/phrase.ts';

/** A parsed JSONPath query (RFC 9535). */
export interface JsonPath {
  readonly segments: readonly Segment[];
  /** Names and indexes only: at most one value can match. */
  readonly singular: boolean;
}

export interface Segment {
  /** `..`: the selectors apply to the value and to everything below it. */
  readonly descendant: boolean;
  readonly selectors: readonly Selector[];
}

export type Selector =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'index'; readonly index: number }
  | {
      readonly kind: 'slice';
      readonly start: number | undefined;
      readonly end: number | undefined;
      readonly step: number;
    }
  | { readonly kind: 'filter'; readonly test: LogicalExpression };

export type LogicalExpression =
  | { readonly kind: 'or' | 'and'; readonly operands: readonly LogicalExpression[] }
  | { readonly kind: 'not'; readonly operand: LogicalExpression }
  | { readonly kind: 'exists'; readonly query: Query }
  | { readonly kind: 'compare'; readonly operator: ComparisonOperator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'call'; readonly call: FunctionCall };

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** A query inside a filter: from the tested value (`@`) or from the root (`$`). */
export interface Query extends JsonPath {
  readonly from: 'root' | 'current';
}

/** What yields one value or nothing. */
export type Operand =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'query'; readonly query: Query }
  | { readonly kind: 'call'; readonly call: FunctionCall };

export interface FunctionCall {
  readonly name: FunctionName;
  readonly args: readonly Operand[];
}

export type FunctionName = 'length' | 'count' | 'match' | 'search' | 'value';

/** Types of RFC 9535, section 2.4.1. */
export type FunctionType = 'value' | 'logical' | 'nodes';

export const FUNCTIONS: Readonly<Record<FunctionName, { takes: readonly FunctionType[]; gives: FunctionType }>> = {
  length: { takes: ['value'], gives: 'value' },
  count: { takes: ['nodes'], gives: 'value' },
  match: { takes: ['value', 'value'], gives: 'logical' },
  search: { takes: ['value', 'value'], gives: 'logical' },
  value: { takes: ['nodes'], gives: 'value' },
};

/** Why a text is no JSONPath, and where. */
export interface JsonPathFault {
  /** Offset in the text that was parsed. */
  readonly at: number;
  readonly reason: Phrase;
}
