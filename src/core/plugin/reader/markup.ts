import { endOfName, isSpace } from './characters.ts';
import { reportBadCharacters } from './textFaults.ts';
import type { XmlText } from './xmlDocument.ts';
import type { ReportFault } from './xmlFault.ts';

/**
 * Reads comments, CDATA sections and processing instructions. Remembers where the next mark of a kind stands,
 * so that a text full of unclosed comments is not searched to its end for each.
 *
 * A section that swallows other markup has often lost its own end. It may be meant like that too: only who `guesses`
 * takes it as not closed.
 */
export class MarkupScanner {
  readonly #text: string;
  readonly #report: ReportFault;
  readonly #guesses: boolean;
  readonly #found = new Map<string, { from: number; at: number }>();

  /** Something was met that would be guessed at. */
  isDoubtful = false;

  constructor(text: string, report: ReportFault, guesses: boolean) {
    this.#text = text;
    this.#report = report;
    this.#guesses = guesses;
  }

  #doubts(isDoubtful: boolean): boolean {
    if (isDoubtful) this.isDoubtful = true;
    return isDoubtful && this.#guesses;
  }

  /** `start` is at `<!--`. */
  comment(start: number): XmlText {
    const text = this.#text;
    const contentStart = start + 4;
    const close = this.#find('-->', contentStart);
    const next = this.#find('<!--', contentStart);
    // in `<!-- <!-->` the hyphens are those of the end
    const isNested = next >= 0 && next + 4 <= close;
    const outerClose = isNested ? this.#nestedEnd(close + 3) : -1;
    if (outerClose >= 0) {
      this.#report('hyphensInComment', next + 2, endOfHyphens(text, next + 2, outerClose));
      return { kind: 'comment', start, end: outerClose + 3, contentStart, contentEnd: outerClose, damaged: true };
    }
    if (close < 0 || isNested) {
      const end = endOfLine(text, contentStart, next < 0 ? text.length : next);
      this.#report('neverClosedMarkup', start, end, ['comment'], end);
      return { kind: 'comment', start, end, contentStart, contentEnd: end, damaged: true };
    }
    let damaged = reportBadCharacters(text, contentStart, close, this.#report);
    const hyphens = text.indexOf('--', contentStart);
    if (hyphens < close || text.charCodeAt(close - 1) === 45) {
      const at = hyphens < close ? hyphens : close - 1;
      if (at >= contentStart) {
        this.#report('hyphensInComment', at, Math.max(at + 2, endOfHyphens(text, at, close)));
        damaged = true;
      }
    }
    return { kind: 'comment', start, end: close + 3, contentStart, contentEnd: close, damaged };
  }

  /** A part that holds a comment was commented out when a second `-->` follows before the next comment; else -1. */
  #nestedEnd(from: number): number {
    const text = this.#text;
    const close = text.indexOf('-->', from);
    const open = text.indexOf('<!--', from);
    return close >= 0 && (open < 0 || close < open) ? close : -1;
  }

  /**
   * `start` is at `<![CDATA[`; `owner` is the name of the element around it, whose end tag ends an unclosed section.
   * @param holdsText whether the owner holds text alone: no SQL has `</sql>` and another section in it, so this is no guess.
   */
  cdata(start: number, owner: string, holdsText: boolean): XmlText {
    const text = this.#text;
    const contentStart = start + 9;
    const close = this.#find(']]>', contentStart);
    const next = this.#find('<![CDATA[', contentStart);
    const endTag = this.#find(`</${owner}`, contentStart);
    // a section that swallows the owner's end tag and another section has lost its own end
    const swallows = close >= 0 && next >= 0 && next < close && endTag >= 0 && endTag < next;
    if (close < 0 || (swallows && holdsText) || this.#doubts(swallows)) {
      const stop = endTag >= 0 ? endTag : text.length;
      let end = stop;
      while (end > contentStart && isSpace(text.charCodeAt(end - 1))) end--;
      this.#report('neverClosedMarkup', start, end, ['CDATA section'], end);
      return { kind: 'cdata', start, end: stop, contentStart, contentEnd: end, damaged: true };
    }
    const damaged = reportBadCharacters(text, contentStart, close, this.#report);
    return { kind: 'cdata', start, end: close + 3, contentStart, contentEnd: close, damaged };
  }

  /** `start` is at `<?`, and what follows is not the XML declaration in its place. */
  instruction(start: number): XmlText {
    const text = this.#text;
    const targetEnd = endOfName(text, start + 2);
    const target = text.slice(start + 2, targetEnd);
    const close = this.#find('?>', targetEnd);
    const less = this.#find('<', targetEnd);
    const greater = this.#find('>', targetEnd);
    // `<?xml-stylesheet …>`: the question mark of a later instruction hardly ends this one
    const swallows = greater >= 0 && greater < close && less > greater && less < close;
    if (close < 0 || this.#doubts(swallows)) {
      const end = greater >= 0 ? greater + 1 : endOfLine(text, targetEnd, text.length);
      this.#report('neverClosedMarkup', start, end, ['processing instruction'], greater >= 0 ? greater : end);
      return { kind: 'instruction', start, end, contentStart: targetEnd, contentEnd: end, damaged: true };
    }
    const end = close + 2;
    let damaged = reportBadCharacters(text, targetEnd, close, this.#report);
    if (target.toLowerCase() === 'xml') {
      this.#report('badDeclaration', start, end, ['notFirst', target]);
      damaged = true;
    } else if (target === '' || (targetEnd < close && !isSpace(text.charCodeAt(targetEnd)))) {
      this.#report('badInstruction', start, end, [target]);
      damaged = true;
    } else if (target.includes(':')) {
      this.#report('badName', start, end, [target]);
      damaged = true;
    }
    return { kind: 'instruction', start, end, contentStart: targetEnd, contentEnd: close, damaged };
  }

  /** `<!` that starts nothing known: a mistyped comment, CDATA section or DOCTYPE. Returns where to go on. */
  unknown(start: number): number {
    const text = this.#text;
    const likeComment = text.startsWith('<!-', start);
    const likeCdata = text.startsWith('<![', start);
    const mark = likeComment ? '-->' : likeCdata ? ']]>' : '>';
    const close = this.#find(mark, start);
    const greater = this.#find('>', start);
    const end = close >= 0 ? close + mark.length : greater >= 0 ? greater + 1 : text.length;
    this.#report('badMarkup', start, end, [text.slice(start, Math.min(end, start + 12)).split(/[\s>]/)[0] ?? '<!']);
    return end;
  }

  #find(mark: string, from: number): number {
    const known = this.#found.get(mark);
    if (known !== undefined && from >= known.from && (known.at < 0 || from <= known.at)) return known.at;
    const at = this.#text.indexOf(mark, from);
    this.#found.set(mark, { from, at });
    return at;
  }
}

function endOfHyphens(text: string, from: number, limit: number): number {
  let at = from;
  while (at < limit && text.charCodeAt(at) === 45) at++;
  return at;
}

function endOfLine(text: string, from: number, limit: number): number {
  for (let at = from; at < limit; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || unit === 13) return at;
  }
  return limit;
}
