/** How far a long job came and how fast it goes. */
export interface Pace {
  readonly records: number;
  readonly count: number | undefined;
  /** Records a second; undefined at the very start. */
  readonly perSecond: number | undefined;
  /** Milliseconds until the counted records are there; undefined when that cannot be told. */
  readonly remaining: number | undefined;
}

/** Milliseconds before a rate says anything. */
const WARM_UP = 500;

/** Measures the rate of one run. Records of an earlier run, which were there at the start, do not count for it. */
export class FetchPace {
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #first: number;

  /** @param now milliseconds of a clock that only goes forward. */
  constructor(now: () => number, first = 0) {
    this.#now = now;
    this.#startedAt = now();
    this.#first = first;
  }

  at(records: number, count: number | undefined): Pace {
    const elapsed = this.#now() - this.#startedAt;
    const perSecond = elapsed < WARM_UP ? undefined : (1000 * (records - this.#first)) / elapsed;
    const left = count === undefined ? undefined : count - records;
    const known = left !== undefined && left >= 0 && perSecond !== undefined && perSecond > 0;
    return { records, count, perSecond, remaining: known ? (1000 * left) / perSecond : undefined };
  }
}
