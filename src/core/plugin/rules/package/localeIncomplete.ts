import type { Fix } from '../../../problem/diagnostic.ts';
import { phrase } from '../../../problem/phrase.ts';
import { lineEndOf } from '../../schema/structureFixes.ts';
import type { PackageRule } from './packageRule.ts';

/** Puts lines at the end of a file. */
function append(text: string, lines: readonly string[], from: string): Fix {
  const lineEnd = lineEndOf(text);
  const gap = text === '' || /[\r\n]$/.test(text) ? '' : lineEnd;
  return {
    title: phrase('Add them with the texts of {0}', from),
    automatic: false,
    edits: [
      {
        range: { start: text.length, end: text.length },
        text: `${gap}${lines.map((line) => line + lineEnd).join('')}`,
      },
    ],
  };
}

export const localeIncomplete: PackageRule = {
  code: 'PS489',
  check({ messages }, report) {
    const groups = new Map<string, typeof messages>();
    for (const entry of messages) {
      const group = entry.file.inside.replace(/\.[A-Za-z]{2}_[A-Za-z]{2}\.properties$/, '');
      groups.set(group, [...(groups.get(group) ?? []), entry]);
    }
    for (const group of groups.values()) {
      const fullest = [...group].sort((a, b) => b.content.length - a.content.length)[0];
      if (fullest === undefined) continue;
      for (const { file, content } of group) {
        const here = new Set(content.map(({ key }) => key));
        const lacking = fullest.content.filter(({ key }) => !here.has(key));
        if (lacking.length === 0) continue;
        const names = lacking.slice(0, 5).map(({ key }) => key);
        const list = names.join(', ') + (lacking.length > names.length ? ', …' : '');
        const lines = lacking.map(({ start, lineEnd }) => fullest.file.decoded.text.slice(start, lineEnd));
        report(
          file,
          { start: 0, end: 0 },
          [lacking.length, fullest.file.inside, list],
          [append(file.decoded.text, lines, fullest.file.inside)],
        );
      }
    }
  },
};
