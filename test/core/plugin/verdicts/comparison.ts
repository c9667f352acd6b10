/** What a run of random texts found. */
export interface Comparison {
  readonly compared: number;
  /** How many of them the peer accepts. */
  readonly accepted: number;
  /** How many differ as they are meant to, by the reason. */
  readonly intended: ReadonlyMap<string, number>;
  /** The first of those that nobody meant. */
  readonly differences: readonly string[];
}

/** What both sides have against one text. */
export interface Verdicts {
  readonly text: string;
  readonly ours: readonly string[];
  /** Messages of the peer. */
  readonly theirs: readonly string[];
}

/** Where two judges are meant to differ, by the reason. */
export type IntendedDifferences = Readonly<Record<string, (verdicts: Verdicts) => boolean>>;

const ENOUGH = 5;

/** Takes verdicts one by one and keeps those that nobody meant to differ. */
export class VerdictCount implements Comparison {
  readonly #reasons: IntendedDifferences;
  readonly intended = new Map<string, number>();
  readonly differences: string[] = [];
  compared = 0;
  accepted = 0;

  constructor(reasons: IntendedDifferences) {
    this.#reasons = reasons;
  }

  /** So much differs that more would not help. */
  get isEnough(): boolean {
    return this.differences.length >= ENOUGH;
  }

  /** @param label what to find the text again by. */
  take(label: string, verdicts: Verdicts): void {
    const { text, ours, theirs } = verdicts;
    if ((ours.length === 0) === (theirs.length === 0)) return;
    const reason = Object.entries(this.#reasons).find(([, applies]) => applies(verdicts))?.[0];
    if (reason !== undefined) this.intended.set(reason, (this.intended.get(reason) ?? 0) + 1);
    else this.report(label, text, `${ours.join(', ') || 'nothing'} here, ${theirs.join('; ') || 'nothing'} there`);
  }

  report(label: string, text: string, said: string): void {
    this.differences.push(`${label}: ${said}\n${JSON.stringify(text)}`);
  }
}
