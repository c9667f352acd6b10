import { bareHost, isLoopback, isLoopbackOrigin } from '../http/loopback.ts';
import { explain, type ExplainedError } from '../problem/explainedError.ts';
import { POWERSCHOOL_PROBLEMS } from './powerschoolProblems.ts';

/** What a typed address turned out to be. `problem` says why it is no server, or what must be confirmed first. */
export type ServerUrl =
  | { readonly kind: 'server'; readonly origin: string }
  /** Plain http away from this computer: usable once the user says so. */
  | { readonly kind: 'confirm'; readonly origin: string; readonly problem: ExplainedError }
  | { readonly kind: 'wrong'; readonly problem: ExplainedError };

const SCHOOLOGY = /(^|\.)schoology\.com$/;
const CLOUD_SIGN_IN =
  /^(?:login|signin|sso|auth|accounts?|id|identity|.*-?idp|message|naviance|support|help|community)\.powerschool\.com$/;

/**
 * Reads an address as people paste it: with or without scheme, with `/admin`, `/public` or `/ws/…` behind it. Keeps
 * scheme, host and port. A name without a dot is taken as it is, since district networks have such names.
 */
export function parseServerUrl(text: string): ServerUrl {
  const typed = text
    .trim()
    .replace(/^["'<]+|["'>]+$/g, '')
    .replaceAll('\\', '/');
  if (typed === '' || /\s/.test(typed)) return wrong('PS990', text.trim());

  const slashes = typed.replace(/^(https?):\/*/i, '$1://').replace(/^\/+/, '');
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(slashes)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') return wrong('PS990', typed);
  const full = scheme === undefined ? withScheme(slashes) : slashes;
  if (!URL.canParse(full)) return wrong('PS990', typed);

  const url = new URL(full);
  const host = url.hostname.toLowerCase().replace(/\.$/, '');
  if (!/[a-z0-9]/.test(bareHost(host)) || url.username !== '' || url.password !== '')
    return wrong('PS990', host || typed);
  if (SCHOOLOGY.test(host)) return wrong('PS992', host);
  if (CLOUD_SIGN_IN.test(host) || host === 'powerschool.com' || host === 'www.powerschool.com')
    return wrong('PS993', host);

  const origin = `${url.protocol}//${host}${url.port === '' ? '' : `:${url.port}`}`;
  if (url.protocol === 'http:' && !isLoopback(host)) {
    return { kind: 'confirm', origin, problem: explain(POWERSCHOOL_PROBLEMS, 'PS991', [origin]) };
  }
  return { kind: 'server', origin };
}

function wrong(code: 'PS990' | 'PS992' | 'PS993', argument: string): ServerUrl {
  return { kind: 'wrong', problem: explain(POWERSCHOOL_PROBLEMS, code, [argument]) };
}

/** https, except on this computer, where a sandbox speaks plain http. */
function withScheme(text: string): string {
  const https = `https://${text}`;
  return isLoopbackOrigin(https) ? `http://${text}` : https;
}
