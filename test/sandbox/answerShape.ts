/**
 * Compares an answer with a documented example: every member of the example is there, with the same type.
 * Returns what differs, by path; an empty list is agreement.
 *
 * On v1 the type of a leaf depends on its text (digits are a number), one child is an object where several are a list,
 * and an empty part is `""`: those count as the same.
 */
export function differences(example: unknown, actual: unknown, v1: boolean, path = ''): readonly string[] {
  if (example === null) return [];
  if (v1 && (example === '' || actual === '')) return [];
  if (Array.isArray(example)) return listDifferences(example, actual, v1, path);
  if (typeof example === 'object') return objectDifferences(example, actual, v1, path);
  const [wanted, found] = [typeof example, typeof actual];
  const alike = wanted === found || (v1 && isText(wanted) && isText(found));
  return alike ? [] : [`${path}: ${wanted} expected, ${found} found`];
}

function listDifferences(example: readonly unknown[], actual: unknown, v1: boolean, path: string): readonly string[] {
  const items: readonly unknown[] | undefined = Array.isArray(actual) ? actual : v1 ? [actual] : undefined;
  if (items === undefined) return [`${path}: a list expected, ${typeof actual} found`];
  const [first] = example;
  if (first === undefined || items.length === 0) return [];
  // What an item may leave out, another one has.
  const each = items.map((item) => differences(first, item, v1, `${path}[]`));
  return each.reduce((best, candidate) => (candidate.length < best.length ? candidate : best));
}

function objectDifferences(example: object, actual: unknown, v1: boolean, path: string): readonly string[] {
  if (v1 && Array.isArray(actual)) return listDifferences([example], actual, v1, path);
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) {
    return [`${path}: an object expected, ${JSON.stringify(actual)?.slice(0, 60) ?? 'nothing'} found`];
  }
  return Object.entries(example).flatMap(([name, value]) =>
    name in actual
      ? differences(value, (actual as Readonly<Record<string, unknown>>)[name], v1, `${path}.${name}`)
      : [`${path}.${name}: missing`],
  );
}

function isText(type: string): boolean {
  return type === 'string' || type === 'number';
}
