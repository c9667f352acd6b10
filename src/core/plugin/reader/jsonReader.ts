/** A JSON value with its place. */
export type JsonNode =
  | { readonly kind: 'object'; readonly start: number; end: number; readonly members: JsonMember[] }
  | { readonly kind: 'array'; readonly start: number; end: number; readonly items: JsonNode[] }
  | {
      readonly kind: 'string' | 'number' | 'boolean' | 'null';
      readonly start: number;
      readonly end: number;
      readonly value: JsonScalar;
    };

export type JsonScalar = string | number | boolean | null;

export interface JsonMember {
  readonly name: string;
  /** Of the name, quotes included. */
  readonly start: number;
  readonly nameEnd: number;
  /** Undefined when the value is missing. */
  readonly value: JsonNode | undefined;
}

export interface JsonFault {
  readonly kind: 'empty' | 'unexpected' | 'notClosed' | 'badString' | 'missingComma' | 'extraComma' | 'tooDeep';
  readonly start: number;
  readonly end: number;
  readonly written: string;
}

export interface JsonDocument {
  readonly text: string;
  readonly root: JsonNode | undefined;
  readonly faults: readonly JsonFault[];
}

const DEEPEST = 200;

/**
 * Reads JSON (RFC 8259) and keeps places. Never throws: missing and extra commas are reported and passed over,
 * after another fault the rest is not read.
 */
export function readJson(text: string): JsonDocument {
  return new JsonReader(text).read();
}

class JsonReader {
  readonly #text: string;
  readonly #faults: JsonFault[] = [];
  #at = 0;
  #stopped = false;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): JsonDocument {
    this.#skip();
    let root: JsonNode | undefined;
    if (this.#at >= this.#text.length) {
      this.#fault('empty', 0, this.#text.length);
    } else {
      root = this.#value();
      this.#skip();
      if (!this.#stopped && this.#at < this.#text.length) this.#unexpected();
    }
    return { text: this.#text, root, faults: this.#faults };
  }

  #value(): JsonNode | undefined {
    const character = this.#text.charAt(this.#at);
    if (character === '{' || character === '[') {
      if (++this.#depth > DEEPEST) {
        this.#fault('tooDeep', this.#at, this.#at + 1);
        this.#stopped = true;
        return undefined;
      }
      const node = character === '{' ? this.#object() : this.#array();
      this.#depth--;
      return node;
    }
    if (character === '"') return this.#string();
    return this.#literal();
  }

  #object(): JsonNode {
    const node: JsonNode & { kind: 'object' } = { kind: 'object', start: this.#at, end: this.#at + 1, members: [] };
    this.#list(
      '}',
      () => {
        if (this.#text.charAt(this.#at) !== '"') return this.#unexpected();
        const name = this.#string();
        this.#skip();
        let value: JsonNode | undefined;
        if (this.#text.charAt(this.#at) === ':') {
          this.#at++;
          this.#skip();
          value = this.#value();
        } else if (!this.#stopped) {
          this.#unexpected();
        }
        node.members.push({ name: String(name?.value ?? ''), start: name?.start ?? 0, nameEnd: name?.end ?? 0, value });
      },
      node.start,
    );
    node.end = this.#at;
    return node;
  }

  #array(): JsonNode {
    const node: JsonNode & { kind: 'array' } = { kind: 'array', start: this.#at, end: this.#at + 1, items: [] };
    this.#list(
      ']',
      () => {
        const item = this.#value();
        if (item !== undefined) node.items.push(item);
      },
      node.start,
    );
    node.end = this.#at;
    return node;
  }

  #list(close: string, readItem: () => void, start: number): void {
    this.#at++;
    let comma = -1;
    let first = true;
    while (!this.#stopped) {
      this.#skip();
      if (this.#at >= this.#text.length) {
        this.#fault('notClosed', start, start + 1);
        this.#stopped = true;
        return;
      }
      if (this.#text.charAt(this.#at) === close) {
        if (comma >= 0) this.#fault('extraComma', comma, comma + 1);
        this.#at++;
        return;
      }
      if (this.#text.charAt(this.#at) === ',') {
        if (comma >= 0 || first) this.#fault('extraComma', this.#at, this.#at + 1);
        comma = this.#at++;
        continue;
      }
      if (!first && comma < 0) {
        if (!/["{[\d-]/.test(this.#text.charAt(this.#at))) return this.#unexpected();
        this.#fault('missingComma', this.#at, this.#at + 1);
      }
      comma = -1;
      first = false;
      readItem();
    }
  }

  #string(): (JsonNode & { kind: 'string' }) | undefined {
    const text = this.#text;
    const start = this.#at;
    let end = start + 1;
    while (end < text.length && text.charCodeAt(end) !== 34 && text.charCodeAt(end) >= 32) {
      end += text.charCodeAt(end) === 92 ? 2 : 1;
    }
    const value = text.charCodeAt(end) === 34 ? parseString(text.slice(start, end + 1)) : undefined;
    if (value === undefined) {
      let lineEnd = start;
      while (lineEnd < text.length && text.charCodeAt(lineEnd) !== 10 && text.charCodeAt(lineEnd) !== 13) lineEnd++;
      this.#fault('badString', start, lineEnd);
      this.#stopped = true;
      return undefined;
    }
    this.#at = end + 1;
    return { kind: 'string', start, end: end + 1, value };
  }

  #literal(): JsonNode | undefined {
    const start = this.#at;
    const match = /(?:true|false|null)(?![\w$])|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w$.])/y;
    match.lastIndex = start;
    const found = match.exec(this.#text)?.[0];
    if (found === undefined) {
      this.#unexpected();
      return undefined;
    }
    this.#at += found.length;
    const value = JSON.parse(found) as boolean | number | null;
    const kind = value === null ? 'null' : typeof value === 'number' ? 'number' : 'boolean';
    return { kind, start, end: this.#at, value };
  }

  #unexpected(): void {
    const word = /[\w$'.-]+|[^]/y;
    word.lastIndex = this.#at;
    const found = word.exec(this.#text)?.[0] ?? '';
    this.#fault('unexpected', this.#at, this.#at + found.length);
    this.#stopped = true;
  }

  #skip(): void {
    while (' \t\r\n'.includes(this.#text.charAt(this.#at)) && this.#at < this.#text.length) this.#at++;
  }

  #fault(kind: JsonFault['kind'], start: number, end: number): void {
    this.#faults.push({ kind, start, end, written: this.#text.slice(start, Math.min(end, start + 30)) });
  }
}

/** The plain value, as `JSON.parse` would give it. */
export function toValue(node: JsonNode | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.kind === 'object') {
    return Object.fromEntries(node.members.map((member) => [member.name, toValue(member.value)]));
  }
  if (node.kind === 'array') return node.items.map(toValue);
  return node.value;
}

/** The member of that name; of several the last, as `JSON.parse` takes it. */
export function memberOf(node: JsonNode | undefined, name: string): JsonMember | undefined {
  return node?.kind === 'object' ? node.members.findLast((member) => member.name === name) : undefined;
}

/** Follows a JSON pointer such as `/pages/0/title`. */
export function nodeAt(root: JsonNode | undefined, pointer: string): JsonNode | undefined {
  let node = root;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replace(/~1/g, '/').replace(/~0/g, '~');
    node = node?.kind === 'array' ? node.items[Number(name)] : memberOf(node, name)?.value;
  }
  return node;
}

/** Undefined when an escape in it is wrong. */
function parseString(written: string): string | undefined {
  try {
    return JSON.parse(written) as string;
  } catch {
    return undefined;
  }
}
