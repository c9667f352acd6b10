import { type FileHandle, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { explain } from '../problem/explainedError.ts';
import { type ExportState, parseExportState } from './exportState.ts';
import { OUTPUT_PROBLEMS } from './outputProblems.ts';
import { writeAll } from './writeAll.ts';
import { cannotWrite, errorCode } from './writeFailure.ts';

/** Readable by the user alone: these are children's records. */
const PRIVATE = 0o600;
const COPY_BYTES = 1 << 20;
/** Milliseconds between two states: what a killed run may have to fetch again. */
const NOTE_INTERVAL = 50;

/**
 * A file that is not finished yet: bytes go to `FILE.part`, how far it came to `FILE.part.json`. Both stay when the
 * run is killed, so that another can go on; `finish` turns them into FILE.
 */
export class PartFile {
  readonly file: string;
  /** Where an earlier run stopped; only when opened to resume. */
  readonly earlier: ExportState | undefined;
  readonly #handle: FileHandle;
  #length: number;
  #noting: Promise<void> | undefined;
  #nextNote: ExportState | undefined;
  #noted = false;
  #finished = false;
  #notedAt = -Infinity;
  #noteTimer: NodeJS.Timeout | undefined;
  #failure: unknown;

  private constructor(file: string, handle: FileHandle, earlier: ExportState | undefined) {
    this.file = file;
    this.earlier = earlier;
    this.#handle = handle;
    this.#length = earlier?.byteLength ?? 0;
    this.#noted = earlier !== undefined;
  }

  /**
   * Opens `FILE.part`, empty or (to resume, when an unfinished one is there) up to where its state says.
   * Throws PS974 for a state that cannot be read, PS975 when bytes are missing, PS978 when nothing can be written there.
   */
  static async open(file: string, resume: boolean): Promise<PartFile> {
    const part = `${file}.part`;
    try {
      const there = await stat(file).catch(() => undefined);
      if (there?.isDirectory() === true) throw new Error('it is a folder');
      const earlier = resume ? await readState(`${part}.json`) : undefined;
      const size = earlier === undefined ? undefined : await sizeOf(part);
      if (earlier !== undefined && size !== undefined) {
        if (size < earlier.byteLength) throw explain(OUTPUT_PROBLEMS, 'PS975', [part, size, earlier.byteLength]);
        const handle = await open(part, 'r+', PRIVATE);
        await handle.truncate(earlier.byteLength);
        return new PartFile(file, handle, earlier);
      }
      await rm(`${part}.json`, { force: true });
      return new PartFile(file, await open(part, 'w+', PRIVATE), undefined);
    } catch (error) {
      throw cannotWrite(file, error);
    }
  }

  /** Another run can go on here: how far this one came is noted beside the file. */
  get isResumable(): boolean {
    return this.#noted && !this.#finished;
  }

  /** Bytes in the file so far. */
  get length(): number {
    return this.#length;
  }

  /** Resolves when the system has taken all bytes. Throws PS978, for example when the disk is full. */
  async append(bytes: Uint8Array): Promise<void> {
    this.#throwFailure();
    try {
      await writeAll(this.#handle, bytes, this.#length);
      this.#length += bytes.length;
    } catch (error) {
      throw cannotWrite(`${this.file}.part`, error);
    }
  }

  /** Replaces the state, now or within a moment: a newer state that comes meanwhile takes its place. */
  note(state: ExportState): void {
    this.#nextNote = state;
    this.#scheduleNote();
  }

  /**
   * Turns the unfinished file into FILE, through `rewrite` when given (it gets every chunk in order).
   * Throws PS978; the unfinished file is then still there.
   */
  async finish(rewrite?: (chunk: Uint8Array) => Uint8Array): Promise<void> {
    await this.#flushNotes();
    this.#throwFailure();
    const part = `${this.file}.part`;
    try {
      await this.#handle.truncate(this.#length);
      if (rewrite !== undefined) await this.#copy(`${part}.new`, rewrite);
      await this.#handle.close();
      await moveOver(rewrite === undefined ? part : `${part}.new`, this.file);
      if (rewrite !== undefined) await rm(part, { force: true });
      await rm(`${part}.json`, { force: true });
      this.#finished = true;
    } catch (error) {
      await rm(`${part}.new`, { force: true }).catch(() => undefined);
      throw cannotWrite(this.file, error);
    }
  }

  /** Ends a run that did not come to the end: what was noted stays, a file without anything to resume goes. */
  async stop(): Promise<void> {
    await this.#flushNotes();
    await this.#handle.close().catch(() => undefined);
    if (!this.#noted) await rm(`${this.file}.part`, { force: true });
  }

  /** Ends a run that nobody can go on with, and takes away what it wrote. */
  async discard(): Promise<void> {
    await this.stop();
    for (const name of ['.part', '.part.json']) await rm(`${this.file}${name}`, { force: true });
  }

  async #copy(target: string, rewrite: (chunk: Uint8Array) => Uint8Array): Promise<void> {
    const out = await open(target, 'w', PRIVATE);
    try {
      const buffer = new Uint8Array(COPY_BYTES);
      for (let at = 0; at < this.#length;) {
        const { bytesRead } = await this.#handle.read(buffer, 0, Math.min(COPY_BYTES, this.#length - at), at);
        if (bytesRead === 0) throw new Error('it became shorter meanwhile');
        await out.writeFile(rewrite(buffer.subarray(0, bytesRead)));
        at += bytesRead;
      }
    } finally {
      await out.close();
    }
  }

  #scheduleNote(): void {
    if (this.#noting !== undefined || this.#noteTimer !== undefined || this.#nextNote === undefined) return;
    const wait = this.#notedAt + NOTE_INTERVAL - performance.now();
    if (wait <= 0) this.#startNote();
    else this.#noteTimer = setTimeout(() => this.#startNote(), wait);
  }

  #startNote(): void {
    clearTimeout(this.#noteTimer);
    this.#noteTimer = undefined;
    this.#noting = this.#writeNote().finally(() => {
      this.#noting = undefined;
      this.#notedAt = performance.now();
      this.#scheduleNote();
    });
  }

  /** Resolves when the latest state is on disk. */
  async #flushNotes(): Promise<void> {
    while (this.#noting !== undefined || this.#nextNote !== undefined) {
      if (this.#noting === undefined) this.#startNote();
      await this.#noting;
    }
  }

  async #writeNote(): Promise<void> {
    const state = this.#nextNote;
    this.#nextNote = undefined;
    const target = `${this.file}.part.json`;
    try {
      await writeFile(`${target}.new`, `${JSON.stringify(state)}\n`, { mode: PRIVATE });
      await moveOver(`${target}.new`, target);
      this.#noted = true;
    } catch (error) {
      this.#failure = cannotWrite(target, error);
      await rm(`${target}.new`, { force: true }).catch(() => undefined);
    }
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }
}

/** How far an earlier run came that writes this file; undefined when there is none that can be gone on with. */
export async function findUnfinished(file: string): Promise<ExportState | undefined> {
  try {
    const state = await readState(`${file}.part.json`);
    const size = state === undefined ? undefined : await sizeOf(`${file}.part`);
    return state !== undefined && size !== undefined && size >= state.byteLength ? state : undefined;
  } catch {
    return undefined;
  }
}

async function readState(stateFile: string): Promise<ExportState | undefined> {
  let text: string;
  try {
    text = await readFile(stateFile, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  return parseExportState(text, stateFile);
}

async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Windows refuses to replace a file while a virus scanner reads it: a few tries, then the error. */
async function moveOver(from: string, to: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const code = errorCode(error);
      if (tries === 10 || process.platform !== 'win32' || (code !== 'EPERM' && code !== 'EACCES' && code !== 'EBUSY')) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 20 * tries));
    }
  }
}
