import { l10n } from 'vscode';
import { parseServerUrl } from '../../core/powerschool/serverUrl.ts';
import type { NetworkOptions, Server, ServerKind } from '../../core/powerschool/server.ts';
import type { ExplainedError } from '../../core/problem/explainedError.ts';
import { describeError } from '../problems/showError.ts';
import type { ConnectionMender } from './connectionMends.ts';
import { describeField } from './draftFields.ts';
import { showInputStep, type StepRefusal } from './inputStep.ts';
import { kindIcon, kindLabel, kindMeaning, likelyKind, pickKind } from './serverKind.ts';
import { compactNetwork } from './serverIndex.ts';

/** What the user gives to add or edit a server. */
export interface ServerDraft {
  readonly name: string;
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Undefined until it is chosen: then the address decides. */
  readonly kind?: ServerKind | undefined;
  readonly network?: NetworkOptions | undefined;
  /** An origin without encryption, away from this computer, that the user agreed to. */
  readonly plainHttp?: string | undefined;
}

export type DraftField = 'name' | 'url' | 'clientId' | 'clientSecret';

export const ALL_FIELDS: readonly DraftField[] = ['name', 'url', 'clientId', 'clientSecret'];

/** Why a draft was refused and which field can mend it. */
export interface DraftRefusal {
  readonly field: DraftField;
  readonly problem: ExplainedError;
}

export interface DraftFlow {
  readonly title: string;
  readonly initial: ServerDraft;
  /** The steps, in order. */
  readonly fields: readonly DraftField[];
  /** Another server has this name. */
  readonly isNameTaken: (name: string) => boolean;
  /** The Client Secret in the store can be used with this draft, so that the field may stay empty. */
  readonly keepsSecret: (draft: ServerDraft) => boolean;
  readonly mender: ConnectionMender;
  /** Tries the whole draft; a refusal leads back to the step that can mend it, with everything kept. */
  readonly submit: (
    draft: ServerDraft,
    signal: AbortSignal,
    report: (doing: string) => void,
  ) => Promise<DraftRefusal | undefined>;
}

type FlowRefusal = StepRefusal & DraftRefusal;

/** Asks for a server step by step, back and forth. Undefined when dismissed; else `submit` has accepted the draft. */
export async function askServerDraft(flow: DraftFlow): Promise<ServerDraft | undefined> {
  const { fields } = flow;
  let draft = flow.initial;
  let at = 0;
  let problem: string | undefined;
  let submitAtOnce = false;
  for (;;) {
    const field = fields[at];
    if (field === undefined) return draft;
    const before = draft;
    const kind = kindOf(before);
    const submit = (
      value: string,
      signal: AbortSignal,
      report: (doing: string) => void,
    ): Promise<FlowRefusal | undefined> => trySubmit(flow, { ...before, [field]: value.trim() }, field, signal, report);
    const { label, ...texts } = describeField(field, flow, before);
    const outcome = await showInputStep<FlowRefusal>({
      ...texts,
      title: `${flow.title}: ${label}`,
      value: before[field],
      step: at + 1,
      totalSteps: fields.length,
      problem,
      button: {
        iconPath: kindIcon(kind),
        tooltip: l10n.t('Marked {0}. {1} Click to change.', kindLabel(kind), kindMeaning(kind)),
      },
      submit: at === fields.length - 1 ? submit : undefined,
      submitAtOnce,
    });
    problem = undefined;
    submitAtOnce = false;
    if (outcome.kind === 'cancelled') return undefined;
    draft = withValue(before, field, outcome.value.trim());
    switch (outcome.kind) {
      case 'accepted':
        if (field === 'url') draft = { ...draft, plainHttp: plainOriginOf(draft.url) };
        at++;
        break;
      case 'back':
        at--;
        break;
      case 'button':
        draft = { ...draft, kind: (await pickKind(kind)) ?? draft.kind };
        break;
      case 'refused': {
        const { refusal } = outcome;
        const mended = await flow.mender.offer(serverOf(draft), refusal.problem);
        if (mended) {
          draft = { ...draft, network: mended.network };
          submitAtOnce = true;
          break;
        }
        // A flow without that field stays where it is.
        if (fields.includes(refusal.field)) at = fields.indexOf(refusal.field);
        problem = refusal.text;
      }
    }
  }
}

/** The kind that was chosen, else what the address says. */
export function kindOf({ kind, url }: ServerDraft): ServerKind {
  return kind ?? likelyKind(originOf(url) ?? '');
}

/** The server that a draft describes, under an id that is not kept; its origin is empty while the address is wrong. */
export function serverOf(draft: ServerDraft): Server {
  return {
    id: 'draft',
    name: draft.name.trim(),
    origin: originOf(draft.url) ?? '',
    kind: kindOf(draft),
    ...(draft.network ? { network: draft.network } : {}),
  };
}

/** The origin of an address as typed, or undefined when it is none. */
export function originOf(url: string): string | undefined {
  const parsed = parseServerUrl(url);
  return parsed.kind === 'wrong' ? undefined : parsed.origin;
}

/** A certificate was trusted for one address, and is not for the next. */
function withValue(draft: ServerDraft, field: DraftField, value: string): ServerDraft {
  const changed = { ...draft, [field]: value };
  if (!draft.network || originOf(draft.url) === originOf(changed.url)) return changed;
  return { ...changed, network: compactNetwork({ ...draft.network, pinnedCertificate: undefined }) };
}

function plainOriginOf(url: string): string | undefined {
  const parsed = parseServerUrl(url);
  return parsed.kind === 'confirm' ? parsed.origin : undefined;
}

async function trySubmit(
  flow: DraftFlow,
  draft: ServerDraft,
  field: DraftField,
  signal: AbortSignal,
  report: (doing: string) => void,
): Promise<FlowRefusal | undefined> {
  report(l10n.t('Checking'));
  const refusal = await flow.submit(draft, signal, report);
  if (!refusal) return undefined;
  const elsewhere = refusal.field !== field && flow.fields.includes(refusal.field);
  const leave = elsewhere || flow.mender.canMend(serverOf(draft), refusal.problem);
  return { ...refusal, leave, text: `${describeError(refusal.problem)} (${refusal.problem.code})` };
}
