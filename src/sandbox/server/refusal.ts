import { elementAnswer, jsonAnswer, type Answer } from './answer.ts';
import type { Family } from './family.ts';

/** One entry of the `errors` list of `/ws/schema` and `/ws/xte`. */
export interface RefusedField {
  readonly code?: string;
  readonly field: string;
  readonly resource?: string;
}

/**
 * A documented error answer, thrown by a handler at any depth and turned into the shape of the family by the
 * dispatcher. Only for what the API says to the caller: a bug stays an ordinary exception.
 */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: readonly RefusedField[] | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;
  /** Said by the web framework before any resource looks at the call: XML unless JSON is accepted. */
  readonly early: boolean;

  constructor(
    status: number,
    message: string,
    options: {
      errors?: readonly RefusedField[] | undefined;
      headers?: Readonly<Record<string, string>> | undefined;
      early?: boolean;
    } = {},
  ) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.errors = options.errors;
    this.headers = options.headers;
    this.early = options.early ?? false;
  }
}

/** The error in the shape of its family: `errorMessage` for `/ws/v1` and early errors, `message` and `errors` else. */
export function refusalAnswer(refusal: Refusal, family: Family, acceptsJson: boolean): Answer {
  const { status, message, errors, headers } = refusal;
  if (family === 'v1' || (refusal.early && !acceptsJson)) {
    return { ...elementAnswer({ name: 'errorMessage', content: { message } }, status), headers };
  }
  return { ...jsonAnswer(errors === undefined ? { message } : { message, errors }, status), headers };
}

/** No answer: the connection is to be reset. */
export class ConnectionReset extends Error {}
