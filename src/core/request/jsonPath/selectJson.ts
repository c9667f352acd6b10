import type {
  ComparisonOperator,
  FunctionCall,
  JsonPath,
  LogicalExpression,
  Operand,
  Query,
  Segment,
  Selector,
} from './jsonPath.ts';
import { matchesRegexp } from './iRegexp.ts';

/**
 * All values that a path selects in a JSON value, in the order of RFC 9535. Only own keys count, and arrays and
 * objects as `JSON.parse` makes them.
 */
export function selectJson(path: JsonPath, root: unknown): unknown[] {
  return select(path.segments, [root], root);
}

function select(segments: readonly Segment[], start: readonly unknown[], root: unknown): unknown[] {
  let nodes = [...start];
  for (const segment of segments) {
    const next: unknown[] = [];
    for (const node of nodes) {
      if (segment.descendant) forEachDescendant(node, (value) => applyAll(segment.selectors, value, root, next));
      else applyAll(segment.selectors, node, root, next);
    }
    nodes = next;
    if (nodes.length === 0) break;
  }
  return nodes;
}

/** The value itself first, then its children, each before its own children. Needs no stack of calls. */
function forEachDescendant(value: unknown, visit: (value: unknown) => void): void {
  const stack = [value];
  while (stack.length > 0) {
    const node = stack.pop();
    visit(node);
    const children = childrenOf(node);
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      if (typeof child === 'object' && child !== null) stack.push(child);
    }
  }
}

function childrenOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}

function applyAll(selectors: readonly Selector[], value: unknown, root: unknown, into: unknown[]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const selector of selectors) apply(selector, value, root, into);
}

function apply(selector: Selector, value: object, root: unknown, into: unknown[]): void {
  switch (selector.kind) {
    case 'name':
      if (!Array.isArray(value) && Object.hasOwn(value, selector.name)) {
        into.push((value as Record<string, unknown>)[selector.name]);
      }
      return;
    case 'index':
      if (Array.isArray(value)) {
        const at = selector.index < 0 ? value.length + selector.index : selector.index;
        if (at >= 0 && at < value.length) into.push(value[at]);
      }
      return;
    case 'wildcard':
      for (const child of childrenOf(value)) into.push(child);
      return;
    case 'slice':
      if (Array.isArray(value)) slice(value, selector, into);
      return;
    case 'filter':
      for (const child of childrenOf(value)) if (holds(selector.test, child, root)) into.push(child);
  }
}

function clamp(index: number, low: number, high: number): number {
  return Math.min(Math.max(index, low), high);
}

/** RFC 9535, section 2.3.4.2.2. */
function slice(array: readonly unknown[], selector: Selector & { kind: 'slice' }, into: unknown[]): void {
  const { step } = selector;
  const length = array.length;
  if (step === 0) return;
  const normal = (index: number): number => (index >= 0 ? index : length + index);
  if (step > 0) {
    const lower = clamp(normal(selector.start ?? 0), 0, length);
    const upper = clamp(normal(selector.end ?? length), 0, length);
    for (let i = lower; i < upper; i += step) into.push(array[i]);
    return;
  }
  const upper = clamp(normal(selector.start ?? length - 1), -1, length - 1);
  const lower = selector.end === undefined ? -1 : clamp(normal(selector.end), -1, length - 1);
  for (let i = upper; i > lower; i += step) into.push(array[i]);
}

function holds(test: LogicalExpression, current: unknown, root: unknown): boolean {
  switch (test.kind) {
    case 'or':
      return test.operands.some((operand) => holds(operand, current, root));
    case 'and':
      return test.operands.every((operand) => holds(operand, current, root));
    case 'not':
      return !holds(test.operand, current, root);
    case 'exists':
      return query(test.query, current, root).length > 0;
    case 'compare':
      return compare(test.operator, valueOf(test.left, current, root), valueOf(test.right, current, root));
    case 'call':
      break;
  }
  return call(test.call, current, root) === true;
}

/** "No value" of RFC 9535: equal to itself alone. */
const NOTHING = Symbol('nothing');

function query(path: Query, current: unknown, root: unknown): unknown[] {
  return select(path.segments, [path.from === 'root' ? root : current], root);
}

function valueOf(operand: Operand, current: unknown, root: unknown): unknown {
  if (operand.kind === 'literal') return operand.value;
  if (operand.kind === 'call') return call(operand.call, current, root);
  const nodes = query(operand.query, current, root);
  return nodes.length === 0 ? NOTHING : nodes[0];
}

function call({ name, args }: FunctionCall, current: unknown, root: unknown): unknown {
  const [first, second] = args;
  if (first === undefined) return NOTHING;
  if (name === 'count' || name === 'value') {
    const nodes = first.kind === 'query' ? query(first.query, current, root) : [];
    if (name === 'count') return nodes.length;
    return nodes.length === 1 ? nodes[0] : NOTHING;
  }
  const value = valueOf(first, current, root);
  if (name === 'length') return lengthOf(value);
  const pattern = second === undefined ? NOTHING : valueOf(second, current, root);
  return typeof value === 'string' && typeof pattern === 'string' && matchesRegexp(pattern, value, name === 'match');
}

function lengthOf(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/[\ud800-\udbff][\udc00-\udfff]/g, '-').length;
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : NOTHING;
}

function compare(operator: ComparisonOperator, left: unknown, right: unknown): boolean {
  switch (operator) {
    case '==':
      return equalJson(left, right);
    case '!=':
      return !equalJson(left, right);
    case '<':
      return isLess(left, right);
    case '>':
      return isLess(right, left);
    case '<=':
      return isLess(left, right) || equalJson(left, right);
    case '>=':
      break;
  }
  return isLess(right, left) || equalJson(left, right);
}

/** Numbers with numbers, texts with texts by their characters; nothing else has an order. */
export function isLess(left: unknown, right: unknown): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left < right;
  if (typeof left !== 'string' || typeof right !== 'string') return false;
  for (let i = 0; i < left.length && i < right.length; i++) {
    if (left.charCodeAt(i) === right.charCodeAt(i)) continue;
    return (left.codePointAt(i) ?? 0) < (right.codePointAt(i) ?? 0);
  }
  return left.length < right.length;
}

/** Deep equality of JSON values, whatever the order of keys. */
export function equalJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    return left.every((value, index) => equalJson(value, right[index]));
  }
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every(
    (key) =>
      Object.hasOwn(right, key) &&
      equalJson((left as Record<string, unknown>)[key], (right as Record<string, unknown>)[key]),
  );
}
