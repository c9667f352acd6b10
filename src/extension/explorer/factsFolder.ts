import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NO_FACTS, readFacts, type ServerFacts } from '../../core/catalog/serverFacts.ts';

/**
 * What servers told about themselves, one file each in the extension's own storage. Not in `globalState`: tens of
 * thousands of columns are too much to be read at every start, and the editor warns of large state.
 */
export class FactsFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Nothing for a server that was never asked, that has another address now, or whose file is damaged. */
  async read(serverId: string, origin: string): Promise<ServerFacts> {
    try {
      const stored: unknown = JSON.parse(await readFile(this.#file(serverId), 'utf8'));
      const kept = stored as { readonly origin?: unknown; readonly facts?: unknown } | null;
      return kept?.origin === origin ? readFacts(kept.facts) : NO_FACTS;
    } catch {
      return NO_FACTS;
    }
  }

  /** Replaces the file in one step: another window never reads half of it. */
  async write(serverId: string, origin: string, facts: ServerFacts): Promise<void> {
    const file = this.#file(serverId);
    const part = `${file}.${process.pid}.part`;
    await mkdir(this.#folder, { recursive: true });
    await writeFile(part, JSON.stringify({ origin, facts }), { mode: 0o600 });
    await rename(part, file);
  }

  async remove(serverId: string): Promise<void> {
    await rm(this.#file(serverId), { force: true });
  }

  #file(serverId: string): string {
    return join(this.#folder, `${serverId.replace(/[^\w-]/g, '_')}.json`);
  }
}
