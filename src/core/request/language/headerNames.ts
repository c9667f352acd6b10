interface KnownHeader {
  readonly name: string;
  readonly of: 'request' | 'response' | 'both';
  readonly description: string;
  readonly values?: readonly string[];
}

/** Headers that matter with PowerSchool, and the usual ones beside them. */
export const KNOWN_HEADERS: readonly KnownHeader[] = [
  {
    name: 'Accept',
    of: 'request',
    description:
      'The form of the answer. Without it this tool asks for JSON; PowerSchool itself would answer /ws/v1 in XML.',
    values: ['application/json', 'application/xml', 'text/plain', '*/*'],
  },
  {
    name: 'Content-Type',
    of: 'both',
    description: 'The form of the body. PowerSchool takes JSON; other types are answered with 415 by some resources.',
    values: [
      'application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=',
      'application/xml',
      'text/plain',
    ],
  },
  {
    name: 'Authorization',
    of: 'request',
    description: 'Not needed: the sign-in of the server is used. A header of your own takes its place.',
    values: ['Bearer {{token}}'],
  },
  {
    name: 'Accept-Encoding',
    of: 'request',
    description: 'Compressions that are understood.',
    values: ['gzip, deflate, br', 'identity'],
  },
  {
    name: 'Accept-Language',
    of: 'request',
    description: 'Languages of the answer, best first.',
    values: ['en-US', 'es-US'],
  },
  { name: 'Cache-Control', of: 'both', description: 'How the answer may be kept.', values: ['no-cache'] },
  { name: 'Cookie', of: 'request', description: 'Cookies. The API of PowerSchool needs none.' },
  { name: 'If-None-Match', of: 'request', description: 'Ask for an answer only when it has changed.' },
  { name: 'User-Agent', of: 'request', description: 'The name of the program that asks.' },
  { name: 'Content-Length', of: 'response', description: 'Bytes of the body.' },
  { name: 'Content-Encoding', of: 'response', description: 'How the body was compressed.' },
  { name: 'Date', of: 'response', description: 'When the server answered.' },
  { name: 'ETag', of: 'response', description: 'A mark of this version of the answer.' },
  { name: 'Location', of: 'response', description: 'Where to go instead, or where the new thing is.' },
  { name: 'Retry-After', of: 'response', description: 'Seconds to wait before the next request.' },
  { name: 'Set-Cookie', of: 'response', description: 'A cookie that the server sets.' },
  { name: 'WWW-Authenticate', of: 'response', description: 'Why a 401 was given, such as an expired token.' },
];

export function headersOf(side: 'request' | 'response'): string[] {
  return KNOWN_HEADERS.filter(({ of }) => of === side || of === 'both').map(({ name }) => name);
}

export function knownHeader(name: string): KnownHeader | undefined {
  const wanted = name.toLowerCase();
  return KNOWN_HEADERS.find((header) => header.name.toLowerCase() === wanted);
}
