import type { ColumnType } from './columnFacts.ts';
import { textComparer } from './columnRanks.ts';

/** The values of one column over the rows that are shown. */
export interface ColumnSummary {
  readonly type: ColumnType;
  readonly rows: number;
  /** Rows in which it is missing, null or an empty text. */
  readonly empty: number;
  readonly distinct: number;
  /** Smallest and largest; undefined when all are empty, or for lists. */
  readonly least: string | undefined;
  readonly most: string | undefined;
  /** The most frequent values, the most frequent first; none when no value repeats. */
  readonly frequent: readonly { readonly value: string; readonly rows: number }[];
}

const MOST_FREQUENT = 5;

export function summarize(
  counts: ReadonlyMap<string, number>,
  { rows, empty, type }: Pick<ColumnSummary, 'rows' | 'empty' | 'type'>,
): ColumnSummary {
  let frequent: { value: string; rows: number }[] = [];
  let least: string | undefined;
  let most: string | undefined;
  const compare = type === 'number' ? (a: string, b: string): number => Number(a) - Number(b) : textOrder(counts, type);
  for (const [value, times] of counts) {
    if (least === undefined || compare(value, least) < 0) least = value;
    if (most === undefined || compare(value, most) > 0) most = value;
    if (times > (frequent.at(-1)?.rows ?? 0) || frequent.length < MOST_FREQUENT) {
      frequent = [...frequent, { value, rows: times }].sort((a, b) => b.rows - a.rows).slice(0, MOST_FREQUENT);
    }
  }
  const repeats = (frequent[0]?.rows ?? 0) > 1;
  const ordered = type !== 'list';
  return {
    type,
    rows,
    empty,
    distinct: counts.size,
    least: ordered ? least : undefined,
    most: ordered ? most : undefined,
    frequent: repeats ? frequent : [],
  };
}

function textOrder(counts: ReadonlyMap<string, number>, type: ColumnType): (a: string, b: string) => number {
  const compare = textComparer(type === 'text' ? [...counts.keys()] : [], type !== 'text');
  return (a, b) => compare(a.toLowerCase(), b.toLowerCase()) || compare(a, b);
}
