import { l10n, window, type QuickPick, type QuickPickItem } from 'vscode';
import { joined } from '../adapters/treeRow.ts';
import { describeIds, type Candidate } from '../../core/catalog/lookup.ts';
import { lookUp, type LookupKind } from '../../core/catalog/recordLookup.ts';
import type { Server } from '../../core/powerschool/server.ts';
import { describeError } from '../problems/showError.ts';
import { RecordSearch } from './recordSearch.ts';
import type { ServerReads } from './serverReads.ts';

export interface RecordPickerOptions {
  readonly kind: LookupKind;
  readonly server: Server;
  readonly reads: Pick<ServerReads, 'get'>;
  readonly title: string;
  /** Offers to leave the id open. */
  readonly mayStayOpen?: boolean;
}

export type PickedRecord =
  | { readonly kind: 'record'; readonly candidate: Candidate }
  /** As typed, when nothing was found or wanted. */
  | { readonly kind: 'typed'; readonly value: string }
  | { readonly kind: 'open' };

interface RecordItem extends QuickPickItem {
  readonly outcome?: PickedRecord;
  readonly chooseSchool?: true;
}

/** Milliseconds without a key before the server is asked. */
const PAUSE = 350;
const SHORTEST = 2;

/** Finds a record by any of its ids or its name, while it is typed; undefined when dismissed. */
export async function pickRecord(options: RecordPickerOptions): Promise<PickedRecord | undefined> {
  const search = new RecordSearch(options.reads, options.server);
  let school: Candidate | undefined;
  let typed = '';
  for (;;) {
    const outcome = await showPicker(options, search, school, typed);
    if (outcome === undefined || outcome.kind !== 'school') return outcome;
    typed = outcome.typed;
    const picked = await pickRecord({
      ...options,
      kind: 'school',
      title: l10n.t('In which school?'),
      mayStayOpen: false,
    });
    if (picked?.kind === 'record') school = picked.candidate;
  }
}

type Outcome = PickedRecord | { readonly kind: 'school'; readonly typed: string };

function showPicker(
  options: RecordPickerOptions,
  search: RecordSearch,
  school: Candidate | undefined,
  typed: string,
): Promise<Outcome | undefined> {
  const picker = window.createQuickPick<RecordItem>();
  const session = new PickerSession(options, search, school, picker);
  return new Promise((resolve) => {
    const finish = (outcome: Outcome | undefined): void => {
      resolve(outcome);
      picker.hide();
    };
    picker.onDidChangeValue((value) => session.typed(value));
    picker.onDidAccept(() => {
      const [item] = picker.activeItems;
      if (item?.chooseSchool) finish({ kind: 'school', typed: picker.value });
      else if (item?.outcome) finish(item.outcome);
    });
    picker.onDidHide(() => {
      session.end();
      resolve(undefined);
      picker.dispose();
    });
    picker.value = typed;
    picker.show();
    session.typed(typed);
  });
}

/** One open list: what is typed goes to the server after a pause, and an older answer never replaces a newer one. */
class PickerSession {
  readonly #options: RecordPickerOptions;
  readonly #search: RecordSearch;
  readonly #school: Candidate | undefined;
  readonly #picker: QuickPick<RecordItem>;
  #timer: NodeJS.Timeout | undefined;
  #running = new AbortController();

  constructor(
    options: RecordPickerOptions,
    search: RecordSearch,
    school: Candidate | undefined,
    picker: QuickPick<RecordItem>,
  ) {
    this.#options = options;
    this.#search = search;
    this.#school = school;
    this.#picker = picker;
    picker.title = school === undefined ? options.title : `${options.title} · ${school.title}`;
    picker.placeholder = placeholderFor(options.kind);
    picker.matchOnDescription = true;
    picker.matchOnDetail = true;
    picker.ignoreFocusOut = true;
  }

  typed(value: string): void {
    clearTimeout(this.#timer);
    this.#running.abort();
    this.#running = new AbortController();
    const text = value.trim();
    // Schools, and whatever one school lists, are few: they are listed before anything is typed.
    const lists = this.#options.kind === 'school' || this.#school !== undefined;
    if (text.length < SHORTEST && !lists) {
      this.#picker.busy = false;
      this.#picker.items = this.#furtherItems(text);
      return;
    }
    this.#picker.busy = true;
    const { signal } = this.#running;
    this.#timer = setTimeout(() => void this.#look(text, signal), text === '' ? 0 : PAUSE);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#running.abort();
  }

  async #look(text: string, signal: AbortSignal): Promise<void> {
    const { kind } = this.#options;
    try {
      const plan = lookUp(kind, text, this.#school?.value);
      const { candidates, problem } = await this.#search.run(plan, signal);
      this.#show(text, candidates, problem, candidates.length > 0 && kind === 'student');
      if (kind === 'student' && candidates.length > 0)
        this.#show(text, await this.#search.withStudentIds(candidates, signal), problem, false);
    } catch (error) {
      if (!signal.aborted) this.#show(text, [], error, false);
    }
    if (!signal.aborted) this.#picker.busy = false;
  }

  #show(text: string, candidates: readonly Candidate[], problem: unknown, more: boolean): void {
    const items = candidates.map((candidate): RecordItem => recordItem(candidate));
    if (items.length === 0 && problem !== undefined)
      items.push({
        label: `$(error) ${l10n.t('The server could not be asked')}`,
        detail: describeError(problem),
        alwaysShow: true,
      });
    else if (items.length === 0 && text !== '')
      items.push({ label: l10n.t('Nobody and nothing fits “{0}”', text), alwaysShow: true });
    const [active] = this.#picker.activeItems;
    this.#picker.items = [...items, ...this.#furtherItems(text)];
    // What was found last stays picked when more is known of it; nothing else stands before what was found.
    const again = items.find(({ label, outcome }) => outcome !== undefined && label === active?.label) ?? items[0];
    if (again) this.#picker.activeItems = [again];
    this.#picker.busy = more;
  }

  #furtherItems(text: string): RecordItem[] {
    const { kind, mayStayOpen } = this.#options;
    const items: RecordItem[] = [];
    if (kind !== 'student' && kind !== 'school')
      items.push({
        label: `$(home) ${this.#school === undefined ? l10n.t('Choose a school to list them all…') : l10n.t('Choose another school…')}`,
        alwaysShow: true,
        chooseSchool: true,
      });
    if (mayStayOpen && /^\d{1,15}$/.test(text))
      items.push({
        label: `$(symbol-number) ${l10n.t('Use {0} as it is', text)}`,
        alwaysShow: true,
        outcome: { kind: 'typed', value: text },
      });
    if (mayStayOpen)
      items.push({
        label: `$(question) ${l10n.t('Leave it open: ask at each run')}`,
        alwaysShow: true,
        outcome: { kind: 'open' },
      });
    return items;
  }
}

function recordItem(candidate: Candidate): RecordItem {
  const by = candidate.foundBy === '' ? '' : l10n.t('found by {0}', candidate.foundBy);
  return {
    label: candidate.title === '' ? candidate.value : candidate.title,
    description: joined([candidate.detail, by]),
    detail: describeIds(candidate),
    alwaysShow: true,
    outcome: { kind: 'record', candidate },
  };
}

function placeholderFor(kind: LookupKind): string {
  switch (kind) {
    case 'student':
      return l10n.t('Student number, state number, ID, DCID, or a name such as Quill, Nora');
    case 'school':
      return l10n.t('School number, DCID or name');
    case 'staff':
      return l10n.t('DCID; choose a school to search by name or teacher number');
    case 'user':
      return l10n.t('Teacher number, DCID or name');
    case 'course':
      return l10n.t('Course number, DCID or name');
    case 'section':
      return l10n.t('DCID, ID, or course and section number such as BIO101.2');
    case 'term':
      return l10n.t('Term id or DCID');
  }
}
