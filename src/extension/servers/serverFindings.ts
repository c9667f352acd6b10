import { l10n } from 'vscode';
import type { PowerSchoolClient } from '../../core/powerschool/client.ts';
import type { CheckStepName, ServerFacts } from '../../core/powerschool/serverCheck.ts';
import type { ExplainedError } from '../../core/problem/explainedError.ts';

/** What a check of a server came to. */
export interface ServerFindings {
  readonly facts: ServerFacts;
  /** Failed steps, in order. After one of the first five the rest was not tried. */
  readonly failures: readonly { readonly step: CheckStepName; readonly problem: ExplainedError }[];
}

/** Steps without which nothing works; the rights of the plugin may be partial. */
const VITAL_STEPS: ReadonlySet<CheckStepName> = new Set(['nameLookup', 'connection', 'tls', 'token', 'plugin']);

/** Runs the check and tells each step as it begins. */
export async function examineServer(
  client: PowerSchoolClient,
  report: (step: string) => void = () => undefined,
  signal?: AbortSignal,
): Promise<ServerFindings> {
  const { checkServer } = await import('../../core/powerschool/serverCheck.ts');
  const failures: { step: CheckStepName; problem: ExplainedError }[] = [];
  let facts: ServerFacts | undefined;
  for await (const step of checkServer(client, signal ? { signal } : {})) {
    if (step.kind === 'end') facts = step.facts;
    else if (step.state === 'running') report(stepTitle(step.step));
    else if (step.state === 'failed') failures.push(step);
  }
  if (!facts) throw new Error('The check of the server ended without a result.');
  return { facts, failures };
}

/** The failure that makes the server unusable, if any. */
export function vitalFailure({ failures }: ServerFindings): ServerFindings['failures'][number] | undefined {
  return failures.find(({ step }) => VITAL_STEPS.has(step));
}

/** One sentence for each thing that was found. */
export function describeFindings(name: string, { facts, failures }: ServerFindings): string {
  const vital = failures.find(({ step }) => VITAL_STEPS.has(step));
  if (vital)
    return l10n.t('{0}: {1} failed. {2} {3}', name, stepTitle(vital.step), vital.problem.message, vital.problem.mend);
  const parts = [l10n.t('Signed in to {0}.', name)];
  if (facts.version) parts.push(l10n.t('PowerSchool {0}.', facts.version));
  if (facts.pluginId) parts.push(l10n.t('Plugin {0}.', facts.pluginId));
  if (facts.v1Level === 'READ') parts.push(l10n.t('/ws/v1 may be read.'));
  if (facts.tables) parts.push(l10n.t('Tables answer.'));
  const students = facts.maxPageSizes['student'];
  if (students) parts.push(l10n.t('Pages of up to {0} students.', students));
  for (const { problem } of failures) parts.push(`${problem.message} ${problem.mend}`);
  return parts.join(' ');
}

function stepTitle(step: CheckStepName): string {
  switch (step) {
    case 'nameLookup':
      return l10n.t('Looking up the name');
    case 'connection':
      return l10n.t('Connecting');
    case 'tls':
      return l10n.t('Securing the connection');
    case 'token':
      return l10n.t('Exchanging Client ID and Secret for a token');
    case 'plugin':
      return l10n.t('Reading the metadata');
    case 'v1Access':
      return l10n.t('Trying /ws/v1');
    case 'table':
      return l10n.t('Trying a table');
  }
}
