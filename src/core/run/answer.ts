import type { Header } from '../http/transport.ts';
import { explain, ExplainedError } from '../problem/explainedError.ts';
import { parseJsonPath } from '../request/jsonPath/parseJsonPath.ts';
import { REQUEST_PROBLEMS } from '../request/requestProblems.ts';
import type { ResponseValue } from '../request/variableUse.ts';
import type { AnswerBody } from './answerBody.ts';

/** An answer that later requests may take values from. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: AnswerBody;
}

/** The latest answer of every named request of one file. */
export class NamedAnswers {
  readonly #answers = new Map<string, Answer>();

  get(name: string): Answer | undefined {
    return this.#answers.get(name);
  }

  set(name: string, answer: Answer): void {
    this.#answers.set(name, answer);
  }

  delete(name: string): void {
    this.#answers.delete(name);
  }

  /** Forgets answers whose bodies are gone: who needs one asks again. */
  forgetUnless(isKept: (answer: Answer) => boolean): void {
    for (const [name, answer] of this.#answers) if (!isKept(answer)) this.#answers.delete(name);
  }
}

/**
 * The text that `{{x.response…}}` stands for: a string as it is, anything else as JSON, several matches as an array.
 * PS529: no answer. PS528: the answer has no such value. PS527: the path cannot be read.
 */
export async function responseValue(
  value: ResponseValue,
  answer: Answer | undefined,
): Promise<string | ExplainedError> {
  if (answer === undefined) return explain(REQUEST_PROBLEMS, 'PS529', [value.request]);
  const missing = (): ExplainedError => explain(REQUEST_PROBLEMS, 'PS528', [value.request, value.path]);
  if (value.part === 'headers') {
    const wanted = value.path.toLowerCase();
    const values = answer.headers.filter(([name]) => name.toLowerCase() === wanted);
    return values.length === 0 ? missing() : values.map(([, text]) => text).join(', ');
  }
  if (value.path === '*') return (await answer.body.text()) ?? missing();
  const path = parseJsonPath(value.path);
  if ('reason' in path) return explain(REQUEST_PROBLEMS, 'PS527', [path.reason]);
  let found: readonly unknown[] | undefined;
  try {
    [found] = (await answer.body.select([value.path])) ?? [];
  } catch (error) {
    if (error instanceof ExplainedError) return error;
    throw error;
  }
  if (found === undefined || found.length === 0) return missing();
  const result = found.length === 1 ? found[0] : found;
  return typeof result === 'string' ? result : JSON.stringify(result);
}
