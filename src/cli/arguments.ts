import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import type { OptionSpec } from './commandSpec.ts';
import { UsageError } from './usageError.ts';

type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

/** The arguments of one command, checked against its options. */
export class Arguments {
  readonly positionals: readonly string[];
  readonly #values: Values;

  constructor(positionals: readonly string[], values: Values) {
    this.positionals = positionals;
    this.#values = values;
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' ? value : undefined;
  }

  texts(name: string): readonly string[] {
    const value = this.#values[name];
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
  }

  /** One of the given words. */
  choice<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const found = words.find((word) => word === value);
    if (found === undefined) throw new UsageError(`--${name} is ${words.join(', ')}; "${value}" is none of them.`);
    return found;
  }

  /** A whole number within bounds. */
  count(name: string, least: number, most: number = Number.MAX_SAFE_INTEGER): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < least || number > most) {
      const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
      throw new UsageError(`--${name} is a whole number ${range}; "${value}" is not.`);
    }
    return number;
  }

  /** `K=V` pairs; a later one of the same key counts. */
  pairs(name: string): ReadonlyMap<string, string> {
    return new Map(
      this.texts(name).map((text) => {
        const at = text.indexOf('=');
        if (at < 1) throw new UsageError(`--${name} is written as NAME=VALUE; "${text}" is not.`);
        return [text.slice(0, at), text.slice(at + 1)];
      }),
    );
  }

  /** Exactly one argument. */
  one(what: string): string {
    const [first, second] = this.positionals;
    if (first === undefined) throw new UsageError(`${what} is missing.`);
    if (second !== undefined) throw new UsageError(`Only one ${what} can be given; "${second}" is one too many.`);
    return first;
  }
}

/** Reads the words behind a command. Throws `UsageError`. */
export function parseArguments(options: readonly OptionSpec[], words: readonly string[]): Arguments {
  const config: ParseArgsOptionsConfig = {};
  for (const { name, short, value, repeatable } of options) {
    config[name] = {
      type: value === undefined ? 'boolean' : 'string',
      ...(short === undefined ? {} : { short }),
      ...(repeatable === true ? { multiple: true } : {}),
    };
  }
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: config,
      allowPositionals: true,
      strict: true,
    });
    return new Arguments(positionals, values);
  } catch (error) {
    throw new UsageError(explainParseError(error, words));
  }
}

function explainParseError(error: unknown, words: readonly string[]): string {
  const message = error instanceof Error ? error.message : String(error);
  const secret = words.find((word) => /^--?(?:client-?)?(?:secret|password|token)\b/i.test(word));
  if (secret !== undefined && !secret.startsWith('--secret-stdin')) {
    return 'A secret is never an argument: others can see it. Set POWERSCHOOL_CLIENT_SECRET, or use --secret-stdin.';
  }
  // The first sentence says what is wrong; the rest is about parseArgs itself.
  return `${message.split(/\. |\n/)[0]?.replace(/\.$/, '') ?? message}.`;
}
