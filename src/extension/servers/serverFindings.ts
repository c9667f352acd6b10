import { l10n } from 'vscode';
import type { PowerSchoolClient } from '../../core/powerschool/client.ts';
import { checkServer, type CheckStepName, type ServerFacts } from '../../core/powerschool/serverCheck.ts';
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
  if (vital) return failureText(name, vital);
  const parts = [l10n.t('Signed in to {0}.', name)];
  if (facts.version) parts.push(l10n.t('PowerSchool {0}.', facts.version));
  if (facts.pluginId) parts.push(l10n.t('Plugin {0}.', facts.pluginId));
  if (facts.v1Level === 'READ') parts.push(l10n.t('/ws/v1 may be read.'));
  if (facts.tables) parts.push(l10n.t('Tables answer.'));
  const students = facts.maxPageSizes['student'];
  if (students) parts.push(l10n.t('Pages of up to {0} students.', students));
  for (const { problem } of failures) parts.push(`${problem.message} ${problem.mend} (${problem.code})`);
  return parts.join(' ');
}

/** Which step failed, why, and what to do. */
export function failureText(name: string, { step, problem }: ServerFindings['failures'][number]): string {
  const { message, mend, code } = problem;
  return l10n.t('{0}: “{1}” failed. {2} {3} ({4})', name, stepTitle(step), message, mend, code);
}

/** What was found, as rows of a list. */
export function factLines(facts: ServerFacts): { readonly name: string; readonly value: string }[] {
  const lines: { name: string; value: string }[] = [];
  if (facts.version) lines.push({ name: l10n.t('PowerSchool version'), value: facts.version });
  if (facts.pluginId) lines.push({ name: l10n.t('Plugin'), value: facts.pluginId });
  if (facts.v1Level) {
    const value =
      facts.v1Level === 'NONE' ? l10n.t('NONE: not allowed') : l10n.t('READ or FULL: only a write could tell which');
    lines.push({ name: l10n.t('Level of /ws/v1'), value });
  }
  for (const [kind, size] of Object.entries(facts.maxPageSizes).sort(([a], [b]) => (a < b ? -1 : 1))) {
    lines.push({ name: l10n.t('Largest page, {0}', kind.replaceAll('_', ' ')), value: String(size) });
  }
  return lines;
}

/** What a step does, as a row and as the word for a failure. */
export function stepTitle(step: CheckStepName): string {
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
