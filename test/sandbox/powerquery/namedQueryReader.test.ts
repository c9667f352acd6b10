import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outputColumns } from '../../../src/sandbox/powerquery/namedQuery.ts';
import { readNamedQueries } from '../../../src/sandbox/powerquery/namedQueryReader.ts';

test('everything that a query declares is read', () => {
  const queries = readNamedQueries(`<?xml version="1.0"?>
    <queries>
      <query name=" org.fernhill.demo.students.list" coreTable="Students" flattened="true" tags="roster, export">
        <summary>Students &amp; grades</summary>
        <description>All of them</description>
        <args>
          <arg name="grade" column="STUDENTS.GRADE_LEVEL" required="true" type="primitive" description="Grade" default="9"/>
          <arg name="codes" type="array" casing="upper"/>
        </args>
        <columns>
          <column column="STUDENTS.ID" description="Number">students.number</column>
          <column>STUDENTS.LASTFIRST</column>
        </columns>
        <sql><![CDATA[ select id, lastfirst from students where grade_level < :grade ]]></sql>
      </query>
      <query name="b"><columns><column>x</column></columns><sql/></query>
    </queries>`);
  assert.deepEqual(queries, [
    {
      name: 'org.fernhill.demo.students.list',
      coreTable: 'Students',
      flattened: true,
      tags: ['roster', 'export'],
      summary: 'Students & grades',
      description: 'All of them',
      args: [
        {
          name: 'grade',
          column: 'STUDENTS.GRADE_LEVEL',
          required: true,
          description: 'Grade',
          type: 'primitive',
          default: '9',
          casing: undefined,
        },
        {
          name: 'codes',
          column: undefined,
          required: false,
          description: undefined,
          type: 'array',
          default: undefined,
          casing: 'upper',
        },
      ],
      columns: [
        { text: 'students.number', column: 'STUDENTS.ID', description: 'Number' },
        { text: 'STUDENTS.LASTFIRST', column: undefined, description: undefined },
      ],
      sql: ' select id, lastfirst from students where grade_level < :grade ',
    },
    {
      name: 'b',
      coreTable: undefined,
      flattened: false,
      tags: [],
      summary: '',
      description: '',
      args: [],
      columns: [{ text: 'x', column: undefined, description: undefined }],
      sql: '',
    },
  ]);
});

test('another document holds no queries', () => {
  assert.deepEqual(readNamedQueries('<plugin/>'), []);
  assert.deepEqual(readNamedQueries(''), []);
  assert.deepEqual(readNamedQueries('no xml'), []);
});

test('names of one part belong to the core table', () => {
  const [query] =
    readNamedQueries(`<queries><query name="q" coreTable="Students"><columns><column column="CC.ID">a</column>
    <column column="LASTFIRST">x.b</column><column>c</column></columns><sql>select 1</sql></query></queries>`);
  assert.ok(query !== undefined);
  assert.deepEqual(outputColumns(query), [
    { table: 'students', name: 'a', source: { table: 'cc', field: 'id' } },
    { table: 'x', name: 'b', source: { table: 'students', field: 'lastfirst' } },
    { table: 'students', name: 'c', source: { table: 'students', field: 'c' } },
  ]);
});
