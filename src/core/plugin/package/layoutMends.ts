import type { Diagnostic } from '../../problem/diagnostic.ts';
import { LAYOUT_ENDINGS } from './checkLayout.ts';
import { roleOf } from './packageLayout.ts';

/** Another name or place for a file or folder of a package; paths from its top. */
export interface Renaming {
  readonly from: string;
  readonly to: string;
}

/** The renaming that mends a finding about a file as such; undefined when only the writer can know. */
export function renamingFor({ code, args }: Diagnostic, path: string): Renaming | undefined {
  const parts = path.split('/');
  const [top = '', name = ''] = [parts[0], parts.at(-1)];
  switch (code) {
    case 'PS462':
      return { from: path, to: 'plugin.xml' };
    case 'PS463':
      return { from: path, to: `${top}/${name}` };
    case 'PS464': {
      const stem = name.split('.')[0] ?? '';
      const ending = LAYOUT_ENDINGS[roleOf(path)];
      // a file of another kind does not become one by its name
      const isKind = ending !== undefined && name.toLowerCase().endsWith(ending.slice(ending.lastIndexOf('.')));
      return isKind && stem !== '' ? { from: path, to: `${top}/${stem}${ending}` } : undefined;
    }
    case 'PS467':
      return { from: `${top}/${parts[1] ?? ''}`, to: 'pagecataloging' };
    case 'PS474':
      return typeof args[1] === 'string' ? { from: top, to: args[1] } : undefined;
    default:
      return undefined;
  }
}
