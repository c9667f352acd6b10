import { redactText } from '../http/redaction.ts';
import { redirectTarget } from '../http/redirects.ts';
import { headerValue, type Header } from '../http/transport.ts';
import { explain, type ExplainedError } from '../problem/explainedError.ts';
import { missingV1Level } from './accessLevel.ts';
import { describeErrors, readAnswerText, type AnswerText } from './answerText.ts';
import { MissingGrantsError, readMissingGrants, type FieldGrant } from './missingGrants.ts';
import { POWERSCHOOL_PROBLEMS, type PowerSchoolCode } from './powerschoolProblems.ts';
import { explainRedirect } from './redirectExplanation.ts';
import { waitInText } from '../http/requestSpacing.ts';
import { retryAfter } from '../http/bufferedResponse.ts';
import { mediaType } from './responseText.ts';
import { readRowResults } from './rowResults.ts';

/** The part of an answer that its explanation needs. */
export interface ExplainableResponse {
  readonly status: number;
  readonly statusText?: string | undefined;
  readonly headers: readonly Header[];
  readonly method: string;
  readonly url: URL;
}

/** Characters of the raw answer that are kept for "show the raw answer". */
const MOST_DETAIL = 8_000;
const MOST_MESSAGE = 300;

/**
 * Says in plain words what an answer that is no success means and what to do; undefined for a success. Judges by the
 * text first, since one status stands for many things. A 200 that is a web page, XML, empty, or a bulk write with
 * refused rows is no success either. Refusals that `<field>` lines would cure are a `MissingGrantsError`.
 *
 * @param bodyText The beginning of the body, decoded; a few kilobytes are enough.
 */
export function explainResponse(response: ExplainableResponse, bodyText: string): ExplainedError | undefined {
  const answer = new Answer(response, bodyText);
  const { status } = response;
  if (status < 300) return explainSuccess(answer);
  if (status < 400) return explainOtherWay(answer);
  return explainRefusal(answer);
}

class Answer {
  readonly response: ExplainableResponse;
  readonly text: AnswerText;
  readonly raw: string;
  readonly method: string;
  readonly path: string;
  readonly host: string;

  constructor(response: ExplainableResponse, raw: string) {
    this.response = response;
    this.raw = raw;
    this.text = readAnswerText(raw);
    this.method = response.method.toUpperCase();
    this.path = response.url.pathname;
    this.host = response.url.host;
  }

  get status(): number {
    return this.response.status;
  }

  get message(): string {
    const { message, body } = this.text;
    const said = message || describeErrors(body) || this.response.statusText || `status ${this.status}`;
    return redactText(said).slice(0, MOST_MESSAGE);
  }

  get table(): boolean {
    return this.path.startsWith('/ws/schema/table/');
  }

  /** Name of the PowerQuery that the path calls, or undefined. */
  get powerQuery(): string | undefined {
    const name = /^\/ws\/schema\/query\/([^/]+)/.exec(this.path)?.[1];
    return name === undefined || name === 'api' ? undefined : decodeURIComponent(name);
  }

  problem(code: PowerSchoolCode, args: readonly (string | number)[] = []): ExplainedError {
    const detail = this.raw === '' ? undefined : redactText(this.raw.slice(0, MOST_DETAIL));
    return explain(POWERSCHOOL_PROBLEMS, code, args, { detail });
  }

  says(pattern: RegExp): RegExpExecArray | undefined {
    return pattern.exec(this.text.message) ?? undefined;
  }
}

function explainSuccess(answer: Answer): ExplainedError | undefined {
  const { response, method, raw, host } = answer;
  if (response.status === 204 || response.status === 205 || method === 'HEAD') return undefined;
  const type = mediaType(response.headers);
  const start = raw.trimStart().slice(0, 200).toLowerCase();
  if (/^(?:<!--[^]*?-->\s*)?<(?:!doctype html|html|head|body)\b/.test(start)) return answer.problem('PS985', [host]);
  if (start === '') {
    // Writes may answer with nothing.
    return method === 'GET' && answer.path.startsWith('/ws/') ? answer.problem('PS935') : undefined;
  }
  if (type.includes('html') && !/^[{["]/.test(start)) return answer.problem('PS985', [host]);
  if (start.startsWith('<') && answer.path.startsWith('/ws/')) return answer.problem('PS986', [host]);
  if (method === 'GET') return undefined;

  const results = readRowResults(answer.text.body);
  const failed = results?.problems.filter((problem) => problem.status === 'ERROR') ?? [];
  if (results === undefined || failed.length === 0) return undefined;
  const first = failed[0];
  const said = first === undefined ? '' : `${first.row}: ${first.text || first.status}`;
  return answer.problem('PS984', [failed.length, results.rows, redactText(said).slice(0, MOST_MESSAGE)]);
}

function explainOtherWay(answer: Answer): ExplainedError {
  const target = redirectTarget(answer.response, answer.response.url);
  if (target === undefined) return answer.problem('PS989', [answer.host, answer.status, answer.message]);
  return target.origin === answer.response.url.origin
    ? answer.problem('PS989', [answer.host, answer.status, `redirect to ${target.pathname}`])
    : explainRedirect(answer.response.url, target);
}

function explainRefusal(answer: Answer): ExplainedError {
  return explainGrants(answer) ?? explainByText(answer) ?? explainByStatus(answer);
}

function explainGrants(answer: Answer): ExplainedError | undefined {
  const query = answer.powerQuery;
  const grants = readMissingGrants(answer.text.body, answer.method, query !== undefined);
  if (grants.length === 0) return undefined;
  const error =
    query === undefined
      ? answer.problem('PS950', [columns(grants), [...new Set(grants.map((grant) => grant.table))].join(', ')])
      : answer.problem('PS951', [query, grants.map((grant) => `${grant.table}.${grant.field}`).join(', ')]);
  return new MissingGrantsError(error, grants);
}

function columns(grants: readonly FieldGrant[]): string {
  const names = grants.map((grant) => grant.field);
  return names.length > 8 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more columns` : names.join(', ');
}

/** Sentences that PowerSchool is known to say. */
function explainByText(answer: Answer): ExplainedError | undefined {
  const { raw } = answer;
  const level = missingV1Level(raw);
  if (level !== undefined) return answer.problem('PS947', [level]);
  if (answer.text.oauthError === 'invalid_client') return answer.problem('PS941', [answer.host]);

  const invalid =
    answer.says(/Invalid field specified:\s*(.+?)\s+is not valid column/i) ??
    answer.says(/^Invalid field\s+(.+?)\s*$/i);
  if (invalid !== undefined) {
    const name = (invalid[1] ?? '').slice(0, MOST_MESSAGE);
    return /[;,]/.test(name) ? answer.problem('PS995', [name]) : answer.problem('PS953', [name]);
  }
  if (answer.says(/clob or blob/i) !== undefined) return answer.problem('PS954');
  if (answer.says(/passed for comparison|^Invalid (?:number|date|boolean|timestamp)\b/i) !== undefined) {
    return answer.problem('PS955', [answer.message]);
  }
  if (answer.says(/Use POST to insert/i) !== undefined) return answer.problem('PS959');
  if (answer.says(/Use PUT to update/i) !== undefined) return answer.problem('PS960');
  if (answer.says(/not allowed on table/i) !== undefined) return answer.problem('PS963');
  return undefined;
}

function explainByStatus(answer: Answer): ExplainedError {
  const { status, host, method, path, message } = answer;
  switch (status) {
    case 400:
      return explainBadRequest(answer);
    case 401:
      return answer.problem('PS946', [host]);
    case 403:
      return answer.problem('PS952', [host, message]);
    case 404:
      return explainNotFound(answer);
    case 405:
      if (answer.powerQuery !== undefined && method !== 'POST') return answer.problem('PS964');
      if (/^\/ws\/v1\/student\/[^/]+\/?$/.test(path)) return answer.problem('PS988');
      return answer.problem('PS965', [method]);
    case 409:
      return answer.problem('PS966', [describeErrors(answer.text.body) || message]);
    case 412:
      return answer.problem('PS967');
    case 415:
      return answer.problem('PS968');
    case 429:
      return answer.problem('PS969', [host, waitOf(answer)]);
    case 500:
      return answer.problem('PS980', [host]);
    case 502:
      return answer.problem('PS981', [host]);
    case 503:
      return answer.problem('PS982', [host]);
    case 504:
      return answer.problem('PS983', [host]);
    default:
      return answer.problem('PS989', [host, status, message]);
  }
}

function explainBadRequest(answer: Answer): ExplainedError {
  const { response, host, message, path, text } = answer;
  if (path.startsWith('/oauth/')) return answer.problem('PS942', [host, text.oauthError || message]);
  const reads = answer.method === 'GET' && answer.table && !/\/(?:count|metadata)\/?$/.test(path);
  if (reads && !response.url.searchParams.has('projection')) return answer.problem('PS994');
  const separators = response.url.searchParams.get('projection')?.includes(';') === true && answer.table;
  if (separators) return answer.problem('PS995', [response.url.searchParams.get('projection') ?? '']);
  return answer.problem('PS956', [host, message]);
}

function explainNotFound(answer: Answer): ExplainedError {
  const { path, host, method } = answer;
  if (answer.powerQuery !== undefined) return answer.problem('PS957', [answer.powerQuery]);
  if (answer.table) return answer.problem('PS958');
  if (path.startsWith('/oauth/')) return answer.problem('PS944', [answer.response.url.origin]);
  if (/^\/ws\/v1\/student\/[^/]+\/?$/.test(path) && !['GET', 'HEAD'].includes(method)) return answer.problem('PS988');
  const id = /^\/ws\/(?:v1|contacts|xte)\/(?:[a-z_/]+\/)?(-?\d+)(?:\/|$)/.exec(path)?.[1];
  return id === undefined ? answer.problem('PS962', [host]) : answer.problem('PS961', [id]);
}

function waitOf(answer: Answer): string {
  // A date in Retry-After is counted from the server's own clock.
  const { headers } = answer.response;
  const wait = retryAfter(answer.response, Date.parse(headerValue(headers, 'date') ?? '')) ?? waitInText(answer.raw);
  return wait === undefined || Number.isNaN(wait) ? 'a while' : `${Math.ceil(wait / 1000)} s`;
}
