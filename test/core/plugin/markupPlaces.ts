/** Where tags and attributes of a well-formed text stand: found by patterns, so that tests do not rest on the reader. */
export interface TagPlace {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly selfClosing: boolean;
  readonly attributes: readonly AttributePlace[];
  /** Of the end tag; undefined for `<a/>`. */
  readonly endTag: { readonly start: number; readonly end: number } | undefined;
  readonly parent: TagPlace | undefined;
}

export interface AttributePlace {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** Inside the quotes. */
  readonly valueStart: number;
  readonly valueEnd: number;
}

const TAG = /<(\/?)([A-Za-z_][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g;
const ATTRIBUTE = /([\w:.-]+)(\s*=\s*)(?:"([^"]*)"|'([^']*)')/g;

/** Comments, CDATA and instructions as blanks of the same length. */
export function maskMarkup(text: string): string {
  return text.replace(/<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>/g, (found) => ' '.repeat(found.length));
}

export function placesOf(text: string): TagPlace[] {
  const masked = maskMarkup(text);
  const all: TagPlace[] = [];
  const open: (TagPlace & { endTag: TagPlace['endTag'] })[] = [];
  for (const match of masked.matchAll(TAG)) {
    const [whole, slash, name = '', attributes = '', selfSlash] = match;
    const start = match.index;
    const end = start + whole.length;
    if (slash === '/') {
      const tag = open.pop();
      if (tag) tag.endTag = { start, end };
      continue;
    }
    const base = start + 1 + name.length;
    const tag = {
      name,
      start,
      end,
      selfClosing: selfSlash === '/',
      attributes: [...attributes.matchAll(ATTRIBUTE)].map((found) => {
        const [full, attribute = '', equals = '', double, single] = found;
        const value = double ?? single ?? '';
        const at = base + found.index;
        const valueStart = at + attribute.length + equals.length + 1;
        return {
          name: attribute,
          value,
          start: at,
          end: at + full.length,
          valueStart,
          valueEnd: valueStart + value.length,
        };
      }),
      endTag: undefined as TagPlace['endTag'],
      parent: open.at(-1),
    };
    all.push(tag);
    if (!tag.selfClosing) open.push(tag);
  }
  return all;
}
