import type { PackageRule } from './packageRule.ts';

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
        report(file, { start: 0, end: 0 }, [lacking.length, fullest.file.inside, list]);
      }
    }
  },
};
