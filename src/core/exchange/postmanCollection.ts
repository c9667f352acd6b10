import { fit, type Shape } from './jsonShape.ts';
import { isJsonObject, parseJson } from '../powerschool/jsonValue.ts';

/** The parts of a Postman collection (schema v2.0 and v2.1) that are read. Everything may be missing. */
export interface PostmanCollection {
  readonly info?: { readonly name?: string; readonly description?: unknown; readonly schema?: string };
  readonly item?: readonly PostmanItem[];
  readonly variable?: readonly PostmanVariable[];
  readonly auth?: PostmanAuth | null;
  readonly event?: readonly PostmanEvent[];
}

/** A folder when it has `item`, else a request. */
export interface PostmanItem {
  readonly name?: string;
  readonly description?: unknown;
  readonly item?: readonly PostmanItem[];
  readonly request?: PostmanRequest | string;
  readonly event?: readonly PostmanEvent[];
  readonly auth?: PostmanAuth | null;
  readonly variable?: readonly PostmanVariable[];
}

export interface PostmanRequest {
  readonly method?: string;
  readonly url?: PostmanUrl | string;
  readonly header?: readonly PostmanPair[] | string;
  readonly body?: PostmanBody | null;
  readonly auth?: PostmanAuth | null;
  readonly description?: unknown;
}

export interface PostmanUrl {
  readonly raw?: string;
  readonly protocol?: string;
  readonly host?: readonly string[] | string;
  readonly port?: string;
  readonly path?: readonly unknown[] | string;
  readonly query?: readonly PostmanPair[];
  readonly variable?: readonly PostmanPair[];
}

export interface PostmanPair {
  readonly key?: string | null;
  readonly value?: unknown;
  readonly disabled?: boolean;
  readonly type?: string;
  readonly src?: string | readonly string[] | null;
  readonly description?: unknown;
}

export interface PostmanBody {
  readonly mode?: string;
  readonly raw?: string;
  readonly urlencoded?: readonly PostmanPair[];
  readonly formdata?: readonly PostmanPair[];
  readonly file?: { readonly src?: string | null };
  readonly graphql?: unknown;
  readonly options?: { readonly raw?: { readonly language?: string } };
}

export interface PostmanAuth {
  readonly type?: string;
}

export interface PostmanEvent {
  readonly listen?: string;
  readonly disabled?: boolean;
  readonly script?: { readonly exec?: readonly string[] | string };
}

export interface PostmanVariable {
  readonly key?: string;
  readonly id?: string;
  readonly value?: unknown;
  readonly type?: string;
  readonly enabled?: boolean;
  readonly disabled?: boolean;
}

/** An exported environment. */
export interface PostmanEnvironment {
  readonly name?: string;
  readonly values?: readonly PostmanVariable[];
}

const PAIR: Shape = {
  object: {
    key: 'text',
    value: 'any',
    disabled: 'flag',
    type: 'text',
    src: { either: ['text', { list: 'text' }] },
    description: 'any',
  },
};
const PAIRS: Shape = { list: PAIR };
const VARIABLES: Shape = {
  list: { object: { key: 'text', id: 'text', value: 'any', type: 'text', enabled: 'flag', disabled: 'flag' } },
};
const AUTH: Shape = { object: { type: 'text' } };
const EVENTS: Shape = {
  list: {
    object: { listen: 'text', disabled: 'flag', script: { object: { exec: { either: ['text', { list: 'text' }] } } } },
  },
};
const URL_SHAPE: Shape = {
  either: [
    'text',
    {
      object: {
        raw: 'text',
        protocol: 'text',
        host: { either: ['text', { list: 'text' }] },
        port: 'text',
        path: { either: ['text', { list: 'any' }] },
        query: PAIRS,
        variable: PAIRS,
      },
    },
  ],
};
const BODY: Shape = {
  object: {
    mode: 'text',
    raw: 'text',
    urlencoded: PAIRS,
    formdata: PAIRS,
    file: { object: { src: 'text' } },
    graphql: 'any',
    options: { object: { raw: { object: { language: 'text' } } } },
  },
};
const REQUEST: Shape = {
  either: [
    'text',
    {
      object: {
        method: 'text',
        url: URL_SHAPE,
        header: { either: ['text', PAIRS] },
        body: BODY,
        auth: AUTH,
        description: 'any',
      },
    },
  ],
};
const ITEM: Shape = {
  object: {
    name: 'text',
    description: 'any',
    item: { list: () => ITEM },
    request: REQUEST,
    event: EVENTS,
    auth: AUTH,
    variable: VARIABLES,
  },
};
const COLLECTION: Shape = {
  object: {
    info: { object: { name: 'text', description: 'any', schema: 'text' } },
    item: { list: ITEM },
    variable: VARIABLES,
    auth: AUTH,
    event: EVENTS,
  },
};
const ENVIRONMENT: Shape = { object: { name: 'text', values: VARIABLES } };

/** The collection in a JSON text; undefined when there is none. What does not fit the format is left out. */
export function readCollection(text: string): PostmanCollection | undefined {
  const json = parseJson(text);
  // The API of Postman wraps it.
  const inner = isJsonObject(json) && isJsonObject(json['collection']) ? json['collection'] : json;
  if (!isJsonObject(inner) || !Array.isArray(inner['item'])) return undefined;
  return fit(inner, COLLECTION) as PostmanCollection;
}

/** The environment in a JSON text; undefined when there is none. */
export function readPostmanEnvironment(text: string): PostmanEnvironment | undefined {
  const json = parseJson(text);
  const inner = isJsonObject(json) && isJsonObject(json['environment']) ? json['environment'] : json;
  if (!isJsonObject(inner) || !Array.isArray(inner['values'])) return undefined;
  return fit(inner, ENVIRONMENT) as PostmanEnvironment;
}

export function scriptOf(events: readonly PostmanEvent[] | undefined, listen: 'prerequest' | 'test'): string[] {
  return (events ?? []).flatMap((event) => {
    if (event.listen !== listen || event.disabled === true) return [];
    const exec = event.script?.exec;
    return typeof exec === 'string' ? exec.split(/\r?\n/) : (exec ?? []).flatMap((line) => line.split(/\r?\n/));
  });
}

/** A description is a text, or an object with one. */
export function descriptionText(description: unknown): string {
  if (typeof description === 'string') return description;
  return isJsonObject(description) && typeof description['content'] === 'string' ? description['content'] : '';
}

export function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
