/** Comment, CDATA section, instruction, tag with its quoted values, or text. */
const PIECES = /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<(?:"[^"]*"|'[^']*'|[^'"<>])*>|[^<]+|</g;

/**
 * Indents XML by two spaces, for the eye: white space comes and goes only between elements, never in one that has a
 * text of its own.
 *
 * @param text well-formed: of other texts some take long.
 */
export function prettyXml(text: string): string {
  const pieces = Array.from(text.matchAll(PIECES), ([piece]) => piece);
  const withText = startsWithText(pieces);
  const lines: string[] = [];
  /** Places of the open start tags among the pieces. */
  const open: number[] = [];
  /** How many of them have a text around. */
  let inText = 0;
  let line = '';
  pieces.forEach((piece, at) => {
    const kind = kindOf(piece);
    if (kind === 'end') {
      const start = open.pop();
      const isEmpty = start === at - 1;
      const belongs = inText > 0 || isEmpty;
      if (start !== undefined && withText.has(start)) inText--;
      if (belongs) line += piece;
      else {
        lines.push(line);
        line = '  '.repeat(open.length) + piece;
      }
      return;
    }
    if (inText > 0) line += piece;
    else if (piece.trim() !== '') {
      if (line !== '') lines.push(line);
      line = '  '.repeat(open.length) + piece;
    }
    if (kind === 'start') {
      open.push(at);
      if (withText.has(at)) inText++;
    }
  });
  if (line !== '') lines.push(line);
  return lines.length === 0 ? text : `${lines.join('\n')}\n`;
}

/** The places of start tags whose elements have a text of their own. */
function startsWithText(pieces: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>();
  const open: number[] = [];
  pieces.forEach((piece, at) => {
    const kind = kindOf(piece);
    const inner = open.at(-1);
    if (kind === 'start') open.push(at);
    else if (kind === 'end') open.pop();
    else if (kind === 'text' && inner !== undefined) {
      const isAll = inner === at - 1 && kindOf(pieces[at + 1] ?? '') === 'end';
      if (isAll || piece.trim() !== '') found.add(inner);
    }
  });
  return found;
}

function kindOf(piece: string): 'start' | 'end' | 'text' | 'other' {
  if (!piece.startsWith('<') || piece === '<' || piece.startsWith('<![CDATA[')) return 'text';
  if (piece.startsWith('</')) return 'end';
  return /^<[?!]/.test(piece) || piece.endsWith('/>') ? 'other' : 'start';
}
