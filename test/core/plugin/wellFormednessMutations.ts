import { maskMarkup, placesOf, type TagPlace } from './markupPlaces.ts';
import { splice, type Mutation, type ValidFile } from './mutation.ts';

/** Single faults that make a file not well-formed. */
export function* wellFormednessMutations({ fileName, text }: ValidFile): Generator<Mutation> {
  const make = (name: string, codes: readonly string[], at: number, mutated: string): Mutation => ({
    name,
    fileName,
    text: mutated,
    at,
    codes,
  });
  const tags = placesOf(text);
  yield* wholeFile(text, make);
  for (const tag of tags) {
    yield* tagFaults(tag, text, make);
    yield* attributeFaults(tag, text, make);
  }
  yield* textFaults(text, tags, make);
  yield* commentFaults(text, tags, make);
}

type Make = (name: string, codes: readonly string[], at: number, text: string) => Mutation;

function* wholeFile(text: string, make: Make): Generator<Mutation> {
  const root = placesOf(text)[0];
  if (!root?.endTag) return;
  yield make('empty file', ['00'], 0, '');
  yield make('white space only', ['00'], 0, ' \n\n');
  yield make('JSON instead of XML', ['00'], 0, '{ "name": "x" }');
  yield make('comment only', ['00'], 0, '<!-- nothing -->');
  yield make('text after the root', ['19'], text.trimEnd().length + 1, `${text.trimEnd()}\nend of file`);
  yield make('element after the root', ['19'], text.trimEnd().length, `${text.trimEnd()}<extra/>`);
  yield make('end tag after the root', ['06'], text.trimEnd().length, `${text.trimEnd()}</${root.name}>`);
  yield make('text before the root', ['19'], root.start, splice(text, root.start, root.start, 'oops '));
  yield make('bare DOCTYPE', ['24'], root.start, splice(text, root.start, root.start, `<!DOCTYPE ${root.name}>\n`));
  const doctype = `<!DOCTYPE ${root.name} [<!ENTITY a "b">]>`;
  yield make('DOCTYPE with an entity', ['23'], root.start, splice(text, root.start, root.start, doctype));
  yield make(
    'external DTD',
    ['23'],
    root.start,
    splice(text, root.start, root.start, `<!DOCTYPE ${root.name} SYSTEM "file:///etc/passwd">`),
  );
  yield make('DOCTYPE inside', ['20'], root.end, splice(text, root.end, root.end, '<!DOCTYPE x>'));
  const declaration = /^<\?xml[^]*?\?>/.exec(text)?.[0];
  if (declaration === undefined) return;
  const rest = text.slice(declaration.length);
  yield make('blank before the declaration', ['03'], 1, ` ${text}`);
  yield make('line before the declaration', ['03'], 2, `\n\n${text}`);
  yield make('declaration without version', ['03'], 0, `<?xml encoding="UTF-8"?>${rest}`);
  yield make('declaration in the wrong order', ['03'], 6, `<?xml encoding="UTF-8" version="1.0"?>${rest}`);
  yield make('declaration in capitals', ['03'], 6, `<?xml VERSION="1.0"?>${rest}`);
  yield make('unknown version', ['03'], 6, `<?xml version="3.0"?>${rest}`);
  yield make('standalone maybe', ['03'], 20, `<?xml version="1.0" standalone="maybe"?>${rest}`);
  yield make('unknown part of the declaration', ['03'], 20, `<?xml version="1.0" author="me"?>${rest}`);
  yield make('version without quotes', ['03'], 14, `<?xml version=1.0?>${rest}`);
  yield make('declaration without ?', ['16'], 0, `<?xml version="1.0">${rest}`);
  yield make('second declaration', ['03'], declaration.length, `${declaration}${declaration}${rest}`);
}

function* tagFaults(tag: TagPlace, text: string, make: Make): Generator<Mutation> {
  const { name, start, end, endTag } = tag;
  const inText = isTextElement(tag, text);
  yield make(`<${name}> with a digit first`, ['07'], start, splice(text, start, start + 1, '<1'));
  yield make(`blank after < of ${name}`, ['07'], start, splice(text, start, start + 1, '< '));
  if (tag.selfClosing) {
    yield make(`/ of <${name}/> deleted`, ['05'], start, splice(text, end - 2, end - 1, ''));
    yield make(`> of <${name}/> deleted`, ['08'], start, splice(text, end - 1, end, ''));
    yield make(`/> of <${name}/> deleted`, ['08'], start, splice(text, end - 2, end, ''));
  } else if (endTag) {
    const after = endTag.end - endTag.start;
    yield make(`end tag of ${name} deleted`, ['05'], start, splice(text, endTag.start, endTag.end, ''));
    yield make(
      `end tag of ${name} misspelt`,
      ['06'],
      endTag.start,
      splice(text, endTag.start + 2, endTag.start + 3, 'xx'),
    );
    yield make(
      `end tag of ${name} in capitals`,
      ['06'],
      endTag.start,
      splice(text, endTag.start, endTag.end, `</${name.toUpperCase()}>`.replace(/[A-Z]$/, 'X')),
    );
    yield make(`> of </${name}> deleted`, ['08'], endTag.start, splice(text, endTag.end - 1, endTag.end, ''));
    yield make(`blank in </ ${name}>`, ['07'], endTag.start, splice(text, endTag.start + 2, endTag.start + 2, ' '));
    yield make(`second end tag of ${name}`, ['06'], endTag.end, splice(text, endTag.end, endTag.end, `</${name}>`));
    if (!inText && tag.parent) yield make(`stray end tag in ${name}`, ['06'], end, splice(text, end, end, '</stray>'));
    if (!inText && tag.attributes.length === 0 && tag.parent) {
      const mutated = splice(text, start, end, '');
      yield make(`start tag of ${name} deleted`, ['06'], endTag.start - (end - start), mutated);
      yield make(`/ of </${name}> deleted`, ['05'], endTag.start, splice(text, endTag.start, endTag.end, `<${name}>`));
    }
    if (after > 0 && !inText && tag.attributes.length > 0) {
      yield make(`> of <${name}> deleted`, ['08'], start, splice(text, end - 1, end, ''));
    }
    if (tag.parent?.endTag) {
      const parentEnd = `</${tag.parent.name}>`;
      yield make(
        `end tag of ${name} named like its parent's`,
        ['06', '05'],
        name === tag.parent.name ? start : endTag.start,
        splice(text, endTag.start, endTag.end, parentEnd),
      );
    }
  }
}

function* attributeFaults(tag: TagPlace, text: string, make: Make): Generator<Mutation> {
  for (const [i, attribute] of tag.attributes.entries()) {
    const { name, value, start, end, valueStart, valueEnd } = attribute;
    const label = `${tag.name}/@${name}`;
    yield make(`& in ${label}`, ['12'], valueStart, splice(text, valueStart, valueStart, '& '));
    yield make(`&nbsp; in ${label}`, ['13'], valueEnd, splice(text, valueEnd, valueEnd, '&nbsp;'));
    yield make(`&#0; in ${label}`, ['04'], valueEnd, splice(text, valueEnd, valueEnd, '&#0;'));
    yield make(`< in ${label}`, ['14'], valueEnd, splice(text, valueEnd, valueEnd, '<'));
    yield make(`control character in ${label}`, ['04'], valueStart, splice(text, valueStart, valueStart, '\u0002'));
    yield make(`${label} twice`, ['11'], end + 1, splice(text, end, end, ` ${text.slice(start, end)}`));
    if (value !== '' && !/[\s/>]/.test(value)) {
      yield make(`${label} without quotes`, ['27'], valueStart - 1, splice(text, valueStart - 1, valueEnd + 1, value));
    }
    yield make(`${label} without opening quote`, ['27'], valueStart - 1, splice(text, valueStart - 1, valueStart, ''));
    yield make(`${label} without closing quote`, ['28'], start, splice(text, valueEnd, valueEnd + 1, ''));
    yield make(`${label} without value`, ['09'], start, splice(text, start + name.length, end, ''));
    yield make(`${label} without =`, ['26'], start, splice(text, start + name.length, valueStart - 1, ' '));
    yield make(`${label} with : for =`, ['26'], start, splice(text, start + name.length, valueStart - 1, ': '));
    yield make(`wrong character before ${label}`, ['07'], start, splice(text, start, start, '*'));
    yield make(`comma after ${label}`, ['07'], end, splice(text, end, end, ','));
    const next = tag.attributes[i + 1];
    if (next) yield make(`no blank after ${label}`, ['10'], end, splice(text, end, next.start, ''));
    if (name === 'xmlns:xsi') {
      const use = tag.attributes.find((other) => other.name.startsWith('xsi:'));
      if (use) {
        const shift = use.start > start ? end - start : 0;
        yield make('xmlns:xsi removed', ['21'], use.start - shift, splice(text, start, end, ''));
      }
    }
  }
}

function* textFaults(text: string, tags: readonly TagPlace[], make: Make): Generator<Mutation> {
  for (const tag of tags) {
    if (!tag.endTag || !isTextElement(tag, text)) continue;
    const at = tag.end;
    const label = `<${tag.name}> text`;
    if (maskMarkup(text).slice(tag.end, tag.endTag.start).trim() === '') {
      const cdata = text.indexOf(']]>', at);
      const opening = text.indexOf('<![CDATA[', at);
      yield make(`CDATA of ${tag.name} never closed`, ['16'], opening, splice(text, cdata, cdata + 3, ''));
      yield make(`CDATA of ${tag.name} half closed`, ['16'], opening, splice(text, cdata, cdata + 1, ''));
      yield make(
        `control character in CDATA of ${tag.name}`,
        ['04'],
        opening + 9,
        splice(text, opening + 9, opening + 9, '\u0003'),
      );
      continue;
    }
    yield make(`& in ${label}`, ['12'], at, splice(text, at, at, '& '));
    yield make(`&copy; in ${label}`, ['13'], at, splice(text, at, at, '&copy;'));
    yield make(`< in ${label}`, ['07'], at, splice(text, at, at, '< '));
    yield make(`]]> in ${label}`, ['15'], at, splice(text, at, at, ']]>'));
    yield make(`control character in ${label}`, ['04'], at, splice(text, at, at, '\u001f'));
  }
}

function* commentFaults(text: string, tags: readonly TagPlace[], make: Make): Generator<Mutation> {
  const root = tags[0];
  if (!root) return;
  for (const tag of tags.slice(1)) {
    if (tag.parent !== root) continue;
    const at = tag.start;
    yield make(`two hyphens in a comment before ${tag.name}`, ['17'], at + 7, splice(text, at, at, '<!-- a -- b -->'));
    yield make(
      `three hyphens at a comment's end before ${tag.name}`,
      ['17'],
      at + 7,
      splice(text, at, at, '<!-- a --->'),
    );
    yield make(`unknown markup before ${tag.name}`, ['20'], at, splice(text, at, at, '<!ELEMENT a>'));
    yield make(`instruction without a name before ${tag.name}`, ['18'], at, splice(text, at, at, '<? x ?>'));
    yield make(`unclosed comment before ${tag.name}`, ['16'], at, splice(text, at, at, '<!-- a\n'));
  }
}

/** Holds text or CDATA and no elements. */
function isTextElement(tag: TagPlace, text: string): boolean {
  if (!tag.endTag) return false;
  const inside = text.slice(tag.end, tag.endTag.start);
  return inside.trim() !== '' && !/<[A-Za-z]/.test(maskMarkup(inside));
}
