import { note, type ImportNote } from './importNote.ts';
import { writeRequest } from './requestText.ts';
import { shellWords } from './shellWords.ts';

export interface CurlImport {
  /** The request as text of a `.ps.http` file. */
  readonly text: string;
  readonly notes: readonly ImportNote[];
}

/** Options that take a value and change nothing that is kept. */
const PASSED_OVER_WITH_VALUE = new Set(
  '-o --output -w --write-out -x --proxy -m --max-time --connect-timeout -c --cookie-jar -E --cert --key --cacert --capath -T --upload-file --retry --retry-delay -y -Y --resolve --interface -r --range -D --dump-header --ciphers --limit-rate -K --config -C --continue-at --max-redirs --proxy-user -U --trace --trace-ascii --stderr'.split(
    ' ',
  ),
);

interface Parsed {
  method: string | undefined;
  url: string | undefined;
  readonly headers: [string, string][];
  readonly data: string[];
  readonly form: string[];
  asQuery: boolean;
  json: boolean;
  readonly notes: ImportNote[];
}

/**
 * Reads a curl command, as documentation and browsers write it, into a request. Undefined when it is none.
 * @param origin of the active server: an address on it becomes a path, and credentials for it are left out.
 */
export function fromCurl(command: string, origin?: string): CurlImport | undefined {
  const words = shellWords(command.trim().replace(/^\$\s+/, ''));
  if (!/^(?:.*[/\\])?curl(?:\.exe)?$/i.test(words[0] ?? '')) return undefined;
  const parsed = readOptions(words.slice(1));
  if (parsed.url === undefined) return undefined;
  const { target, onServer } = placeTarget(parsed, origin);
  const headers = parsed.headers.filter(([name]) => keepHeader(name, onServer, parsed));
  const body = bodyOf(parsed, headers);
  const method = parsed.method ?? (body === undefined ? 'GET' : 'POST');
  const title = `${method} ${target.replace(/^https?:\/\/[^/]*/, '').replace(/\?.*$/s, '')}`;
  const text = writeRequest({ title, comments: [], directives: [], method, target, headers, body });
  return { text, notes: parsed.notes };
}

function readOptions(words: readonly string[]): Parsed {
  const parsed: Parsed = {
    method: undefined,
    url: undefined,
    headers: [],
    data: [],
    form: [],
    asQuery: false,
    json: false,
    notes: [],
  };
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('-') || word === '-') {
      parsed.url ??= word;
      continue;
    }
    const joined = /^(--[\w-]+)=(.*)$/s.exec(word);
    const short = /^-([a-zA-Z#])(.+)$/s.exec(word);
    if (joined !== null) {
      rest.unshift(joined[2] ?? '');
      readOption(joined[1] ?? '', rest, parsed);
    } else if (short !== null && !word.startsWith('--')) {
      // `-XPOST`, `-sSL`
      const flag = `-${short[1] ?? ''}`;
      rest.unshift(takesValue(flag) ? (short[2] ?? '') : `-${short[2] ?? ''}`);
      readOption(flag, rest, parsed);
    } else readOption(word, rest, parsed);
  }
  return parsed;
}

const WITH_VALUE = new Set(
  '-X --request -H --header -d --data --data-raw --data-binary --data-ascii --data-urlencode -F --form --form-string -u --user --url -b --cookie -A --user-agent -e --referer --json --oauth2-bearer --url-query'.split(
    ' ',
  ),
);

function takesValue(option: string): boolean {
  return WITH_VALUE.has(option) || PASSED_OVER_WITH_VALUE.has(option);
}

function readOption(option: string, rest: string[], parsed: Parsed): void {
  const value = takesValue(option) ? (rest.shift() ?? '') : '';
  switch (option) {
    case '-X':
    case '--request':
      parsed.method = value.toUpperCase();
      break;
    case '-H':
    case '--header': {
      const [, name = '', text = ''] = /^([^:;]+)[:;]\s*(.*)$/s.exec(value) ?? [];
      if (name !== '') parsed.headers.push([name.trim(), text.trim()]);
      break;
    }
    case '-d':
    case '--data':
    case '--data-ascii':
      parsed.data.push(value.startsWith('@') ? value : value.replace(/[\r\n]/g, (unit) => (unit === '\r' ? '' : '\n')));
      break;
    case '--data-raw':
      parsed.data.push(value.startsWith('@') ? `\\${value}` : value);
      break;
    case '--data-binary':
      parsed.data.push(value);
      break;
    case '--json':
      parsed.json = true;
      parsed.data.push(value);
      break;
    case '--data-urlencode':
      parsed.data.push(urlEncoded(value));
      break;
    case '-F':
    case '--form':
    case '--form-string':
      parsed.form.push(value);
      break;
    case '-G':
    case '--get':
      parsed.asQuery = true;
      break;
    case '-I':
    case '--head':
      parsed.method = 'HEAD';
      break;
    case '--url':
      parsed.url = value;
      break;
    case '-b':
    case '--cookie':
      parsed.headers.push(['Cookie', value]);
      break;
    case '-A':
    case '--user-agent':
      parsed.headers.push(['User-Agent', value]);
      break;
    case '-e':
    case '--referer':
      parsed.headers.push(['Referer', value]);
      break;
    case '-u':
    case '--user':
      parsed.headers.push(['Authorization', 'Basic']);
      break;
    case '--oauth2-bearer':
      parsed.headers.push(['Authorization', 'Bearer']);
      break;
    case '-k':
    case '--insecure':
      parsed.notes.push(
        note('curl', 'Certificate checks are never switched off here; give the server a CA file instead.'),
      );
      break;
    default:
      break;
  }
}

function urlEncoded(value: string): string {
  const [, name, text] = /^([^=@]*)=(.*)$/s.exec(value) ?? [undefined, undefined, value];
  return name === undefined || name === ''
    ? encodeURIComponent(text ?? '')
    : `${name}=${encodeURIComponent(text ?? '')}`;
}

function placeTarget(parsed: Parsed, origin: string | undefined): { target: string; onServer: boolean } {
  let target = parsed.url ?? '';
  if (!/^https?:\/\//i.test(target)) target = `http://${target}`;
  if (parsed.asQuery && parsed.data.length > 0) {
    target += `${target.includes('?') ? '&' : '?'}${parsed.data.splice(0).join('&')}`;
  }
  target = target.replace(/^(https?:\/\/)[^/?#]*@/i, '$1');
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '');
  const own = origin !== undefined && URL.canParse(target) && new URL(target).origin === origin;
  const onServer = own || /^\/(?:ws|oauth)\//.test(path);
  return { target: onServer ? path : target, onServer };
}

/** Credentials do not come along: the server's own sign-in takes their place. */
function keepHeader(name: string, onServer: boolean, parsed: Parsed): boolean {
  if (/^(?:content-length|host|connection|accept-encoding)$/i.test(name)) return false;
  if (!/^(?:authorization|cookie|x-api-key|api-key|x-auth-token|proxy-authorization)$/i.test(name)) return true;
  parsed.notes.push(
    onServer
      ? note(name, 'Left out: the sign-in of the server is used.')
      : note(
          name,
          'Left out, because a credential does not belong into a file. Add it with {0}.',
          '{{$processEnv NAME}}',
        ),
  );
  return false;
}

const BOUNDARY = 'boundary-of-this-form';

function bodyOf(parsed: Parsed, headers: [string, string][]): string | undefined {
  const has = (wanted: string): boolean => headers.some(([name]) => name.toLowerCase() === wanted);
  if (parsed.form.length > 0) {
    headers.push(['Content-Type', `multipart/form-data; boundary=${BOUNDARY}`]);
    return multipart(parsed.form);
  }
  if (parsed.data.length === 0) return undefined;
  if (parsed.json) {
    if (!has('content-type')) headers.push(['Content-Type', 'application/json']);
    if (!has('accept')) headers.push(['Accept', 'application/json']);
  }
  if (!has('content-type')) headers.push(['Content-Type', 'application/x-www-form-urlencoded']);
  const [only = ''] = parsed.data;
  if (parsed.data.length === 1 && only.startsWith('@')) return `< ${only.slice(1)}`;
  return parsed.data.map((piece) => piece.replace(/^\\@/, '@')).join(parsed.json ? '' : '&');
}

function multipart(fields: readonly string[]): string {
  const lines: string[] = [];
  for (const field of fields) {
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(field) ?? [];
    const file = /^[@<]([^;]*)/.exec(value)?.[1];
    lines.push(`--${BOUNDARY}`);
    if (file === undefined) lines.push(`Content-Disposition: form-data; name="${name}"`, '', value);
    else
      lines.push(
        `Content-Disposition: form-data; name="${name}"; filename="${file.replace(/^.*[/\\]/, '')}"`,
        '',
        `< ${file}`,
      );
  }
  return [...lines, `--${BOUNDARY}--`].join('\n');
}
