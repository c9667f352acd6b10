import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApiCaller, basic } from './apiCaller.ts';

let api: ApiCaller;
before(async () => {
  api = await ApiCaller.start();
});
after(() => api.stop());

test('the token answer has a token, Bearer, and expires_in as a text of seconds', async () => {
  const { status, json } = await api.signIn();
  assert.equal(status, 200);
  assert.match(json.access_token, /^[0-9a-f-]{36}$/);
  assert.equal(json.token_type, 'Bearer');
  assert.equal(typeof json.expires_in, 'string');
  const days = Number(json.expires_in) / 86_400;
  assert.ok(days >= 21 && days <= 30, `a life of 21 to 30 days, not ${days}`);
});

test('the token path works with and without a slash at its end', async () => {
  assert.equal((await api.signIn('/oauth/access_token')).status, 200);
  assert.equal((await api.signIn('/oauth/access_token/')).status, 200);
});

test('while a token is valid, asking again gives the same token', async () => {
  const first = await api.signIn();
  const second = await api.signIn();
  assert.equal(second.json.access_token, first.json.access_token);
  assert.ok(Number(second.json.expires_in) <= Number(first.json.expires_in));
});

test('a wrong id or secret is 401 invalid_client', async () => {
  const { clientId, clientSecret } = api.sandbox;
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  for (const [id, secret] of [
    [clientId, 'wrong'],
    ['wrong', clientSecret],
  ] as const) {
    const headers = { ...form, Authorization: basic(id, secret) };
    const answer = await api.raw('POST', '/oauth/access_token', headers, 'grant_type=client_credentials');
    assert.equal(answer.status, 401);
    assert.deepEqual(answer.json, { error: 'invalid_client' });
  }
});

test('credentials in the body are not taken: Basic only', async () => {
  const { clientId, clientSecret } = api.sandbox;
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const body = `grant_type=client_credentials&client_id=${clientId}&client_secret=${clientSecret}`;
  assert.equal((await api.raw('POST', '/oauth/access_token', headers, body)).status, 401);
});

test('a body in JSON or without the right grant_type is 400 in the OAuth shape', async () => {
  const authorization = { Authorization: basic(api.sandbox.clientId, api.sandbox.clientSecret) };
  const json = { ...authorization, 'Content-Type': 'application/json' };
  const asJson = await api.raw('POST', '/oauth/access_token', json, '{"grant_type":"client_credentials"}');
  assert.equal(asJson.status, 400);
  assert.equal(typeof asJson.json.error, 'string');
  assert.equal((await api.signIn(undefined, 'grant_type=password')).json.error, 'unsupported_grant_type');
  assert.equal((await api.signIn(undefined, '')).json.error, 'invalid_request');
});

test('regenerating gives a new id and secret, and ends the old token', async () => {
  const own = await ApiCaller.start({ students: 5 });
  try {
    const old = await own.token();
    const { json } = await own.control('POST', '/plugins/1/regenerate');
    assert.equal((await own.signIn()).json.error, 'invalid_client');
    const answer = await own.raw('GET', '/ws/v1/school/1', { Authorization: `Bearer ${old}` });
    assert.equal(answer.status, 401);
    const renewed = new ApiCaller(own.sandbox, json as unknown as { clientId: string; clientSecret: string });
    assert.notEqual(await renewed.token(), old);
    assert.equal((await renewed.get('/ws/v1/school/1')).status, 200);
  } finally {
    await own.stop();
  }
});

test('an expired token is 401 with WWW-Authenticate and no body, and a new one is given', async () => {
  const own = await ApiCaller.start({ students: 5 });
  try {
    const old = await own.token();
    await own.control('POST', '/tokens/expire');
    const answer = await own.get('/ws/v1/school/1');
    assert.equal(answer.status, 401);
    assert.equal(
      answer.headers.get('WWW-Authenticate'),
      'Bearer error="invalid_token",realm="PowerSchool",error_description="The access token has expired"',
    );
    assert.equal(answer.text, '');
    assert.notEqual((await own.signIn()).json.access_token, old);
  } finally {
    await own.stop();
  }
});

test('a token that was never given is 401 with the same header', async () => {
  const answer = await api.raw('GET', '/ws/v1/school/1', { Authorization: 'Bearer nobody' });
  assert.equal(answer.status, 401);
  assert.match(answer.headers.get('WWW-Authenticate') ?? '', /^Bearer error="invalid_token",realm="PowerSchool"/);
});

test('time answers without a token', async () => {
  const { status, json } = await api.raw('GET', '/ws/v1/time', { Accept: 'application/json' });
  assert.equal(status, 200);
  assert.equal(typeof json.resource.time, 'string');
  assert.ok(Math.abs(json.resource.timestamp - Date.now()) < 60_000);
});

test('metadata answers without a token and then has no plugin_id, nor with a bad one', async () => {
  const accept = { Accept: 'application/json' };
  for (const headers of [accept, { ...accept, Authorization: 'Bearer nobody' }]) {
    const { status, json } = await api.raw('GET', '/ws/v1/metadata', headers);
    assert.equal(status, 200);
    assert.equal('plugin_id' in json.metadata, false);
  }
  assert.equal((await api.get('/ws/v1/metadata')).json.metadata['plugin_id'], 1);
});

test('metadata has a limit for every kind of record', async () => {
  const { metadata } = (await api.get('/ws/v1/metadata')).json;
  for (const kind of ['school', 'student', 'staff', 'section', 'section_enrollment', 'course', 'term']) {
    assert.equal(typeof metadata[`${kind}_max_page_size`], 'number', kind);
  }
  assert.equal(typeof metadata['schema_table_query_max_page_size'], 'number');
});

test('everything else needs a token', async () => {
  for (const path of ['/ws/v1/district', '/ws/schema/table', '/ws/contacts/contacts', '/ws/v1/nothing']) {
    const answer = await api.raw('GET', path, { Accept: 'application/json' });
    assert.equal(answer.status, 401, path);
  }
});
