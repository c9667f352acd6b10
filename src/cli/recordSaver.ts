import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { toNdjson } from '../core/output/ndjson.ts';
import { sliceRecords } from '../core/powerschool/pageSlicing.ts';
import type { RunResult } from '../core/run/runResult.ts';
import { requestTitle } from './runPretty.ts';
import { UsageError } from './usageError.ts';

/** Saves each record list of a run to a file of its own, `NAME.ndjson`, readable by the user alone. */
export class RecordSaver {
  readonly #folder: string;
  readonly #taken = new Set<string>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(folder: string): Promise<RecordSaver> {
    try {
      await mkdir(folder, { recursive: true });
    } catch (error) {
      throw new UsageError(`${folder} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
    }
    return new RecordSaver(folder);
  }

  /** Nothing for an answer that is no list of records, or that came as an error. */
  async save(result: RunResult): Promise<void> {
    const { answer } = result;
    if (answer === undefined || answer.status >= 300) return;
    const bytes = answer.body.bytes ?? (await readBack(answer.body.spooled));
    if (bytes === undefined) return;
    let batch: ReturnType<typeof sliceRecords>;
    try {
      batch = sliceRecords(bytes);
    } catch {
      return;
    }
    if (batch === undefined) return;
    const file = await open(path.join(this.#folder, this.#fileName(result)), 'w', 0o600);
    try {
      await file.writeFile(toNdjson(batch));
    } finally {
      await file.close();
    }
  }

  #fileName(result: RunResult): string {
    // The characters that no system forbids in file names.
    const base =
      requestTitle(result)
        .replace(/[^\p{L}\p{N}._-]+/gu, '-')
        .replace(/^[-.]+|[-.]+$/g, '')
        .slice(0, 100) || 'records';
    let name = base;
    for (let number = 2; this.#taken.has(name.toLowerCase()); number++) name = `${base}-${number}`;
    this.#taken.add(name.toLowerCase());
    return `${name}.ndjson`;
  }
}

async function readBack(spooled: NonNullable<RunResult['answer']>['body']['spooled']): Promise<Buffer | undefined> {
  if (spooled === undefined) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of spooled.read()) chunks.push(chunk);
  return Buffer.concat(chunks);
}
