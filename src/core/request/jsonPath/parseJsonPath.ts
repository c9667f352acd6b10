import { phrase } from '../../problem/phrase.ts';
import {
  FUNCTIONS,
  type ComparisonOperator,
  type FunctionCall,
  type FunctionName,
  type FunctionType,
  type JsonPath,
  type JsonPathFault,
  type LogicalExpression,
  type Operand,
  type Query,
  type Segment,
  type Selector,
} from './jsonPath.ts';
import { JsonPathScanner, JsonPathSyntaxError } from './jsonPathScanner.ts';

export type JsonPathParse =
  { readonly path: JsonPath; /** After the last segment. */ readonly end: number } | { readonly fault: JsonPathFault };

/**
 * Reads the JSONPath that starts at `from` and goes as far as it goes: blanks after it are not part of it.
 * RFC 9535, with the types of function arguments checked.
 */
export function parseJsonPathPrefix(text: string, from = 0): JsonPathParse {
  const parser = new JsonPathParser(text, from);
  try {
    parser.scanner.expect('$');
    const segments = parser.segments();
    return { path: { segments, singular: isSingular(segments) }, end: parser.scanner.at };
  } catch (error) {
    if (error instanceof JsonPathSyntaxError) return { fault: { at: error.at, reason: error.reason } };
    throw error;
  }
}

/** Reads a whole text as a JSONPath. */
export function parseJsonPath(text: string): JsonPath | JsonPathFault {
  const parsed = parseJsonPathPrefix(text);
  if ('fault' in parsed) return parsed.fault;
  if (parsed.end < text.length) return { at: parsed.end, reason: phrase('this does not belong to a path') };
  return parsed.path;
}

/** Filters inside filters: deeper than anybody writes, shallow enough for the stack. */
const DEEPEST = 200;

class JsonPathParser {
  readonly scanner: JsonPathScanner;
  #depth = 0;

  constructor(text: string, from: number) {
    this.scanner = new JsonPathScanner(text, from);
  }

  segments(): Segment[] {
    const { scanner } = this;
    const segments: Segment[] = [];
    for (;;) {
      const before = scanner.at;
      scanner.skipBlanks();
      if (scanner.take('..')) segments.push({ descendant: true, selectors: this.#afterDots() });
      else if (scanner.take('.')) segments.push({ descendant: false, selectors: [this.#shorthand()] });
      else if (scanner.startsWith('[')) segments.push({ descendant: false, selectors: this.#bracketed() });
      else {
        scanner.at = before;
        return segments;
      }
    }
  }

  #afterDots(): readonly Selector[] {
    return this.scanner.startsWith('[') ? this.#bracketed() : [this.#shorthand()];
  }

  #shorthand(): Selector {
    if (this.scanner.take('*')) return { kind: 'wildcard' };
    const name = this.scanner.name();
    if (name === undefined) this.scanner.fail("a name must follow the dot; other names are written ['name']");
    return { kind: 'name', name };
  }

  #bracketed(): readonly Selector[] {
    const { scanner } = this;
    const start = scanner.at;
    scanner.expect('[');
    const selectors: Selector[] = [];
    do {
      scanner.skipBlanks();
      selectors.push(this.#selector());
      scanner.skipBlanks();
    } while (scanner.take(','));
    if (!scanner.take(']'))
      scanner.fail(
        Number.isNaN(scanner.peek()) ? 'the bracket is not closed' : '"]" is missing',
        Number.isNaN(scanner.peek()) ? start : scanner.at,
      );
    return selectors;
  }

  #selector(): Selector {
    const { scanner } = this;
    const name = scanner.string();
    if (name !== undefined) return { kind: 'name', name };
    if (scanner.take('*')) return { kind: 'wildcard' };
    if (scanner.take('?')) {
      scanner.skipBlanks();
      return { kind: 'filter', test: this.#or() };
    }
    const start = scanner.integer();
    const afterStart = scanner.at;
    scanner.skipBlanks();
    if (scanner.take(':')) return this.#slice(start);
    scanner.at = afterStart;
    if (start === undefined) return scanner.fail('a name in quotes, a number, * or a filter must stand here');
    return { kind: 'index', index: start };
  }

  #slice(start: number | undefined): Selector {
    const { scanner } = this;
    scanner.skipBlanks();
    const end = scanner.integer();
    scanner.skipBlanks();
    let step: number | undefined;
    if (scanner.take(':')) {
      const colon = scanner.at;
      scanner.skipBlanks();
      step = scanner.integer();
      if (step === undefined) scanner.at = colon;
    }
    return { kind: 'slice', start, end, step: step ?? 1 };
  }

  #or(): LogicalExpression {
    return this.#operators('||', 'or', () => this.#operators('&&', 'and', () => this.#basic()));
  }

  #operators(sign: string, kind: 'or' | 'and', next: () => LogicalExpression): LogicalExpression {
    const { scanner } = this;
    const operands = [next()];
    for (;;) {
      const before = scanner.at;
      scanner.skipBlanks();
      if (!scanner.take(sign)) {
        scanner.at = before;
        const [first] = operands;
        return operands.length === 1 && first !== undefined ? first : { kind, operands };
      }
      scanner.skipBlanks();
      operands.push(next());
    }
  }

  #basic(): LogicalExpression {
    const { scanner } = this;
    if (++this.#depth > DEEPEST) scanner.fail('the filter is nested too deeply');
    let result: LogicalExpression;
    if (scanner.startsWith('!') && !scanner.startsWith('!=')) {
      scanner.at++;
      scanner.skipBlanks();
      const at = scanner.at;
      const operand = scanner.startsWith('(') ? this.#parenthesis() : this.#test(this.#operand(), at);
      result = { kind: 'not', operand };
    } else {
      result = scanner.startsWith('(') ? this.#parenthesis() : this.#comparisonOrTest();
    }
    this.#depth--;
    return result;
  }

  #parenthesis(): LogicalExpression {
    const { scanner } = this;
    scanner.expect('(');
    scanner.skipBlanks();
    const inside = this.#or();
    scanner.skipBlanks();
    scanner.expect(')');
    return inside;
  }

  #comparisonOrTest(): LogicalExpression {
    const { scanner } = this;
    const start = scanner.at;
    const left = this.#operand();
    const end = scanner.at;
    scanner.skipBlanks();
    const operator = this.#comparison();
    if (operator === undefined) {
      scanner.at = end;
      return this.#test(left, start);
    }
    this.#comparable(left, start);
    scanner.skipBlanks();
    const rightStart = scanner.at;
    const right = this.#operand();
    this.#comparable(right, rightStart);
    return { kind: 'compare', operator, left, right };
  }

  #comparison(): ComparisonOperator | undefined {
    for (const operator of ['==', '!=', '<=', '>=', '<', '>'] as const) {
      if (this.scanner.take(operator)) return operator;
    }
    return undefined;
  }

  #comparable(operand: Operand, at: number): void {
    if (operand.kind === 'query' && !operand.query.singular)
      this.scanner.fail('only a path to one value can be compared', at);
    if (operand.kind === 'call' && FUNCTIONS[operand.call.name].gives !== 'value') {
      this.scanner.fail(phrase('{0}() gives no value to compare', operand.call.name), at);
    }
  }

  /** An operand that stands alone: does it exist, or is it true? */
  #test(operand: Operand, at: number): LogicalExpression {
    if (operand.kind === 'query') return { kind: 'exists', query: operand.query };
    if (operand.kind === 'literal') this.scanner.fail('a value must be compared with something', at);
    if (FUNCTIONS[operand.call.name].gives === 'value') {
      this.scanner.fail(phrase('the result of {0}() must be compared with something', operand.call.name), at);
    }
    return { kind: 'call', call: operand.call };
  }

  #operand(): Operand {
    const { scanner } = this;
    const unit = scanner.peek();
    if (unit === 64 || unit === 36) return { kind: 'query', query: this.#query() };
    const text = scanner.string();
    if (text !== undefined) return { kind: 'literal', value: text };
    const name = scanner.functionName();
    if (name !== undefined) return { kind: 'call', call: this.#call(name) };
    const word = /(?:true|false|null)(?!\w)/y;
    word.lastIndex = scanner.at;
    const literal = word.exec(scanner.text)?.[0];
    if (literal !== undefined) {
      scanner.at += literal.length;
      return { kind: 'literal', value: literal === 'null' ? null : literal === 'true' };
    }
    const number = scanner.number();
    if (number !== undefined) return { kind: 'literal', value: number };
    return scanner.fail('@, $, a value or a function must stand here');
  }

  #query(): Query {
    const { scanner } = this;
    const from = scanner.take('@') ? 'current' : 'root';
    if (from === 'root') scanner.expect('$');
    const segments = this.segments();
    return { from, segments, singular: isSingular(segments) };
  }

  #call(name: string): FunctionCall {
    const { scanner } = this;
    const start = scanner.at - name.length;
    if (++this.#depth > DEEPEST) scanner.fail('the filter is nested too deeply');
    if (!Object.hasOwn(FUNCTIONS, name)) scanner.fail(phrase('the function {0}() is not known', name), start);
    const known = name as FunctionName;
    const { takes } = FUNCTIONS[known];
    scanner.expect('(');
    scanner.skipBlanks();
    const args: Operand[] = [];
    if (!scanner.startsWith(')')) {
      do {
        scanner.skipBlanks();
        const at = scanner.at;
        const argument = this.#operand();
        this.#checkArgument(argument, takes[args.length], at, known);
        args.push(argument);
        scanner.skipBlanks();
      } while (scanner.take(','));
    }
    scanner.expect(')');
    if (args.length !== takes.length) scanner.fail(phrase('{0}() takes {1}', known, takes.length), start);
    this.#depth--;
    return { name: known, args };
  }

  #checkArgument(argument: Operand, type: FunctionType | undefined, at: number, name: FunctionName): void {
    if (type === undefined) this.scanner.fail(phrase('{0}() takes fewer arguments', name), at);
    if (type === 'nodes' && argument.kind !== 'query') this.scanner.fail(phrase('{0}() takes a path', name), at);
    if (type === 'value') this.#comparable(argument, at);
  }
}

function isSingular(segments: readonly Segment[]): boolean {
  return segments.every(({ descendant, selectors }) => {
    const kind = selectors[0]?.kind;
    return !descendant && selectors.length === 1 && (kind === 'name' || kind === 'index');
  });
}
