import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { checkout } from '../checkout.ts';

/** A test that failed. */
export interface Failure {
  /** From the outermost suite inwards, with ` › ` between. */
  readonly name: string;
  /** The message with the stack below it, as the error has it. */
  readonly error: string;
}

const MESSAGE_LINES = 12;
const STACK_LINES = 4;
const LONGEST_LINE = 300;

/** The whole text of what was thrown, with its causes. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause === undefined ? own : `${own}\nCaused by ${errorText(error.cause)}`;
}

/** A failed test in a few lines: its name, what was said, and the lines of the project that led there. */
export function sayFailure({ name, error }: Failure): string {
  const lines = stripVTControlCharacters(error).split(/\r?\n/);
  const message = lines.filter((line) => !isFrame(line) && line.trim() !== '');
  const frames = lines.filter((line) => isFrame(line) && isOwn(line)).map((line) => fromCheckout(line.trim()));
  return [
    `  ✖ ${name}`,
    ...message.slice(0, MESSAGE_LINES).map((line) => `    ${line.trimEnd().slice(0, LONGEST_LINE)}`),
    ...(message.length > MESSAGE_LINES ? ['    …'] : []),
    ...frames.slice(0, STACK_LINES).map((line) => `      ${line}`),
  ].join('\n');
}

function isFrame(line: string): boolean {
  return /^\s+at /.test(line);
}

/** In the files of this checkout, which are no packages and no part of Node. */
function isOwn(frame: string): boolean {
  const inCheckout = [checkout, checkout.replaceAll(path.sep, '/')].some((folder) => frame.includes(folder));
  return inCheckout && !frame.includes('node_modules');
}

function fromCheckout(frame: string): string {
  return frame
    .replaceAll('file:///', path.sep === '/' ? '/' : '')
    .replaceAll(checkout + path.sep, '')
    .replaceAll(`${checkout.replaceAll(path.sep, '/')}/`, '');
}
