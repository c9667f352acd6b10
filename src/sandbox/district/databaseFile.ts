import { mkdtempSync, readdirSync, rmSync, openSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const PREFIX = 'powerschool-sandbox-';

/**
 * The place of the district's database: a folder of its own that the user alone may read (mode 0700), with a file of
 * mode 0600, removed by `remove` and, when the process ends without it, by the process's exit handler.
 * A process that is killed cannot clean up: the next sandbox removes what it left (`removeLeftovers`).
 */
export class DatabaseFile {
  readonly path: string;
  readonly #folder: string;
  readonly #onExit: () => void;

  constructor(parent: string = tmpdir()) {
    removeLeftovers(parent);
    // mkdtemp makes the folder with mode 0700; on Windows the temporary folder itself belongs to the user.
    this.#folder = mkdtempSync(join(parent, `${PREFIX}${process.pid}-`));
    this.path = join(this.#folder, 'district.db');
    closeSync(openSync(this.path, 'w', 0o600));
    this.#onExit = (): void => this.#delete();
    process.on('exit', this.#onExit);
  }

  /** Deletes the folder; the database must be closed before. */
  remove(): void {
    process.off('exit', this.#onExit);
    this.#delete();
  }

  #delete(): void {
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Removes folders of sandboxes whose process is gone. A folder that cannot be removed is left alone. */
function removeLeftovers(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    try {
      rmSync(join(parent, name), { recursive: true, force: true });
    } catch {
      // Another user's, or in use: not ours to remove.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
