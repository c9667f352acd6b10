import { phrase, type Phrase } from '../problem/phrase.ts';
import type { Directive } from './requestFile.ts';

/** The directives of this language, in the order in which they are offered. */
export const DIRECTIVES = ['name', 'server', 'pages', 'timeout', 'expect'] as const;
export type DirectiveName = (typeof DIRECTIVES)[number];

/** Directives of REST Client, httpYac and JetBrains that are passed over here. */
export const OTHER_DIRECTIVES: ReadonlySet<string> = new Set([
  'note',
  'no-redirect',
  'prompt',
  'no-cookie-jar',
  'no-log',
  'no-auto-encoding',
  'use-os-credentials',
  'connection-timeout',
  'ref',
  'forceRef',
  'force-ref',
  'import',
  'disabled',
  'loop',
  'title',
  'description',
  'debug',
  'jwt',
  'save',
  'openWith',
  'extension',
  'language',
  'sleep',
  'noStreamingLog',
  'responseRef',
  'rateLimit',
  'proxy',
  'grpc-reflection',
  'verbose',
  'noRejectUnauthorized',
  'no-reject-unauthorized',
  'noClientCert',
  'no-client-cert',
  'injectVariables',
  'inject-variables',
  'keepStreaming',
  'ratelimit',
  'no-response-view',
  'noResponseView',
  'no-string-encode',
]);

/** Longer than anybody waits, and within what a timer can hold. */
const LONGEST = 2_147_483_647;

/** `N`, `N ms`, `N s` or `N m` in milliseconds; bare numbers are seconds. Undefined when it is none of these. */
export function readTimeout(text: string): number | undefined {
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)\s*(ms|s|m)?$/.exec(text) ?? [];
  if (amount === undefined) return undefined;
  const milliseconds = Math.round(Number(amount) * (unit === 'ms' ? 1 : unit === 's' ? 1000 : 60_000));
  return milliseconds > 0 && milliseconds <= LONGEST ? milliseconds : undefined;
}

/** What is wrong with a directive's value, as a sentence that says what to write. `@expect` is checked elsewhere. */
export function checkDirective(name: DirectiveName, value: string): Phrase | undefined {
  switch (name) {
    case 'name':
      return value === '' ? phrase('Write "# @name students", with a name of letters, digits and "_".') : undefined;
    case 'server':
      return value === '' ? phrase('Write the name of a server: "# @server Test".') : undefined;
    case 'pages':
      return value === 'all' ? undefined : phrase('Write "# @pages all".');
    case 'timeout':
      return readTimeout(value) === undefined
        ? phrase('Write a time such as "# @timeout 30" (seconds), "500 ms" or "2 m".')
        : undefined;
    case 'expect':
      break;
  }
  return undefined;
}

/** The value of the first directive of a name. */
export function directiveValue(directives: readonly Directive[], name: DirectiveName): string | undefined {
  return directives.find((directive) => directive.name.text === name)?.value.text;
}
