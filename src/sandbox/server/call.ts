import type { InstalledPlugin } from '../auth/installedPlugin.ts';
import type { Sandbox } from '../sandboxState.ts';
import type { Answer } from './answer.ts';
import { Refusal } from './refusal.ts';

/** One request as handlers see it. */
export interface Call {
  readonly sandbox: Sandbox;
  /** The plugin whose token came with the call; undefined only on the paths that need none. */
  readonly caller: InstalledPlugin | undefined;
  readonly method: string;
  /** Without query string and trailing slash. */
  readonly path: string;
  /** Values of the `{…}` parts of the route. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
  /** `http://127.0.0.1:port`, for the `ref` of answers. */
  readonly origin: string;
}

export type Handler = (call: Call) => Answer | Promise<Answer>;

/** The plugin of a call on a path that needs a token. */
export function callerOf(call: Call): InstalledPlugin {
  if (call.caller === undefined) throw new Error(`${call.path} was reached without a token`);
  return call.caller;
}

/** A path parameter that is a row's key; anything else is a record that does not exist. */
export function idParameter(call: Call, name = 'id'): number {
  const text = call.parameters[name] ?? '';
  if (!/^\d{1,15}$/.test(text)) throw notFound();
  return Number(text);
}

export function notFound(): Refusal {
  return new Refusal(404, 'Resource not found');
}

/** The body as JSON. */
export function jsonBody(call: Call): unknown {
  const text = new TextDecoder().decode(call.body);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    throw new Refusal(400, 'The request body is not valid JSON');
  }
}
