import { phrase } from '../../../problem/phrase.ts';
import { removeElement } from '../../schema/structureFixes.ts';
import type { QueryRule } from './queryRule.ts';

const INJECTED = new Set([
  'coretabledcid',
  'curstudid',
  'curtchrid',
  'curyearid',
  'curtermid',
  'curschoolid',
  'listaggdelim',
]);

export const unusedArgument: QueryRule = {
  code: 'PS257',
  check({ queries, document }, report) {
    for (const { args, sql } of queries) {
      if (sql === undefined || sql.element.unclosed) continue;
      const used = new Set(
        sql.statement.tokens.filter(({ kind }) => kind === 'bind').map(({ text }) => text.toLowerCase()),
      );
      for (const { element, name } of args) {
        const attribute = element.attribute('name');
        if (attribute === undefined || attribute.damaged || name === '' || used.has(name.toLowerCase())) continue;
        // PS-HTML may use it where no token shows it
        if (INJECTED.has(name.toLowerCase()) || sql.source.text.includes(name)) continue;
        report(attribute, [name], [removeElement(document, element, phrase('Remove {0}', name))]);
      }
    }
  },
};
