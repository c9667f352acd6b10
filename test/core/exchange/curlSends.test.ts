import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { fromCurl } from '../../../src/core/exchange/curlImport.ts';
import { createUndiciTransport } from '../../../src/core/http/undiciTransport.ts';
import { headerValues, startRecordingServer, type RecordedRequest } from '../../support/recordingServer.ts';
import { runText } from '../../support/requestRunner.ts';

const run = promisify(execFile);

/** Options of curl with a value, and without one, that have to do with HTTP. */
const WITH_VALUE =
  'abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to continue-at cookie cookie-jar create-file-mode crlfile curves data data-ascii data-binary data-raw data-urlencode delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header engine etag-compare etag-save expect100-timeout form form-string happy-eyeballs-timeout-ms header hsts interface json keepalive-time key key-type libcurl limit-rate local-port max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer output output-dir parallel-max pass pinnedpubkey proto proto-default proto-redir proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey range rate referer request request-target resolve retry retry-delay retry-max-time service-name socks4 socks4a socks5 socks5-gssapi-service socks5-hostname speed-limit speed-time stderr time-cond tls-max tls13-ciphers tlsauthtype tlspassword tlsuser trace trace-ascii unix-socket upload-file user user-agent write-out';
const WITHOUT =
  'anyauth append basic cert-status compressed compressed-ssh create-dirs crlf digest disable disable-eprt disable-epsv disallow-username-in-url doh-cert-status doh-insecure fail fail-early fail-with-body false-start form-escape get globoff haproxy-protocol head http0.9 http1.0 http1.1 http2 http2-prior-knowledge http3 http3-only ignore-content-length include insecure ipv4 ipv6 junk-session-cookies list-only location location-trusted manual metalink negotiate netrc netrc-optional no-alpn no-buffer no-clobber no-keepalive no-npn no-progress-meter no-sessionid ntlm ntlm-wb parallel parallel-immediate path-as-is post301 post302 post303 progress-bar proxy-anyauth proxy-basic proxy-digest proxy-insecure proxy-negotiate proxy-ntlm proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1 proxytunnel raw remote-header-name remote-name remote-name-all remote-time remove-on-error retry-all-errors retry-connrefused sasl-ir show-error silent socks5-basic socks5-gssapi socks5-gssapi-nec ssl ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-reqd ssl-revoke-best-effort sslv2 sslv3 styled-output suppress-connect-headers tcp-fastopen tcp-nodelay tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 tr-encoding trace-time use-ascii verbose version xattr';

test('no option of curl is taken for the address, nor its value', () => {
  for (const option of WITH_VALUE.split(' ')) {
    assert.match(fromCurl(`curl --${option} value-x https://x.org/y`)?.text ?? '', /x\.org\/y/, option);
    assert.doesNotMatch(fromCurl(`curl --${option} value-x x.org/y`)?.text ?? '', /http:\/\/value-x/, option);
  }
  for (const option of WITHOUT.split(' ')) {
    assert.match(fromCurl(`curl --${option} x.org/y`)?.text ?? '', /http:\/\/x\.org\/y/, option);
  }
});

/** Commands for `URL`; the files a.txt and `b c.json` lie beside. */
const COMMANDS = [
  `URL`,
  `'URL/?a=1#part' -G -d 'b=x+y' --data-urlencode 'c=d&e'`,
  `URL/a --url-query 'a=b c'`,
  `URL/a -T a.txt`,
  `URL/a --upload-file a.txt -X POST`,
  `URL/a -d '# no comment' -d '@a.txt' -d '&c=1'`,
  `URL/a --data-raw '//no/comment'`,
  `URL/a --data-raw '@no-file'`,
  `URL/a --data-raw '< no-file' -H 'Content-Type: application/x-www-form-urlencoded; charset=utf-8'`,
  `URL/a -d $'a=1\\r\\n### b\\n' -d ' c = d '`,
  `URL/a -d 'a=1' -H 'Content-Type:'`,
  `URL/a -H 'X-A:' -H 'X-B;' -H 'X-C: c' -H 'Accept:'`,
  `URL/a -F 'a=b;type=text/plain' --form-string 'c=@d;e' -F 'f="g;h"'`,
  `URL/a -F 'a=@a.txt;filename=z.csv;type=text/csv' -F 'b=<a.txt'`,
  `--json '{"a":1}' --json '[2]' URL/a`,
  `URL/a --json '@b c.json'`,
];

function essence(request: RecordedRequest | undefined): unknown {
  assert.ok(request);
  const type = headerValues(request, 'content-type')
    .join()
    .replace(/boundary=.*/, 'boundary');
  const plain = request.body.toString();
  // A boundary is any; what a form need not encode may be encoded.
  const body = type.includes('multipart')
    ? plain.replace(/--+[\w-]+/g, 'boundary').trim()
    : decodeURIComponent(plain.replaceAll('+', ' '));
  const headers = ['x-a', 'x-b', 'x-c'].map((name) => headerValues(request, name));
  const url = decodeURIComponent(request.url.replaceAll('+', ' '));
  return { method: request.method, url, type, headers: headers.map((values) => values.join()), body };
}

test('a request that was read from a curl command sends what curl sends', async (context) => {
  const exists = await run('bash', ['-c', 'curl --version']).catch(() => undefined);
  if (exists === undefined || /^curl 7\.[0-7]/.test(exists.stdout)) {
    context.skip('no curl, or an old one, or no shell here');
    return;
  }
  const server = await startRecordingServer();
  const transport = await createUndiciTransport();
  const folder = await mkdtemp(path.join(tmpdir(), 'curl-'));
  try {
    await writeFile(path.join(folder, 'a.txt'), 'b=2&t=ü');
    await writeFile(path.join(folder, 'b c.json'), '{"a": 1}');
    for (const words of COMMANDS) {
      const command = `curl ${words.replace('URL', server.origin)}`;
      await run('bash', ['-c', command.replace('curl', 'curl -q -s -g')], { cwd: folder });
      const theirs = essence(server.requests.pop());
      const text = fromCurl(command, server.origin)?.text ?? '';
      const file = path.join(folder, 'x.ps.http');
      const [result] = await runText(text, { transport, origin: server.origin, path: file, roots: [folder] });
      assert.equal(result?.error, undefined, `${words}: ${result?.error?.message}`);
      assert.deepEqual(essence(server.requests.pop()), theirs, `${words}\n${text}`);
      assert.equal(server.requests.length, 0);
    }
  } finally {
    await transport.close();
    await server.stop();
    await rm(folder, { recursive: true });
  }
});

test('what a request file cannot say of a curl command is told', () => {
  for (const words of [`--data-urlencode 'a@b.txt'`, `-H 'Content-Type: text/markdown' -d $'# Title\\ntext'`])
    assert.equal(fromCurl(`curl https://x.org ${words}`)?.notes.length, 1, words);
});

test('of every option of curl it is known whether a value follows', async (context) => {
  const help = await run('curl', ['--help', 'all']).catch(() => undefined);
  if (help === undefined) {
    context.skip('no curl here');
    return;
  }
  const wrong: string[] = [];
  let options = 0;
  for (const [, option = '', value] of help.stdout.matchAll(/^\s*(?:-\S, )?(--[\w.-]+)( [<[])?/gm)) {
    // These end the command, or make it another one.
    if (/^--(?:help|version|manual|next)$/.test(option)) continue;
    options++;
    const command = `curl ${option} ${value === undefined ? '' : 'VALUE '}https://other.example/abc`;
    if (fromCurl(command)?.text.includes('https://other.example/abc') !== true) wrong.push(command);
  }
  assert.deepEqual(wrong, []);
  assert.ok(options > 100, String(options));
});
