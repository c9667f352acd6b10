import type { Fix } from '../../problem/diagnostic.ts';
import { phrase } from '../../problem/phrase.ts';
import { applyEdits } from '../../text/textRange.ts';
import { readJson, type JsonFault } from '../reader/jsonReader.ts';

/** The mends for a fault of a JSON file: those after which the reader comes further. */
export function jsonFixes(text: string, fault: JsonFault): Fix[] {
  const { kind, start, end } = fault;
  if (kind === 'extraComma') return [replace('Remove the comma', start, end, '')];
  if (kind === 'missingComma') return [replace('Insert a comma', start, start, ',')];
  return candidates(text, fault).filter(({ edits }) => {
    const left = readJson(applyEdits(text, edits)).faults.filter(({ start: at }) => at >= start);
    return left.every((other) => other.start > end);
  });
}

function candidates(text: string, { kind, start, end, written }: JsonFault): Fix[] {
  const line = text.slice(start, end);
  if (kind === 'badString') {
    // before the comma or the bracket that was meant to follow
    const close = start + line.replace(/[\s,\]}]+$/, '').length;
    return [replace('Insert the closing quote', close, close, '"')];
  }
  if (kind === 'notClosed') {
    const close = written === '[' ? ']' : '}';
    const at = text.trimEnd().length;
    return [replace(phrase('Insert {0}', close), at, at, close)];
  }
  if (kind !== 'unexpected') return [];
  if (line === ']' || line === '}') {
    const close = line === ']' ? '}' : ']';
    // where the text before it ends
    const at = text.slice(0, start).trimEnd().length;
    return [replace(phrase('Insert {0}', close), at, at, close)];
  }
  const quoted = /^'([^'"\\\r\n]*)'/.exec(text.slice(start, start + 4000));
  if (quoted !== null) {
    return [replace('Write double quotes', start, start + quoted[0].length, `"${quoted[1] ?? ''}"`)];
  }
  const lower = line.toLowerCase();
  if (lower !== line && /^(?:true|false|null)$/.test(lower))
    return [replace(phrase('Change to {0}', lower), start, end, lower)];
  return /^[A-Za-z_][\w-]*$/.test(line) ? [replace('Put it in quotes', start, end, `"${line}"`)] : [];
}

function replace(title: Fix['title'], start: number, end: number, text: string): Fix {
  return { title, automatic: true, edits: [{ range: { start, end }, text }] };
}
