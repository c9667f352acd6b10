import { note, type ImportNote } from './importNote.ts';

/** Dynamic variables of Postman that have the same meaning here. */
const SAME_DYNAMIC: Readonly<Record<string, string>> = {
  $guid: '$guid',
  $randomUUID: '$guid',
  $timestamp: '$timestamp',
  $isoTimestamp: '$isoTimestamp',
  $randomInt: '$randomInt 0 1001',
};

/** Turns names and uses of Postman's variables into ones of this language. */
export class PostmanNames {
  readonly notes: ImportNote[];

  constructor(notes: ImportNote[]) {
    this.notes = notes;
  }

  /** A name may hold letters, digits, `_`, `-` and `.`; other characters become `_`. */
  variable(name: string): string {
    const plain = name.trim().replace(/[^\p{L}\p{Nd}_.-]+/gu, '_');
    return plain === '' ? 'variable' : plain;
  }

  /** A text with its `{{uses}}` renamed. */
  text(text: string, item: string): string {
    return text.replace(/\{\{([^{}]*)\}\}/g, (_, inner: string) => `{{${this.#use(inner.trim(), item)}}}`);
  }

  #use(name: string, item: string): string {
    if (!name.startsWith('$')) return this.variable(name);
    const same = Object.hasOwn(SAME_DYNAMIC, name) ? SAME_DYNAMIC[name] : undefined;
    if (same !== undefined) return same;
    this.notes.push(note(item, 'The dynamic variable {0} is not known here; the request asks for the value.', name));
    return `$prompt ${name.slice(1).replace(/([a-z])([A-Z])/g, '$1 $2')}`;
  }
}
