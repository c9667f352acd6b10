import type { OptionSpec } from './commandSpec.ts';

/** Options of every command that talks to a server. */
export const SERVER_OPTIONS: readonly OptionSpec[] = [
  { name: 'url', value: 'URL', help: 'Server address; POWERSCHOOL_URL when left out' },
  { name: 'ca', value: 'FILE', help: 'Certificate authority of the server (PEM); POWERSCHOOL_CA_FILE when left out' },
  { name: 'secret-stdin', help: 'Read the Client Secret from standard input' },
  { name: 'plain-http', help: 'Allow an http:// server that is not on this computer' },
];

/**
 * A path as it was meant: Git's shell on Windows turns `/ws/…` into `C:/Program Files/Git/ws/…` before we see it.
 * A missing first slash is added; a whole address is left alone.
 */
export function apiPath(argument: string): string {
  const mangled = /^[A-Za-z]:[\\/].*?[\\/](ws[\\/].*)$/.exec(argument)?.[1];
  const path = mangled ?? argument;
  if (/^https?:\/\//i.test(path)) return path;
  return path.startsWith('/') ? path : `/${path}`;
}
