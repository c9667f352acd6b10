import { isVariableName } from './variableLine.ts';

/** What stands between `{{` and `}}`. */
export type VariableExpression =
  | { readonly kind: 'name'; readonly name: string }
  /** `$name args`. */
  | { readonly kind: 'dynamic'; readonly name: string; readonly args: string }
  | ResponseValue
  | { readonly kind: 'malformed' };

/** `x.response.body.$.path`, `x.response.body.*` or `x.response.headers.Name`. */
export interface ResponseValue {
  readonly kind: 'response';
  /** The name of an earlier request. */
  readonly request: string;
  readonly part: 'body' | 'headers';
  /** A JSONPath, `*` for the whole body, or a header's name. */
  readonly path: string;
  /** Offset of `path` in the expression. */
  readonly pathStart: number;
}

/** @param inner without the spaces around it. */
export function readExpression(inner: string): VariableExpression {
  if (inner.startsWith('$')) {
    const [, name = '', args = ''] = /^(\$[^\s]*)\s*(.*)$/s.exec(inner) ?? [];
    return { kind: 'dynamic', name, args };
  }
  const response = /^([A-Za-z_]\w*)\.response\.(body|headers)(\.|$)/.exec(inner);
  if (response !== null) {
    const [head, request = '', part] = response;
    const path = inner.slice(head.length);
    return {
      kind: 'response',
      request,
      part: part === 'body' ? 'body' : 'headers',
      path: part === 'body' && path === '' ? '*' : path,
      pathStart: head.length,
    };
  }
  return isVariableName(inner) ? { kind: 'name', name: inner } : { kind: 'malformed' };
}
