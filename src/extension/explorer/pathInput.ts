import { l10n, window, type QuickPickItem } from 'vscode';
import type { Operation } from '../../core/catalog/operation.ts';
import { canLookUp } from '../../core/catalog/recordLookup.ts';
import type { Server } from '../../core/powerschool/server.ts';
import { askArguments } from './argumentInput.ts';
import { pickRecord } from './recordPicker.ts';
import type { ServerKnowledge } from './serverKnowledge.ts';
import type { ServerReads } from './serverReads.ts';

export interface PathContext {
  readonly knowledge: ServerKnowledge;
  readonly reads: ServerReads;
}

export interface PathAnswers {
  /** A parameter that is absent is asked for at each run. */
  readonly pathParams: Readonly<Record<string, string>>;
  /** Of a PowerQuery. */
  readonly arguments: Readonly<Record<string, string>>;
}

/**
 * Asks for what an address still lacks: records are looked up, tables and PowerQueries chosen, and a PowerQuery asks
 * for its arguments. Undefined when dismissed.
 */
export async function askPathParams(
  context: PathContext,
  server: Server | undefined,
  operation: Operation,
  given: Readonly<Record<string, string>>,
): Promise<PathAnswers | undefined> {
  if (server === undefined) return { pathParams: given, arguments: {} };
  const pathParams: Record<string, string> = { ...given };
  for (const { name, kind, is } of operation.pathParams) {
    if ((pathParams[name] ?? '') !== '') continue;
    const value = await askParam(context, server, kind, `${operation.summary}: ${is.title}`);
    if (value === undefined) return undefined;
    if (value !== '') pathParams[name] = value;
  }
  const query = pathParams['queryname'];
  if (query === undefined || operation.resource !== 'powerQueries') return { pathParams, arguments: {} };
  const known = (await context.knowledge.catalog(server)).powerQuery(query);
  const values = known ? await askArguments(known) : {};
  return values && { pathParams, arguments: values };
}

/** Empty: left open. */
async function askParam(
  { knowledge, reads }: PathContext,
  server: Server,
  kind: string,
  title: string,
): Promise<string | undefined> {
  if (kind === 'table') {
    await reads.tables(server);
    const { tables } = await knowledge.tables(server);
    return pickName(
      title,
      tables.map(({ name, description }) => ({ label: name, description })),
    );
  }
  if (kind === 'powerQuery') {
    await reads.powerQueries(server);
    const { powerQueries } = await knowledge.catalog(server);
    return pickName(
      title,
      powerQueries.map(({ name, summary }) => ({ label: name, description: summary })),
    );
  }
  if (!canLookUp(kind)) return '';
  const picked = await pickRecord({ kind, server, reads, title, mayStayOpen: true });
  if (picked === undefined) return undefined;
  if (picked.kind === 'record') return picked.candidate.value;
  return picked.kind === 'typed' ? picked.value : '';
}

async function pickName(title: string, items: readonly QuickPickItem[]): Promise<string | undefined> {
  const open: QuickPickItem = { label: l10n.t('Leave it open: ask at each run') };
  const picked = await window.showQuickPick([open, ...items], { title, matchOnDescription: true });
  return picked === open ? '' : picked?.label;
}
