import { phrase, type Argument } from '../problem/phrase.ts';
import { explain, type ExplainedError } from '../problem/explainedError.ts';
import { REQUEST_PROBLEMS } from './requestProblems.ts';
import { isJsonObject } from '../powerschool/jsonValue.ts';

/** The two files, as every tool names them. */
export const ENVIRONMENT_FILE = 'http-client.env.json';
export const PRIVATE_ENVIRONMENT_FILE = 'http-client.private.env.json';

/** The environment whose values apply to every other one. */
const SHARED = '$shared';

/** One environment file: environments by name, each with its values as text. */
export interface EnvironmentFile {
  /** For messages and for *Go to Definition*. */
  readonly path: string;
  readonly private: boolean;
  readonly environments: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Reads the text of an environment file. Texts are trimmed; numbers, booleans, lists and objects become JSON. */
export function parseEnvironmentFile(text: string, path: string): EnvironmentFile | ExplainedError {
  const fault = (reason: Argument): ExplainedError => explain(REQUEST_PROBLEMS, 'PS580', [path, reason]);
  let json: unknown;
  try {
    json = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    return fault(error instanceof Error ? error.message : phrase('not JSON'));
  }
  if (!isJsonObject(json)) return fault(phrase('it is not an object'));
  const environments = new Map<string, ReadonlyMap<string, string>>();
  for (const [name, values] of Object.entries(json)) {
    if (!isJsonObject(values)) return fault(phrase('"{0}" is not an object', name));
    environments.set(name, new Map(Object.entries(values).map(([key, value]) => [key, asText(value)])));
  }
  return { path, private: /\.private\.[^/\\]*$/.test(path), environments };
}

/** The names that can be chosen, in the order of the files. */
export function environmentNames(files: readonly EnvironmentFile[]): string[] {
  const names = new Set(files.flatMap((file) => [...file.environments.keys()]));
  names.delete(SHARED);
  return [...names];
}

/** One environment's values from one file. */
export interface EnvironmentLayer {
  readonly file: EnvironmentFile;
  readonly environment: string;
  readonly values: ReadonlyMap<string, string>;
}

/**
 * The layers in which a name is looked up, first to last: private files before public ones, and in each the chosen
 * environment before `$shared`.
 * @param files the nearest first.
 */
export function environmentLayers(files: readonly EnvironmentFile[], chosen: string | undefined): EnvironmentLayer[] {
  const layers: EnvironmentLayer[] = [];
  for (const file of [...files.filter((file) => file.private), ...files.filter((file) => !file.private)]) {
    for (const environment of chosen === undefined || chosen === SHARED ? [SHARED] : [chosen, SHARED]) {
      const values = file.environments.get(environment);
      if (values !== undefined) layers.push({ file, environment, values });
    }
  }
  return layers;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value.trim() : JSON.stringify(value);
}
