import {
  mergeCandidates,
  recordsUnder,
  textAt,
  type Candidate,
  type LookupAttempt,
  type LookupPlan,
} from '../../core/catalog/lookup.ts';
import { studentIdsByDcid } from '../../core/catalog/studentLookup.ts';
import { findRecords } from '../../core/powerschool/records.ts';
import type { Server } from '../../core/powerschool/server.ts';
import type { ServerReads } from './serverReads.ts';

export interface FoundRecordList {
  readonly candidates: readonly Candidate[];
  /** Why nothing could be looked up: only when every attempt failed. */
  readonly problem: Error | undefined;
}

const PAGE_SIZE = 100;
const MOST_PAGES = 50;
/** For so many students Students.ID is asked for as well. */
const MOST_IDS = 10;
const ID = 'ID';

/**
 * Looks records up on one server: all attempts of a plan, merged. Lists that come whole are kept for the next words
 * that are typed; nothing is kept longer than the search.
 */
export class RecordSearch {
  readonly #reads: Pick<ServerReads, 'get'>;
  readonly #server: Server;
  readonly #lists = new Map<string, readonly unknown[]>();

  constructor(reads: Pick<ServerReads, 'get'>, server: Server) {
    this.#reads = reads;
    this.#server = server;
  }

  async run(plan: LookupPlan, signal: AbortSignal): Promise<FoundRecordList> {
    const outcomes = await Promise.allSettled(plan.attempts.map((attempt) => this.#try(attempt, signal)));
    signal.throwIfAborted();
    const found = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
    const failed = outcomes.flatMap((outcome): unknown[] => (outcome.status === 'rejected' ? [outcome.reason] : []));
    const [reason] = failed;
    return {
      candidates: mergeCandidates(found),
      problem: failed.length > 0 && failed.length === outcomes.length ? asError(reason) : undefined,
    };
  }

  /** Adds Students.ID, which `/ws/v1` never shows. The same list comes back where the table may not be read. */
  async withStudentIds(candidates: readonly Candidate[], signal: AbortSignal): Promise<readonly Candidate[]> {
    const missing = candidates.filter(({ ids }) => !ids.some(({ label }) => label === ID)).slice(0, MOST_IDS);
    if (missing.length === 0) return candidates;
    try {
      const more = await Promise.all(missing.map(({ value }) => this.#try(studentIdsByDcid(value), signal)));
      const foundBy = new Map(candidates.map((candidate) => [candidate.value, candidate.foundBy]));
      return mergeCandidates([...candidates, ...more.flat()]).map((candidate) =>
        withFoundBy(candidate, foundBy.get(candidate.value) ?? ''),
      );
    } catch {
      return candidates;
    }
  }

  async #try(attempt: LookupAttempt, signal: AbortSignal): Promise<Candidate[]> {
    if (!attempt.allPages) return attempt.read(await this.#reads.get(this.#server, attempt.target, signal));
    const { beside } = attempt;
    const [pages, named] = await Promise.all([
      this.#list(attempt.target, signal),
      beside && this.#list(beside.target, signal).catch(() => []),
    ]);
    const records = (named ?? []).flatMap((body) => recordsUnder(body, beside?.root ?? ''));
    const byId = new Map(records.map((record) => [textAt(record, 'id'), record]));
    return pages.flatMap((body) => attempt.read(body, byId));
  }

  async #list(target: string, signal: AbortSignal): Promise<readonly unknown[]> {
    let pages = this.#lists.get(target);
    if (pages === undefined) this.#lists.set(target, (pages = await this.#allPages(target, signal)));
    return pages;
  }

  async #allPages(target: string, signal: AbortSignal): Promise<unknown[]> {
    const pages: unknown[] = [];
    for (let page = 1; page <= MOST_PAGES; page++) {
      const mark = target.includes('?') ? '&' : '?';
      const body = await this.#reads.get(this.#server, `${target}${mark}page=${page}&pagesize=${PAGE_SIZE}`, signal);
      pages.push(body);
      if ((findRecords(body).records?.length ?? 0) < PAGE_SIZE) break;
    }
    return pages;
  }
}

function withFoundBy(candidate: Candidate, foundBy: string): Candidate {
  return { ...candidate, foundBy };
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
