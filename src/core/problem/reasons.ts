import type { ExplainedCode } from './problemCode.ts';
import reasons from './reasons.json' with { type: 'json' };

export type Reason = Pick<ExplainedCode, 'why' | 'source'>;

const ROWS: Readonly<Record<string, { readonly why: string; readonly source?: string }>> = reasons.reasons;
const SCHEMA_SOURCES: Readonly<Record<string, string>> = reasons.schemaSources;

/**
 * The reason of a code; undefined for one that has none. What holds for the XML files of every language has one row
 * for all, `PS?05` for PS105 to PS405; where such a row names no source, it is that of the language's schema.
 */
export function reasonOf(code: string): Reason | undefined {
  const row = ROWS[keyOf(code)];
  const source = row?.source ?? SCHEMA_SOURCES[code.slice(0, 3)];
  return row === undefined || source === undefined ? undefined : { why: row.why, source };
}

/** The keys of reasons that belong to none of these codes. */
export function strayReasons(codes: readonly string[]): string[] {
  const used = new Set(codes.map(keyOf));
  return Object.keys(ROWS).filter((key) => !used.has(key));
}

function keyOf(code: string): string {
  return Object.hasOwn(ROWS, code) ? code : `PS?${code.slice(3)}`;
}
