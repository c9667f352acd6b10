import { phrase, type Phrase } from '../problem/phrase.ts';
/** Time and chance, as parameters. */
export interface DynamicSources {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** A variable that the tool makes: `{{$name args}}`. */
export interface DynamicVariable {
  readonly name: string;
  /** With its arguments, as documentation shows it. */
  readonly usage: string;
  readonly description: string;
  /** What is wrong with the arguments, as a sentence that says what to write. */
  readonly check: (args: string) => string | Phrase | undefined;
  /** Undefined for those that need more than time and chance. */
  readonly make: ((args: string, sources: DynamicSources) => string) | undefined;
}

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const OFFSET = /^(?:(-?\d+)\s+(ms|s|m|h|d|w|M|y))?$/;
const DATE = /^(iso8601|rfc1123)(?:\s+(-?\d+)\s+(ms|s|m|h|d|w|M|y))?$/;
const RANGE = /^(-?\d+)\s+(-?\d+)$/;

const guid: Omit<DynamicVariable, 'name' | 'usage'> = {
  description: 'A new random id (UUID version 4).',
  check: nothing('guid'),
  make: (_, { random }) => uuid(random),
};

/** In the order in which they are offered. */
export const DYNAMIC_VARIABLES: readonly DynamicVariable[] = [
  { name: '$guid', usage: '$guid', ...guid },
  { name: '$uuid', usage: '$uuid', ...guid, check: nothing('uuid') },
  { name: '$random.uuid', usage: '$random.uuid', ...guid, check: nothing('random.uuid') },
  {
    name: '$timestamp',
    usage: '$timestamp [-1 d]',
    description: 'The time in seconds since 1970, moved by an offset in ms, s, m, h, d, w, M or y.',
    check: (args) => (OFFSET.test(args) ? undefined : 'Write {{$timestamp}} or an offset such as {{$timestamp -1 d}}.'),
    make: (args, { now }) => {
      const [, amount, unit] = OFFSET.exec(args) ?? [];
      return String(Math.floor(moved(now(), amount, unit) / 1000));
    },
  },
  {
    name: '$isoTimestamp',
    usage: '$isoTimestamp',
    description: 'The time in UTC, such as 2026-08-24T07:30:00.000Z.',
    check: nothing('isoTimestamp'),
    make: (_, { now }) => new Date(now()).toISOString(),
  },
  {
    name: '$datetime',
    usage: '$datetime iso8601|rfc1123 [-1 d]',
    description: 'The time in UTC as ISO 8601 or as in HTTP headers, moved by an offset.',
    check: (args) => (DATE.test(args) ? undefined : 'Write {{$datetime iso8601}} or {{$datetime rfc1123 -1 d}}.'),
    make: (args, { now }) => {
      const [, format, amount, unit] = DATE.exec(args) ?? [];
      const date = new Date(moved(now(), amount, unit));
      return format === 'rfc1123' ? date.toUTCString() : date.toISOString();
    },
  },
  {
    name: '$randomInt',
    usage: '$randomInt min max',
    description: 'A random whole number from min up to max, without max itself.',
    check: (args) => {
      const bounds = rangeOf(args);
      return bounds !== undefined && bounds.min < bounds.max
        ? undefined
        : 'Write {{$randomInt 1 100}}: two whole numbers, the smaller one first.';
    },
    make: (args, { random }) => {
      const { min, max } = rangeOf(args) ?? { min: 0, max: 1 };
      return String(min + Math.floor(random() * (max - min)));
    },
  },
  {
    name: '$processEnv',
    usage: '$processEnv NAME',
    description: 'A variable of the environment; empty when it is not set. Sent only to the active server.',
    check: (args) =>
      /^[^\s{}]+$/.test(args) ? undefined : 'Name one variable of the environment: {{$processEnv NAME}}.',
    make: undefined,
  },
  {
    name: '$prompt',
    usage: '$prompt Question',
    description: 'Asks for the value each time the request runs.',
    check: (args) => (args === '' ? 'Write the question: {{$prompt Student number}}.' : undefined),
    make: undefined,
  },
];

export function dynamicVariable(name: string): DynamicVariable | undefined {
  return DYNAMIC_VARIABLES.find((variable) => variable.name === name);
}

/** What is wrong with `{{$name args}}`, as a sentence that says what to write. */
export function checkDynamic(name: string, args: string): Phrase | undefined {
  const known = dynamicVariable(name);
  const fault = known?.check(args);
  if (known !== undefined) return typeof fault === 'string' ? phrase(fault) : fault;
  return phrase('Use one of {0}.', DYNAMIC_VARIABLES.map((variable) => variable.name).join(', '));
}

function nothing(name: string): (args: string) => Phrase | undefined {
  return (args) => (args === '' ? undefined : phrase('Write {0} alone.', `{{$${name}}}`));
}

function rangeOf(args: string): { min: number; max: number } | undefined {
  if (args === '') return { min: 0, max: 1000 };
  const [, low, high] = RANGE.exec(args) ?? [];
  const min = Number(low);
  const max = Number(high);
  return Number.isSafeInteger(min) && Number.isSafeInteger(max) ? { min, max } : undefined;
}

function moved(time: number, amount: string | undefined, unit: string | undefined): number {
  if (amount === undefined || unit === undefined) return time;
  const count = Number(amount);
  const date = new Date(time);
  if (unit === 'M') return date.setUTCMonth(date.getUTCMonth() + count);
  if (unit === 'y') return date.setUTCFullYear(date.getUTCFullYear() + count);
  return time + count * (UNITS[unit] ?? 0);
}

function uuid(random: () => number): string {
  const bytes = Array.from({ length: 16 }, () => Math.floor(random() * 256));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
