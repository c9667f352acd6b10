/** Outlines on a field of 16 by 16, drawn in the colour of the text. */
const PATHS = {
  search: 'M10.5 6.5a4 4 0 1 1-8 0 4 4 0 0 1 8 0ZM9.5 9.5 14 14',
  filter: 'M2 3h12l-4.5 5.5V13l-3-1.5v-3L2 3Z',
  chevron: 'm4 6 4 4 4-4',
  columns: 'M2.5 3h11v10h-11zM6.5 3v10M10 3v10',
  close: 'm4 4 8 8m0-8-8 8',
  copy: 'M6 5.5h7.5V14H6zM3 10.5V2.5h7',
} as const;

export type IconName = keyof typeof PATHS;

/** A picture beside or instead of a text; hidden from assistive technology. */
export function icon(name: IconName): HTMLElement {
  const holder = document.createElement('span');
  holder.className = 'icon';
  holder.ariaHidden = 'true';
  const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  picture.setAttribute('viewBox', '0 0 16 16');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', PATHS[name]);
  picture.append(path);
  holder.append(picture);
  return holder;
}
