import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { LINT_CONFIG_NAME, NO_LINT_CONFIG, readLintConfig, type LintConfig } from '../core/plugin/lintConfig.ts';
import { UsageError } from './usageError.ts';

interface Placed {
  /** Its patterns start here. */
  readonly folder: string;
  readonly config: LintConfig;
}

const NONE: Placed = { folder: path.sep, config: NO_LINT_CONFIG };

/** The configuration of each folder: the nearest file above, or the one that was named. */
export class LintConfigs {
  readonly #folders = new Map<string, Placed>();
  readonly #named: Placed | undefined;

  /** @param named the file that holds for all. @throws {UsageError} when it cannot be used. */
  constructor(named?: string) {
    this.#named = named === undefined ? undefined : read(named);
  }

  /** @throws {UsageError} when the file that is found cannot be used. */
  rulesOf(folder: string): LintConfig['rules'] {
    return this.#of(folder).config.rules;
  }

  /** Whether a file that was found below a folder is passed over. */
  ignores(filePath: string): boolean {
    const { folder, config } = this.#of(path.dirname(filePath));
    return config !== NO_LINT_CONFIG && config.ignores(path.relative(folder, filePath).replaceAll(path.sep, '/'));
  }

  /** A folder that was listed need not be asked again for what is in it. */
  readonly note = (folder: string, entries: readonly { readonly name: string }[]): void => {
    const parent = path.dirname(folder);
    const isPlain = parent !== folder && entries.every(({ name }) => name !== LINT_CONFIG_NAME && name !== '.git');
    if (isPlain) this.#folders.set(folder, this.#of(parent));
  };

  #of(folder: string): Placed {
    if (this.#named !== undefined) return this.#named;
    let found = this.#folders.get(folder);
    if (found === undefined) {
      const file = path.join(folder, LINT_CONFIG_NAME);
      const parent = path.dirname(folder);
      // a repository does not obey what lies around it
      const isTop = parent === folder || existsSync(path.join(folder, '.git'));
      found = existsSync(file) ? read(file) : isTop ? NONE : this.#of(parent);
      this.#folders.set(folder, found);
    }
    return found;
  }
}

function read(file: string): Placed {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const reading = readLintConfig(text);
  if (reading.kind === 'faulty') throw new UsageError(`${file} cannot be used: ${reading.reason}.`);
  return { folder: path.dirname(file), config: reading.config };
}
