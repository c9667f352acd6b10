import { MarkdownString, l10n } from 'vscode';
import {
  describeArgument,
  describeExpansion,
  describeExtension,
  describeOperation,
  describeOperators,
  describePowerQuery,
  describeQueryColumn,
  describeQueryField,
  describeResource,
} from '../../core/catalog/docs.ts';
import { escapeMarkdown } from '../../core/catalog/markdown.ts';
import { wording } from '../problems/editorDiagnostics.ts';
import { describeColumn, describeTable } from '../../core/catalog/tableDocs.ts';
import { serverOf, type ExplorerNode } from './explorerNode.ts';
import type { ServerKnowledge } from './serverKnowledge.ts';

const options = { wording };

/** The documentation of a row; undefined where its item has a tooltip of its own. */
export async function explorerTooltip(
  node: ExplorerNode,
  knowledge: ServerKnowledge,
): Promise<MarkdownString | undefined> {
  const text = await describe(node, knowledge);
  return text === undefined ? undefined : new MarkdownString(text);
}

async function describe(node: ExplorerNode, knowledge: ServerKnowledge): Promise<string | undefined> {
  switch (node.kind) {
    case 'server': {
      const { version, limits } = await knowledge.facts(node.server);
      const sizes = Object.entries(limits).map(([key, size]) => `${key.replace(/_max_page_size$/, '')} ${size}`);
      return [
        `**${escapeMarkdown(node.server.name)}**`,
        escapeMarkdown(node.server.origin),
        version === undefined ? '' : l10n.t('PowerSchool {0}', escapeMarkdown(version)),
        sizes.length === 0 ? '' : l10n.t('Largest pages: {0}', escapeMarkdown(sizes.join(', '))),
      ]
        .filter((part) => part !== '')
        .join('\n\n');
    }
    case 'resource':
      return describeResource(node.resource, options);
    case 'operation':
      return describeOperation(await knowledge.catalog(node.parent.server), node.operation, options);
    case 'expansion':
      return describeExpansion(node.parent.resource, node.expansion, options);
    case 'extension':
      return describeExtension(node.extension, options);
    case 'field':
      return `${describeQueryField(node.field, options)}\n\n${describeOperators(options)}`;
    case 'table':
      return describeTable(node.table, await knowledge.tables(serverOf(node)), options);
    case 'column':
      return describeColumn(node.table, node.column, await knowledge.tables(serverOf(node)), options);
    case 'powerQuery':
      return describePowerQuery(node.query, options);
    case 'argument':
      return describeArgument(node.argument, options);
    case 'queryColumn':
      return describeQueryColumn(node.parent.query, node.name, options);
    case 'signIn':
    case 'area':
    case 'group':
    case 'tables':
    case 'powerQueries':
    case 'problem':
    case 'note':
      return undefined;
  }
}
