import type { GridStrings } from '../core/table/gridMessages.ts';
import { element } from './columnMenu.ts';
import type { GridLayout } from './gridLayout.ts';

/** All columns with a box each: checked ones are shown. */
export function columnChooser(strings: GridStrings, layout: GridLayout, onChange: () => void): Node[] {
  const find = document.createElement('input');
  find.type = 'text';
  find.placeholder = strings.findColumn;
  find.ariaLabel = strings.findColumn;
  find.spellcheck = false;
  const list = element('div', 'chooser-list');
  const rows = layout.all.map(({ name }) => {
    const label = document.createElement('label');
    label.className = 'chooser-row';
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = !layout.isHidden(name);
    box.addEventListener('change', () => {
      layout.setHidden(name, !box.checked);
      onChange();
    });
    label.append(box, name);
    label.title = name;
    list.append(label);
    return { name: name.toLowerCase(), label, box };
  });
  find.addEventListener('input', () => {
    const wanted = find.value.toLowerCase();
    for (const { name, label } of rows) label.hidden = !name.includes(wanted);
  });
  const actions = element('div', 'chooser-actions');
  const action = (text: string, run: () => void): HTMLElement => {
    const button = document.createElement('button');
    button.className = 'link';
    button.textContent = text;
    button.addEventListener('click', () => {
      run();
      for (const { name } of layout.all) {
        const row = rows.find((one) => one.name === name.toLowerCase());
        if (row) row.box.checked = !layout.isHidden(name);
      }
      onChange();
    });
    return button;
  };
  actions.append(
    action(strings.showAll, () => layout.showAll()),
    action(strings.resetColumns, () => layout.reset()),
  );
  return [find, list, actions];
}
