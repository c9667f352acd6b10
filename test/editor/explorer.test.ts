import assert from 'node:assert/strict';
import { MarkdownString, TreeItemCheckboxState, ThemeIcon, window, type TreeItem } from 'vscode';
import { loadSynonyms } from '../../src/core/catalog/load.ts';
import { CatalogSearch } from '../../src/core/catalog/search.ts';
import { composeRequest } from '../../src/extension/explorer/composeRequest.ts';
import { nodeId, parentOf, type ExplorerNode } from '../../src/extension/explorer/explorerNode.ts';
import { nodeOfHit } from '../../src/extension/explorer/hitNode.ts';
import { RecordSearch } from '../../src/extension/explorer/recordSearch.ts';
import { lookUp } from '../../src/core/catalog/recordLookup.ts';
import { TestExplorer } from './explorerParts.ts';
import type { EditorTest } from './suite.ts';

const TABLES = ['Fernhill', 'Tables'];
const STUDENTS = ['Fernhill', 'Student Records', 'Students'];

function explorerTest(name: string, run: (explorer: TestExplorer) => Promise<void>, secret?: string): EditorTest {
  return {
    name,
    run: async () => {
      const explorer = await TestExplorer.open(secret);
      try {
        await run(explorer);
      } finally {
        await explorer.close();
      }
    },
  };
}

async function rowNamed(explorer: TestExplorer, rows: readonly ExplorerNode[], label: string): Promise<ExplorerNode> {
  const row = rows.find((node) => explorer.labelOf(node).toLowerCase() === label.toLowerCase());
  assert.ok(row, `${label} among ${rows.map((node) => explorer.labelOf(node)).join(', ')}`);
  return row;
}

async function tooltipOf(explorer: TestExplorer, node: ExplorerNode): Promise<string> {
  const item: TreeItem = await explorer.tree.resolveTreeItem(explorer.tree.getTreeItem(node), node);
  return item.tooltip instanceof MarkdownString ? item.tooltip.value : (item.tooltip ?? '');
}

export const explorerTests: EditorTest[] = [
  explorerTest('opening servers, areas and resources asks no server', async (explorer) => {
    const rows = await explorer.below('Fernhill');
    assert.deepEqual(
      rows.filter(({ kind }) => kind !== 'area').map((row) => explorer.labelOf(row)),
      ['Staff', 'Attendance', 'Fee Transactions', 'Tables', 'PowerQueries'],
    );
    for (const area of rows) {
      if (area.kind !== 'area') continue;
      for (const resource of await explorer.tree.getChildren(area)) {
        if (resource.kind === 'resource') await explorer.tree.getChildren(resource);
      }
    }
    assert.deepEqual(explorer.sent, []);
  }),
  explorerTest(
    'tables and their columns come from the server, once, and are known after a reload',
    async (explorer) => {
      const tables = await explorer.below(...TABLES);
      assert.ok(tables.some((node) => explorer.labelOf(node) === 'U_BikePermits'));
      const columns = await explorer.tree.getChildren(await rowNamed(explorer, tables, 'U_BikePermits'));
      await rowNamed(explorer, columns, 'PERMIT_NO');
      await explorer.below(...TABLES, 'U_BikePermits');
      const { sent } = explorer;
      assert.deepEqual(
        sent.filter((target) => target.startsWith('/ws/schema')),
        ['/ws/schema/table', '/ws/schema/table/U_BikePermits/metadata'],
      );
      const before = sent.length;
      await explorer.reload();
      await rowNamed(explorer, await explorer.below(...TABLES, 'U_BikePermits'), 'PERMIT_NO');
      assert.equal(sent.length, before);
    },
  ),
  explorerTest('asked again, a server is asked again', async (explorer) => {
    await explorer.below(...TABLES);
    explorer.reads.askAgain(explorer.server.id, 'tables');
    await explorer.below(...TABLES);
    assert.equal(explorer.sent.filter((target) => target === '/ws/schema/table').length, 2);
  }),
  explorerTest('extensions are those that the server reports', async (explorer) => {
    const rows = await explorer.below(...STUDENTS, 'Extensions');
    const own = await rowNamed(explorer, rows, 'u_bikepermits');
    assert.equal(explorer.tree.getTreeItem(own).description, '');
    assert.equal(explorer.sent.filter((target) => target.startsWith('/ws/v1/district/student')).length, 1);
  }),
  explorerTest(
    'a refused sign-in is a row with a mend, and what is known stays in sight',
    async (explorer) => {
      const [problem, ...rest] = await explorer.below(...TABLES);
      assert.equal(problem?.kind, 'problem');
      assert.equal(problem?.kind === 'problem' && problem.action, 'signIn');
      assert.ok(rest.some((node) => node.kind === 'table'));
      assert.match(String(problem && explorer.tree.getTreeItem(problem).description), /again/);
    },
    'not-the-secret',
  ),
  explorerTest('ids are unique, and every row leads back to the top by rows with the same ids', async (explorer) => {
    const seen = new Map<string, string | undefined>();
    const visit = async (node: ExplorerNode | undefined, depth: number): Promise<void> => {
      const children = await explorer.tree.getChildren(node);
      for (const child of children) {
        const id = nodeId(child);
        assert.ok(!seen.has(id), `${id} twice`);
        seen.set(id, node && nodeId(node));
        assert.equal(explorer.tree.getTreeItem(child).id, id);
        const parent = parentOf(child);
        assert.equal(parent && nodeId(parent), node && nodeId(node));
        if (child.kind !== 'table' || explorer.labelOf(child) === 'Schools') await visit(child, depth + 1);
      }
    };
    await visit(undefined, 0);
    assert.ok(seen.size > 400, `${seen.size} rows`);
  }),
  explorerTest(
    'operations, expansions, fields, tables and columns are explained when somebody looks',
    async (explorer) => {
      const operations = await explorer.below(...STUDENTS);
      const list = operations.find((node) => node.kind === 'operation' && node.operation.id === 'listDistrictStudents');
      assert.ok(list);
      assert.equal(explorer.tree.getTreeItem(list).tooltip, undefined);
      assert.match(
        await tooltipOf(explorer, list),
        /GET \/ws\/v1\/district\/student[^]*Parameters[^]*accessLevelV1Api[^]*Example/,
      );
      const expansions = await explorer.below(...STUDENTS, 'Expansions');
      assert.match(await tooltipOf(explorer, await rowNamed(explorer, expansions, 'demographics')), /birth_date/);
      const fields = await explorer.below(...STUDENTS, 'Query fields');
      assert.match(await tooltipOf(explorer, await rowNamed(explorer, fields, 'name.last_name')), /==/);
      const columns = await explorer.below(...TABLES, 'U_BikePermits');
      assert.match(
        await tooltipOf(explorer, await rowNamed(explorer, columns, 'PERMIT_NO')),
        /<field table="U_BIKEPERMITS"/,
      );
    },
  ),
  explorerTest('a column without a grant has a lock, no checkbox, and says so', async (explorer) => {
    const body = {
      name: 'U_Lockers',
      columns: [
        { name: 'CODE', access: 'NoAccess' },
        { name: 'ROW', access: 'ViewOnly' },
      ],
    };
    const target = '/ws/schema/table/u_lockers/metadata';
    await explorer.knowledge.learn(explorer.server, { method: 'GET', target, status: 200, body });
    const columns = await explorer.below(...TABLES, 'u_lockers');
    const locked = explorer.tree.getTreeItem(await rowNamed(explorer, columns, 'CODE'));
    assert.equal(locked.iconPath instanceof ThemeIcon && locked.iconPath.id, 'lock');
    assert.equal(locked.checkboxState, undefined);
    assert.match(String(locked.description), /no grant/);
    const open = explorer.tree.getTreeItem(await rowNamed(explorer, columns, 'ROW'));
    assert.notEqual(open.checkboxState, undefined);
  }),
  explorerTest('checked columns and conditions are shown and become projection and q', async (explorer) => {
    const { server, composition } = explorer;
    const subject = { table: 'U_BikePermits' };
    await composition.check(server, subject, 'columns', 'PERMIT_NO', true);
    await composition.setTerms(server, subject, 'PERMIT_NO', [
      { field: 'PERMIT_NO', operator: '==', value: 'B-*', values: undefined },
    ]);
    const tables = await explorer.below(...TABLES);
    const table = await rowNamed(explorer, tables, 'U_BikePermits');
    assert.match(String(explorer.tree.getTreeItem(table).description), /^2 checked/);
    const column = await rowNamed(explorer, await explorer.tree.getChildren(table), 'PERMIT_NO');
    const { checkboxState, description } = explorer.tree.getTreeItem(column);
    assert.equal(typeof checkboxState === 'object' && checkboxState.state, TreeItemCheckboxState.Checked);
    assert.match(String(description), /PERMIT_NO==B-\*/);
    await composeRequest(explorer, table, false);
    const text = window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /^GET \/ws\/schema\/table\/U_BikePermits\?q=PERMIT_NO==B-\*&projection=PERMIT_NO$/m);
    await composition.clear(server, subject);
  }),
  explorerTest('a found thing is a row of the tree, whatever its kind', async (explorer) => {
    const { server, knowledge } = explorer;
    const [catalog, tables] = await Promise.all([knowledge.catalog(server), knowledge.tables(server)]);
    const search = new CatalogSearch(catalog, tables, await loadSynonyms());
    for (const words of ['birth date', 'homeroom', 'lunch', 'students.dob', 'last name', 'guardian']) {
      const hits = search.search(words, { limit: 20 });
      assert.ok(hits.length > 0, words);
      for (const hit of hits) {
        const node = nodeOfHit(server, catalog, tables, hit);
        assert.ok(node, `${hit.kind} ${hit.name}`);
        const parent = parentOf(node);
        const siblings = (await explorer.tree.getChildren(parent)).map(nodeId);
        assert.ok(siblings.includes(nodeId(node)), nodeId(node));
      }
    }
  }),
  explorerTest('a student is found by number, name, state number, ID or DCID, with all ids', async (explorer) => {
    const search = new RecordSearch(explorer.reads, explorer.server);
    const { signal } = new AbortController();
    const find = async (text: string): Promise<readonly (readonly [string, string])[][]> => {
      const { candidates } = await search.run(lookUp('student', text), signal);
      const complete = await search.withStudentIds(candidates, signal);
      return complete.map(({ ids }) => ids.map(({ label, value }) => [label, value] as const));
    };
    const [first] = await find('1');
    const ids = Object.fromEntries(first ?? []);
    assert.deepEqual(Object.keys(ids).toSorted(), ['DCID', 'ID', 'State number', 'Student number']);
    for (const value of Object.values(ids)) {
      const found = await find(value);
      assert.ok(
        found.some((each) => Object.fromEntries(each)['DCID'] === ids['DCID']),
        value,
      );
    }
  }),
  explorerTest('what a server told is in the catalog and tables that other parts ask for', async (explorer) => {
    const { knowledge, server } = explorer;
    await explorer.below(...TABLES);
    const own = await knowledge.api(server);
    assert.equal(own.tables.table('U_BikePermits')?.availability, 'reported');
    assert.equal((await knowledge.api(server)).tables, own.tables, 'the same until something new is told');
    const shipped = await knowledge.api(undefined);
    assert.equal(shipped.tables.table('U_BikePermits'), undefined);
    assert.equal(shipped.catalog.serverVersion, undefined);
    assert.notEqual(own.catalog.serverVersion, undefined);
  }),
  explorerTest('what was learned about a server goes with its address', async (explorer) => {
    await explorer.below(...TABLES);
    const moved = { ...explorer.server, origin: 'https://ps.elsewhere.example' };
    assert.equal((await explorer.knowledge.facts(moved)).tables, undefined);
  }),
];
