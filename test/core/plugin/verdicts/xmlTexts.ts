import type { RandomNumbers } from '../../../support/randomNumbers.ts';
import {
  CONTENT,
  DECLARATIONS,
  FAULTY_CONTENT,
  FAULTY_DECLARATIONS,
  FAULTY_PROLOGS,
  PROLOGS,
} from './contentPieces.ts';
import { ATTRIBUTES, FAULTY_ATTRIBUTES, FAULTY_NAMES, FAULTY_VALUES, NAMES, VALUES } from './tagPieces.ts';

/** Pieces for a mutation: anything may stand anywhere. */
const PIECES: readonly string[] = [
  ...'<>/"\'&;=: \n\r\t!?-[]#x1.%'.split(''),
  ...DECLARATIONS,
  ...FAULTY_DECLARATIONS,
  ...PROLOGS,
  ...FAULTY_PROLOGS,
  ...CONTENT,
  ...FAULTY_CONTENT,
  ...NAMES,
  ...FAULTY_NAMES,
  ...ATTRIBUTES.map((piece) => ` ${piece}`),
  ...FAULTY_ATTRIBUTES.map((piece) => ` ${piece}`),
  '<!--',
  '-->',
  '<![CDATA[',
  '<?',
  '</',
  '/>',
  '<a>',
  '</a>',
  '<a/>',
];

/** Makes texts at the edge of what is XML: about half of them are well-formed. */
export class XmlTexts {
  readonly #random: RandomNumbers;
  readonly #files: readonly string[];

  /** @param files well-formed texts to start from. */
  constructor(random: RandomNumbers, files: readonly string[]) {
    this.#random = random;
    this.#files = files;
  }

  /** One of the files with a few changes. */
  mutated(): string {
    return this.#mutate(this.#one(this.#files));
  }

  next(): string {
    switch (this.#random(4)) {
      case 0:
        return this.#mutate(this.#one(this.#files));
      case 1:
        return this.#mutate(this.#document(0));
      default:
        return this.#document(this.#random(5) < 2 ? 0 : 12);
    }
  }

  /** One in `odds` pieces is faulty; none for 0. */
  #document(odds: number): string {
    const declaration = this.#either(DECLARATIONS, FAULTY_DECLARATIONS, odds * 2);
    const prolog = this.#either(PROLOGS, FAULTY_PROLOGS, odds * 2);
    const root = `<r xmlns:p="urn:p" xmlns:q="urn:q"${this.#attributes(odds)}>${this.#content(odds, 0)}</r>`;
    const end = this.#one(['', '', '', '\n', '<!-- a -->', '<?a?>']);
    const faultyEnd = this.#one(['<b/>', 'x', '</r>', '&amp;', '<![CDATA[ ]]>', '\u0000', '<?xml?>', '<', ']]>']);
    return declaration + prolog + root + end + (this.#isFaulty(odds * 4) ? faultyEnd : '');
  }

  #content(odds: number, depth: number): string {
    let content = '';
    for (let parts = this.#random(4); parts > 0; parts--) {
      content +=
        depth < 3 && this.#random(3) === 0
          ? this.#element(odds, depth + 1)
          : this.#either(CONTENT, FAULTY_CONTENT, odds);
    }
    return content;
  }

  #element(odds: number, depth: number): string {
    const name = this.#either(NAMES, FAULTY_NAMES, odds);
    const start = `<${name}${this.#attributes(odds)}${this.#one(['', '', ' ', '\n'])}`;
    if (this.#random(2) === 0) return `${start}/>`;
    const content = this.#content(odds, depth);
    if (!this.#isFaulty(odds * 2)) return `${start}>${content}</${name}${this.#one(['', '', ' ', '\r\n'])}>`;
    return (
      start +
      this.#one([
        `>${content}`,
        `>${content}</ ${name}>`,
        `>${content}</${name} a="1">`,
        `/>${content}</${name}>`,
        `>${content}</${name.toUpperCase()}x>`,
        ` / >`,
        `>${content}</${name}`,
        `>${content}</${name}/>`,
        `>${content}</${name}\u00a0>`,
      ])
    );
  }

  #attributes(odds: number): string {
    let attributes = '';
    const names = new Set<string>();
    for (let count = this.#random(3); count > 0; count--) {
      const blank = this.#one([' ', ' ', '\n', '\t', '  ']);
      if (this.#random(2) === 0) {
        const whole = this.#either(ATTRIBUTES, FAULTY_ATTRIBUTES, odds);
        if (names.size === 0) attributes += blank + whole;
        names.add('');
        continue;
      }
      const name = this.#either(NAMES, FAULTY_NAMES, odds);
      if (names.has(name) || name === 'xmlns') continue;
      names.add(name);
      const quote = this.#one(['"', '"', "'"]);
      const equals = this.#one(['=', '=', '=', ' = ', '\n=']);
      attributes += `${blank}${name}${equals}${quote}${this.#either(VALUES, FAULTY_VALUES, odds)}${quote}`;
    }
    return attributes;
  }

  #mutate(valid: string): string {
    let text = valid;
    for (let edits = this.#random(3); edits >= 0; edits--) {
      const at = this.#random(text.length + 1);
      const piece = this.#one(PIECES);
      switch (this.#random(6)) {
        case 0:
          text = text.slice(0, at) + text.slice(at + 1 + this.#random(3));
          break;
        case 1:
          text = text.slice(0, at) + piece + text.slice(at + 1);
          break;
        case 2: {
          const from = this.#random(text.length + 1);
          text = text.slice(0, at) + text.slice(from, from + this.#random(30)) + text.slice(at);
          break;
        }
        case 3: {
          // two neighbours change places
          text = text.slice(0, at) + text.slice(at + 1, at + 2) + text.slice(at, at + 1) + text.slice(at + 2);
          break;
        }
        default:
          text = text.slice(0, at) + piece + text.slice(at);
      }
    }
    return text;
  }

  #isFaulty(odds: number): boolean {
    return odds > 0 && this.#random(odds) === 0;
  }

  #either(good: readonly string[], faulty: readonly string[], odds: number): string {
    return this.#one(this.#isFaulty(odds) ? faulty : good);
  }

  #one(list: readonly string[]): string {
    return list[this.#random(list.length)] ?? '';
  }
}
