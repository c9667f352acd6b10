import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import type { RunningSandbox } from '../../src/sandbox/sandbox.ts';
import { openPackagedEditor, type PackagedEditor } from './support/packagedEditor.ts';
import { Workbench } from './support/workbench.ts';

const ENVIRONMENTS = { north: { school: '1' }, south: { school: '2' } };

const SCHOOL = `### One school
# @name school
# @expect body $.school.id == {{school}}
GET /ws/v1/school/{{school}}

### Asked
GET /ws/v1/student/{{$prompt Id of the student}}

### Change
POST /ws/v1/student
Content-Type: application/json

{"students": {"student": [{"client_uid": "1", "action": "UPDATE", "id": 1, "name": {"first_name": "Nora"}}]}}
`;

/** A collection as somebody brings it from Postman: a folder, a token script, tests that can and cannot be translated. */
const COLLECTION = {
  info: { name: 'District Calls', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}' }] },
  event: [
    {
      listen: 'prerequest',
      script: {
        exec: [
          'pm.sendRequest({url: pm.environment.get("url") + "/oauth/access_token", method: "POST", body: "grant_type=client_credentials"},',
          '  (error, response) => pm.environment.set("token", response.json().access_token));',
        ],
      },
    },
  ],
  item: [
    {
      name: 'District',
      item: [
        {
          name: 'The district',
          event: [
            {
              listen: 'test',
              script: {
                exec: [
                  "pm.test('ok', () => pm.response.to.have.status(200));",
                  "pm.test('odd', () => { if (pm.response.code > 1) { pm.expect(1).to.eql(1); } });",
                ],
              },
            },
          ],
          request: { method: 'GET', url: '{{url}}/ws/v1/district' },
        },
      ],
    },
  ],
};

async function setLatency({ url, controlKey }: RunningSandbox, latency: number): Promise<void> {
  const headers = { 'X-Sandbox-Key': controlKey, 'Content-Type': 'application/json' };
  await fetch(`${url}/sandbox/control`, { method: 'PATCH', headers, body: JSON.stringify({ latency }) });
}

/** Calls of the API that have reached the district. */
async function callsOf({ url, controlKey }: RunningSandbox): Promise<number> {
  const answer = await fetch(`${url}/sandbox/control`, { headers: { 'X-Sandbox-Key': controlKey } });
  return ((await answer.json()) as { counts: { calls: number } }).counts.calls;
}

/** A working day with request files, walked by clicks and keys in the packaged extension. */
describe('request files', () => {
  let editor: PackagedEditor;
  let workbench: Workbench;

  before(async () => {
    editor = await openPackagedEditor();
    workbench = editor.workbench;
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await writeFile(join(editor.workspace, 'requests', 'day.ps.http'), '');
    const folder = join(editor.workspace, 'schools');
    await mkdir(folder);
    await writeFile(join(folder, 'school.ps.http'), SCHOOL);
    await writeFile(join(folder, 'http-client.env.json'), JSON.stringify(ENVIRONMENTS, undefined, 2));
    await writeFile(join(editor.home, 'collection.json'), JSON.stringify(COLLECTION));
    const { quickInput } = workbench;
    const { url, clientId, clientSecret } = editor.sandbox;
    await workbench.command('PowerSchool: Add Server');
    for (const [index, answer] of ['Fernhill', url, clientId, clientSecret].entries()) {
      await quickInput.step(`(${index + 1}/4)`);
      await quickInput.answer(answer);
    }
    await quickInput.gone();
    await workbench.notification('Signed in to Fernhill').waitFor();
    await workbench.clearNotifications();
    await workbench.openPowerSchool();
  });

  after(async () => {
    await editor.close();
  });

  afterEach(async (context) => {
    if ('passed' in context && !context.passed) await workbench.screenshot(`failed-${context.name.slice(0, 40)}`);
  });

  test('a request is written with what the server has, and runs', async () => {
    const { page } = workbench;
    await workbench.openFile('requests/day.ps.http');
    await workbench.editor('day.ps.http').click();
    await page.keyboard.insertText('### Students\n# @name students\n');
    await workbench.typeAndPick('# @ex', '@expect');
    await workbench.suggestion('count').click();
    await workbench.suggestion('>').click();
    await page.keyboard.insertText('500\n');
    await workbench.typeAndPick('GET /ws/v1/district/stu', '/ws/v1/district/student');
    await workbench.typeAndPick('?exp', 'expansions');
    // The names that the server itself reports: it was asked for them while this was typed.
    const phones = workbench.suggestion('phones');
    await phones.filter({ hasText: 'on this server' }).waitFor();
    await workbench.screenshot('requests-completion');
    await phones.click();
    await workbench.editor('day.ps.http').getByText('expansions=phones').first().waitFor();
    await page.keyboard.press('ControlOrMeta+S');
    await workbench.clickLens('Run', workbench.tab('students.json'));
  });

  test('a failing expectation stands beside its line, is fixed, and then holds', async () => {
    const { page } = workbench;
    await workbench.markBehind('count > 500', '✗ was 200');
    await workbench.lens('1 of 1 expectations failed · 200 OK').first().waitFor();
    await workbench.screenshot('requests-failed');
    await workbench.cursorAtEnd('day.ps.http', 'count > 500');
    // Marks stand behind the text, so the end of the line is asked for by key.
    for (let digit = 0; digit < 3; digit++) await page.keyboard.press('Backspace');
    await page.keyboard.insertText('0');
    await workbench.lensLink('Run').click();
    await workbench.markBehind('count > 0', '✓');
  });

  test('a path into the last answer completes, and a request that needs it runs', async () => {
    const { page } = workbench;
    await workbench.cursorAtEnd('day.ps.http', 'expansions=phones');
    await page.keyboard.insertText(
      '\n\n### One of them\n# @expect body $.student.name.last_name == Nobody\nGET /ws/v1/student/',
    );
    await page.keyboard.type('{{stud', { delay: 20 });
    await workbench.suggestion('students.response.body.$.').click();
    await workbench.suggestion('.students').click();
    await workbench.suggestion('.student').click();
    await workbench.suggestion('[0]').click();
    await workbench.suggestion('.id').filter({ hasText: '1' }).waitFor();
    await workbench.screenshot('requests-path');
    await workbench.suggestion('.id').click();
    await workbench.editor('day.ps.http').getByText('[0].id}}').first().waitFor();
    await page.keyboard.press('ControlOrMeta+S');
    await workbench.page.getByRole('button', { name: 'Run All' }).first().click();
    await page.locator('.statusbar-item', { hasText: '1 of 2 requests passed' }).waitFor();
    await workbench.screenshot('requests-runAll');
  });

  test('the Requests view shows the last status of each, and runs a file', async () => {
    await workbench.expand('Requests', 'day');
    await workbench.row('Requests', 'students').filter({ hasText: '200 OK' }).waitFor();
    await workbench.row('Requests', 'One of them').filter({ hasText: '1 of 1 expectations failed' }).waitFor();
    await workbench.rowAction(workbench.row('Requests', 'first-call'), 'Run All');
    await workbench.page.locator('.statusbar-item', { hasText: '4 of 4 requests passed' }).waitFor();
  });

  test('the Testing view runs them too, and says what was expected and what came', async () => {
    const { page } = workbench;
    await page.locator('.activitybar').getByRole('tab', { name: 'Testing' }).first().click();
    const row = page.locator('.test-explorer .monaco-list-row', { hasText: 'day.ps.http' }).first();
    await row.hover();
    await row.getByRole('button', { name: 'Run Test' }).first().click();
    await page.locator('.test-output-peek-tree .monaco-list-row', { hasText: 'One of them' }).first().waitFor();
    await page
      .locator('.test-output-peek-tree .monaco-list-row', { hasText: 'Was "Quill", expected body $.student.name' })
      .first()
      .waitFor();
    await workbench.screenshot('requests-testing');
    await page.keyboard.press('ControlOrMeta+J');
    await workbench.openPowerSchool();
  });

  test('an environment is chosen and changed, and the variables follow', async () => {
    const { page } = workbench;
    await workbench.openFile('schools/school.ps.http');
    await workbench.errorMarks().first().waitFor();
    for (const [name, school] of [
      ['north', '"id": 1,'],
      ['south', '"id": 2,'],
    ] as const) {
      await workbench.command('PowerSchool: Select Environment');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().click();
      await workbench.tree('Requests').getByText(name).first().waitFor();
      await workbench.errorMarks().first().waitFor({ state: 'hidden' });
      await workbench.clickLens('Run', workbench.editor('school.json').getByText(school));
    }
    await workbench.screenshot('requests-environment');
  });

  test('a prompt is asked and its answer is sent', async () => {
    await workbench.run(1, workbench.page.locator('.quick-input-widget', { hasText: 'Id of the student' }));
    await workbench.quickInput.answer('7');
    await workbench.editor('Asked.json').getByText('"id": 7,').first().waitFor();
  });

  test('a write on a production server is sent only after it was confirmed', async () => {
    const { page, quickInput } = workbench;
    await workbench.command('PowerSchool: Change Kind of Server');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Fernhill' }).first().click();
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'production' }).first().click();
    await quickInput.gone();
    await page.locator('.statusbar-item', { hasText: 'Fernhill (production)' }).waitFor();

    const question = page.locator('.monaco-dialog-box', { hasText: 'Write to Fernhill (production)?' });
    await workbench.run(2, question);
    await workbench.screenshot('requests-confirm');
    await workbench.dialogButton('Cancel');
    await workbench.lens('The write was not confirmed.').first().waitFor();
    assert.equal(await workbench.notification('not confirmed').count(), 0, 'who said no is not told so');

    await workbench.run(2, question);
    await workbench.dialogButton('Send');
    await workbench.editor('Change.json').getByText('"update_count": 1').first().waitFor();
  });

  test('a slow request is cancelled from its lens', async () => {
    await setLatency(editor.sandbox, 60_000);
    await workbench.clickLens('Run', workbench.lensLink('Cancel'));
    await workbench.lensLink('Cancel').click();
    await workbench.lens('Cancelled').first().waitFor();
    await setLatency(editor.sandbox, 0);
    assert.equal(await workbench.hasMark('body $.school.id', '✗'), false, 'nothing was compared');
  });

  test('a request is copied for bash without its token', async () => {
    const { page } = workbench;
    await workbench.cursorAtEnd('school.ps.http', 'GET /ws/v1/school/');
    await workbench.command('PowerSchool: Copy As');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'cURL (bash)' }).click();
    await page.locator('.statusbar-item', { hasText: 'Copied as cURL (bash), without secrets' }).waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    assert.equal(
      copied,
      `curl \\\n  '${editor.sandbox.url}/ws/v1/school/2' \\\n  --header 'Authorization: Bearer '"$POWERSCHOOL_TOKEN" \\\n  --header 'Accept: application/json'\n`,
    );
  });

  test('a curl command from the clipboard becomes a request without its credential', async () => {
    const { page } = workbench;
    const command = `curl '${editor.sandbox.url}/ws/v1/school/1/student?pagesize=5' -H 'Authorization: Bearer abc123' --compressed`;
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(command)})`);
    await workbench.command('PowerSchool: New Request from cURL in Clipboard');
    await workbench.editor('curl.ps.http').getByText('/ws/v1/school/1/student').last().waitFor();
    await workbench.notification('the sign-in of the server is used').waitFor();
    assert.equal(await workbench.editor('curl.ps.http').getByText('abc123').count(), 0);
    await workbench.clearNotifications();
    await workbench.clickLens('Run', workbench.lens('200 OK'));
  });

  test('a Postman collection comes in as request files that run', async () => {
    const { page } = workbench;
    await workbench.command('PowerSchool: Import Postman Collection');
    await page.locator('.quick-input-widget', { hasText: 'Choose a Postman collection' }).waitFor();
    // The dialog writes the folder that it opens into its input: before that it would come behind what is typed.
    await page.locator('.quick-input-list .monaco-list-row', { hasText: '..' }).waitFor();
    await workbench.quickInput.input.fill(join(editor.home, 'collection.json'));
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'collection.json' }).click();
    await workbench.tab('district.ps.http').waitFor();
    await workbench.notification('1 request file was written.').waitFor();
    await page.getByRole('button', { name: 'Show What Changed' }).last().click();
    await page.getByText('These lines of its tests have no translation').first().waitFor();
    await workbench.screenshot('requests-imported');
    await workbench.tab('district.ps.http').click();
    await workbench.lensLink('Run').click();
    await workbench.markBehind('status == 200', '✓');
  });
});

describe('request files in Restricted Mode', () => {
  let editor: PackagedEditor;
  let workbench: Workbench;

  before(async () => {
    editor = await openPackagedEditor({
      settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
    });
    workbench = editor.workbench;
  });

  after(async () => {
    await editor.close();
  });

  afterEach(async (context) => {
    if ('passed' in context && !context.passed) await workbench.screenshot(`failed-${context.name.slice(0, 40)}`);
  });

  test('nothing is sent, from a lens or from the Testing view, and the file can still be read and written', async () => {
    const { page } = workbench;
    const { url, clientId, clientSecret } = editor.sandbox;
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await workbench.command('PowerSchool: Add Server');
    for (const [index, answer] of ['Fernhill', url, clientId, clientSecret].entries()) {
      await workbench.quickInput.step(`(${index + 1}/4)`);
      await workbench.quickInput.answer(answer);
    }
    await workbench.quickInput.gone();
    await page.locator('.statusbar-item', { hasText: 'Fernhill' }).waitFor();
    await workbench.clearNotifications();
    const before = await callsOf(editor.sandbox);

    await workbench.openFile('requests/first-call.ps.http');
    await workbench.clickLens('Run', workbench.notification('Requests are sent only from a trusted workspace.'));
    await workbench.screenshot('requests-restricted');
    await workbench.clearNotifications();

    await page.locator('.activitybar').getByRole('tab', { name: 'Testing' }).first().click();
    const row = page.locator('.test-explorer .monaco-list-row', { hasText: 'first-call.ps.http' }).first();
    await row.hover();
    await row.getByRole('button', { name: 'Run Test' }).first().click();
    // The editor itself asks before tests run.
    await page.locator('.monaco-dialog-box', { hasText: 'trust' }).waitFor();
    await workbench.dialogButton('Cancel');
    await page.keyboard.press('ControlOrMeta+J');

    await workbench.cursorAtEnd('first-call.ps.http', '&expansions=phones');
    await workbench.typeAndPick(',', 'addresses');
    assert.equal(await callsOf(editor.sandbox), before);
  });

  test('what a window sent that trusts the workspace is not sent again by one that does not', async () => {
    const { page } = workbench;
    await workbench.command('Workspaces: Manage Workspace Trust');
    await page.getByRole('button', { name: 'Trust', exact: true }).click();
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ state: 'hidden' });
    await page.locator('.monaco-modal-editor-block').getByRole('button', { name: 'Close' }).click();
    await workbench.run(1, workbench.tab('schools.json'));

    const restricted = await page.context().browser()?.newPage();
    assert.ok(restricted);
    const other = new Workbench(restricted);
    try {
      restricted.setDefaultTimeout(30_000);
      await restricted.goto(page.url());
      await other.ready();
      await restricted.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
      await other.addServer({ name: 'Fernhill', ...editor.sandbox });
      await other.openPowerSchool();
      const row = other.row('History', 'GET schools');
      await row.waitFor();
      const before = await callsOf(editor.sandbox);
      await row.hover();
      const again = row.getByRole('button', { name: 'Run Again' }).first();
      assert.equal(await again.isEnabled(), false);
      await again.click({ force: true });
      await row.click();
      await other.tab('schools.exchange.ps.http').waitFor();
      await row.click();
      await restricted.keyboard.press('ControlOrMeta+Enter');
      await other.screenshot('history-restricted');
      assert.equal(await callsOf(editor.sandbox), before);
    } finally {
      await restricted.close();
    }
  });
});
