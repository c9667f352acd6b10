import type { Argument } from '../problem/phrase.ts';
import { explain, type ExplainedError } from '../problem/explainedError.ts';
import { checkDynamic, dynamicVariable, type DynamicSources } from './dynamicVariables.ts';
import type { EnvironmentLayer } from './environment.ts';
import type { FileVariables } from './fileVariables.ts';
import { REQUEST_PROBLEMS, type RequestProblemCode } from './requestProblems.ts';
import { type ResponseValue, findVariableUses, readExpression } from './variableUse.ts';

/** Where values come from. Precedence: overrides, file variables, private environment file, public one. */
export interface VariableSources {
  /** `--var`: literal values. */
  readonly overrides: ReadonlyMap<string, string>;
  readonly file: FileVariables;
  readonly layers: readonly EnvironmentLayer[];
  readonly dynamic: DynamicSources;
  readonly processEnv: (name: string) => string | undefined;
  /** Resolves with undefined when the question is closed; the port itself is undefined where nobody can answer. */
  readonly prompt: ((question: string) => Promise<string | undefined>) | undefined;
  /** The value in the latest answer of a named request, as text to insert. */
  readonly responseValue: (value: ResponseValue) => Promise<string | ExplainedError>;
}

/** The text with all variables replaced, or why that is not possible. */
export type Resolved = { readonly text: string } | { readonly problem: ExplainedError };

/** Questions whose answer is no business of anybody who looks at the request later. */
const SECRET_QUESTION = /password|passphrase|secret|token|credential|api.?key|\bpin\b/i;

/** Deeper chains are taken for a circle. */
const DEEPEST = 200;

/**
 * Replaces variables for one request. File and environment variables are evaluated once for it, every `{{$…}}` that
 * stands in the request itself anew. Values are inserted as they are.
 */
export class VariableResolver {
  readonly #sources: VariableSources;
  readonly #values = new Map<unknown, Promise<Resolved>>();
  readonly #secretValues = new Set<string>();
  #usesEnvironment = false;

  constructor(sources: VariableSources) {
    this.#sources = sources;
  }

  /** True once `$processEnv` was asked: the request may then go to the active server alone. */
  get usesEnvironment(): boolean {
    return this.#usesEnvironment;
  }

  /** What `$processEnv`, private environment files and answers to questions for a secret gave: not to be shown. */
  get secretValues(): ReadonlySet<string> {
    return this.#secretValues;
  }

  /** @param offset where the text starts in the file: it decides which definition of a name is meant. */
  resolve(text: string, offset: number): Promise<Resolved> {
    return this.#replace(text, () => offset, []);
  }

  /**
   * For a text that stands elsewhere, such as an included file: every use counts as standing at `offset`.
   * @param insert how a value is written into the text.
   */
  resolveAt(text: string, offset: number, insert?: (value: string) => string): Promise<Resolved> {
    return this.#replace(text, (index) => offset - index, [], insert);
  }

  async #replace(
    text: string,
    base: (index: number) => number,
    path: readonly string[],
    insert: (value: string) => string = (value) => value,
  ): Promise<Resolved> {
    const uses = findVariableUses(text);
    if (uses.length === 0) return { text };
    let result = '';
    let at = 0;
    for (const { range, inner } of uses) {
      const value = await this.#value(inner.text, base(inner.range.start) + inner.range.start, path);
      if ('problem' in value) return value;
      result += text.slice(at, range.start) + insert(value.text);
      at = range.end;
    }
    return { text: result + text.slice(at) };
  }

  #value(inner: string, offset: number, path: readonly string[]): Promise<Resolved> | Resolved {
    const expression = readExpression(inner);
    switch (expression.kind) {
      case 'malformed':
        return problem('PS520', [inner]);
      case 'dynamic':
        return this.#dynamic(expression.name, expression.args);
      case 'response':
        return this.#response(expression);
      case 'name':
        break;
    }
    return this.#named(expression.name, offset, path);
  }

  async #response(expression: ResponseValue): Promise<Resolved> {
    const value = await this.#sources.responseValue(expression);
    return typeof value === 'string' ? { text: value } : { problem: value };
  }

  #named(name: string, offset: number, path: readonly string[]): Promise<Resolved> | Resolved {
    const { overrides, file, layers } = this.#sources;
    const override = overrides.get(name);
    if (override !== undefined) return { text: override };
    const definition = file.find(name, offset);
    if (definition !== undefined) {
      const { text, range } = definition.value;
      return this.#once(definition, `${name}@${range.start}`, name, path, (next) =>
        this.#replace(text, () => range.start, next),
      );
    }
    const layer = layers.find(({ values }) => values.has(name));
    const value = layer?.values.get(name);
    if (value === undefined) return problem('PS520', [name]);
    return this.#once(`environment ${name}`, name, name, path, async (next) => {
      const resolved = await this.#replace(value, (index) => offset - index, next);
      if (layer?.file.private === true && 'text' in resolved) this.#secretValues.add(resolved.text);
      return resolved;
    });
  }

  #once(
    key: unknown,
    step: string,
    name: string,
    path: readonly string[],
    evaluate: (path: readonly string[]) => Promise<Resolved>,
  ): Promise<Resolved> | Resolved {
    // A value that waits for itself would never come: look at the way here before looking at what is under way.
    if (path.includes(step) || path.length > DEEPEST) {
      const names = [...path.slice(Math.max(0, path.indexOf(step))), step].map((entry) => entry.replace(/@.*/, ''));
      return problem('PS521', [name, names.join(' → ')]);
    }
    let value = this.#values.get(key);
    if (value === undefined) {
      value = evaluate([...path, step]);
      this.#values.set(key, value);
    }
    return value;
  }

  async #dynamic(name: string, args: string): Promise<Resolved> {
    const fault = checkDynamic(name, args);
    if (fault !== undefined) return problem('PS526', [`${name} ${args}`.trim(), fault]);
    if (name === '$processEnv') {
      this.#usesEnvironment = true;
      const value = this.#sources.processEnv(args) ?? '';
      if (value !== '') this.#secretValues.add(value);
      return { text: value };
    }
    if (name === '$prompt') {
      const { prompt } = this.#sources;
      if (prompt === undefined) return problem('PS571', [args]);
      const answer = await prompt(args);
      if (answer === undefined) return problem('PS570', [args]);
      if (SECRET_QUESTION.test(args)) this.#secretValues.add(answer);
      return { text: answer };
    }
    return { text: dynamicVariable(name)?.make?.(args, this.#sources.dynamic) ?? '' };
  }
}

function problem(code: RequestProblemCode, args: readonly Argument[]): Resolved {
  return { problem: explain(REQUEST_PROBLEMS, code, args) };
}
