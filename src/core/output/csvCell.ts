/**
 * One cell of a CSV file (RFC 4180): quoted when it must be.
 *
 * A spreadsheet runs a cell that starts with `=`, `+`, `-`, `@`, a tab or a carriage return as a formula. Unless
 * `keepFormulas`, such a text gets an apostrophe in front (OWASP, CSV Injection); signed numbers are left alone.
 */
export function csvCell(text: string, keepFormulas: boolean): string {
  const safe = keepFormulas || !isFormula(text) ? text : `'${text}`;
  return needsQuotes(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function isFormula(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(?:\.\d+)?$/.test(text);
}

function needsQuotes(text: string): boolean {
  return /[",\r\n]|^\s|\s$/.test(text);
}
