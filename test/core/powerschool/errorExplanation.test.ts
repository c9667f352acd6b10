import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Header } from '../../../src/core/http/transport.ts';
import { explainResponse } from '../../../src/core/powerschool/errorExplanation.ts';
import { formatFieldGrant, MissingGrantsError } from '../../../src/core/powerschool/missingGrants.ts';
import { POWERSCHOOL_PROBLEMS } from '../../../src/core/powerschool/powerschoolProblems.ts';

const JSON_TYPE: readonly Header[] = [['Content-Type', 'application/json']];

function explained(
  status: number,
  body: unknown,
  target = 'GET /ws/v1/school',
  headers: readonly Header[] = JSON_TYPE,
) {
  const [method = 'GET', path = '/'] = target.split(' ');
  const url = new URL(path, 'https://ps.example.org');
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return explainResponse({ status, headers, method, url }, text);
}

function v1(message: string) {
  return { errorMessage: { message } };
}

function redirected(location: string): string | undefined {
  return explained(302, '', 'GET /ws/v1/school', [['Location', location]])?.code;
}

describe('every documented answer has its own explanation', () => {
  const rows: readonly (readonly [string, number, unknown, string, string])[] = [
    ['wrong credentials', 401, { error: 'invalid_client' }, 'POST /oauth/access_token', 'PS941'],
    ['a JSON body for a token', 400, { error: 'invalid_request' }, 'POST /oauth/access_token', 'PS942'],
    ['an expired token', 401, '', 'GET /ws/v1/school', 'PS946'],
    [
      'no READ level',
      401,
      v1('Plugin is missing required accessLevelV1Api READ permission'),
      'GET /ws/v1/school',
      'PS947',
    ],
    [
      'no FULL level',
      401,
      v1('Plugin is missing required accessLevelV1Api FULL permission'),
      'POST /ws/v1/student',
      'PS947',
    ],
    ['another 403', 403, { message: 'No' }, 'GET /ws/v1/school', 'PS952'],
    [
      'an unknown column',
      400,
      { message: 'Invalid field specified: X is not valid column for table: Students' },
      'GET /ws/schema/table/students?projection=X',
      'PS953',
    ],
    [
      'an unknown column in q',
      400,
      { message: 'Invalid field X' },
      'GET /ws/schema/table/students?projection=*&q=X==1',
      'PS953',
    ],
    [
      'a filter on a CLOB',
      400,
      { message: 'Querying not supported against clob or blob field types' },
      'GET /ws/schema/table/log?projection=*',
      'PS954',
    ],
    [
      'a value of the wrong type',
      400,
      { message: "Invalid number '2020-01-01' passed for comparison to number field LogTypeID" },
      'GET /ws/schema/table/log?projection=*',
      'PS955',
    ],
    ['a bad filter', 400, v1('bad'), 'GET /ws/v1/district/student?q=x', 'PS956'],
    [
      'a PowerQuery that is not there',
      404,
      { message: 'org.x.y.z.q not found' },
      'POST /ws/schema/query/org.x.y.z.q',
      'PS957',
    ],
    [
      'an unknown table',
      404,
      { message: 'Resource not found' },
      'GET /ws/schema/table/sectionmeeting?projection=*',
      'PS958',
    ],
    ['a PUT without row', 404, { message: 'Use POST to insert a new record' }, 'PUT /ws/schema/table/u_x/1', 'PS959'],
    ['a POST with row', 404, { message: 'Use PUT to update existing records' }, 'POST /ws/schema/table/u_x', 'PS960'],
    ['an id of nobody', 404, '', 'GET /ws/v1/student/700412', 'PS961'],
    ['an id under a resource', 404, '', 'GET /ws/v1/school/100/student', 'PS961'],
    ['a path from hearsay', 404, '', 'GET /ws/v1/district/staff', 'PS962'],
    [
      'a closed table',
      405,
      { message: 'GET, POST and PUT are not allowed on table' },
      'GET /ws/schema/table/teachers?projection=*',
      'PS963',
    ],
    [
      'GET on a PowerQuery',
      405,
      '<errorMessage><message>HTTP 405 Method Not Allowed</message></errorMessage>',
      'GET /ws/schema/query/a.b.c.d.e',
      'PS964',
    ],
    ['another wrong method', 405, v1('HTTP 405 Method Not Allowed'), 'DELETE /ws/v1/school/1', 'PS965'],
    ['PUT on a student', 405, '', 'PUT /ws/v1/student/4101', 'PS988'],
    ['PUT on a student as 404', 404, '', 'PUT /ws/v1/student/4101', 'PS988'],
    [
      'an XTE validation',
      409,
      { message: 'Validation failed', errors: [{ field: 'duedate' }] },
      'POST /ws/xte/x',
      'PS966',
    ],
    ['an XTE resubmit', 412, '', 'PUT /ws/xte/x', 'PS967'],
    ['a wrong type of body', 415, '', 'PUT /ws/v1/event_subscription', 'PS968'],
    ['too many requests', 429, { message: 'wait 3 seconds' }, 'GET /ws/v1/school', 'PS969'],
    ['a fault of the server', 500, '', 'GET /ws/v1/school', 'PS980'],
    ['a bad gateway', 502, '', 'GET /ws/v1/school', 'PS981'],
    ['an unavailable server', 503, '', 'GET /ws/v1/school', 'PS982'],
    ['a slow gateway', 504, '', 'GET /ws/v1/school', 'PS983'],
    ['something else', 418, 'teapot', 'GET /ws/v1/school', 'PS989'],
    ['a table read without projection', 400, { message: 'x' }, 'GET /ws/schema/table/students', 'PS994'],
    [
      'semicolons in projection',
      400,
      { message: 'Invalid field specified: id;dcid is not valid column for table: Students' },
      'GET /ws/schema/table/students?projection=id;dcid',
      'PS995',
    ],
    ['an empty list', 200, '', 'GET /ws/v1/school', 'PS935'],
    ['XML', 200, '<?xml version="1.0"?><schools/>', 'GET /ws/v1/school', 'PS986'],
  ];
  for (const [name, status, body, target, code] of rows) {
    test(`${name}: ${code}`, () => {
      const problem = explained(status, body, target);
      assert.equal(problem?.code, code);
      assert.ok(!/\{\d\}/.test(problem.message + problem.mend), `${problem.message} ${problem.mend}`);
    });
  }

  test('a redirect to the message page is maintenance, one elsewhere is not', () => {
    assert.equal(redirected('https://message.powerschool.com/?server=ps.example.org'), 'PS936');
    assert.equal(redirected('https://portal.example.org/'), 'PS939');
  });

  test('a web page is one, whatever type it claims', () => {
    for (const type of ['text/html', 'application/json']) {
      const problem = explained(200, '\n<!DOCTYPE html><html>', 'GET /ws/v1/school', [['Content-Type', type]]);
      assert.equal(problem?.code, 'PS985');
    }
  });

  test('successes are none of them', () => {
    assert.equal(explained(200, { schools: {} }), undefined);
    assert.equal(explained(204, '', 'GET /ws/contacts/student/1'), undefined);
    assert.equal(explained(200, '', 'POST /ws/v1/student'), undefined);
    assert.equal(explained(201, '', 'PUT /ws/v1/event_subscription'), undefined);
    assert.equal(explained(200, '<p>fine elsewhere</p>', 'GET /public/home'), undefined);
  });
});

describe('refused columns', () => {
  test('of a table become field lines', () => {
    const body = {
      message: 'At least one column lacks sufficient permission',
      errors: [
        { code: 'NoAccess', field: 'SchoolID', resource: 'Log' },
        { code: 'NoAccess', field: 'schoolid', resource: 'Log' },
        { code: 'NoAccess', field: 'Entry', resource: 'Log' },
      ],
    };
    const problem = explained(403, body, 'GET /ws/schema/table/log?projection=*');
    assert.ok(problem instanceof MissingGrantsError);
    assert.equal(problem.code, 'PS950');
    assert.match(problem.message, /schoolid, Entry of Log/i);
    assert.deepEqual(problem.missingGrants.map(formatFieldGrant), [
      '<field table="Log" field="schoolid" access="ViewOnly"/>',
      '<field table="Log" field="Entry" access="ViewOnly"/>',
    ]);
  });

  test('of a write need full access', () => {
    const errors = [{ code: 'NoAccess', field: 'permit_no', resource: 'u_bikepermits' }];
    const problem = explained(403, { message: 'x', errors }, 'DELETE /ws/schema/table/u_bikepermits/1');
    assert.ok(problem instanceof MissingGrantsError);
    assert.deepEqual(problem.missingGrants, [{ table: 'u_bikepermits', field: 'permit_no', access: 'FullAccess' }]);
  });

  for (const status of [400, 401, 403]) {
    test(`of a PowerQuery become field lines, with status ${status}`, () => {
      const errors = [
        { resource: 'org.x.y.z.q', field: 'pssis_person_phone.phonetype', code: 'No access to the field' },
      ];
      const problem = explained(status, { message: 'Validation Failed', errors }, 'POST /ws/schema/query/org.x.y.z.q');
      assert.ok(problem instanceof MissingGrantsError);
      assert.equal(problem.code, 'PS951');
      assert.deepEqual(problem.missingGrants, [
        { table: 'pssis_person_phone', field: 'phonetype', access: 'ViewOnly' },
      ]);
    });
  }
});

function result(status: string) {
  return {
    client_uid: 'row-2',
    status,
    action: 'INSERT',
    error_message: { error: { field: 'student/grade', error_code: 'REQUIRED', error_description: 'No data' } },
  };
}

describe('a bulk write', () => {
  test('that answers 200 with refused rows is a failure', () => {
    for (const body of [
      { results: { result: result('ERROR') } },
      { results: { result: [result('SUCCESS'), result('ERROR')] } },
      { result: [result('ERROR')] },
    ]) {
      const problem = explained(200, body, 'POST /ws/v1/student');
      assert.equal(problem?.code, 'PS984');
      assert.match(problem.message, /row-2: student\/grade: No data/);
    }
  });

  test('with warnings or successes alone is none', () => {
    assert.equal(
      explained(200, { results: { result: [result('SUCCESS'), result('WARNING')] } }, 'POST /ws/v1/student'),
      undefined,
    );
  });
});

test('what a server echoes of a credential is not shown', () => {
  const problem = explained(500, '{"message":"Bearer 0f1e2d3c-aaaa failed","access_token":"0f1e2d3c-aaaa"}');
  assert.ok(problem?.detail !== undefined && !problem.detail.includes('0f1e2d3c'), problem?.detail);
});

test('each code has a sentence and a cure, and no two say the same', () => {
  const seen = new Set<string>();
  for (const [code, row] of Object.entries(POWERSCHOOL_PROBLEMS)) {
    assert.match(code, /^PS9\d\d\d?$/);
    for (const text of [row.message, row.mend]) assert.ok(text.length > 3, code);
    assert.match(row.message, /[.!]$/, code);
    assert.ok(!seen.has(row.message), row.message);
    seen.add(row.message);
  }
});
