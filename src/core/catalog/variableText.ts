/**
 * Cuts a text into plain pieces (even places) and `{{variables}}` with their braces (odd places). An open `{{`
 * without its end is plain. Takes time in proportion to the text, whatever is in it.
 */
export function splitVariables(text: string): string[] {
  const pieces: string[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf('{{', at);
    const end = start < 0 ? -1 : text.indexOf('}}', start + 2);
    if (end < 0) break;
    pieces.push(text.slice(at, start), text.slice(start, end + 2));
    at = end + 2;
  }
  pieces.push(text.slice(at));
  return pieces;
}

/** Changes what is outside of variables. */
export function mapOutsideVariables(text: string, change: (piece: string) => string): string {
  return splitVariables(text)
    .map((piece, index) => (index % 2 === 1 ? piece : change(piece)))
    .join('');
}

/** The text with a space for every unit of a variable: nothing in it is mistaken for syntax, offsets stay. */
export function blankVariables(text: string): string {
  return splitVariables(text)
    .map((piece, index) => (index % 2 === 1 ? ' '.repeat(piece.length) : piece))
    .join('');
}
