/** A value as it stands between double quotes in a start tag. */
export function attributeText(value: string): string {
  return elementText(value).replaceAll('"', '&quot;');
}

/** A text as it stands between tags. */
export function elementText(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
