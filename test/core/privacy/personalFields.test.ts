import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { loadPersonalFields } from '../../../src/core/privacy/load.ts';
import { HIDDEN, masked, type PersonalField } from '../../../src/core/privacy/personalFields.ts';
import { hideInJson } from '../../../src/core/privacy/hideInJson.ts';
import { hideInText, holdsRecords } from '../../../src/core/privacy/hideInText.ts';
import { hideInUrl } from '../../../src/core/privacy/hideInUrl.ts';
import { hideInXml } from '../../../src/core/privacy/hideInXml.ts';
import { loadTables } from '../../../src/core/catalog/load.ts';

let root: PersonalField;

before(async () => {
  root = await loadPersonalFields();
});

/** What a record of the list looks like while fields are hidden. */
function hidden(record: unknown, list = 'student'): unknown {
  return masked(record, root.child(list));
}

describe('known personal fields', () => {
  test('names, birth dates, social security numbers and ids of a person are hidden, the key and codes stay', () => {
    const student = {
      id: 7,
      local_id: 10234,
      state_province_id: '88-1',
      name: { first_name: 'Ada', last_name: 'Ng' },
      demographics: { gender: 'F', birth_date: '2010-05-01', projected_graduation_year: 2028 },
      school_enrollment: { enroll_status: 'A', grade_level: 9, entry_date: '2025-08-20', school_id: 3 },
    };
    assert.deepEqual(hidden(student), {
      id: 7,
      local_id: HIDDEN,
      state_province_id: HIDDEN,
      name: { first_name: HIDDEN, last_name: HIDDEN },
      demographics: { gender: HIDDEN, birth_date: HIDDEN, projected_graduation_year: 2028 },
      school_enrollment: { enroll_status: 'A', grade_level: 9, entry_date: '2025-08-20', school_id: 3 },
    });
  });

  test('what lies in a personal field is hidden with it, numbers too', () => {
    assert.deepEqual(hidden({ phones: { main: { number: 5551234 } }, contact: { relation_code: 4, id: 12 } }), {
      phones: { main: { number: HIDDEN } },
      contact: { relation_code: HIDDEN, id: 12 },
    });
  });

  test('empty values are shown as they are: they tell nothing', () => {
    assert.deepEqual(hidden({ last_name: '', ssn: null, phones: {} }), { last_name: '', ssn: null, phones: {} });
  });

  test('text of an unknown field is hidden, its numbers and words are not', () => {
    assert.deepEqual(hidden({ favourite_pet: 'Rex', steps: 4, lucky: true }), {
      favourite_pet: HIDDEN,
      steps: 4,
      lucky: true,
    });
  });

  test('columns of tables are known in any case, and numbers that tables write as text stay', () => {
    const row = {
      id: '7',
      tables: { STUDENTS: { LAST_NAME: 'Ng', SCHOOLID: '100', GRADE_LEVEL: '9', DOB: '2010-05-01' } },
    };
    assert.deepEqual(hidden(row, 'record'), {
      id: '7',
      tables: { STUDENTS: { LAST_NAME: HIDDEN, SCHOOLID: '100', GRADE_LEVEL: '9', DOB: HIDDEN } },
    });
    assert.equal(root.at('record.schoolid').hides('not a number'), true);
  });

  test('a word inside a longer one is no personal field', () => {
    for (const name of ['course_name', 'gradescale_name', 'trace', 'classnumber'])
      assert.notEqual(root.at(`record.${name}`).kind, 'hidden', name);
    assert.equal(root.at('record.tables.students.ssn').kind, 'hidden');
  });

  test('extension data are judged by the name that stands beside the value', () => {
    const data = {
      _extension_data: {
        _table_extension: [
          {
            recordFound: true,
            name: 'u_students_extension',
            _field: [
              { name: 'nickname', type: 'String', value: 'Dee' },
              { name: 'coursename', type: 'String', value: 'Art' },
              { name: 'name', type: 'String', value: 'Dee Ng' },
            ],
          },
        ],
      },
    };
    const shown = JSON.stringify(hidden(data));
    assert.ok(!shown.includes('Dee'), shown);
    assert.ok(shown.includes('u_students_extension') && shown.includes('nickname') && shown.includes('Art'), shown);
    assert.deepEqual(JSON.parse(hideInJson(JSON.stringify({ student: data }), root)), { student: hidden(data) });
  });

  test('names of schools, courses and terms are no personal names', () => {
    assert.deepEqual(hidden({ id: 1, name: 'Fernhill', school_number: 100 }, 'school'), {
      id: 1,
      name: 'Fernhill',
      school_number: 100,
    });
    assert.equal(root.at('record.name').hides('Fernhill'), true);
  });

  test('what an error says is shown, the same names in a record are not', () => {
    const error = '{"errorMessage":{"message":"Resource not found"},"errors":[{"field":"dob","code":"bad"}]}';
    assert.equal(hideInJson(error, root), error);
    for (const name of ['message', 'error', 'result', 'field', 'name', 'letter'])
      assert.equal(root.child('record').child(name).hides('Ada'), true, name);
  });

  test('the path of a cell is judged once', () => {
    assert.equal(root.child('student').at('name.last_name'), root.child('student').at('name.last_name'));
  });

  test('every column of the known tables that holds a name, a birth date or an address is hidden', async () => {
    const { tables } = await loadTables();
    const persons = tables.filter(({ name }) =>
      /^(students|users|teachers|person|guardian|s_stu_x|studentcorefields)$/i.test(name),
    );
    assert.ok(persons.length > 4);
    for (const table of persons)
      for (const { name } of table.columns) {
        if (!/(?<!school)name$|^dob|birth|street|^zip|city$|phone|email|^ssn|_name|password|pw$/i.test(name)) continue;
        assert.equal(root.at(`record.tables.${table.name}.${name}`).kind, 'hidden', `${table.name}.${name}`);
      }
  });
});

describe('hiding in text', () => {
  test('JSON keeps its form, digits and escapes', () => {
    const text =
      '{\r\n  "students": {\n "student": [ {"id": 12345678901234567890, "last_name": "N\\"g", "ok": true, "x": null} ] } }';
    assert.equal(hideInJson(text, root), text.replace('"N\\"g"', `"${HIDDEN}"`));
  });

  test('a beginning of JSON shows nothing that the whole would hide, wherever it is cut', () => {
    const text = JSON.stringify({
      students: { student: [{ id: 1, last_name: 'Nguyen', phones: { main: { number: 5551234 } } }] },
    });
    for (let end = 0; end <= text.length; end++) {
      const shown = hideInJson(text.slice(0, end), root);
      assert.doesNotMatch(shown, /Ng|555/, shown);
    }
  });

  test('a number is replaced by text, so that the JSON stays valid', () => {
    assert.deepEqual(JSON.parse(hideInJson('{"student":{"local_id":-1.5e3}}', root)), {
      student: { local_id: HIDDEN },
    });
  });

  test('a list of texts is judged by the name of the list', () => {
    assert.equal(hideInJson('{"emails":["a@b.example"],"code":["X"]}', root), `{"emails":["${HIDDEN}"],"code":["X"]}`);
    assert.equal(hideInJson('["Ada"]', root), `["${HIDDEN}"]`);
  });

  test('XML is hidden element by element, with attributes, CDATA and comments', () => {
    const xml =
      '<?xml version="1.0"?>\n<student id="7" nick="Dee"><!-- Ada --><name><last_name>Ng</last_name></name><note><![CDATA[sick]]></note><grade_level>9</grade_level><empty/></student>';
    assert.equal(
      hideInXml(xml, root),
      `<?xml version="1.0"?>\n<student id="7" nick="${HIDDEN}"><!-- ${HIDDEN} --><name><last_name>${HIDDEN}</last_name></name><note><![CDATA[${HIDDEN}]]></note><grade_level>9</grade_level><empty/></student>`,
    );
  });

  test('a beginning of XML shows nothing that the whole would hide, wherever it is cut', () => {
    const xml =
      '<students><student nick="Secret"><last_name>Secret</last_name><!-- Secret --><a><![CDATA[Secret]]></a></student></students>';
    for (let end = 0; end <= xml.length; end++) assert.doesNotMatch(hideInXml(xml.slice(0, end), root), /Se/);
  });

  test('of other text all is hidden', () => {
    assert.equal(hideInText('Ada Ng is here', 'txt', root), HIDDEN);
    assert.equal(hideInText('', 'txt', root), '');
  });

  test('what somebody searched for is hidden in the address', () => {
    assert.equal(
      hideInUrl(
        'https://ps.example/ws/v1/district/student?q=name.last_name==Ng*;school_enrollment.grade_level==9&page=2',
        root,
      ),
      `https://ps.example/ws/v1/district/student?q=name.last_name==${HIDDEN};school_enrollment.grade_level==9&page=2`,
    );
    assert.equal(
      hideInUrl('/ws/v1/district/student?q=name.last_name%3D%3DNg', root),
      `/ws/v1/district/student?q=name.last_name==${HIDDEN}`,
    );
    assert.equal(
      hideInUrl('/ws/v1/school/3/student?expansions=phones', root),
      '/ws/v1/school/3/student?expansions=phones',
    );
    assert.equal(hideInUrl('/x?email=a@b.example', root), `/x?email=${HIDDEN}`);
  });

  test('descriptions of tables hold no records', () => {
    assert.equal(holdsRecords('/ws/v1/metadata'), false);
    assert.equal(holdsRecords('/ws/schema/table/students/metadata'), false);
    assert.equal(holdsRecords('/ws/schema/table/students'), true);
    assert.equal(holdsRecords('/ws/v1/district/student'), true);
  });
});
