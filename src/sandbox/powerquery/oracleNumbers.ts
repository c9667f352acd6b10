/** A number as Oracle writes it in a text: no zero before the point. */
export function numberText(value: number | bigint): string {
  return String(value).replace(/^(-?)0\./, '$1.');
}

/** The number in a value, or undefined when it holds none. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}

/** TO_NUMBER: group signs, currency signs and blanks go when a mask is given. Throws for text that is no number. */
export function readNumber(value: unknown, mask: unknown): number {
  const text = typeof value === 'string' && typeof mask === 'string' ? value.replaceAll(/[$,\s]/g, '') : value;
  const number = numberOf(text);
  if (number === undefined) throw new Error(`The text “${String(value)}” is no number.`);
  return number;
}

/** TO_CHAR of a number: 9 0 . , D G $ S FM. Throws for another element. */
export function formatNumber(value: number, mask: string): string {
  const filled = !/FM/i.test(mask);
  const pattern = mask.toUpperCase().replace('FM', '').replace('D', '.').replaceAll('G', ',');
  const signed = pattern.includes('S');
  const currency = pattern.includes('$');
  const body = pattern.replaceAll(/[S$]/g, '');
  if (!/^[90,]*(\.[90]*)?$/.test(body)) throw new Error(`The number format ${mask} is not supported.`);
  const [whole = '', fraction = ''] = body.split('.');
  const [digits = '', decimals = ''] = Math.abs(value).toFixed(fraction.length).split('.');
  const places = whole.replaceAll(',', '').length;
  if (digits !== '0' && digits.length > places) return '#'.repeat(pattern.length + 1);
  const firstZero = whole.replaceAll(',', '').indexOf('0');
  const least = firstZero < 0 ? 0 : places - firstZero;
  const kept = (digits === '0' && (fraction.length > 0 || least > 0) ? '' : digits).padStart(least, '0');
  let grouped = '';
  let left = kept.length;
  for (const element of Array.from(whole).reverse()) {
    if (left === 0) break;
    if (element === ',') grouped = `,${grouped}`;
    else {
      left -= 1;
      grouped = kept.charAt(left) + grouped;
    }
  }
  const shown = filled ? decimals : decimals.replace(/0+$/, '').padEnd(fraction.lastIndexOf('0') + 1, '0');
  const negative = value < 0 && /[1-9]/.test(digits + decimals);
  const sign = negative ? '-' : signed ? '+' : '';
  const text = `${sign}${currency ? '$' : ''}${grouped}${body.includes('.') ? `.${shown}` : ''}`;
  return filled ? text.padStart(pattern.length + (signed ? 0 : 1)) : text;
}
