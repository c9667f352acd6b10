/** Puts values into the places `{0}`, `{1}` of a text. */
export function fill(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)] ?? ''));
}

/** `12 %` in the reader's language; little is never nothing. */
export function percent(part: number, whole: number): string {
  const share = whole === 0 ? 0 : part / whole;
  const digits = share > 0 && share < 0.01 ? 2 : share > 0.99 && share < 1 ? 1 : 0;
  return share.toLocaleString(undefined, { style: 'percent', maximumFractionDigits: digits });
}

/** A list or object with line ends; anything else as it is. */
export function readable(text: string): string {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
