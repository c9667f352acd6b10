import { GridPage } from './gridPage.ts';
import { HostChannel, type EditorPage } from './hostChannel.ts';
import type { SavedPage } from './pageParts.ts';
import type { RegularTableElement } from './regularTable.ts';

declare function acquireVsCodeApi(): EditorPage;

const editor = acquireVsCodeApi();

function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no ${id}.`);
  return found;
}

let page: GridPage | undefined;
const channel = new HostChannel(editor, (message) => {
  if (message.kind !== 'start') return page?.hear(message);
  document.documentElement.lang = message.language;
  const said = part('said');
  // A new result begins with fresh parts; what was in force is taken over by names.
  const table = document.createElement('regular-table') as unknown as RegularTableElement;
  part('table').replaceChildren(table);
  page = new GridPage(
    {
      toolbar: part('toolbar'),
      progress: part('progress'),
      table,
      detail: part('detail'),
      note: part('note'),
      saved: editor.getState() as SavedPage | undefined,
      save: (state) => editor.setState(state),
      announce: (text) => {
        said.textContent = text;
      },
      ready: () => {
        document.body.dataset['ready'] = 'true';
      },
    },
    channel,
    message.strings,
  );
});
channel.ready();
