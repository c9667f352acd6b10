import words from './requestWords.json' with { type: 'json' };

interface KnownHeader {
  readonly name: string;
  readonly of: 'request' | 'response' | 'both';
  readonly description: string;
  readonly values?: readonly string[];
}

/** Headers that matter with PowerSchool, and the usual ones beside them. */
export const KNOWN_HEADERS = words.headers as readonly KnownHeader[];

export function headersOf(side: 'request' | 'response'): string[] {
  return KNOWN_HEADERS.filter(({ of }) => of === side || of === 'both').map(({ name }) => name);
}

export function knownHeader(name: string): KnownHeader | undefined {
  const wanted = name.toLowerCase();
  return KNOWN_HEADERS.find((header) => header.name.toLowerCase() === wanted);
}
