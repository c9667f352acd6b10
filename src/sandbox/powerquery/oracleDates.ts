/**
 * Oracle dates as the sandbox stores them: ISO text, `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`. Inside this file a date is
 * milliseconds since 1970, read as if it were UTC: Oracle's DATE has no zone.
 */

const DAY = 86_400_000;
const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?Z?)?$/;
const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const ELEMENTS =
  /"[^"]*"|FM|SYYYY|YYYY|RRRR|IYYY|YYY|YY|RR|Y|MONTH|MON|MM|DDD|DD|DAY|DY|D|HH24|HH12|HH|MI|SSSSS|SS|[AP]\.?M\.?|Q|WW|IW|W|J|FF\d?|[^A-Za-z]|[A-Za-z]+/gi;

/** The date in a value, or undefined when it holds none. */
export function dateOf(value: unknown): number | undefined {
  const found = typeof value === 'string' ? ISO.exec(value) : null;
  if (found === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1)
    .map((part) => Number(part ?? 0));
  const date = Date.UTC(year, month - 1, day, hour, minute, second);
  return new Date(date).getUTCDate() === day ? date : undefined;
}

/** As it is stored; midnight is a date alone, so that texts compare like dates. */
export function dateText(date: number): string {
  const iso = new Date(Math.round(date / 1000) * 1000).toISOString();
  return iso.slice(11, 19) === '00:00:00' ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ');
}

/** Date plus days, or plain addition. */
export function add(left: unknown, right: unknown): number | string {
  const [a, b] = [dateOf(left), dateOf(right)];
  if (a !== undefined) return dateText(a + Number(right) * DAY);
  return b === undefined ? Number(left) + Number(right) : dateText(b + Number(left) * DAY);
}

/** Days between two dates, date minus days, or plain subtraction. */
export function subtract(left: unknown, right: unknown): number | string {
  const [a, b] = [dateOf(left), dateOf(right)];
  if (a === undefined) return Number(left) - Number(right);
  return b === undefined ? dateText(a - Number(right) * DAY) : (a - b) / DAY;
}

const atMidnight = (date: number): number => Math.floor(date / DAY) * DAY;
const year = (date: number): number => new Date(date).getUTCFullYear();
const month = (date: number): number => new Date(date).getUTCMonth();
const day = (date: number): number => new Date(date).getUTCDate();
const hour = (date: number): number => new Date(date).getUTCHours();
const lastDayOf = (year: number, month: number): number => day(Date.UTC(year, month + 1, 0));
const monday = (date: number): number => atMidnight(date) - ((new Date(date).getUTCDay() + 6) % 7) * DAY;
const dayOfYear = (date: number): number => (atMidnight(date) - Date.UTC(year(date), 0)) / DAY + 1;

/** The last day of a month stays a last day (Oracle's rule). */
export function addMonths(date: number, months: number): number {
  const [last, target] = [lastDayOf(year(date), month(date)), lastDayOf(year(date), month(date) + Math.trunc(months))];
  const to = day(date) === last ? target : Math.min(day(date), target);
  return Date.UTC(year(date), month(date) + Math.trunc(months), to) + (date - atMidnight(date));
}

/** Whole months when both are the same day of a month or both last days, else with 31sts. */
export function monthsBetween(left: number, right: number): number {
  const months = (year(left) - year(right)) * 12 + month(left) - month(right);
  const last = (date: number): boolean => day(date) === lastDayOf(year(date), month(date));
  if (day(left) === day(right) || (last(left) && last(right))) return months;
  return months + ((left % DAY) - (right % DAY) + (day(left) - day(right)) * DAY) / (31 * DAY);
}

export function lastDay(date: number): number {
  return date + (lastDayOf(year(date), month(date)) - day(date)) * DAY;
}

/** The next day of that name after a date. Throws for an unknown name. */
export function nextDay(date: number, name: string): number {
  const wanted = DAYS.findIndex((day) => day.toUpperCase().startsWith(name.trim().toUpperCase().slice(0, 3)));
  if (wanted < 0) throw new Error(`NEXT_DAY knows no day ${name}.`);
  return date + ((wanted - new Date(date).getUTCDay() + 6) % 7) * DAY + DAY;
}

const UNITS: readonly (readonly [names: string, start: (date: number) => number])[] = [
  ['DD DDD J', atMidnight],
  ['MM MON MONTH', (date) => Date.UTC(year(date), month(date))],
  ['Q', (date) => Date.UTC(year(date), month(date) - (month(date) % 3))],
  ['Y YY YYYY YEAR', (date) => Date.UTC(year(date), 0)],
  ['D DY DAY', (date) => atMidnight(date) - new Date(date).getUTCDay() * DAY],
  ['IW', monday],
  ['HH HH24', (date) => date - (date % 3_600_000)],
  ['MI', (date) => date - (date % 60_000)],
];

/** TRUNC of a date to a unit. Throws for an unknown one. */
export function truncateDate(date: number, unit = 'DD'): number {
  const found = UNITS.find(([names]) => names.split(' ').includes(unit.toUpperCase()));
  if (found === undefined) throw new Error(`TRUNC knows no unit ${unit} here.`);
  return found[1](date);
}

/** Format elements (and EXTRACT's names) that are numbers, with their width. */
const PARTS: readonly (readonly [names: string, width: number, part: (date: number) => number])[] = [
  ['YYYY SYYYY RRRR YEAR', 4, year],
  ['YYY', 3, (date) => year(date) % 1000],
  ['YY RR', 2, (date) => year(date) % 100],
  ['Y', 1, (date) => year(date) % 10],
  ['IYYY', 4, (date) => year(monday(date) + 3 * DAY)],
  ['MM MONTH', 2, (date) => month(date) + 1],
  ['DD DAY', 2, day],
  ['DDD', 3, dayOfYear],
  ['D', 1, (date) => new Date(date).getUTCDay() + 1],
  ['HH24 HOUR', 2, hour],
  ['HH HH12', 2, (date) => hour(date) % 12 || 12],
  ['MI MINUTE', 2, (date) => new Date(date).getUTCMinutes()],
  ['SS SECOND', 2, (date) => new Date(date).getUTCSeconds()],
  ['SSSSS', 5, (date) => (date - atMidnight(date)) / 1000],
  ['Q', 1, (date) => Math.floor(month(date) / 3) + 1],
  ['WW', 2, (date) => Math.ceil(dayOfYear(date) / 7)],
  ['IW', 2, (date) => Math.ceil(dayOfYear(monday(date) + 3 * DAY) / 7)],
  ['W', 1, (date) => Math.ceil(day(date) / 7)],
  ['J', 7, (date) => atMidnight(date) / DAY + 2_440_588],
];

function partOf(element: string): (typeof PARTS)[number] {
  const found = PARTS.find(([names]) => names.split(' ').includes(element));
  if (found === undefined) throw new Error(`The date format element ${element} is not supported.`);
  return found;
}

/** One part of a date, by its format element or EXTRACT's name for it. */
export function datePart(date: number, element: string): number {
  return partOf(element)[2](date);
}

/** The spelling of a name follows the element: MON, Mon, mon. */
function inCaseOf(element: string, name: string): string {
  if (element === element.toLowerCase()) return name.toLowerCase();
  return element.charAt(1) === element.charAt(1).toLowerCase() ? name : name.toUpperCase();
}

/** TO_CHAR of a date. Throws for an element it does not know. */
export function formatDate(date: number, mask: string): string {
  let filled = true;
  let text = '';
  for (const element of mask.match(ELEMENTS) ?? []) {
    const name = element.toUpperCase();
    const names = name.startsWith('D') ? DAYS[new Date(date).getUTCDay()] : MONTHS[month(date)];
    if (name === 'FM') filled = !filled;
    else if (name.startsWith('"')) text += element.slice(1, -1);
    else if (/^(MON|DY)$/.test(name)) text += inCaseOf(element, names?.slice(0, 3) ?? '');
    else if (/^(MONTH|DAY)$/.test(name)) text += inCaseOf(element, names ?? '').padEnd(filled ? 9 : 0);
    else if (/^[AP]\.?M/.test(name)) text += inCaseOf(element, (hour(date) < 12 ? 'A' : 'P') + name.slice(1));
    else if (/^FF\d?$/.test(name)) text += '0'.repeat(Number(name.slice(2) || 6));
    else if (/^[A-Z]/.test(name)) text += String(datePart(date, name)).padStart(filled ? partOf(name)[1] : 0, '0');
    else text += element;
  }
  return text;
}

/** What an element reads, and the part of the date it fills. */
const READERS: readonly (readonly [element: RegExp, text: RegExp, part: string])[] = [
  [/^(S?YYYY|RRRR|RR|YY)$/, /^\d{1,4}/, 'year'],
  [/^MM$/, /^\d{1,2}/, 'month'],
  [/^MON(TH)?$/, /^[A-Za-z]+/, 'name'],
  [/^DD$/, /^\d{1,2}/, 'day'],
  [/^J$/, /^\d+/, 'julian'],
  [/^HH(24|12)?$/, /^\d{1,2}/, 'hour'],
  [/^MI$/, /^\d{1,2}/, 'minute'],
  [/^SS$/, /^\d{1,2}/, 'second'],
  [/^[AP]\.?M\.?$/, /^[ap]\.?m\.?/i, 'half'],
  [/^(DAY|DY)$/, /^[A-Za-z]+/, 'weekday'],
  [/^FF\d?$/, /^\d+/, 'fraction'],
  [/^[^A-Z]/, /^[^A-Za-z0-9]?/, 'sign'],
  [/^FM$/, /^/, 'sign'],
];

/**
 * TO_DATE. Reads the masks that `formatDate` writes; throws when the text does not fit, as Oracle does.
 * Year and month come from `now` when the mask has none.
 */
export function readDate(value: string, mask: string, now: number): string {
  const misfit = new Error(`The text “${value}” is no date in the format ${mask}.`);
  const parts: Record<string, string> = {};
  let rest = value.trim();
  for (const element of mask.match(ELEMENTS) ?? []) {
    const reader = READERS.find(([pattern]) => pattern.test(element.toUpperCase()));
    if (reader === undefined) throw new Error(`The date format element ${element} is not supported.`);
    const found = rest === '' && reader[2] !== 'sign' ? undefined : reader[1].exec(rest)?.[0];
    if (found === undefined && rest !== '') throw misfit;
    if (found === undefined) break;
    parts[reader[2]] = found;
    rest = rest.slice(found.length);
  }
  if (parts['julian'] !== undefined) return dateText((Number(parts['julian']) - 2_440_588) * DAY);
  const number = (name: string, otherwise: number): number => Number(parts[name] ?? otherwise);
  const given = number('year', year(now));
  const century = /YY/i.test(mask) || given < 50 ? 2000 : 1900;
  const start = parts['name']?.slice(0, 3).toUpperCase();
  const named = start === undefined ? -1 : MONTHS.findIndex((name) => name.toUpperCase().startsWith(start));
  const [fullYear, ofYear] = [
    given < 100 ? century + given : given,
    start === undefined ? number('month', month(now) + 1) : named + 1,
  ];
  const clock =
    parts['half'] === undefined ? number('hour', 0) : (number('hour', 0) % 12) + (/^p/i.test(parts['half']) ? 12 : 0);
  const [ofMonth, minute, second] = [number('day', 1), number('minute', 0), number('second', 0)];
  const valid = ofYear >= 1 && ofYear <= 12 && ofMonth >= 1 && ofMonth <= lastDayOf(fullYear, ofYear - 1) && clock < 24;
  if (!valid || rest.trim() !== '' || minute > 59 || second > 59) throw misfit;
  return dateText(Date.UTC(fullYear, ofYear - 1, ofMonth, clock, minute, second));
}
