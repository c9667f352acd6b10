import { l10n, type Progress } from 'vscode';
import type { FetchPace } from '../../core/output/fetchPace.ts';
import { formatRemaining } from '../../core/output/quantity.ts';

/** Milliseconds between two messages. */
const INTERVAL = 200;

/** Shows in a notification how far a long list came: records, rate, what is left. */
export class PagesProgress {
  readonly #progress: Progress<{ message?: string; increment?: number }>;
  readonly #pace: FetchPace;
  #shownAt = -Infinity;
  #share: number;

  constructor(progress: Progress<{ message?: string; increment?: number }>, pace: FetchPace, first = 0) {
    this.#progress = progress;
    this.#pace = pace;
    this.#share = first === 0 ? 0 : Number.NaN;
  }

  show(records: number, count: number | undefined): void {
    const now = performance.now();
    if (now - this.#shownAt < INTERVAL && records !== count) return;
    this.#shownAt = now;
    const { perSecond, remaining } = this.#pace.at(records, count);
    const parts = [
      count === undefined || count === 0
        ? l10n.t('{0} records', records.toLocaleString())
        : l10n.t('{0} of {1} records', records.toLocaleString(), count.toLocaleString()),
    ];
    if (perSecond !== undefined) parts.push(l10n.t('{0}/s', Math.round(perSecond).toLocaleString()));
    if (remaining !== undefined) parts.push(l10n.t('{0} left', formatRemaining(remaining)));
    this.#progress.report({ message: parts.join(' · '), ...this.#increment(records, count) });
  }

  /** In percent of the whole; what an earlier run brought is there at once. */
  #increment(records: number, count: number | undefined): { increment?: number } {
    if (count === undefined || count === 0) return {};
    const share = Math.min(100, (100 * records) / count);
    const increment = Number.isNaN(this.#share) ? share : share - this.#share;
    this.#share = share;
    return increment > 0 ? { increment } : {};
  }
}
