import { allProblems } from './allProblems.ts';
import { problemPage } from './problemPage.ts';

const INTRODUCTION = `# Reference of codes

Every problem that the editor marks or the command line reports has a code. This page is made from the tables in the
source by \`npm run reference\`: change a sentence there.

A rule's severity is changed by the setting \`powerschool.lint.rules\` (\`{ "PS159": "off" }\`). A comment in the file,
\`<!-- powerschool-disable-next-line CODE -->\`, quiets one place and \`<!-- powerschool-disable CODE -->\` the file; request
files write it behind \`#\`. Where that is not possible is told in [plugins.md](plugins.md#rules-of-a-project).
`;

const AREAS: readonly (readonly [prefix: string, title: string])[] = [
  ['PS1', 'plugin.xml'],
  ['PS2', 'PowerQueries (named_queries.xml)'],
  ['PS3', 'Permission mappings (permission_mappings.xml)'],
  ['PS4', 'The rest of a plugin package, and rules across files'],
  ['PS5', 'Request files'],
  ['PS9', 'Connection, sign-in and run time'],
];

/** The text of docs/reference.md: every code, by area. */
export function referencePage(): string {
  const problems = [...allProblems()];
  const sections = AREAS.map(([prefix, title]) => {
    const rows = problems.filter(([code]) => code.startsWith(prefix));
    return [`## ${title}`, ...rows.map(([code, row]) => problemPage(code, row, 3))].join('\n\n');
  });
  return `${[INTRODUCTION, ...sections].join('\n')}\n`.replace(/\n{3,}/g, '\n\n');
}
