import { QuickPickItemKind, ThemeColor, ThemeIcon, commands, l10n, window, type QuickPickItem } from 'vscode';
import {
  CHECK_STEPS,
  checkServer,
  type CheckStep,
  type CheckStepName,
  type ServerFacts,
} from '../../core/powerschool/serverCheck.ts';
import type { Server } from '../../core/powerschool/server.ts';
import type { ExplainedError } from '../../core/problem/explainedError.ts';
import { COMMANDS } from '../contributions.ts';
import { applyMend, mendItem, mendsOf, type Mended } from './connectionMends.ts';
import type { ServerClients } from './serverClients.ts';
import { factLines, failureText, stepTitle } from './serverFindings.ts';
import type { ServerRegistry } from './serverRegistry.ts';

type TestItem = QuickPickItem & { readonly run?: () => Promise<void> };

type StepState = Exclude<CheckStep, { kind: 'end' }>['state'] | 'waiting';

interface TestState {
  readonly states: Map<CheckStepName, StepState>;
  readonly failures: { readonly step: CheckStepName; readonly problem: ExplainedError }[];
  facts: ServerFacts | undefined;
}

/**
 * Tests a server before the user's eyes: a list with a row for each step, then what was found, what failed, and what
 * can be done about it. Escape ends the test.
 */
export async function testServer(registry: ServerRegistry, clients: ServerClients, server: Server): Promise<void> {
  const stop = new AbortController();
  const list = window.createQuickPick<TestItem>();
  list.title = l10n.t('Test of {0}', server.name);
  list.placeholder = new URL(server.origin).host;
  list.ignoreFocusOut = true;
  list.matchOnDetail = true;
  list.busy = true;
  list.onDidHide(() => {
    stop.abort();
    list.dispose();
  });
  list.onDidAccept(() => {
    const run = list.selectedItems[0]?.run;
    if (!run) return;
    list.hide();
    void run();
  });

  const state: TestState = {
    states: new Map(CHECK_STEPS.map((step) => [step, 'waiting'])),
    failures: [],
    facts: undefined,
  };
  const mended = async ({ network }: Mended): Promise<void> => {
    await registry.change(server.id, { network });
    const changed = registry.find(server.id);
    if (changed) await testServer(registry, clients, changed);
  };
  const show = (): void => {
    list.items = [
      ...stepItems(state),
      ...(state.facts ? resultItems(server, state.facts, state.failures, mended) : []),
    ];
  };
  show();
  list.show();
  try {
    const client = await clients.clientFor(server);
    for await (const step of checkServer(client, { signal: stop.signal })) {
      if (step.kind === 'end') state.facts = step.facts;
      else state.states.set(step.step, step.state);
      if (step.kind === 'step' && step.state === 'failed') state.failures.push(step);
      show();
    }
  } catch (error) {
    if (stop.signal.aborted) return;
    list.hide();
    throw error;
  }
  list.busy = false;
  // Rows are one line long: the whole sentence is here.
  const [first] = state.failures;
  if (first) void explainFailure(failureText(server.name, first), first.problem.code);
}

async function explainFailure(text: string, code: string): Promise<void> {
  const explain = l10n.t('Explain');
  const log = l10n.t('Show Log');
  const answer = await window.showWarningMessage(text, explain, log);
  if (answer === explain) await commands.executeCommand(COMMANDS.openReference, code);
  if (answer === log) await commands.executeCommand(COMMANDS.showLog);
}

function stepItems({ states, failures }: TestState): TestItem[] {
  return [...states].map(([step, state]) => {
    const problem = failures.find((failure) => failure.step === step)?.problem;
    const item: TestItem = {
      label: stepTitle(step),
      description: stateWord(state),
      iconPath: stateIcon(state),
      alwaysShow: true,
    };
    if (!problem) return item;
    const run = async (): Promise<void> => {
      await commands.executeCommand(COMMANDS.openReference, problem.code);
    };
    return Object.assign(item, { detail: `${problem.code}: ${problem.message}`, run });
  });
}

function resultItems(
  server: Server,
  facts: ServerFacts,
  failures: TestState['failures'],
  mended: (mended: Mended) => Promise<void>,
): TestItem[] {
  const found: TestItem[] = factLines(facts).map(({ name, value }) => ({ label: name, description: value }));
  const first = failures[0]?.problem;
  const ways: TestItem[] = first
    ? mendsOf(server, first.code).map((mend) => {
        const run = async (): Promise<void> => {
          const result = await applyMend(server, mend);
          if (result) await mended(result);
        };
        return Object.assign(mendItem(mend), { run });
      })
    : [];
  if (first?.code === 'PS941' || first?.code === 'PS940') {
    ways.push({
      label: `$(key) ${l10n.t('Sign in again…')}`,
      run: async () => {
        await commands.executeCommand(COMMANDS.signInAgain, { server });
      },
    });
  }
  for (const { problem } of failures) {
    ways.push({
      label: `$(question) ${l10n.t('Explain {0}', problem.code)}`,
      detail: problem.mend,
      run: async () => {
        await commands.executeCommand(COMMANDS.openReference, problem.code);
      },
    });
  }
  return [
    ...(ways.length > 0 ? [separator(l10n.t('What to do')), ...ways] : []),
    ...(found.length > 0 ? [separator(l10n.t('Found')), ...found] : []),
  ];
}

function separator(label: string): TestItem {
  return { label, kind: QuickPickItemKind.Separator };
}

/** State is told by word too, for screen readers and for eyes that do not tell the colours apart. */
function stateWord(state: StepState): string {
  switch (state) {
    case 'waiting':
      return '';
    case 'running':
      return l10n.t('running');
    case 'passed':
      return l10n.t('passed');
    case 'failed':
      return l10n.t('failed');
    case 'skipped':
      return l10n.t('not tried');
  }
}

function stateIcon(state: StepState): ThemeIcon {
  switch (state) {
    case 'waiting':
      return new ThemeIcon('circle-large-outline');
    case 'running':
      return new ThemeIcon('loading~spin');
    case 'passed':
      return new ThemeIcon('pass', new ThemeColor('testing.iconPassed'));
    case 'failed':
      return new ThemeIcon('error', new ThemeColor('testing.iconFailed'));
    case 'skipped':
      return new ThemeIcon('circle-slash', new ThemeColor('testing.iconSkipped'));
  }
}
