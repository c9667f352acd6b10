import { contentType } from '../request/bodySyntax.ts';
import {
  isSecretHeader,
  jsonSecrets,
  pairSecrets,
  SECRET_VARIABLE,
  withoutCredentials,
} from '../request/credentialPatterns.ts';
import { checkDynamic, dynamicVariable, type DynamicSources } from '../request/dynamicVariables.ts';
import { environmentLayers, type EnvironmentFile, type EnvironmentLayer } from '../request/environment.ts';
import { FileVariables } from '../request/fileVariables.ts';
import type { RequestBody, RequestEntry, RequestFile } from '../request/requestFile.ts';
import { type VariableExpression, findVariableUses, readExpression } from '../request/variableUse.ts';
import { environmentName, mapText, tidy, type Template, type TemplatePart } from './template.ts';

/** A request as other languages need it: nothing secret, and what is not known yet is left to the environment. */
export interface ExportableRequest {
  readonly title: string;
  readonly method: string;
  readonly url: Template;
  readonly headers: readonly (readonly [name: string, value: Template])[];
  readonly body: ExportableBody | undefined;
  /** Sentences for whoever uses the code. */
  readonly notes: readonly string[];
}

export interface ExportableBody {
  readonly parts: readonly BodyPart[];
}

export type BodyPart =
  { readonly kind: 'text'; readonly text: Template } | { readonly kind: 'file'; readonly path: string };

export interface ExportOptions {
  /** Origin of the active server; without it the address comes from POWERSCHOOL_URL. */
  readonly origin?: string | undefined;
  readonly environments?: readonly EnvironmentFile[] | undefined;
  readonly environment?: string | undefined;
  readonly vars?: ReadonlyMap<string, string> | undefined;
  readonly dynamic: DynamicSources;
}

/** Variables of the environment that exported code reads. */
export const URL_VARIABLE = 'POWERSCHOOL_URL';
export const TOKEN_VARIABLE = 'POWERSCHOOL_TOKEN';

/**
 * Fills in what the file and the public environment say. Values from the private environment file, of the process, of
 * earlier answers and of questions become variables of the environment; so do literal credentials.
 */
export function toExportable(file: RequestFile, request: RequestEntry, options: ExportOptions): ExportableRequest {
  return new Exporter(file, request, options).export();
}

class Exporter {
  readonly #request: RequestEntry;
  readonly #options: ExportOptions;
  readonly #variables: FileVariables;
  readonly #layers: readonly EnvironmentLayer[];
  readonly #notes = new Set<string>();

  constructor(file: RequestFile, request: RequestEntry, options: ExportOptions) {
    this.#request = request;
    this.#options = options;
    this.#variables = new FileVariables(file);
    this.#layers = environmentLayers(options.environments ?? [], options.environment);
  }

  export(): ExportableRequest {
    const { name, title, method, target, headers, body } = this.#request;
    const url = this.#url();
    const onServer = this.#isOnServer(url);
    const sent = headers
      .filter(({ name }) => !/^(?:content-length|transfer-encoding|connection|host)$/i.test(name.text))
      .map(({ name, value }): [string, Template] => [
        name.text,
        this.#header(name.text, value.text, value.range.start),
      ]);
    const has = (wanted: string): boolean => sent.some(([header]) => header.toLowerCase() === wanted);
    if (onServer && !has('authorization')) sent.push(['Authorization', ['Bearer ', { env: TOKEN_VARIABLE }]]);
    if (onServer && !has('accept')) sent.push(['Accept', ['application/json']]);
    const exported = body === undefined ? undefined : this.#body(body);
    if (exported !== undefined && onServer && !has('content-type') && contentType(headers) === '') {
      sent.push(['Content-Type', ['application/json']]);
    }
    return {
      title: title?.text ?? name?.text ?? withoutCredentials(`${method.text} ${target.text.replace(/\?.*$/s, '')}`, ''),
      method: method.text,
      url: tidy(url),
      headers: sent,
      body: exported,
      notes: [...this.#notes],
    };
  }

  #url(): Template {
    const parts = this.#request.target.pieces.flatMap(({ text, range }) =>
      withoutSecrets(this.#fill(text, range.start)),
    );
    const [address] = parts;
    if (typeof address === 'string' && USER_INFO.test(address)) {
      parts[0] = address.replace(USER_INFO, '$1');
      this.#notes.add('The user name and password of the address were left out.');
    }
    const [first] = tidy(parts);
    const start = typeof first === 'string' ? first : '';
    const encoded = mapText(tidy(parts), encodeTarget);
    const { origin } = this.#options;
    if (start.startsWith('/')) return [origin ?? { env: URL_VARIABLE }, ...encoded];
    if (typeof first !== 'string' || /^https?:\/\//i.test(start)) return encoded;
    return ['http://', ...encoded];
  }

  #isOnServer(url: Template): boolean {
    const [first] = tidy(url);
    const { origin } = this.#options;
    if (first === undefined) return false;
    if (typeof first !== 'string') return first.env === URL_VARIABLE;
    return (
      origin !== undefined && (first === origin || first.startsWith(`${origin}/`) || first.startsWith(`${origin}?`))
    );
  }

  #header(name: string, value: string, offset: number): Template {
    const secret = isSecretHeader(name);
    if (!secret || value.includes('{{')) return tidy(this.#fill(value, offset, secret));
    const scheme = /^(Bearer|Basic)\s/i.exec(value)?.[1];
    const env = scheme === 'Bearer' ? TOKEN_VARIABLE : environmentName(name);
    return scheme === undefined ? [{ env }] : [`${scheme} `, { env }];
  }

  #body(body: RequestBody): ExportableBody {
    const lineEnd = body.kind === 'multipart' ? '\r\n' : '\n';
    const parts: BodyPart[] = [];
    let text: TemplatePart[] = [];
    const flush = (): void => {
      if (text.length > 0) parts.push({ kind: 'text', text: tidy(text) });
      text = [];
    };
    for (const [index, line] of body.lines.entries()) {
      const last = index === body.lines.length - 1;
      if (line.kind === 'include') {
        flush();
        if (line.substitute) this.#notes.add(`Variables in ${line.path.text} are not replaced.`);
        parts.push({ kind: 'file', path: line.path.text });
        if (!last && body.kind !== 'form') text.push(lineEnd);
        continue;
      }
      const filled = this.#fill(body.kind === 'form' ? line.text.trim() : line.text, line.range.start);
      const next = body.lines[index + 1];
      const joined =
        body.kind === 'form' &&
        next?.kind === 'text' &&
        (next.text.trim().startsWith('&') || line.text.trim().endsWith('&'));
      const safe = withoutSecrets(filled);
      text.push(...(body.kind === 'form' ? mapText(safe, encodeFormText) : safe));
      if (!last && !joined) text.push(body.kind === 'form' ? '%0A' : lineEnd);
    }
    flush();
    return { parts };
  }

  /** @param secret true where any literal value would be a credential. */
  #fill(text: string, offset: number, secret = false, depth = 0): TemplatePart[] {
    const parts: TemplatePart[] = [];
    let at = 0;
    for (const { range, inner } of findVariableUses(text)) {
      parts.push(
        text.slice(at, range.start),
        ...this.#value(readExpression(inner.text), inner.text, offset + range.start, secret, depth),
      );
      at = range.end;
    }
    return [...parts, text.slice(at)];
  }

  #value(
    expression: VariableExpression,
    written: string,
    offset: number,
    secret: boolean,
    depth: number,
  ): TemplatePart[] {
    switch (expression.kind) {
      case 'malformed':
        return [{ env: environmentName(written) }];
      case 'response':
        this.#notes.add(
          `${environmentName(`${expression.request} ${expression.path}`)} comes from the answer of "${expression.request}".`,
        );
        return [{ env: environmentName(`${expression.request} ${expression.path}`) }];
      case 'dynamic':
        return this.#dynamic(expression.name, expression.args);
      case 'name':
        break;
    }
    return this.#named(expression.name, offset, secret, depth);
  }

  #dynamic(name: string, args: string): TemplatePart[] {
    const made =
      checkDynamic(name, args) === undefined ? dynamicVariable(name)?.make?.(args, this.#options.dynamic) : undefined;
    if (made !== undefined) return [made];
    return [{ env: environmentName(args === '' ? name : args) }];
  }

  #named(name: string, offset: number, secret: boolean, depth: number): TemplatePart[] {
    const unknown = [{ env: environmentName(name) }];
    if (depth > 20) return unknown;
    const override = this.#options.vars?.get(name);
    const isSecret = secret || SECRET_VARIABLE.test(name);
    if (override !== undefined) return isSecret ? unknown : [override];
    const definition = this.#variables.find(name, offset);
    if (definition !== undefined) {
      const { text, range } = definition.value;
      return isSecret && !text.includes('{{') ? unknown : this.#fill(text, range.start, isSecret, depth + 1);
    }
    const layer = this.#layers.find(({ values }) => values.has(name));
    const value = layer?.values.get(name);
    if (layer === undefined || value === undefined || layer.file.private || isSecret) return unknown;
    return this.#fill(value, offset, isSecret, depth + 1);
  }
}

const USER_INFO = /^(https?:\/\/)[^/?#]*@/i;

/** Literal credentials become variables of the environment. */
function withoutSecrets(parts: readonly TemplatePart[]): TemplatePart[] {
  return parts.flatMap((part): TemplatePart[] => {
    if (typeof part !== 'string' || !/secret|token|passw|key/i.test(part)) return [part];
    const result: TemplatePart[] = [];
    let at = 0;
    const found = [...jsonSecrets(part), ...pairSecrets(part)].sort((a, b) => a.index - b.index);
    for (const { 0: whole, 1: before = '', index } of found) {
      const key = /(\w+)"?\s*[:=]/.exec(before)?.[1] ?? 'secret';
      result.push(part.slice(at, index + before.length), { env: environmentName(key) });
      at = index + whole.length;
    }
    return [...result, part.slice(at)];
  });
}

/** What a URL cannot hold, percent-encoded; percent signs stay. */
function encodeTarget(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\u0021\u0023-\u003b\u003d\u003f-\u005b\u005d\u005f\u0061-\u007a\u007e]/gu, encodeURIComponent);
}

function encodeFormText(text: string): string {
  return text
    .toWellFormed()
    .split(/(%[0-9A-Fa-f]{2})/)
    .map((piece, index) => (index % 2 === 1 ? piece : encodeURI(piece)))
    .join('');
}
