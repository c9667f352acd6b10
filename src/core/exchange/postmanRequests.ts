import { note, type ImportNote } from './importNote.ts';
import {
  descriptionText,
  scriptOf,
  valueText,
  type PostmanBody,
  type PostmanItem,
  type PostmanPair,
  type PostmanRequest,
  type PostmanUrl,
} from './postmanCollection.ts';
import type { PostmanNames } from './postmanNames.ts';
import { translateTests } from './postmanTests.ts';
import { requestName, type RequestDraft } from './requestText.ts';

export interface PostmanScope {
  readonly names: PostmanNames;
  readonly notes: ImportNote[];
  /** Names of requests in the file that is written. */
  readonly taken: Set<string>;
}

const BOUNDARY = 'boundary-of-this-form';

/** One request of a collection; undefined for the token request, which the sign-in of the server replaces. */
export function draftRequest(item: PostmanItem, scope: PostmanScope): RequestDraft | undefined {
  const { names, notes, taken } = scope;
  const title = item.name ?? 'Request';
  const request: PostmanRequest = typeof item.request === 'string' ? { url: item.request } : (item.request ?? {});
  const method = (request.method ?? 'GET').toUpperCase();
  const address = names.text(addressOf(request.url), title);
  const { target, onServer } = place(address);
  if (target.startsWith('/oauth/access_token')) {
    notes.push(note(title, 'Left out: the sign-in of the server gets the token.'));
    return undefined;
  }
  const comments: string[] = [];
  const described = descriptionText(request.description) || descriptionText(item.description);
  if (described !== '') comments.push(described);
  preRequest(item, title, onServer, comments, notes);
  const tests = translateTests(scriptOf(item.event, 'test'));
  if (tests.rest.length > 0) {
    notes.push(
      note(title, 'These lines of its tests have no translation and stand as comments: {0}', tests.rest.join(' ')),
    );
    comments.push('Test script of Postman that was not translated:', ...tests.rest);
  }
  const headers = headersOf(request, onServer, title, scope);
  const body = bodyOf(request.body ?? undefined, headers, title, scope);
  const name = requestName(title, taken);
  return {
    title,
    name,
    comments: comments.map(asComment),
    directives: tests.expectations.map((expectation) => `expect ${names.text(expectation, title)}`),
    method,
    target,
    headers,
    body,
    definitions: tests.captures.map(([variable, path]) => [
      names.variable(variable),
      `{{${name}.response.body.${path}}}`,
    ]),
  };
}

/** A comment that starts with `@` would be a directive. */
function asComment(comment: string): string {
  return comment.replace(/^@/gm, '(@)');
}

function addressOf(url: PostmanUrl | string | undefined): string {
  if (typeof url === 'string') return url;
  if (url === undefined) return '';
  const raw = url.raw ?? builtAddress(url);
  const [base = '', fragment = ''] = raw.split('#');
  const path = base.replace(/\?.*$/s, '').replace(/\/:([A-Za-z_][\w-]*)(?=\/|$)/g, (whole, name: string) => {
    const value = valueText(url.variable?.find(({ key }) => key === name)?.value);
    return value === '' ? `/{{${name}}}` : whole.replace(`:${name}`, value);
  });
  const query = url.query;
  if (query === undefined) return raw.replace(/^[^?#]*/, path);
  const pairs = query
    .filter(({ disabled }) => disabled !== true)
    .map(({ key, value }) =>
      value === undefined || value === null ? (key ?? '') : `${key ?? ''}=${valueText(value)}`,
    );
  return `${path}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}${fragment === '' ? '' : `#${fragment}`}`;
}

function builtAddress({ protocol, host, port, path }: PostmanUrl): string {
  const hostText = typeof host === 'string' ? host : (host ?? []).join('.');
  const pathText = typeof path === 'string' ? path : (path ?? []).map((part) => valueText(part)).join('/');
  const scheme = protocol === undefined || hostText.startsWith('{{') ? '' : `${protocol}://`;
  return `${scheme}${hostText}${port === undefined ? '' : `:${port}`}/${pathText.replace(/^\//, '')}`;
}

/** Names of the variables that stood for the server itself: nothing defines them any more. */
export const SERVER_VARIABLE = /^(?:base_?url|host|server|url|ps_?url|powerschool_?url)$/i;

/** An address of the PowerSchool API becomes a path: the active server takes the place of its host. */
function place(address: string): { target: string; onServer: boolean } {
  const path = address.trim().replace(/^(?:\{\{[^{}]*\}\}|(?:https?:\/\/)(?:\{\{[^{}]*\}\}|[^/?#{}])*)(?=\/)/i, '');
  const variable = /^\{\{\s*([^{}]*?)\s*\}\}\//.exec(address.trim())?.[1] ?? '';
  if (/^\/(?:ws|oauth|powerschool-ptg-api)\//.test(path) || SERVER_VARIABLE.test(variable))
    return { target: path, onServer: true };
  return { target: address.trim(), onServer: address.trim().startsWith('/') };
}

function preRequest(
  item: PostmanItem,
  title: string,
  onServer: boolean,
  comments: string[],
  notes: ImportNote[],
): void {
  const script = scriptOf(item.event, 'prerequest').filter((line) => line.trim() !== '');
  if (script.length === 0) return;
  if (isTokenScript(script)) {
    notes.push(
      note(
        title,
        onServer
          ? 'Its script for the token was left out: the sign-in of the server is used.'
          : 'Its script for a token was left out.',
      ),
    );
    return;
  }
  notes.push(note(title, 'Its pre-request script is kept as comments: scripts are not run here.'));
  comments.push('Pre-request script of Postman:', ...script);
}

/** The usual script that fetches an access token. */
export function isTokenScript(lines: readonly string[]): boolean {
  const script = lines.join('\n');
  return (
    /oauth\/access_token|access_token|grant_type|client_credentials/i.test(script) &&
    /sendRequest|pm\.(?:environment|collectionVariables|globals)\.set/.test(script)
  );
}

function headersOf(
  request: PostmanRequest,
  onServer: boolean,
  title: string,
  { names, notes }: PostmanScope,
): [string, string][] {
  const written =
    typeof request.header === 'string'
      ? request.header.split(/\r?\n/).map((line): PostmanPair => {
          const [, key = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
          return { key, value };
        })
      : (request.header ?? []);
  const headers: [string, string][] = [];
  for (const { key, value, disabled } of written) {
    const name = (key ?? '').trim();
    if (name === '' || disabled === true) continue;
    const text = names.text(valueText(value), title);
    const literal = !text.includes('{{');
    if (/^authorization$/i.test(name) && (onServer || literal)) {
      notes.push(
        note(
          title,
          onServer
            ? 'Its Authorization header was left out: the sign-in of the server is used.'
            : 'Its Authorization header was left out, because a credential does not belong into a file.',
        ),
      );
      continue;
    }
    if (/^(?:content-length|host|connection|postman-token)$/i.test(name)) continue;
    headers.push([name.replace(/\s+/g, '-'), text]);
  }
  const type = request.auth?.type;
  if (type !== undefined && type !== 'noauth' && type !== 'inherit' && !onServer) {
    notes.push(note(title, 'Its authorization ({0}) was not taken over: the address is not on the server.', type));
  }
  return headers;
}

function bodyOf(
  body: PostmanBody | undefined,
  headers: [string, string][],
  title: string,
  scope: PostmanScope,
): string | undefined {
  const { names, notes } = scope;
  const has = headers.some(([name]) => name.toLowerCase() === 'content-type');
  const setType = (type: string): void => {
    if (!has) headers.push(['Content-Type', type]);
  };
  if (body === undefined) return undefined;
  switch (body.mode ?? '') {
    case 'raw': {
      const raw = names.text(body.raw ?? '', title);
      if (raw.trim() === '') return undefined;
      const language = body.options?.raw?.language;
      if (language === 'json' || (language === undefined && /^\s*[[{]/.test(raw))) setType('application/json');
      else if (language === 'xml') setType('application/xml');
      if (/^(?:###|\s*(?:#|\/\/))/m.test(raw))
        notes.push(note(title, 'Lines of its body that start with # or // are comments here and are not sent.'));
      return raw.replace(/^###/gm, ' ###');
    }
    case 'urlencoded': {
      setType('application/x-www-form-urlencoded');
      const pairs = enabled(body.urlencoded).map(
        ({ key, value }) =>
          `${encodePart(names.text(key ?? '', title))}=${encodePart(names.text(valueText(value), title))}`,
      );
      return pairs.map((pair, index) => (index === 0 ? pair : `&${pair}`)).join('\n');
    }
    case 'formdata':
      return formData(enabled(body.formdata), headers, title, scope);
    case 'file': {
      const source = body.file?.src ?? '';
      notes.push(note(title, 'Put the file "{0}" beside the request file: its path was of another computer.', source));
      return `< ./${source.replace(/^.*[/\\]/, '')}`;
    }
    case 'graphql':
      notes.push(note(title, 'GraphQL is not supported; the body was left out.'));
      return undefined;
    default:
      return undefined;
  }
}

function formData(
  pairs: readonly PostmanPair[],
  headers: [string, string][],
  title: string,
  { names, notes }: PostmanScope,
): string {
  const at = headers.findIndex(([name]) => name.toLowerCase() === 'content-type');
  if (at >= 0) headers.splice(at, 1);
  headers.push(['Content-Type', `multipart/form-data; boundary=${BOUNDARY}`]);
  const lines: string[] = [];
  for (const { key, value, type, src } of pairs) {
    const name = names.text(key ?? '', title);
    lines.push(`--${BOUNDARY}`);
    if (type !== 'file') {
      lines.push(`Content-Disposition: form-data; name="${name}"`, '', names.text(valueText(value), title));
      continue;
    }
    const source = (typeof src === 'string' ? src : (src?.[0] ?? '')).replace(/^.*[/\\]/, '');
    notes.push(note(title, 'Put the file "{0}" beside the request file: its path was of another computer.', source));
    lines.push(`Content-Disposition: form-data; name="${name}"; filename="${source}"`, '', `< ./${source}`);
  }
  return [...lines, `--${BOUNDARY}--`].join('\n');
}

function enabled(pairs: readonly PostmanPair[] | undefined): readonly PostmanPair[] {
  return (pairs ?? []).filter(({ disabled }) => disabled !== true);
}

/** `&`, `=` and the like inside a part of a form; the rest is encoded when the request is sent. */
function encodePart(text: string): string {
  return text
    .split(/(\{\{[^{}]*\}\})/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[%&=+#\r\n]/g, encodeURIComponent)))
    .join('');
}
