/**
 * The level (`READ` or `FULL`) that a 401 says is missing: "Plugin is missing required accessLevelV1Api READ
 * permission". undefined when the text says nothing of the kind.
 */
export function missingV1Level(text: string): 'READ' | 'FULL' | undefined {
  const found = /accessLevelV1Api\W+(READ|FULL)?/i.exec(text);
  if (found === null) return undefined;
  return found[1]?.toUpperCase() === 'FULL' ? 'FULL' : 'READ';
}
