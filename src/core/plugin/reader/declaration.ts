import { endOfName, isSpace, skipSpace } from './characters.ts';
import type { XmlDeclaration } from './xmlDocument.ts';
import type { DeclarationFault, ReportFault } from './xmlFault.ts';

const ORDER = ['version', 'encoding', 'standalone'];

/** What nearly every file starts with, so that it need not be taken apart. */
export const USUAL_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';
const USUAL_ENCODING = { name: 'UTF-8', start: 20, end: 36 };

/** Does `<?xml` stand at `at`, as the declaration and not as the start of a longer target such as `xml-stylesheet`? */
export function isDeclarationAt(text: string, at: number): boolean {
  return text.startsWith('<?xml', at) && (isSpace(text.charCodeAt(at + 5)) || text.charCodeAt(at + 5) === 63);
}

/**
 * Reads the XML declaration at the start of the text (XML 1.0, production 23) and reports its first fault.
 * Returns undefined when it has no end at all; its fault is reported then too.
 */
export function readDeclaration(text: string, report: ReportFault): XmlDeclaration | undefined {
  if (text.startsWith(USUAL_DECLARATION)) return { start: 0, end: USUAL_DECLARATION.length, encoding: USUAL_ENCODING };
  const close = declarationEnd(text);
  if (close.end < 0) {
    const stop = text.slice(1).search(/[\r\n<]/);
    const lineEnd = stop < 0 ? text.length : stop + 1;
    report('neverClosedMarkup', 0, lineEnd, ['declaration'], lineEnd);
    return undefined;
  }
  let faulty = false;
  const fault = (kind: DeclarationFault, start: number, end: number, at = -1): void => {
    if (!faulty) report('badDeclaration', start, end, [kind, text.slice(start, end)], at);
    faulty = true;
  };
  if (!close.complete) {
    report('neverClosedMarkup', 0, close.end, ['declaration'], close.contentEnd);
    faulty = true;
  }

  const parts = readParts(text, close.contentEnd, fault);
  const hasVersion = parts.some((part) => part.name === 'version');
  const misspelt = parts.some((part) => !ORDER.includes(part.name));
  if (!hasVersion && !misspelt) fault('noVersion', 0, close.end, 5);
  const seen = new Set<string>();
  for (const part of parts) {
    checkPart(part, seen, fault);
    seen.add(part.name);
  }
  if (!hasVersion) fault('noVersion', 0, close.end, 5);
  const encoding = parts.find((part) => part.name === 'encoding');
  return {
    start: 0,
    end: close.end,
    encoding: encoding && { name: encoding.value, start: encoding.nameStart, end: encoding.end },
  };
}

type DeclareFault = (kind: DeclarationFault, start: number, end: number, at?: number) => void;

function readParts(text: string, contentEnd: number, fault: DeclareFault): PseudoAttribute[] {
  const parts: PseudoAttribute[] = [];
  let at = 5;
  while (at < contentEnd) {
    const spaced = isSpace(text.charCodeAt(at));
    at = skipSpace(text, at);
    if (at >= contentEnd) break;
    const part = readPseudoAttribute(text, at, contentEnd);
    if (part === undefined) {
      fault('syntax', at, contentEnd);
      break;
    }
    if (part.valueStart < 0) fault('syntax', part.start, part.end);
    if (!spaced) fault('syntax', part.start, part.end);
    parts.push(part);
    at = part.end;
  }
  return parts;
}

interface PseudoAttribute {
  readonly name: string;
  readonly value: string;
  readonly nameStart: number;
  /** Of the name, or of a value without quotes. */
  readonly start: number;
  readonly end: number;
  /** -1 when there is no quoted value. */
  readonly valueStart: number;
}

function declarationEnd(text: string): { contentEnd: number; end: number; complete: boolean } {
  const question = text.indexOf('?>');
  const greater = text.indexOf('>');
  const less = text.indexOf('<', 1);
  if (question >= 0 && (less < 0 || question < less))
    return { contentEnd: question, end: question + 2, complete: true };
  if (greater >= 0 && (less < 0 || greater < less)) return { contentEnd: greater, end: greater + 1, complete: false };
  return { contentEnd: -1, end: -1, complete: false };
}

function readPseudoAttribute(text: string, start: number, limit: number): PseudoAttribute | undefined {
  const nameEnd = endOfName(text, start);
  if (nameEnd === start) return undefined;
  const name = text.slice(start, nameEnd);
  const equals = skipSpace(text, nameEnd);
  if (text.charCodeAt(equals) !== 61) return { name, value: '', nameStart: start, start, end: nameEnd, valueStart: -1 };
  const quoteAt = skipSpace(text, equals + 1);
  const quote = text.charAt(quoteAt);
  const close = quote === '"' || quote === "'" ? text.indexOf(quote, quoteAt + 1) : -1;
  if (close >= 0 && close < limit) {
    return {
      name,
      value: text.slice(quoteAt + 1, close),
      nameStart: start,
      start,
      end: close + 1,
      valueStart: quoteAt + 1,
    };
  }
  let end = quoteAt;
  while (end < limit && !isSpace(text.charCodeAt(end))) end++;
  return {
    name,
    value: text.slice(quoteAt, end),
    nameStart: start,
    start: end > quoteAt ? quoteAt : start,
    end,
    valueStart: -1,
  };
}

function checkPart(part: PseudoAttribute, seen: ReadonlySet<string>, fault: DeclareFault): void {
  const place = ORDER.indexOf(part.name);
  if (place < 0) fault('unknown', part.start, part.end);
  else if (ORDER.slice(place).some((name) => seen.has(name))) fault('order', part.start, part.end);
  else if (place > 0 && !seen.has('version')) fault('order', part.start, part.end);
  // the words themselves matter only once the syntax is right
  if (part.valueStart < 0) return;
  if (part.name === 'version' && !/^1\.[0-9]+$/.test(part.value)) fault('version', part.start, part.end);
  if (part.name === 'encoding' && !/^[A-Za-z][A-Za-z0-9._-]*$/.test(part.value))
    fault('encodingName', part.start, part.end);
  if (part.name === 'standalone' && part.value !== 'yes' && part.value !== 'no')
    fault('standalone', part.start, part.end);
}
