import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { XMLParser } from 'fast-xml-parser';
import { ApiCaller, basic } from './apiCaller.ts';

/**
 * Clients that districts use, written after what they do on the wire: a Python client for tables, a PHP and Node
 * wrapper that signs in again when a token has expired, a script that reads XML.
 */

let api: ApiCaller;
before(async () => {
  api = await ApiCaller.start({ students: 260 });
});
after(() => api.stop());

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** `fetch` refuses a GET with a body; one of these clients sends one. */
function send(method: string, path: string, headers: Record<string, string>, body: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(
      api.sandbox.url + path,
      { method, headers: { ...headers, 'Content-Length': Buffer.byteLength(body) } },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

test('a Python client for tables: slash after the token path, a JSON body on every GET, all granted columns, counted pages', async () => {
  const { clientId, clientSecret } = api.sandbox;
  const form = { 'Content-Type': 'application/x-www-form-urlencoded;charset=UTF-8', Accept: 'application/json' };
  const authorization = { ...form, Authorization: basic(clientId, clientSecret) };
  const signedIn = await send('POST', '/oauth/access_token/', authorization, 'grant_type=client_credentials');
  const token = JSON.parse(signedIn.body) as { access_token: string; expires_in: string };
  assert.ok(Number(token.expires_in) > 0);
  const headers = {
    Accept: 'application/json',
    'Content-Type': 'application/json',
    Authorization: `Bearer ${token.access_token}`,
  };
  const read = async <Answer>(path: string): Promise<Answer> => {
    const reply = await send('GET', path, headers, '{}');
    assert.equal(reply.status, 200, path);
    return JSON.parse(reply.body) as Answer;
  };
  const { metadata } = await read<{ metadata: { schema_table_query_max_page_size: number } }>('/ws/v1/metadata');
  const pageSize = Math.min(100, metadata.schema_table_query_max_page_size);
  const { columns } = await read<{ columns: { name: string; access: string }[] }>(
    '/ws/schema/table/students/metadata?expansions=access',
  );
  const projection = columns
    .filter(({ access }) => access !== 'NoAccess' && access !== 'BlackListNoAccess')
    .map(({ name }) => name.toLowerCase())
    .join(',');
  const { count } = await read<{ count: number }>('/ws/schema/table/students/count');
  const rows: Record<string, string>[] = [];
  for (let page = 1; page <= Math.ceil(count / pageSize); page++) {
    const { record } = await read<{ record: { tables: { students: Record<string, string> } }[] }>(
      `/ws/schema/table/students?projection=${projection}&page=${page}&pagesize=${pageSize}`,
    );
    rows.push(...record.map(({ tables }) => tables.students));
  }
  assert.equal(rows.length, 260);
  assert.equal(new Set(rows.map(({ dcid }) => dcid)).size, 260);
  assert.equal(rows[0]?.['last_name'], 'Quill');
});

test('a wrapper of PHP and Node: signs in again when WWW-Authenticate says expired, and pages until a page is short', async () => {
  let token = '';
  let signIns = 0;
  const authenticate = async (): Promise<void> => {
    signIns++;
    const headers = {
      'Content-Type': 'application/x-www-form-urlencoded;charset=UTF-8',
      Accept: 'application/json',
      Authorization: basic(api.sandbox.clientId, api.sandbox.clientSecret),
    };
    const { body } = await send('POST', '/oauth/access_token', headers, 'grant_type=client_credentials');
    token = (JSON.parse(body) as { access_token: string }).access_token;
  };
  const call = async (path: string): Promise<Reply> => {
    const headers = {
      Accept: 'application/json',
      'Content-Type': 'application/json',
      Authorization: `Bearer ${token}`,
    };
    const reply = await send('GET', path, headers, '');
    if (reply.status !== 401 || !String(reply.headers['www-authenticate']).includes('expired')) return reply;
    await authenticate();
    return call(path);
  };
  await authenticate();
  const ids: number[] = [];
  for (let page = 1; ; page++) {
    if (page === 2) await api.control('POST', '/tokens/expire');
    const reply = await call(`/ws/v1/district/student?page=${page}&pagesize=100&expansions=demographics,phones`);
    const { students } = JSON.parse(reply.body) as { students: { student?: { id: number } | { id: number }[] } };
    const records = [students.student ?? []].flat();
    ids.push(...records.map(({ id }) => id));
    if (records.length < 100) break;
  }
  assert.equal(signIns, 2);
  assert.equal(new Set(ids).size, 260);
});

test('a script that sets no Accept header reads XML, school by school', async () => {
  const headers = { Authorization: `Bearer ${await api.token()}` };
  const parser = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === 'school' || name === 'student' });
  const schools = parser.parse((await send('GET', '/ws/v1/district/school', headers, '')).body) as {
    schools: { school: { id: number; name: string }[] };
  };
  let students = 0;
  for (const { id } of schools.schools.school) {
    for (let page = 1; ; page++) {
      const { body } = await send('GET', `/ws/v1/school/${id}/student?page=${page}&pagesize=50`, headers, '');
      const list = parser.parse(body) as { students: { student?: { name: { last_name: string } }[] } };
      const records = list.students.student ?? [];
      students += records.length;
      if (records.length < 50) break;
    }
  }
  const active = await api.get('/ws/v1/district/student/count?q=school_enrollment.enroll_status==A');
  assert.equal(students, active.json.resource.count);
});
