import { parseJsonPath } from './parseJsonPath.ts';
import { selectJson } from './selectJson.ts';

/** The value of a JSON text; undefined when it is none. */
export function parseJson(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** What each path finds in a value; nothing when it cannot be read. */
export function selectEach(selectors: readonly string[], json: unknown): readonly (readonly unknown[])[] {
  return selectors.map((selector) => {
    const path = parseJsonPath(selector);
    return 'reason' in path ? [] : selectJson(path, json);
  });
}
