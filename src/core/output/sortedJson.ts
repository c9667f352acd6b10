import { prettyJson } from './prettyJson.ts';

/**
 * JSON with the keys of every object in alphabetical order, indented. Numbers keep their digits and strings their
 * escapes. Text that is not JSON comes back unchanged.
 */
export function sortedJson(text: string): string {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  return prettyJson(new Sorter(text).value());
}

/** Reads valid JSON and writes it again, each object sorted; what is neither object nor list is copied. */
class Sorter {
  readonly #text: string;
  readonly #token = /\s*("[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+)/y;

  constructor(text: string) {
    this.#text = text;
  }

  value(): string {
    const token = this.#next();
    if (token === '[') return `[${this.#items(']', () => this.value()).join(',')}]`;
    if (token !== '{') return token;
    const members = this.#items('}', () => {
      const key = this.#next();
      this.#next();
      return [key, this.value()] as const;
    });
    members.sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
    return `{${members.map(([key, value]) => `${key}:${value}`).join(',')}}`;
  }

  #items<Item>(end: string, read: () => Item): Item[] {
    const items: Item[] = [];
    for (;;) {
      const before = this.#token.lastIndex;
      const token = this.#next();
      if (token === end) return items;
      if (token !== ',') this.#token.lastIndex = before;
      items.push(read());
    }
  }

  #next(): string {
    return this.#token.exec(this.#text)?.[1] ?? '';
  }
}
