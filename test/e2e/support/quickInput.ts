import type { Locator, Page } from 'playwright-core';

/** The box at the top in which an extension asks. */
export class QuickInput {
  readonly #page: Page;
  readonly #widget: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#widget = page.locator('.quick-input-widget');
  }

  /** Waits for the step with this title, such as `(2/4)`. */
  async step(title: string): Promise<void> {
    await this.#widget.locator('.quick-input-title', { hasText: title }).waitFor();
  }

  get input(): Locator {
    return this.#widget.locator('.quick-input-box input').first();
  }

  get message(): Locator {
    return this.#widget.locator('.quick-input-message');
  }

  /** The row that is picked by Enter. */
  get focused(): Locator {
    return this.#widget.locator('.monaco-list-row.focused');
  }

  /** Types until the focused row has this text, and picks it. */
  async pick(text: string, row: string | RegExp = text): Promise<void> {
    await this.input.fill(text);
    await this.focused.filter({ hasText: row }).waitFor();
    await this.#page.keyboard.press('Enter');
  }

  /** Fills the box and goes on. */
  async answer(text: string): Promise<void> {
    await this.input.fill(text);
    await this.#page.keyboard.press('Enter');
  }

  async accept(): Promise<void> {
    await this.#page.keyboard.press('Enter');
  }

  async gone(): Promise<void> {
    await this.#widget.waitFor({ state: 'hidden' });
  }
}
