import { curlBody, formField, type CurlData } from './curlBody.ts';
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
  '-o --output -w --write-out -x --proxy -m --max-time -c --cookie-jar -E --cert --key --cacert --capath --retry --retry-delay -y -Y -z --resolve --interface -r --range -D --dump-header --ciphers --limit-rate -K --config -C --continue-at --max-redirs -U --trace --trace-ascii --stderr'.split(
    ' ',
  ),
);
const PASSED_OVER_FAMILIES =
  /^--(?!tftp-no-)(?:.*-(?:ciphers|cond|dir|file|max|mode|options|port|socket|target|timeout(?:-ms)?|to|type)|(?:retry-max|keepalive|speed)-time|speed-limit|(?:pre|no)proxy|proxy1\.0|proxy-(?:c(?!a-)|header|key|pass|pin|service|tls(?!v)|user).*|socks[45]a?(?:-hostname|-gssapi-service)?|dns-.*|doh-url|etag-.*|proto.*|tls(?:authtype|password|user)|pass|.*pubkey|alt-svc|aws-sigv4|crlfile|curves|delegation|engine|hsts|libcurl|max-filesize|rate|service-name)$/;

interface Parsed extends CurlData {
  method: string | undefined;
  /** Words that are no options: one of them is the address. */
  readonly words: string[];
  readonly headers: [string, string][];
  readonly query: string[];
  asQuery: boolean;
  json: boolean;
}

/**
 * Reads a curl command, as documentation and browsers write it, into a request. Undefined when it is none.
 * @param origin of the active server: an address on it becomes a path, and credentials for it are left out.
 */
export function fromCurl(command: string, origin?: string): CurlImport | undefined {
  const words = shellWords(command.trim().replace(/^\$\s+/, ''));
  if (!/^(?:.*[/\\])?curl(?:\.exe)?$/i.test(words[0] ?? '')) return undefined;
  const parsed = readOptions(words.slice(1));
  const url = parsed.words.find((word) => /^https?:\/\//i.test(word)) ?? parsed.words[0];
  if (url === undefined) return undefined;
  const { target, onServer } = placeTarget(url, parsed, origin);
  const headers = parsed.headers.filter(([name]) => keepHeader(name, onServer, parsed));
  const body = curlBody(parsed, headers);
  const method = parsed.method ?? (body === undefined ? 'GET' : 'POST');
  const title = `${method} ${target.replace(/^https?:\/\/[^/]*/, '').replace(/\?.*$/s, '')}`;
  const text = writeRequest({ title, comments: [], directives: [], method, target, headers, body });
  return { text, notes: parsed.notes };
}

function readOptions(words: readonly string[]): Parsed {
  const parsed: Parsed = {
    method: undefined,
    words: [],
    headers: [],
    data: [],
    query: [],
    without: new Set(),
    form: [],
    asQuery: false,
    json: false,
    notes: [],
  };
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('-') || word === '-') {
      parsed.words.push(word);
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
  '-X --request -H --header -d --data --data-raw --data-binary --data-ascii --data-urlencode -F --form --form-string -u --user --url -b --cookie -A --user-agent -e --referer --json --oauth2-bearer --url-query -T --upload-file'.split(
    ' ',
  ),
);

function takesValue(option: string): boolean {
  return WITH_VALUE.has(option) || PASSED_OVER_WITH_VALUE.has(option) || PASSED_OVER_FAMILIES.test(option);
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
      const [, name = '', sign, text = ''] = /^([^:;]+)([:;])\s*(.*)$/s.exec(value) ?? [];
      // `Name;` sends it empty, `Name:` takes away what curl would send.
      if (sign === ':' && text.trim() === '') parsed.without.add(name.trim().toLowerCase());
      else if (name !== '') parsed.headers.push([name.trim(), text.trim()]);
      break;
    }
    case '-d':
    case '--data':
    case '--data-ascii':
    case '--data-binary':
      parsed.data.push(value);
      break;
    case '--data-raw':
      parsed.data.push(value.startsWith('@') ? `\\${value}` : value);
      break;
    case '--json':
      parsed.json = true;
      parsed.data.push(value);
      break;
    case '--data-urlencode':
      parsed.data.push(urlEncoded(value, parsed));
      break;
    case '--url-query':
      parsed.query.push(urlEncoded(value, parsed));
      break;
    case '-T':
    case '--upload-file':
      parsed.method ??= 'PUT';
      parsed.without.add('content-type');
      parsed.data.push(`@${value}`);
      break;
    case '-F':
    case '--form':
      parsed.form.push(formField(value));
      break;
    case '--form-string': {
      const [, name = '', text = ''] = /^([^=]*)=(.*)$/s.exec(value) ?? [];
      parsed.form.push({ name, text });
      break;
    }
    case '-G':
    case '--get':
      parsed.asQuery = true;
      break;
    case '-I':
    case '--head':
      parsed.method = 'HEAD';
      break;
    case '--url':
      parsed.words.unshift(value);
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

function urlEncoded(value: string, { notes }: Parsed): string {
  const [, field = '', file] = /^([^=@]*)@(.*)$/s.exec(value) ?? [];
  if (file !== undefined) {
    notes.push(note('curl', 'What is in {0} was left out: files are not encoded here.', file));
    return field === '' ? '' : `${field}=`;
  }
  const [, name, text] = /^([^=@]*)=(.*)$/s.exec(value) ?? [undefined, undefined, value];
  return name === undefined || name === ''
    ? encodeURIComponent(text ?? '')
    : `${name}=${encodeURIComponent(text ?? '')}`;
}

function placeTarget(url: string, parsed: Parsed, origin: string | undefined): { target: string; onServer: boolean } {
  let target = url.replace(/#.*$/s, '');
  if (!/^https?:\/\//i.test(target)) target = `http://${target}`;
  target = target.replace(/^(https?:\/\/[^/?]*)(?=\?|$)/i, '$1/');
  const query = [...parsed.query, ...(parsed.asQuery ? parsed.data.splice(0) : [])].join('&');
  if (query !== '') target += `${target.includes('?') ? '&' : '?'}${query.replaceAll('#', '%23')}`;
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
