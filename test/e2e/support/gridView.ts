import type { FrameLocator, Locator } from 'playwright-core';
import type { Workbench } from './workbench.ts';

/** The table of a result, in the words of its user. It lives in a frame within a frame. */
export class GridView {
  readonly #workbench: Workbench;
  readonly #frame: FrameLocator;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
    this.#frame = workbench.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  /** Waits until rows are shown. */
  async ready(): Promise<void> {
    await this.#frame.locator('body[data-ready]').waitFor();
    await this.cells.first().waitFor();
  }

  get table(): Locator {
    return this.#frame.getByRole('grid');
  }

  get cells(): Locator {
    return this.table.getByRole('gridcell');
  }

  /** How many rows there are, and how many of them are shown. */
  get count(): Locator {
    return this.#frame.getByRole('status');
  }

  get search(): Locator {
    return this.#frame.getByLabel('Search all columns');
  }

  /** The popup of a column or of the chooser. */
  get dialog(): Locator {
    return this.#frame.getByRole('dialog');
  }

  get detail(): Locator {
    return this.#frame.getByRole('complementary');
  }

  /** What was said to assistive technology last. */
  get said(): Locator {
    return this.#frame.locator('#said');
  }

  /** What the page says in place of rows. */
  note(text: RegExp): Locator {
    return this.#frame.locator('#note', { hasText: text });
  }

  header(name: string): Locator {
    return this.table.getByRole('columnheader', { name, exact: true });
  }

  /** A button or other part by its text. */
  button(name: string | RegExp): Locator {
    return this.#frame.getByRole('button', { name });
  }

  /** The names of the columns that are drawn, from left to right. */
  async headers(): Promise<string[]> {
    const drawn = await this.table
      .getByRole('columnheader')
      .evaluateAll((cells) =>
        cells.map((cell) => [cell.getAttribute('aria-colindex'), cell.getAttribute('aria-label')]),
      );
    return drawn.flatMap(([at, name]) => (at === '1' ? [] : (name ?? '')));
  }

  /** The drawn cells of a column, from the top. */
  async column(name: string): Promise<string[]> {
    const at = await this.header(name).getAttribute('aria-colindex');
    return this.table.locator(`tbody [aria-colindex="${at}"]`).allTextContents();
  }

  /** The cell in a row, counted from 1, of a column. */
  async cell(row: number, name: string): Promise<Locator> {
    const at = await this.header(name).getAttribute('aria-colindex');
    return this.table.locator(`tr[aria-rowindex="${row + 1}"] [aria-colindex="${at}"]`);
  }

  async openMenu(name: string): Promise<void> {
    await this.header(name).hover();
    await this.header(name).getByRole('button', { name: 'Column menu' }).click();
    await this.dialog.waitFor();
  }

  /** Chooses from the menu of a column. */
  async choose(name: string, action: string): Promise<void> {
    await this.openMenu(name);
    await this.dialog.getByRole('button', { name: action, exact: true }).click();
    await this.dialog.waitFor({ state: 'hidden' });
  }

  /** MiB that the page's scripts hold. */
  async heap(): Promise<number> {
    const bytes: unknown = await this.table.evaluate('performance.memory.usedJSHeapSize', undefined, { timeout: 2000 });
    return Number(bytes) / 1024 / 1024;
  }

  async press(keys: string): Promise<void> {
    await this.#workbench.page.keyboard.press(keys);
  }
}
