import { l10n, window } from 'vscode';
import { parseServerUrl } from '../../core/powerschool/serverUrl.ts';
import type { ExplainedError } from '../../core/problem/explainedError.ts';
import { describeError } from '../problems/showError.ts';
import type { InputStep, StepProblem, StepRefusal } from './inputStep.ts';
import { kindOf, type DraftField, type DraftFlow, type ServerDraft } from './serverDraft.ts';
import { kindLabel, kindMeaning } from './serverKind.ts';

type FieldTexts = Pick<InputStep<StepRefusal>, 'prompt' | 'placeholder' | 'password' | 'validate' | 'confirm'> & {
  /** What the field is called; it stands in the title of the step. */
  readonly label: string;
};

/** What the box of one field says and accepts. */
export function describeField(field: DraftField, flow: DraftFlow, draft: ServerDraft): FieldTexts {
  switch (field) {
    case 'name':
      return {
        label: l10n.t('Name'),
        prompt: l10n.t('A name for this server, as your requests and the status bar show it'),
        placeholder: l10n.t('Fernhill Test'),
        validate: (name) => required(l10n.t('Give the server a name.'))(name) ?? doubtName(flow, name),
      };
    case 'url':
      return {
        label: l10n.t('Address'),
        prompt: l10n.t('The address of the PowerSchool server, as in the browser'),
        placeholder: 'https://powerschool.fernhill.example',
        validate: urlDoubt,
        confirm: (url) => confirmPlainHttp(url, draft.plainHttp),
      };
    case 'clientId':
      return {
        label: l10n.t('Client ID'),
        prompt: l10n.t(
          'In PowerSchool: System > System Settings > Plugin Management Configuration > your plugin > Data Provider Configuration',
        ),
        placeholder: 'a1b2c3d4-e5f6-…',
        validate: required(l10n.t('Paste the Client ID from Data Provider Configuration.')),
      };
    case 'clientSecret': {
      const kept = flow.keepsSecret(draft);
      const kind = kindOf(draft);
      return {
        label: l10n.t('Client Secret'),
        prompt: l10n.t(
          'Below the Client ID. It is kept in the secret store of your computer. This server is marked {0}: {1}',
          kindLabel(kind),
          kindMeaning(kind),
        ),
        placeholder: kept ? l10n.t('Leave empty to keep the Client Secret that is stored') : undefined,
        password: true,
        validate: kept
          ? () => undefined
          : required(l10n.t('Paste the Client Secret from Data Provider Configuration.')),
      };
    }
  }
}

/** What is wrong with an address as it stands, to whoever cannot be asked. */
export function urlProblem(url: string): ExplainedError | undefined {
  const parsed = parseServerUrl(url);
  return parsed.kind === 'server' ? undefined : parsed.problem;
}

function urlDoubt(url: string): StepProblem | undefined {
  const parsed = parseServerUrl(url);
  if (parsed.kind === 'server') return undefined;
  return { message: describeError(parsed.problem), severity: parsed.kind === 'confirm' ? 'doubt' : 'error' };
}

/** Plain http leaves this computer only when the user says so, once for each address. */
async function confirmPlainHttp(url: string, agreed: string | undefined): Promise<boolean> {
  const parsed = parseServerUrl(url);
  if (parsed.kind !== 'confirm' || parsed.origin === agreed) return true;
  const use = l10n.t('Use Plain HTTP');
  const { message, mend } = parsed.problem;
  return (await window.showWarningMessage(message, { modal: true, detail: mend }, use)) === use;
}

function doubtName(flow: DraftFlow, name: string): StepProblem | undefined {
  if (!flow.isNameTaken(name.trim())) return undefined;
  const message = l10n.t('Another server has this name. Requests that name their server find only the first.');
  return { message, severity: 'doubt' };
}

function required(message: string): (value: string) => StepProblem | undefined {
  return (value) => (value.trim() === '' ? { message, severity: 'error' } : undefined);
}
