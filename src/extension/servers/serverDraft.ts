import { l10n } from 'vscode';
import { showInputStep, type InputStep, type StepRefusal } from './inputStep.ts';

/** What the user types to add or edit a server. */
export interface ServerDraft {
  readonly name: string;
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The steps, in order; the numbers are those the input boxes show. */
export const DRAFT_STEPS = { name: 1, url: 2, clientId: 3, clientSecret: 4 } as const;

const FIELDS = ['name', 'url', 'clientId', 'clientSecret'] as const;

export interface DraftFlow {
  readonly title: string;
  readonly initial: Partial<ServerDraft>;
  /** What is wrong with an address, or undefined. */
  readonly checkUrl: (url: string) => string | undefined;
  /** Tries the whole draft; a refusal leads back to the step that can mend it, with everything kept. */
  readonly submit: (
    draft: ServerDraft,
    signal: AbortSignal,
    report: (doing: string) => void,
  ) => Promise<StepRefusal | undefined>;
}

/** Asks for a server step by step, back and forth. Undefined when dismissed; else `submit` has accepted the draft. */
export async function askServerDraft(flow: DraftFlow): Promise<ServerDraft | undefined> {
  const draft = { name: '', url: '', clientId: '', clientSecret: '', ...flow.initial };
  let at = 0;
  let problem: string | undefined;
  for (;;) {
    const field = FIELDS[at];
    if (field === undefined) return draft;
    const last = at === FIELDS.length - 1;
    const outcome = await showInputStep({
      ...describeField(field, flow),
      title: flow.title,
      value: draft[field],
      step: at + 1,
      totalSteps: FIELDS.length,
      problem,
      ...(last
        ? {
            submit: (value: string, signal: AbortSignal, report: (doing: string) => void) =>
              flow.submit({ ...draft, [field]: value.trim() }, signal, report),
          }
        : {}),
    });
    problem = undefined;
    if (outcome.kind === 'cancelled') return undefined;
    draft[field] = outcome.value.trim();
    if (outcome.kind === 'accepted') at++;
    else if (outcome.kind === 'back') at--;
    else {
      at = outcome.refusal.step - 1;
      problem = outcome.refusal.problem;
    }
  }
}

type FieldTexts = Pick<InputStep, 'prompt' | 'placeholder' | 'password' | 'validate'>;

function describeField(field: keyof ServerDraft, flow: DraftFlow): FieldTexts {
  switch (field) {
    case 'name':
      return {
        prompt: l10n.t('A name for this server, as your requests and the status bar show it'),
        placeholder: l10n.t('Fernhill Test'),
        validate: required(l10n.t('Give the server a name.')),
      };
    case 'url':
      return {
        prompt: l10n.t('The address of the PowerSchool server, as in the browser'),
        placeholder: 'https://powerschool.fernhill.example',
        validate: flow.checkUrl,
      };
    case 'clientId':
      return {
        prompt: l10n.t(
          'Client ID: System > System Settings > Plugin Management Configuration > your plugin > Data Provider Configuration',
        ),
        placeholder: 'a1b2c3d4-e5f6-…',
        validate: required(l10n.t('Paste the Client ID from Data Provider Configuration.')),
      };
    case 'clientSecret':
      return {
        prompt: l10n.t('Client Secret: below the Client ID. It is kept in the secret store of your computer.'),
        password: true,
        validate: required(l10n.t('Paste the Client Secret from Data Provider Configuration.')),
      };
  }
}

function required(problem: string): (value: string) => string | undefined {
  return (value) => (value.trim() === '' ? problem : undefined);
}
