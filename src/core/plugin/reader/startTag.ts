import { endOfName, isName, isNameStart, isSpace, isXmlUnit, skipSpace, startsName } from './characters.ts';
import { characterName, reportReference } from './textFaults.ts';
import { type NameCache, qname } from './nameCache.ts';
import {
  ATTRIBUTE_DAMAGED,
  ATTRIBUTE_ENCODED,
  type AttributeTable,
  type QName,
  type XmlDocument,
} from './xmlDocument.ts';
import type { ReportFault, XmlFaultKind } from './xmlFault.ts';

const MANY_ATTRIBUTES = 32;

/**
 * Reads one start tag. The result is left in the fields, which the next `scan` overwrites: one object
 * for each of a million tags would cost more than the scan.
 * At most one fault of syntax is reported for a tag: what follows the first is mostly its consequence.
 */
export class StartTagScanner {
  name: QName = qname('');
  /** After the tag. */
  end = 0;
  selfClosing = false;
  /** A fault of syntax was reported: attributes may be missing. */
  damaged = false;
  /** The tag ended where another markup or the text's end came, without `>`. */
  unfinished = false;
  hasPrefixes = false;

  readonly #document: XmlDocument;
  readonly #text: string;
  readonly #report: ReportFault;
  readonly #attributes: AttributeTable;
  readonly #names: NameCache;
  #start = 0;
  #firstAttribute = 0;
  #seen: Set<string> | undefined;

  constructor(document: XmlDocument, names: NameCache, report: ReportFault) {
    this.#document = document;
    this.#text = document.text;
    this.#attributes = document.attributes;
    this.#report = report;
    this.#names = names;
  }

  /** `start` is the offset of a `<`. */
  scan(start: number): void {
    this.#start = start;
    this.#firstAttribute = this.#attributes.count;
    this.#seen = undefined;
    this.selfClosing = false;
    this.damaged = false;
    this.unfinished = false;
    this.hasPrefixes = false;
    const text = this.#text;
    let at = this.#scanName(start);
    let spaced = false;
    for (;;) {
      const unit = text.charCodeAt(at);
      if (isSpace(unit)) {
        at++;
        spaced = true;
      } else if (unit === 62) {
        this.end = at + 1;
        return;
      } else if (unit === 47 && text.charCodeAt(at + 1) === 62) {
        this.selfClosing = true;
        this.end = at + 2;
        return;
      } else if (unit === 60 || at >= text.length) {
        this.#notFinished(at);
        return;
      } else {
        at = isNameStart(unit) || startsName(text, at) ? this.#scanAttribute(at, spaced) : this.#scanJunk(at);
        spaced = false;
      }
    }
  }

  /** Reads the element's name; characters that no name may have are reported and left out. */
  #scanName(start: number): number {
    const text = this.#text;
    const first = skipSpace(text, start + 1);
    const nameEnd = endOfName(text, first);
    const next = text.charCodeAt(nameEnd);
    if (
      first === start + 1 &&
      nameEnd > first &&
      (isSpace(next) || next === 62 || next === 47 || next === 60 || nameEnd >= text.length)
    ) {
      this.name = this.#names.get(first, nameEnd);
      if (this.name.full !== this.name.local) this.hasPrefixes = true;
      return nameEnd;
    }
    let end = first;
    while (end < text.length && !isSpace(text.charCodeAt(end)) && !'<>/'.includes(text.charAt(end))) end++;
    if (nameEnd > first && text.charCodeAt(end - 1) === 61) {
      // `<field=…`: what was meant as a name cannot be told
      end = nameEnd;
    }
    const offending = nameEnd === first || first !== start + 1 ? start : nameEnd;
    if (isXmlUnit(text, offending)) {
      const offendingEnd = Math.max(end, offending + 1);
      this.#syntaxFault('badTag', offending, offendingEnd, [text.slice(offending, offendingEnd)]);
    } else {
      this.#syntaxFault('badCharacter', offending, offending + 1, [characterName(text, offending)]);
    }
    this.name = qname(cleanName(text.slice(first, end)));
    return end;
  }

  #scanAttribute(nameStart: number, spaced: boolean): number {
    const text = this.#text;
    let nameEnd = nameStart + 1;
    while (isName(text.charCodeAt(nameEnd))) nameEnd++;
    if (text.charCodeAt(nameEnd) >= 0xd800) nameEnd = endOfName(text, nameStart);
    const name = this.#names.get(nameStart, nameEnd);
    if (!spaced) this.#syntaxFault('noSpaceBefore', nameStart, nameEnd, [name.full]);
    let at = nameEnd;
    while (isSpace(text.charCodeAt(at))) at++;
    const unit = text.charCodeAt(at);
    if (unit === 61) {
      at++;
      while (isSpace(text.charCodeAt(at))) at++;
      return this.#scanValue(name, nameStart, nameEnd, at, 0);
    }
    if ((unit === 34 || unit === 39) && this.#closingQuote(at, unit) >= 0) {
      const meant = name.full.length > 1 && name.full.endsWith(':') ? qname(name.full.slice(0, -1)) : name;
      this.#syntaxFault('badAttribute', nameStart, this.#closingQuote(at, unit) + 1, [meant.full, 'noEquals'], nameEnd);
      return this.#scanValue(meant, nameStart, nameEnd, at, ATTRIBUTE_DAMAGED);
    }
    if (unit === 62 || unit === 47 || unit === 60 || at >= text.length || startsName(text, at)) {
      // in a text that is cut off here, the tag is what was not finished
      if (at < text.length) this.#syntaxFault('badAttribute', nameStart, nameEnd, [name.full, 'noValue'], nameEnd);
      this.#add(name, nameStart, nameEnd, -1, nameEnd, ATTRIBUTE_DAMAGED);
      return nameEnd;
    }
    // `table*="…"`: an offending character inside the name
    return this.#scanJunk(at, nameStart);
  }

  /** `at` is where the value should begin. */
  #scanValue(name: QName, nameStart: number, nameEnd: number, at: number, flags: number): number {
    const text = this.#text;
    const quote = text.charCodeAt(at);
    if (quote !== 34 && quote !== 39) return this.#scanUnquoted(name, nameStart, nameEnd, at);
    const start = at + 1;
    let bits = flags;
    let lessThan = -1;
    let end = start;
    for (; end < text.length; end++) {
      const unit = text.charCodeAt(end);
      // letters first: nearly every character is one
      if (unit > 62 && unit < 0xd800) continue;
      if (unit === quote) break;
      if (unit === 60) {
        if (lessThan < 0) lessThan = end;
      } else if (unit === 38 || unit < 32 || unit >= 0xd800) {
        bits |= ATTRIBUTE_ENCODED;
      }
    }
    if (end >= text.length || text.charCodeAt(end + 1) !== 62) {
      const closed = this.#missingQuote(start, end, lessThan);
      if (closed >= 0) {
        if (closed < text.length)
          this.#syntaxFault('badAttribute', nameStart, closed, [name.full, 'quoteOpen'], closed);
        this.#add(name, nameStart, nameEnd, start, closed, bits | ATTRIBUTE_DAMAGED);
        return closed;
      }
    }
    if (lessThan >= 0) {
      this.#report('lessThanInValue', lessThan, lessThan + 1, [name.full]);
      bits |= ATTRIBUTE_DAMAGED;
    }
    if ((bits & ATTRIBUTE_ENCODED) !== 0 && this.#checkCharacters(start, end)) bits |= ATTRIBUTE_DAMAGED;
    this.#add(name, nameStart, nameEnd, start, end, bits);
    return end + 1;
  }

  /** Where the value really ends when its closing quote was forgotten; -1 when `end` is its closing quote. */
  #missingQuote(start: number, end: number, lessThan: number): number {
    const text = this.#text;
    const next = text.charCodeAt(end + 1);
    const followedWell =
      end < text.length && (isSpace(next) || next === 62 || text.startsWith('/>', end + 1) || end + 1 >= text.length);
    if (followedWell) return -1;
    if (lessThan < 0 && end < text.length) return nameBeforeQuote(text, start, end);
    const limit = lessThan < 0 ? text.length : lessThan;
    const tagEnd = tagEndBefore(text, start, limit);
    if (tagEnd >= 0) return tagEnd;
    return end < text.length ? -1 : endOfLineBefore(text, start, limit);
  }

  #scanUnquoted(name: QName, nameStart: number, nameEnd: number, at: number): number {
    const text = this.#text;
    let end = at;
    while (end < text.length) {
      const unit = text.charCodeAt(end);
      if (isSpace(unit) || unit === 62 || unit === 60) break;
      if (unit === 47 && text.charCodeAt(end + 1) === 62) break;
      end++;
    }
    if (end === at) {
      this.#syntaxFault('badAttribute', nameStart, at, [name.full, 'noValue'], nameEnd);
      this.#add(name, nameStart, nameEnd, -1, nameEnd, ATTRIBUTE_DAMAGED);
      return end;
    }
    const quote = text.charCodeAt(end - 1) === 34 || text.charCodeAt(end - 1) === 39 ? -1 : quoteAhead(text, end);
    if (quote >= 0) end = quote + 1;
    const last = text.charCodeAt(end - 1);
    const valueEnd = end - 1 > at && (last === 34 || last === 39) ? end - 1 : end;
    this.#syntaxFault('badAttribute', at, end, [name.full, 'noQuotes'], valueEnd);
    this.#add(name, nameStart, nameEnd, at, valueEnd, ATTRIBUTE_DAMAGED | ATTRIBUTE_ENCODED);
    return end;
  }

  /** Something that starts no attribute. Where it is a name with a wrong character, the attribute is kept. */
  #scanJunk(at: number, nameStart = at): number {
    const text = this.#text;
    const unit = text.charCodeAt(at);
    if (unit === 34 || unit === 39) {
      const close = this.#closingQuote(at, unit);
      const next = text.charCodeAt(at + 1);
      const end = isSpace(next) || next === 47 || next === 62 || close < 0 ? at + 1 : close + 1;
      this.#syntaxFault('badTag', at, end, [text.slice(at, end)]);
      return end;
    }
    if (unit === 47) {
      const next = skipSpace(text, at + 1);
      this.selfClosing = text.charCodeAt(next) === 62 || text.charCodeAt(next) === 60 || next >= text.length;
      // `<a/` and then another tag: the tag is what was not finished
      if (!this.selfClosing || text.charCodeAt(next) === 62) this.#syntaxFault('badTag', at, at + 1, ['/']);
      return at + 1;
    }
    let end = at + 1;
    while (end < text.length && !isSpace(text.charCodeAt(end)) && !'<>/="\''.includes(text.charAt(end))) end++;
    const control = !isXmlUnit(text, at);
    if (control) this.#syntaxFault('badCharacter', at, at + 1, [characterName(text, at)]);
    else this.#syntaxFault('badTag', at, end, [text.slice(at, end)]);
    const equals = skipSpace(text, end);
    if (text.charCodeAt(equals) !== 61) return end;
    const value = skipSpace(text, equals + 1);
    const name = qname(cleanName(text.slice(nameStart, end)));
    return this.#scanValue(name, nameStart, end, value, ATTRIBUTE_DAMAGED);
  }

  #notFinished(at: number): void {
    const text = this.#text;
    let end = at;
    while (end > this.#start + 1 && isSpace(text.charCodeAt(end - 1))) end--;
    this.unfinished = true;
    this.end = at;
    this.#syntaxFault('tagNotFinished', this.#start, end, [`<${this.name.full}`], end);
  }

  /** The next quote of that kind inside the tag; -1 when a `<` or the end of the text comes first. */
  #closingQuote(at: number, quote: number): number {
    const text = this.#text;
    for (let end = at + 1; end < text.length; end++) {
      const unit = text.charCodeAt(end);
      if (unit === quote) return end;
      if (unit === 60) return -1;
    }
    return -1;
  }

  /** Looks through a value that is not plain; true when something was reported. */
  #checkCharacters(start: number, end: number): boolean {
    const text = this.#text;
    let found = false;
    for (let at = start; at < end; at++) {
      const unit = text.charCodeAt(at);
      if (unit === 38) {
        if (reportReference(text, at, this.#document.entities, this.#report)) found = true;
      } else if ((unit < 32 || unit >= 0xd800) && !isXmlUnit(text, at)) {
        this.#report('badCharacter', at, at + 1, [characterName(text, at)]);
        found = true;
      }
    }
    return found;
  }

  #add(name: QName, nameStart: number, nameEnd: number, valueStart: number, valueEnd: number, flags: number): void {
    const attributes = this.#attributes;
    if (name.full !== name.local || name.full === 'xmlns') this.hasPrefixes = true;
    if (this.#isRepeated(name)) {
      const quote = this.#text.charCodeAt(valueEnd);
      const end = valueStart < 0 ? nameEnd : quote === 34 || quote === 39 ? valueEnd + 1 : valueEnd;
      if (!this.damaged) this.#report('attributeTwice', nameStart, end, [name.full]);
      return;
    }
    attributes.add(name, nameStart, nameEnd, valueStart, valueEnd, flags);
  }

  #isRepeated(name: QName): boolean {
    const { names, count } = this.#attributes;
    const first = this.#firstAttribute;
    if (count - first > MANY_ATTRIBUTES) {
      // comparing each with each would be slow in a tag of a million attributes
      if (this.#seen === undefined) this.#seen = new Set(names.slice(first).map(({ full }) => full));
      if (this.#seen.has(name.full)) return true;
      this.#seen.add(name.full);
      return false;
    }
    for (let i = first; i < count; i++) {
      if (names[i] === name || names[i]?.full === name.full) return true;
    }
    return false;
  }

  #syntaxFault(kind: XmlFaultKind, start: number, end: number, args: readonly string[], at = -1): void {
    if (!this.damaged) this.#report(kind, start, end, args, at);
    this.damaged = true;
  }
}

/** What is left of a run of characters when those that no name may have are taken out. */
export function cleanName(raw: string): string {
  let name = '';
  for (const character of raw) {
    if (startsName(character, 0) || (name !== '' && isName(character.charCodeAt(0)))) name += character;
  }
  return name;
}

/** The end of a value whose closing quote was forgotten, when what stands before `end` is ` name=`; else -1. */
function nameBeforeQuote(text: string, start: number, end: number): number {
  const equals = skipSpaceBack(text, end, start) - 1;
  if (equals < start || text.charCodeAt(equals) !== 61) return -1;
  const nameEnd = skipSpaceBack(text, equals, start);
  let nameStart = nameEnd;
  while (nameStart > start && isName(text.charCodeAt(nameStart - 1))) nameStart--;
  const valueEnd = skipSpaceBack(text, nameStart, start);
  return nameStart < nameEnd && valueEnd < nameStart ? valueEnd : -1;
}

/** The end of a value when a `>` or `/>` ends its tag before `limit`; else -1. */
function tagEndBefore(text: string, start: number, limit: number): number {
  for (let at = start; at < limit; at++) {
    if (text.charCodeAt(at) === 62) return skipSpaceBack(text, text.charCodeAt(at - 1) === 47 ? at - 1 : at, start);
  }
  return -1;
}

/** A value that runs to the end of the text is taken to end at its line's end. */
function endOfLineBefore(text: string, start: number, limit: number): number {
  for (let at = start; at < limit; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || unit === 13) return skipSpaceBack(text, at, start);
  }
  return limit;
}

/** The closing quote of a value whose opening quote was forgotten; -1 when a `=` or the tag's end comes first. */
function quoteAhead(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 34 || unit === 39) return at;
    if (unit === 61 || unit === 60 || unit === 62) return -1;
  }
  return -1;
}

function skipSpaceBack(text: string, end: number, start: number): number {
  let at = end;
  while (at > start && isSpace(text.charCodeAt(at - 1))) at--;
  return at;
}
