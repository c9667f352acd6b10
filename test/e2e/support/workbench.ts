import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { resultsFolder } from '../../../scripts/checkout.ts';
import { QuickInput } from './quickInput.ts';

/** The themes to take pictures in: what the list calls each, and the class of the workbench in it. */
const THEMES = {
  light: { name: 'Light Modern', className: 'vs' },
  dark: { name: 'Dark Modern', className: 'vs-dark' },
  highContrast: { name: 'Dark High Contrast', className: 'hc-black' },
  highContrastLight: { name: 'Light High Contrast', className: 'hc-light' },
} as const;

/** What *Add Server* asks. */
export interface ServerAnswers {
  readonly name: string;
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The views of the container, by their titles. */
export type ViewName = 'Servers' | 'Requests' | 'Plugins' | 'History';

/** The real workbench, in the words of its user. Every step waits for what it causes. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until the editor can be used. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 120_000 });
    // Its container is there when the contributions of the extension are known.
    await this.powerSchoolTab().waitFor({ timeout: 120_000 });
  }

  /** Picks a command in the palette by its title. */
  async command(title: string): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
    // The palette lists what was contributed when it opened: while the editor still starts, a user opens it again.
    for (let attempt = 1; attempt < 4; attempt++) {
      await this.#searchPalette(title);
      const listed = await row.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
      if (listed) return row.click();
      await this.page.keyboard.press('Escape');
    }
    await this.#searchPalette(title);
    await row.click();
  }

  async #searchPalette(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.page.locator('.quick-input-widget input[type="text"]').first().fill(`>${title}`);
  }

  get quickInput(): QuickInput {
    return new QuickInput(this.page);
  }

  private powerSchoolTab(): Locator {
    return this.page.locator('.activitybar').getByRole('tab', { name: 'PowerSchool' }).first();
  }

  /** Opens the view container of this extension. */
  async openPowerSchool(): Promise<void> {
    // A click on the tab of what is open closes it; after a reload it may open by itself just before the click.
    const closed = this.powerSchoolTab().and(this.page.locator(':not([aria-selected="true"])'));
    if ((await closed.count()) > 0) await this.#clickUntil(this.powerSchoolTab(), this.tree('Servers'), closed);
    await this.tree('Servers').waitFor();
  }

  tree(view: ViewName): Locator {
    return this.page.locator('.pane', { has: this.page.locator(`.pane-header[aria-label^="${view}"]`) });
  }

  /** A row of a tree by its exact label, at a depth counted from 1. */
  row(view: ViewName, label: string, level?: number): Locator {
    const rows = level === undefined ? '.monaco-list-row' : `.monaco-list-row[aria-level="${level}"]`;
    return this.tree(view)
      .locator(rows)
      .filter({ has: this.page.locator('.label-name', { hasText: exactly(label) }) })
      .first();
  }

  /** Opens a row that is closed. */
  async expand(view: ViewName, label: string, level?: number): Promise<void> {
    const row = this.row(view, label, level);
    await row.waitFor();
    // Asked of the locator: a view that is refreshed meanwhile makes its rows anew.
    const expanded = row.and(this.page.locator('[aria-expanded="true"]'));
    if ((await expanded.count()) > 0) return;
    await this.#clickUntil(row, expanded, row.and(this.page.locator('[aria-expanded="false"]')));
  }

  async collapseAll(view: ViewName): Promise<void> {
    await this.tree(view).locator('.pane-header').hover();
    await this.tree(view).getByRole('button', { name: 'Collapse All' }).click();
    await this.tree(view).locator('.monaco-list-row[aria-level="2"]').first().waitFor({ state: 'hidden' });
  }

  /** The box before a row that can be checked. */
  checkbox(row: Locator): Locator {
    return row.locator('.custom-view-tree-node-item-checkbox');
  }

  /** Checks the box of a row of the Servers view. */
  async check(label: string, done: Locator): Promise<void> {
    const box = this.checkbox(this.row('Servers', label));
    await this.#clickUntil(box, done, box.and(this.page.locator(':not(.checked)')));
  }

  /** Clicks an action that stands in the row. */
  async rowAction(row: Locator, action: string): Promise<void> {
    await row.hover();
    await row.getByRole('button', { name: action }).first().click();
  }

  /** Picks an action in the context menu of a row. */
  async menuAction(row: Locator, action: string): Promise<void> {
    await row.click({ button: 'right' });
    await this.page.locator('.monaco-menu .action-item', { hasText: action }).first().hover();
    // The editor overlooks a click that comes at once after the one that opened the menu.
    await this.page.keyboard.press('Enter');
  }

  /** Adds a server by *Add Server* and makes it the active one. */
  async addServer({ name, url, clientId, clientSecret }: ServerAnswers): Promise<void> {
    await this.command('PowerSchool: Add Server');
    for (const [step, text] of Object.entries({ Name: name, Address: url, ID: clientId, Secret: clientSecret })) {
      await this.quickInput.step(`${step} (`);
      await this.quickInput.answer(text);
    }
    await this.quickInput.gone();
    await this.page.locator('.statusbar-item', { hasText: name }).waitFor();
    await this.clearNotifications();
  }

  /** Opens a file of the workspace by its path. */
  async openFile(path: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+P');
    const input = this.page.locator('.quick-input-widget input[type="text"]').first();
    await input.fill(path);
    const name = path.slice(path.lastIndexOf('/') + 1);
    const folder = path.slice(0, path.lastIndexOf('/'));
    await this.page
      .locator('.quick-input-list .monaco-list-row', { hasText: name })
      .filter({ hasText: folder })
      .first()
      .click();
    await this.tab(name).waitFor();
  }

  tab(name: string | RegExp): Locator {
    return this.page.locator('.tabs-container .tab', { hasText: name }).first();
  }

  /** The editor whose tab is active in its group and shows this file. */
  editor(name: string): Locator {
    return this.page
      .locator('.editor-group-container', {
        has: this.page.locator('.tab.active', { hasText: name }),
      })
      .locator('.monaco-editor')
      .first();
  }

  /** Text of a CodeLens above a line. While lenses are drawn anew, the old and the new one are there for a moment. */
  lens(text: string | RegExp): Locator {
    // A part of the text will do, but *Run* is not *Run All Pages*.
    const hasText = text === 'Run' ? /^\s*Run$/ : text;
    return this.page.locator('.codelens-decoration a, .codelens-decoration span', { hasText });
  }

  /** Clicks the *Run* above the request `index` until `done` shows. */
  async run(index: number, done: Locator): Promise<void> {
    await this.#clickUntil(this.lens('Run').nth(index), done);
  }

  /** Clicks the first lens with this text until `done` shows. */
  async clickLens(text: string | RegExp, done: Locator): Promise<void> {
    await this.#clickUntil(this.lensLink(text), done);
  }

  /**
   * Clicks until `done` shows. Lenses and rows are drawn anew whenever something changes, and a click in that moment
   * reaches neither the old one nor the new one: a user who sees nothing come of it clicks once more.
   *
   * @param unheard is there as long as the click was not heard
   */
  async #clickUntil(target: Locator, done: Locator, unheard = target): Promise<void> {
    await target.click();
    for (let attempt = 1; attempt < 4; attempt++) {
      const ended = await done
        .first()
        .waitFor({ timeout: 8000 })
        .then(
          () => true,
          () => false,
        );
      if (ended) return;
      // It was heard, and takes its time.
      if ((await this.lens('Cancel').count()) > 0) break;
      if ((await unheard.count()) > 0) await target.click({ timeout: 8000 }).catch(() => undefined);
    }
    await done.first().waitFor();
  }

  /** The part of a CodeLens that can be clicked. */
  lensLink(text: string | RegExp): Locator {
    return this.page.locator('.codelens-decoration a', { hasText: text }).first();
  }

  /** Notifications that are shown. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-list-item', { hasText: text });
  }

  /** Puts the cursor at the end of the first line of an editor that has this text. */
  async cursorAtEnd(file: string, text: string): Promise<void> {
    await this.editor(file).locator('.view-line', { hasText: text }).first().click();
    await this.page.keyboard.press('End');
  }

  /** Types as a user does, and takes this offer of the list that comes. */
  async typeAndPick(text: string, label: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 20 });
    await this.suggestion(label).click();
    await this.page
      .locator('.suggest-widget.visible')
      .waitFor({ state: 'hidden' })
      .catch(() => undefined);
  }

  /** An offer in the open list of completions, by its exact label. */
  suggestion(label: string): Locator {
    return this.page
      .locator('.suggest-widget.visible .monaco-list-row')
      .filter({ has: this.page.locator('.label-name', { hasText: exactly(label) }) })
      .first();
  }

  /** Clicks a button of the dialog that covers the workbench. */
  async dialogButton(name: string): Promise<void> {
    await this.page.locator('.monaco-dialog-box').getByRole('button', { name }).click();
    await this.page.locator('.monaco-dialog-box').waitFor({ state: 'hidden' });
  }

  /** Waits until the extension draws `mark` behind a line that has `line`. */
  async markBehind(line: string, mark: string): Promise<void> {
    await this.page.waitForFunction(drawnBehind(line, mark));
  }

  async hasMark(line: string, mark: string): Promise<boolean> {
    return this.page.evaluate<boolean>(drawnBehind(line, mark));
  }

  /** Marks of errors in the visible part of an editor. */
  errorMarks(): Locator {
    return this.page.locator('.squiggly-error');
  }

  /** Clicks into the first text that is marked as an error. */
  async goToFirstError(): Promise<void> {
    const box = await this.errorMarks().first().boundingBox();
    if (!box) throw new Error('No error is marked in the visible part of the editor.');
    await this.page.mouse.click(box.x + 4, box.y + box.height / 2);
  }

  /** The quick fixes at the cursor, opened with the keys once the editor shows that it has some. */
  async openLightBulb(): Promise<Locator> {
    await this.page
      .locator('.lightBulbWidget, .codicon-gutter-lightbulb, .codicon-gutter-lightbulb-auto-fix')
      .first()
      .waitFor();
    const fixes = this.page.locator('.action-widget .monaco-list-row.action');
    // The editor forgets keys that arrive while it asks for the fixes of an older text: press again, as a user does.
    for (let attempt = 1; attempt < 4; attempt++) {
      await this.page.keyboard.press('ControlOrMeta+.');
      const opened = await fixes
        .first()
        .waitFor({ timeout: 4000 })
        .then(
          () => true,
          () => false,
        );
      if (opened) return fixes;
    }
    await this.page.keyboard.press('ControlOrMeta+.');
    await fixes.first().waitFor();
    return fixes;
  }

  /** Waits until the status bar counts fewer errors. */
  async errorCountBelow(count: number): Promise<void> {
    const label = this.page.locator('#status\\.problems a').first();
    await label.and(this.page.locator(`:not([aria-label*="Errors: ${count}"])`)).waitFor();
  }

  /** How many errors the status bar counts over the workspace. */
  async errorCount(): Promise<number> {
    const label = await this.page.locator('#status\\.problems a').first().getAttribute('aria-label');
    return Number(
      /Errors: (\d+)/.exec(label ?? '')?.[1] ?? (label?.startsWith('No Problems') === true ? 0 : Number.NaN),
    );
  }

  /** How many problems of any kind the status bar counts over the workspace. */
  async problemCount(): Promise<number> {
    const label = await this.page.locator('#status\\.problems a').first().getAttribute('aria-label');
    return [...(label ?? '').matchAll(/: (\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0);
  }

  /** Whether that count is soon lower. */
  async isProblemCountBelow(count: number): Promise<boolean> {
    const isLower = `[...(document.querySelector('#status\\\\.problems a')?.getAttribute('aria-label') ?? '')
      .matchAll(/: (\\d+)/g)].reduce((sum, [, found]) => sum + Number(found), 0) < ${count}`;
    return this.page.waitForFunction(isLower, undefined, { timeout: 8000 }).then(
      () => true,
      () => false,
    );
  }

  /** Points at the first text that is marked as an error and returns the hover that comes. */
  async hoverFirstError(): Promise<Locator> {
    const box = await this.errorMarks().first().boundingBox();
    if (!box) throw new Error('No error is marked in the visible part of the editor.');
    await this.page.mouse.move(box.x + 4, box.y + box.height / 2);
    const hover = this.page.locator('.monaco-resizable-hover .monaco-hover-content, .monaco-hover .hover-contents');
    await hover.first().waitFor();
    return hover.first();
  }

  /** The rows of the Problems panel, opened if it is closed: a row for each file, then one for each finding. */
  async problems(): Promise<Locator> {
    const panel = this.page.locator('.markers-panel');
    if (!(await panel.isVisible())) await this.page.keyboard.press('ControlOrMeta+Shift+M');
    await panel.waitFor();
    return panel.locator('.monaco-list-row');
  }

  /** Closes all editors and gives up what was not saved in them. */
  async closeEditors(): Promise<void> {
    await this.command('View: Close All Editors');
    const discard = this.page.getByRole('button', { name: "Don't Save" });
    const closed = this.page.locator('.editor-group-container.empty').first();
    await discard.or(closed).first().waitFor();
    if (await discard.isVisible()) await discard.click();
    await closed.waitFor();
  }

  /** Takes the notifications away, so that they hide nothing. */
  async clearNotifications(): Promise<void> {
    await this.command('Notifications: Clear All Notifications');
    await this.notification('').first().waitFor({ state: 'hidden' });
  }

  /** Changes the colour theme and waits until the workbench has it. */
  async setTheme(theme: keyof typeof THEMES): Promise<void> {
    const { name, className } = THEMES[theme];
    await this.command('Preferences: Color Theme');
    const input = this.page.locator('.quick-input-widget input[type="text"]').first();
    await input.fill(name);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().click();
    await this.quickInput.gone();
    await this.page.locator(`.monaco-workbench.${className}`).waitFor();
  }

  /** Keeps a picture of the whole workbench as test-results/screenshots/NAME.png. */
  async screenshot(name: string): Promise<void> {
    const folder = join(resultsFolder, 'screenshots');
    await mkdir(folder, { recursive: true });
    // Animations are shown at their end: a notification that is still sliding in would be half transparent.
    await this.page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  }
}

/** Such texts are no nodes of the page: only the styles know them. */
function drawnBehind(line: string, mark: string): string {
  return `[...document.querySelectorAll('.view-line')].some((shown) =>
    shown.textContent.replaceAll('\u00a0', ' ').includes(${JSON.stringify(line)}) &&
    [...shown.querySelectorAll('span')].some((part) =>
      getComputedStyle(part, '::after').content.replaceAll('\u00a0', ' ').includes(${JSON.stringify(mark)})))`;
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}
