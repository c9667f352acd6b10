import { EventEmitter, type Disposable } from 'vscode';
import {
  historyEntry,
  newEntryId,
  sentRequestOf,
  shownBody,
  type HistoryEntry,
} from '../../core/history/historyEntry.ts';
import { HISTORY_LIMITS, HistoryFolder } from '../../core/history/historyFolder.ts';
import { receiveBody, type AnswerBody } from '../../core/run/answerBody.ts';
import type { RunResult } from '../../core/run/runResult.ts';
import type { SentRequest } from '../../core/run/sentRequest.ts';
import type { BodyStore, Hold } from '../response/bodyStore.ts';

const MEGABYTE = 1_000_000;
/** Bytes of answers that stay in memory, and in the files of this window, for the history alone. */
const MOST_IN_MEMORY = 64 * MEGABYTE;
const MOST_IN_FILES = 1000 * MEGABYTE;
/** A kept body over this is read from a file of this window. */
const MEMORY_LIMIT = 4 * MEGABYTE;

/** What this window still has of a request beyond its entry. */
interface Remembered {
  readonly sent: SentRequest | undefined;
  answer: { readonly body: AnswerBody; readonly hold: Hold } | undefined;
}

export interface RunWords {
  readonly title: string;
  /** The request file. */
  readonly source: string | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The file that the records went to. */
  readonly file?: string | undefined;
}

export interface HistoryBookOptions {
  /** The folder of the history, in the storage of the extension. */
  readonly folder: string;
  readonly bodies: BodyStore;
  /** The setting: whether bodies outlive the session. */
  readonly keepBodies: () => boolean;
  readonly log: (line: string) => void;
}

/** The history: entries on disk, and what only this window still has: requests as they went out, and answers. */
export class HistoryBook implements Disposable {
  readonly #options: HistoryBookOptions;
  readonly #folder: HistoryFolder;
  readonly #remembered = new Map<string, Remembered>();
  readonly #changed = new EventEmitter<void>();
  /** Bodies on their way to or from the disk. */
  #settled: Promise<unknown> = Promise.resolve();

  readonly onDidChange = this.#changed.event;

  constructor(options: HistoryBookOptions) {
    this.#options = options;
    this.#folder = new HistoryFolder(options.folder, () => Date.now());
    this.forgetUnwantedBodies();
  }

  /** Newest first, those of other windows too. */
  entries(): Promise<HistoryEntry[]> {
    return this.#folder.list();
  }

  /** Remembers a result; undefined when nothing was sent. A disk that refuses costs the entry, never the run. */
  async add(result: RunResult, { at, ...words }: RunWords): Promise<HistoryEntry | undefined> {
    const entry = historyEntry(result, { ...words, id: newEntryId(at, crypto.randomUUID()) });
    if (entry === undefined) return undefined;
    const { sent, answer } = result;
    this.#remembered.set(entry.id, { sent, answer: answer && this.#keep(answer.body) });
    this.#forgetOldAnswers();
    try {
      await this.#folder.add(entry);
      if (answer && this.#options.keepBodies())
        this.#settled = Promise.all([this.#settled, this.#keepBody(entry.id, answer.body)]);
    } catch (error) {
      this.#options.log(`The history could not be written: ${String(error)}`);
    }
    this.#changed.fire();
    return entry;
  }

  /** The request as it went out, or as the entry tells it; undefined when something in it was not kept. */
  sentRequest(entry: HistoryEntry): SentRequest | undefined {
    return this.#remembered.get(entry.id)?.sent ?? sentRequestOf(entry);
  }

  /** The body that was sent, as it may be shown. */
  sentBody(entry: HistoryEntry): string | undefined {
    const sent = this.#remembered.get(entry.id)?.sent;
    return sent ? shownBody(sent) : entry.body;
  }

  /** Whether the answer can be opened. */
  hasAnswer(entry: HistoryEntry): boolean {
    return this.#answerOf(entry) !== undefined || this.#folder.hasBody(entry.id);
  }

  /** The body of the answer while it is kept. */
  async answer(entry: HistoryEntry): Promise<AnswerBody | undefined> {
    const known = this.#answerOf(entry);
    if (known || !entry.answer) return known;
    const kept = await this.#folder.body(entry.id);
    if (!kept) return undefined;
    const run = this.#options.bodies.run();
    try {
      const body = await receiveBody(
        { body: kept.read(), headers: entry.answer.headers },
        { limit: MEMORY_LIMIT, openSpool: run.openSpool, indexLarge: true },
      );
      this.#remembered.set(entry.id, { sent: this.#remembered.get(entry.id)?.sent, answer: this.#keep(body) });
      this.#forgetOldAnswers();
      return body;
    } catch {
      // Removed by another window while it was read.
      return undefined;
    } finally {
      await run.release();
    }
  }

  async remove(entries: readonly HistoryEntry[]): Promise<void> {
    await Promise.all(
      entries.map(async ({ id }) => {
        await this.#forget(id);
        await this.#folder.remove(id);
      }),
    );
    this.#changed.fire();
  }

  async clear(): Promise<void> {
    await Promise.all([...this.#remembered.keys()].map((id) => this.#forget(id)));
    await this.#folder.clear();
    this.#changed.fire();
  }

  /** Another window may have added or removed something. */
  look(): void {
    this.#changed.fire();
  }

  /** Removes the bodies of earlier sessions once they are not wanted any more. */
  forgetUnwantedBodies(): void {
    if (!this.#options.keepBodies()) this.#settled = this.#folder.removeBodies().catch(() => undefined);
  }

  /** Resolves when no body is on its way to the disk any more. */
  async settled(): Promise<void> {
    await this.#settled;
  }

  dispose(): void {
    this.#changed.dispose();
    this.#remembered.clear();
  }

  #answerOf({ id }: HistoryEntry): AnswerBody | undefined {
    const body = this.#remembered.get(id)?.answer?.body;
    return body && (body.bytes !== undefined || body.spooled !== undefined) ? body : undefined;
  }

  #keep(body: AnswerBody): NonNullable<Remembered['answer']> {
    return { body, hold: this.#options.bodies.hold(body) };
  }

  async #keepBody(id: string, body: AnswerBody): Promise<void> {
    if (body.size > HISTORY_LIMITS.bodies) return;
    const hold = this.#options.bodies.hold(body);
    try {
      await this.#folder.keepBody(id, body.read());
    } catch (error) {
      this.#options.log(`A body could not be kept: ${String(error)}`);
    } finally {
      await hold.release();
    }
  }

  async #forget(id: string): Promise<void> {
    const remembered = this.#remembered.get(id);
    this.#remembered.delete(id);
    await remembered?.answer?.hold.release();
  }

  /** The newest answers stay, as far as there is room. */
  #forgetOldAnswers(): void {
    let inMemory = 0;
    let inFiles = 0;
    for (const remembered of [...this.#remembered.values()].toReversed()) {
      const { answer } = remembered;
      if (!answer) continue;
      if (answer.body.spooled) inFiles += answer.body.size;
      else inMemory += answer.body.size;
      if (inMemory <= MOST_IN_MEMORY && inFiles <= MOST_IN_FILES) continue;
      remembered.answer = undefined;
      void answer.hold.release();
    }
  }
}
