/** What is kept of a JSON value from elsewhere. Whatever does not fit is left out, so that types can be trusted. */
export type Shape =
  | 'text'
  | 'flag'
  | 'any'
  | { readonly list: Shape | (() => Shape) }
  | { readonly object: Readonly<Record<string, Shape | (() => Shape)>> }
  | { readonly either: readonly Shape[] };

const DEEPEST = 100;

/** The value in this shape; undefined when nothing of it fits. */
export function fit(value: unknown, shape: Shape, depth = 0): unknown {
  if (depth > DEEPEST) return undefined;
  if (shape === 'any') return value;
  if (shape === 'text')
    return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
  if (shape === 'flag') return typeof value === 'boolean' ? value : undefined;
  if ('either' in shape) {
    for (const one of shape.either) {
      const fitted = fit(value, one, depth);
      if (fitted !== undefined) return fitted;
    }
    return undefined;
  }
  if ('list' in shape) {
    if (!Array.isArray(value)) return undefined;
    const inner = typeof shape.list === 'function' ? shape.list() : shape.list;
    return value.flatMap((entry) => {
      const fitted = fit(entry, inner, depth + 1);
      return fitted === undefined ? [] : [fitted];
    });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const result: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(shape.object)) {
    if (!Object.hasOwn(value, key)) continue;
    const fitted = fit(
      (value as Record<string, unknown>)[key],
      typeof inner === 'function' ? inner() : inner,
      depth + 1,
    );
    if (fitted !== undefined) result[key] = fitted;
  }
  return result;
}
