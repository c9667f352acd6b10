import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { openPackagedEditor, type PackagedEditor } from './support/packagedEditor.ts';
import type { Workbench } from './support/workbench.ts';

const QUERY = 'example.fernhill.homerooms.students.list';

/** Requests are put together in the tree by clicks: by a plugin with few rights, and by one that may read all. */
describe('a request made in the tree', () => {
  let editor: PackagedEditor;
  let workbench: Workbench;

  before(async () => {
    editor = await openPackagedEditor({
      plugins: ['media/sample-workspace/plugins/homeroom-lists'],
      viewport: { width: 1360, height: 1300 },
    });
    workbench = editor.workbench;
    const [all, few] = editor.sandbox.plugins;
    assert.ok(all?.credentials && few?.credentials);
    const { url } = editor.sandbox;
    await workbench.openPowerSchool();
    await workbench.addServer({ name: 'Everything', url, ...all.credentials });
    await workbench.addServer({ name: 'Homerooms', url, ...few.credentials });
  });

  after(async () => {
    await editor.close();
  });

  afterEach(async (context) => {
    if ('passed' in context && !context.passed) await workbench.screenshot(`failed-${context.name.slice(0, 40)}`);
  });

  async function textOf(file: string): Promise<string> {
    const lines = workbench.editor(file).locator('.view-lines');
    await lines.filter({ hasText: '###' }).waitFor();
    // The editor writes spaces as no-break spaces, and lines in any order.
    return (await lines.innerText()).replaceAll('\u00a0', ' ');
  }

  async function answered(status: RegExp): Promise<void> {
    await workbench.lens(status).first().waitFor();
  }

  test('a PowerQuery: columns, a condition and a sort order are picked, and its argument is asked by type', async () => {
    const { quickInput } = workbench;
    await workbench.expand('Servers', 'Homerooms');
    await workbench.expand('Servers', 'PowerQueries');
    await workbench.row('Servers', 'PowerQueries').filter({ hasText: '1' }).waitFor();
    await workbench.expand('Servers', QUERY);
    await workbench.check('student_number', workbench.row('Servers', QUERY).filter({ hasText: '1 checked' }));
    await workbench.check('lastfirst', workbench.row('Servers', QUERY).filter({ hasText: '2 checked' }));

    await workbench.rowAction(workbench.row('Servers', 'lastfirst'), 'Add Condition');
    await quickInput.pick('!=');
    await quickInput.step('lastfirst !=');
    await quickInput.answer('A*');
    const sorted = workbench.row('Servers', 'lastfirst');
    await sorted.filter({ hasText: 'lastfirst!=A*' }).waitFor();
    await workbench.menuAction(sorted, 'Sort by This Column');
    await quickInput.pick('Largest');
    await sorted.filter({ hasText: 'largest first' }).waitFor();
    await workbench.screenshot('compose-powerQuery');

    await workbench.rowAction(workbench.row('Servers', QUERY), 'Try It');
    await quickInput.input.fill('nine');
    await quickInput.message.filter({ hasText: 'Write a whole number.' }).waitFor();
    await quickInput.answer('9');
    await answered(/200 OK .* \d+ records/);
    const text = await textOf('students-list.ps.http');
    assert.match(text, /\?order=lastfirst;desc/);
    assert.match(text, /"grade": 9,/);
    assert.match(text, /"\$q": "lastfirst!=A\*"/);
    assert.match(text, /"projection": "student_number;lastfirst"/);
    await workbench.screenshot('compose-powerQuery-answer');
    await workbench.closeEditors();
    await workbench.row('Servers', 'PowerQueries').click();
  });

  test('a table: what is not granted is locked and goes to plugin.xml, the rest is picked and tried', async () => {
    const { quickInput } = workbench;
    await workbench.expand('Servers', 'Tables');
    await workbench.command('PowerSchool: Find in API');
    await quickInput.step('Find in API');
    await quickInput.pick('students.home_room', /Students\.home_room/i);
    const home = workbench.row('Servers', 'HOME_ROOM');
    await home.and(workbench.page.locator('.focused')).waitFor();
    await workbench.row('Servers', 'FIRST_NAME').filter({ hasText: 'no grant' }).waitFor();
    assert.equal(await workbench.checkbox(workbench.row('Servers', 'FIRST_NAME')).count(), 0);
    await workbench.screenshot('compose-locked');

    await workbench.rowAction(workbench.row('Servers', 'FIRST_NAME'), 'Add as <field>');
    await quickInput.pick('homeroom', /homeroom-lists/);
    await workbench.editor('plugin.xml').getByText('field="FIRST_NAME" access="ViewOnly"').waitFor();
    await workbench.closeEditors();

    const table = workbench.row('Servers', 'Students', 3);
    await workbench.check('LASTFIRST', table.filter({ hasText: '1 checked' }));
    await workbench.check('HOME_ROOM', table.filter({ hasText: '2 checked' }));
    const grade = workbench.row('Servers', 'GRADE_LEVEL');
    await workbench.rowAction(grade, 'Add Condition');
    await quickInput.pick('=ge=');
    await quickInput.step('GRADE_LEVEL =ge=');
    await quickInput.input.fill('ten');
    await quickInput.message.filter({ hasText: 'Write a number.' }).waitFor();
    await quickInput.answer('10');
    await grade.filter({ hasText: 'GRADE_LEVEL=ge=10' }).waitFor();
    await workbench.menuAction(home, 'Sort by This Column');
    await quickInput.pick('Smallest');
    await table.filter({ hasText: '4 checked' }).waitFor();
    await workbench.rowAction(table, 'Try It');
    await answered(/200 OK .* \d+ records/);
    const text = await textOf('students.ps.http');
    assert.match(text, /q=GRADE_LEVEL=ge=10/);
    assert.match(text, /projection=LASTFIRST,HOME_ROOM/);
    assert.match(text, /sort=HOME_ROOM/);
    await workbench.closeEditors();
    await workbench.menuAction(table, 'Uncheck All');
    await table.filter({ hasText: 'checked' }).waitFor({ state: 'hidden' });
  });

  const LOOKUPS = [
    { path: ['Student Records', 'Students'], row: 'Get one student', typed: '100001', found: 'Student number 100001' },
    { path: ['District and Schools', 'Schools'], row: 'Get one school', typed: '360', found: 'School number 360' },
    { path: ['Courses and Sections', 'Courses'], row: 'Get one course', typed: 'ART09', found: 'Course number ART09' },
    { path: ['Courses and Sections', 'Sections'], row: 'Get one class section', typed: 'ART09.1', found: 'ART09.1' },
    { path: ['Staff'], row: 'Get one staff record', school: true, typed: '3002', found: 'Teacher number 3002' },
    { path: ['District and Schools', 'Terms'], row: 'Get one term', school: true, typed: '26-27', found: '26-27' },
  ] as const;

  for (const lookup of LOOKUPS) {
    test(`${lookup.row}: the record is looked up, and its DCID goes into the path`, async () => {
      const { quickInput } = workbench;
      await workbench.collapseAll('Servers');
      await workbench.expand('Servers', 'Everything', 1);
      for (const [index, label] of lookup.path.entries()) await workbench.expand('Servers', label, index + 2);
      const row = workbench.row('Servers', lookup.row);
      await workbench.rowAction(row, 'Try It');
      await quickInput.step(lookup.row);
      if ('school' in lookup) {
        await quickInput.pick('', 'Choose a school');
        await quickInput.step('In which school?');
        await quickInput.pick('Quarryhill', 'Quarryhill');
        await quickInput.step('Quarryhill');
      }
      await quickInput.input.fill(lookup.typed);
      const hit = quickInput.focused.filter({ hasText: lookup.found });
      await hit.waitFor();
      const dcid = /(?:^|· |\n)(?:DCID|Staff record id) (\d+)/.exec(await hit.innerText())?.[1];
      assert.ok(dcid, await hit.innerText());
      await workbench.screenshot(`lookup-${lookup.row.replaceAll(' ', '-')}`);
      await quickInput.accept();
      await answered(/200 OK/);
      const file = `${lookup.path.at(-1)?.toLowerCase()}.ps.http`;
      assert.match(await textOf(file), new RegExp(`GET /ws/v1/[a-z]+/${dcid}\\b`));
      await workbench.closeEditors();
    });
  }
});
