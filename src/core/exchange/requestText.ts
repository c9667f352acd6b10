import { targetLines } from '../catalog/requestText.ts';

/** A request about to be written as text. */
export interface RequestDraft {
  readonly title: string;
  readonly name?: string | undefined;
  /** Comment lines above the request, without their `#`. */
  readonly comments: readonly string[];
  /** Directives such as `expect status == 200`. */
  readonly directives: readonly string[];
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | undefined;
  /** `@name = value` lines behind the request. */
  readonly definitions?: readonly (readonly [name: string, value: string])[] | undefined;
}

/** A request as a block of a `.ps.http` file, with a line end at its end. */
export function writeRequest(draft: RequestDraft): string {
  const lines = [`### ${oneLine(draft.title)}`.trimEnd()];
  for (const comment of draft.comments) lines.push(...comment.split(/\r?\n/).map((line) => `# ${line}`.trimEnd()));
  if (draft.name !== undefined) lines.push(`# @name ${draft.name}`);
  for (const directive of draft.directives) lines.push(`# @${oneLine(directive)}`);
  lines.push(...targetLines(draft.method, oneLine(draft.target)));
  for (const [name, value] of draft.headers) lines.push(`${name}: ${oneLine(value)}`.trimEnd());
  if (draft.body !== undefined && draft.body.trim() !== '')
    lines.push('', ...draft.body.replace(/^(?:[ \t]*\r?\n)+|(?:\r?\n[ \t]*)+$/g, '').split(/\r?\n/));
  lines.push('');
  if (draft.definitions !== undefined && draft.definitions.length > 0) {
    lines.push('###', ...draft.definitions.map(([name, value]) => `@${name} = ${oneLine(value)}`), '');
  }
  return lines.join('\n');
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ').trim();
}

/** A name for `# @name` made of any words, not among those that are taken. */
export function requestName(words: string, taken: Set<string>): string {
  const plain = words
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9_]+(.)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase())
    .replace(/^(?=\d)/, '_');
  const base = plain === '' || /[^\w]/.test(plain) ? 'request' : plain.charAt(0).toLowerCase() + plain.slice(1);
  let name = base;
  for (let number = 2; taken.has(name); number++) name = `${base}${number}`;
  taken.add(name);
  return name;
}
