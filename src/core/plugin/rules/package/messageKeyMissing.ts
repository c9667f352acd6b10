import { nearestName } from '../../schema/nearestName.ts';
import { changeTo } from '../../schema/structureFixes.ts';
import type { PackageRule } from './packageRule.ts';

const TEXT_TAG = /~\[text:([^\]\s]+)\]/g;

export const messageKeyMissing: PackageRule = {
  code: 'PS487',
  check({ messages, pages }, report) {
    const keys = new Set(messages.flatMap(({ content }) => content.map(({ key }) => key)));
    if (keys.size === 0) return;
    // a key that shares its first parts with those of the package was meant to be one of them
    const stems = new Set([...keys].map(stemOf));
    for (const file of pages) {
      for (const match of file.decoded.text.matchAll(TEXT_TAG)) {
        const [whole, key = ''] = match;
        if (keys.has(key) || !stems.has(stemOf(key))) continue;
        const near = nearestName(key, keys);
        const start = match.index + '~[text:'.length;
        const edits = [{ range: { start, end: start + key.length }, text: near ?? key }];
        const fixes = near === undefined ? [] : [{ title: changeTo(near), automatic: false, edits }];
        report(file, { start: match.index, end: match.index + whole.length }, [key], fixes);
      }
    }
  },
};

function stemOf(key: string): string {
  return key.split('.').slice(0, -1).join('.');
}
