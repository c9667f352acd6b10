import { emptyAnswer, jsonAnswer, type Answer } from '../server/answer.ts';
import type { Call } from '../server/call.ts';

/**
 * `POST /oauth/access_token`: client credentials by HTTP Basic and a form body only.
 * A wrong client is 401 `invalid_client`; other faults are 400 in the usual OAuth shape.
 */
export function answerAccessToken(call: Call): Answer {
  const credentials = basicCredentials(headerText(call, 'authorization'));
  const plugin = credentials === undefined ? undefined : call.sandbox.tokens.pluginOf(credentials);
  if (plugin === undefined) return jsonAnswer({ error: 'invalid_client' }, 401);
  const type = headerText(call, 'content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') {
    return oauthError('invalid_request', 'The body must be application/x-www-form-urlencoded');
  }
  const grant = new URLSearchParams(new TextDecoder().decode(call.body)).get('grant_type');
  if (grant === null || grant === '') return oauthError('invalid_request', 'Missing grant_type');
  if (grant !== 'client_credentials') return oauthError('unsupported_grant_type', `Unsupported grant_type ${grant}`);
  const token = call.sandbox.tokens.issue(plugin);
  return {
    ...jsonAnswer({ access_token: token.value, token_type: 'Bearer', expires_in: String(token.expiresIn) }),
    headers: { 'Cache-Control': 'no-store' },
  };
}

/** 401 for a token that is over or was never given; the body is empty, the header says why. */
export function tokenRefusal(state: 'expired' | 'unknown'): Answer {
  const description = state === 'expired' ? 'The access token has expired' : 'The access token is invalid';
  return emptyAnswer(401, {
    'WWW-Authenticate': `Bearer error="invalid_token",realm="PowerSchool",error_description="${description}"`,
  });
}

/** The value after `Bearer`, or undefined. */
export function bearerToken(header: string | undefined): string | undefined {
  return /^Bearer\s+(\S+)\s*$/i.exec(header ?? '')?.[1];
}

function basicCredentials(header: string | undefined): { clientId: string; clientSecret: string } | undefined {
  const encoded = /^Basic\s+(\S+)\s*$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return undefined;
  return { clientId: text.slice(0, colon), clientSecret: text.slice(colon + 1) };
}

function oauthError(error: string, description: string): Answer {
  return jsonAnswer({ error, error_description: description }, 400);
}

function headerText(call: Call, name: string): string | undefined {
  const value = call.headers[name];
  return typeof value === 'string' ? value : undefined;
}
