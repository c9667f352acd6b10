import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { QueryPart, QueryTask } from './queryExecution.ts';

/** Thrown when a part of an answer takes longer than the limit. */
export class QueryTimeout extends Error {
  constructor(limit: number) {
    super(`The PowerQuery ran longer than ${limit / 1000} s`);
    this.name = 'QueryTimeout';
  }
}

/** The built program has the process's file beside it; the sources are run as they are. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './powerQueryWorker.ts' : './powerQueryWorker.js',
  import.meta.url,
);

/**
 * Runs queries in processes of their own, so that the server goes on answering and a query that takes too long can be
 * ended. One idle process is kept for the next query; more than `most` at a time wait for their turn.
 */
export class QueryProcesses {
  readonly #timeLimit: number;
  readonly #most: number;
  readonly #running = new Set<ChildProcess>();
  readonly #waiting: (() => void)[] = [];
  #idle: ChildProcess | undefined;
  #busy = 0;
  #closed = false;

  /** `timeLimit` in milliseconds, for each part of an answer. */
  constructor(options: { readonly timeLimit: number; readonly most: number }) {
    this.#timeLimit = options.timeLimit;
    this.#most = options.most;
  }

  /**
   * The parts of a query's answer; the last is `end` or `failed`. Whoever stops reading earlier frees the process.
   * Rejects with `QueryTimeout`, or when the process ends by itself.
   */
  async *run(task: QueryTask): AsyncGenerator<QueryPart> {
    await this.#turn();
    const child = this.#take();
    let finished = false;
    try {
      for (let message: QueryTask | 'more' = task; !finished; message = 'more') {
        const part = await this.#ask(child, message);
        finished = part.kind !== 'rows';
        yield part;
      }
    } finally {
      this.#giveBack(child, finished);
    }
  }

  /** Ends every process; resolves when they have let go of the database. */
  async close(): Promise<void> {
    this.#closed = true;
    const ends = [...this.#running].map((child) => {
      child.ref();
      child.kill('SIGKILL');
      return once(child, 'exit');
    });
    await Promise.all(ends);
  }

  async #turn(): Promise<void> {
    if (this.#busy >= this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#busy += 1;
  }

  #take(): ChildProcess {
    if (this.#closed) throw new Error('The sandbox is stopping');
    const idle = this.#idle;
    this.#idle = undefined;
    if (idle?.connected === true) {
      idle.ref();
      idle.channel?.ref();
      return idle;
    }
    const child = fork(fileURLToPath(WORKER), {
      execArgv: [],
      // SQLite is announced as experimental on every start.
      env: { ...process.env, NODE_NO_WARNINGS: '1' },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#running.add(child);
    child.once('exit', () => this.#running.delete(child));
    return child;
  }

  #giveBack(child: ChildProcess, finished: boolean): void {
    this.#busy -= 1;
    this.#waiting.shift()?.();
    if (!finished || !child.connected || this.#idle !== undefined || this.#closed) {
      child.kill('SIGKILL');
      return;
    }
    // An idle process must not keep the program alive.
    child.unref();
    child.channel?.unref();
    this.#idle = child;
  }

  async #ask(child: ChildProcess, message: QueryTask | 'more'): Promise<QueryPart> {
    const ended = new AbortController();
    try {
      return await new Promise<QueryPart>((resolve, reject) => {
        const timer = setTimeout(() => reject(new QueryTimeout(this.#timeLimit)), this.#timeLimit);
        const onMessage = (part: unknown): void => resolve(part as QueryPart);
        const onEnd = (): void => reject(new Error('The process of the PowerQuery ended'));
        child.once('message', onMessage);
        child.once('exit', onEnd);
        child.once('error', onEnd);
        ended.signal.addEventListener('abort', () => {
          clearTimeout(timer);
          child.off('message', onMessage).off('exit', onEnd).off('error', onEnd);
        });
        child.send(message, (error) => {
          if (error !== null) reject(error);
        });
      });
    } finally {
      ended.abort();
    }
  }
}
