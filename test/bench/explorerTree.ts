import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadCatalog } from '../../src/core/catalog/load.ts';
import { NO_FACTS } from '../../src/core/catalog/serverFacts.ts';
import { learnFrom } from '../../src/core/catalog/serverLearning.ts';
import { openEditor, type EditorSession } from '../e2e/support/editorSession.ts';
import { startLargeServer, type LargeServer } from './largeServer.ts';

/**
 * The Servers view in the real editor over 100,000 columns in 1,000 tables: how soon rows and hits are there, and how
 * long the extension host was held up at most meanwhile: by the clock, and of that its own computing.
 */
export async function measureExplorer(): Promise<string[]> {
  const loopFile = path.join(process.cwd(), '.cache', `loop-${process.pid}`);
  await writeFile(loopFile, '');
  const server = await startLargeServer();
  const editor = await openEditor({
    extension: 'development',
    viewport: { width: 1360, height: 1300 },
    env: () => ({ LOOP_FILE: loopFile }),
    hostModule: fileURLToPath(new URL('loopWatch.cjs', import.meta.url)),
  });
  try {
    return await new Measurement(editor, server, loopFile).run();
  } catch (error) {
    await editor.workbench.screenshot('bench-explorer');
    throw error;
  } finally {
    await editor.close();
    await server.stop();
  }
}

class Measurement {
  readonly #editor: EditorSession;
  readonly #server: LargeServer;
  readonly #loopFile: string;
  readonly #lines: string[] = [];

  constructor(editor: EditorSession, server: LargeServer, loopFile: string) {
    this.#editor = editor;
    this.#server = server;
    this.#loopFile = loopFile;
  }

  async run(): Promise<string[]> {
    const { workbench } = this.#editor;
    const { url, asked } = this.#server;
    await workbench.openPowerSchool();
    await workbench.addServer({ name: 'Large', url, clientId: 'id', clientSecret: 'secret' });
    asked.length = 0;
    await this.#time('open a server', () => workbench.expand('Servers', 'Large'));
    const before = asked.length;
    await this.#time('list 1,000 tables, asked of the server', async () => {
      await workbench.expand('Servers', 'Tables');
      await workbench.row('Servers', 'API calls').waitFor();
      await workbench.row('Servers', 'Tables').filter({ hasText: '1000' }).waitFor();
    });
    this.#lines.push(`requests until a server was opened: ${before}; for its tables: ${asked.length - before}`);

    await this.#rememberColumns();
    await workbench.page.reload();
    await workbench.ready();
    await workbench.openPowerSchool();
    // This editor loses its secrets with the window: from here on everything comes from what is remembered.
    await this.#time('open a server with 100,000 remembered columns', () => workbench.expand('Servers', 'Large'));
    await this.#time('list 1,000 tables with 100,000 columns', async () => {
      await workbench.expand('Servers', 'Tables');
      await workbench.row('Servers', 'API calls').waitFor();
    });
    await this.#time('first search, with the index', () => this.#find('birth 0999', 'BIRTH_0999'));
    await this.#time('next search', () => this.#find('lunch 0500', 'LUNCH_0500'));
    await this.#time('reveal a column', async () => {
      await workbench.page.keyboard.press('Enter');
      await workbench.tree('Servers').locator('.monaco-list-row.focused', { hasText: 'LUNCH_0500' }).waitFor();
    });
    await this.#time('last row of the list', async () => {
      await workbench.page.keyboard.press('End');
      await workbench.tree('Servers').locator('.monaco-list-row.focused', { hasText: 'Server' }).waitFor();
    });
    return this.#lines;
  }

  async #find(words: string, hit: string): Promise<void> {
    const { workbench } = this.#editor;
    const { quickInput } = workbench;
    await workbench.page.keyboard.press('Escape');
    await workbench.command('PowerSchool: Find in API');
    await quickInput.step('Find in API');
    await quickInput.input.fill(words);
    await quickInput.focused.filter({ hasText: hit }).waitFor();
  }

  /** As if every table had been opened once. */
  async #rememberColumns(): Promise<void> {
    const catalog = await loadCatalog();
    const learn = (facts: typeof NO_FACTS, target: string, body: unknown): typeof NO_FACTS =>
      learnFrom(facts, catalog, { method: 'GET', target, status: 200, body });
    const { tables, url } = this.#server;
    const list = { tables: tables.map((name) => ({ name, primaryKey: 'dcid' })) };
    let facts = learn(NO_FACTS, '/ws/schema/table', list);
    facts = learn(facts, '/ws/v1/metadata', { metadata: { powerschool_version: '25.9.0.0' } });
    // Together: each step alone copies what is known.
    const columns: Record<string, string> = {};
    for (const table of tables) {
      const target = `/ws/schema/table/${table}/metadata`;
      Object.assign(columns, learn(NO_FACTS, target, this.#server.metadata(table)).columns);
    }
    facts = { ...facts, columns };
    const file = await this.#factsFile();
    await writeFile(file, JSON.stringify({ origin: url, facts }));
  }

  async #factsFile(): Promise<string> {
    // It is written a moment after the server told.
    for (let tries = 0; tries < 50; tries++) {
      const entries = await readdir(this.#editor.home, { recursive: true, withFileTypes: true });
      const found = entries.find(
        (entry) => entry.isFile() && entry.name.endsWith('.json') && path.basename(entry.parentPath) === 'servers',
      );
      if (found) return path.join(found.parentPath, found.name);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error('What the server told was not stored.');
  }

  async #time(name: string, job: () => Promise<void>): Promise<void> {
    const begun = Date.now();
    await job();
    const ended = Date.now();
    const notes = (await readFile(this.#loopFile, 'utf8')).split('\n').map((line) => line.split(' ').map(Number));
    if (notes.length < 2) throw new Error('The extension host was not watched.');
    const blocks = notes.filter(([at = 0]) => at >= begun && at <= ended + 50);
    const most = (column: number): string => Math.max(0, ...blocks.map((block) => block[column] ?? 0)).toFixed(0);
    const held = `host held up ${most(1)} ms, computing ${most(2)} ms`;
    this.#lines.push(`${name.padEnd(48)} ${String(ended - begun).padStart(6)} ms, ${held}`);
  }
}
