import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chooseProxy, parseProxy, type ProxySettings } from '../../../src/core/http/proxy.ts';

function chosen(url: string, settings: ProxySettings): string | undefined {
  return chooseProxy(new URL(url), settings)?.name;
}

describe('the proxy for an address', () => {
  const environment = { HTTPS_PROXY: 'http://env.example.org:3128', HTTP_PROXY: 'http://plain.example.org:3128' };

  test('is that of the server, then of the editor, then of the environment', () => {
    const url = 'https://ps.example.org';
    assert.equal(chosen(url, { environment }), 'env.example.org:3128');
    assert.equal(chosen(url, { proxy: 'http://editor:1', environment }), 'editor:1');
    assert.equal(chosen(url, { server: 'http://own:2', proxy: 'http://editor:1', environment }), 'own:2');
    assert.equal(chosen(url, {}), undefined);
  });

  test('is none when the server says so', () => {
    assert.equal(chosen('https://ps.example.org', { server: false, proxy: 'http://editor:1', environment }), undefined);
  });

  test('follows the scheme, lower case first, then ALL_PROXY', () => {
    assert.equal(chosen('http://ps.example.org', { environment }), 'plain.example.org:3128');
    assert.equal(
      chosen('https://ps.example.org', { environment: { ...environment, https_proxy: 'lower:1' } }),
      'lower:1',
    );
    assert.equal(chosen('https://ps.example.org', { environment: { ALL_PROXY: 'all:1' } }), 'all:1');
  });

  test('is none for plain http on this computer', () => {
    assert.equal(chosen('http://127.0.0.1:7070', { environment, proxy: 'http://editor:1' }), undefined);
    assert.equal(chosen('https://127.0.0.1:7070', { environment }), 'env.example.org:3128');
  });

  const exceptions: readonly (readonly [string, string, boolean])[] = [
    ['ps.example.org', 'https://ps.example.org', true],
    ['example.org', 'https://ps.example.org', true],
    ['.example.org', 'https://ps.example.org', true],
    ['*.example.org', 'https://ps.example.org', true],
    ['ple.org', 'https://ps.example.org', false],
    ['ps.example.org:8443', 'https://ps.example.org:8443', true],
    ['ps.example.org:8443', 'https://ps.example.org', false],
    ['other.org, ps.example.org', 'https://ps.example.org', true],
    ['*', 'https://ps.example.org', true],
    ['10.1.2.3', 'https://10.1.2.3', true],
    ['2.3', 'https://10.1.2.3', false],
    ['[fd00::7]', 'https://[fd00::7]', true],
    ['fd00::7', 'https://[fd00::7]', true],
    ['', 'https://ps.example.org', false],
  ];
  for (const [exception, url, direct] of exceptions) {
    test(`NO_PROXY=${exception} ${direct ? 'excepts' : 'does not except'} ${url}`, () => {
      assert.equal(chosen(url, { environment: { ...environment, NO_PROXY: exception } }) === undefined, direct);
      assert.equal(chosen(url, { proxy: 'http://editor:1', noProxy: exception.split(',') }) === undefined, direct);
    });
  }
});

test('a proxy address is read with its credentials, encoded or not', () => {
  assert.deepEqual(parseProxy('proxy.example.org:3128'), {
    host: 'proxy.example.org',
    port: 3128,
    secure: false,
    authorization: undefined,
    name: 'proxy.example.org:3128',
  });
  const { authorization, secure, port } = parseProxy('https://kit:100%25%40home@[::1]');
  assert.equal(Buffer.from(authorization?.slice(6) ?? '', 'base64').toString(), 'kit:100%@home');
  assert.deepEqual([secure, port], [true, 443]);
});

test('the editor may send its own authorization to its proxy', () => {
  const settings: ProxySettings = { proxy: 'http://editor:1', proxyAuthorization: 'Basic abc=' };
  const url = new URL('https://ps.example.org');
  assert.equal(chooseProxy(url, settings)?.authorization, 'Basic abc=');
  assert.notEqual(chooseProxy(url, { ...settings, proxy: 'http://kit:x@editor:1' })?.authorization, 'Basic abc=');
  assert.equal(chooseProxy(url, { ...settings, server: 'http://own:1' })?.authorization, undefined);
});

test('a bad proxy address is explained without its password', () => {
  assert.throws(
    () => parseProxy('socks5://kit:hunter22@proxy:1'),
    (error: Error) => {
      return (
        'code' in error &&
        error.code === 'PS923' &&
        !JSON.stringify(error).includes('hunter22') &&
        !error.message.includes('hunter22')
      );
    },
  );
});
