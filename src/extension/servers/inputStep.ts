import { InputBoxValidationSeverity, QuickInputButtons, l10n, window } from 'vscode';

export interface InputStep {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder?: string | undefined;
  readonly value: string;
  readonly password?: boolean | undefined;
  readonly step: number;
  readonly totalSteps: number;
  /** Shown at once: why the flow came back to this step. */
  readonly problem?: string | undefined;
  /** Checked while typing and on Enter; the text says what is wrong. */
  readonly validate: (value: string) => string | undefined;
  /** Runs on Enter with the box kept open and busy, telling what it does; Escape aborts the signal. */
  readonly submit?:
    | ((value: string, signal: AbortSignal, report: (doing: string) => void) => Promise<StepRefusal | undefined>)
    | undefined;
}

/** Why a submission was refused and which step can mend it. */
export interface StepRefusal {
  readonly problem: string;
  readonly step: number;
}

export type StepOutcome =
  | { readonly kind: 'accepted'; readonly value: string }
  | { readonly kind: 'back'; readonly value: string }
  | { readonly kind: 'refused'; readonly value: string; readonly refusal: StepRefusal }
  | { readonly kind: 'cancelled' };

/** Shows one step of a flow as an input box; what was typed is in the outcome whichever way the step ends. */
export function showInputStep(options: InputStep): Promise<StepOutcome> {
  const box = window.createInputBox();
  box.title = options.title;
  box.prompt = options.prompt;
  box.placeholder = options.placeholder;
  box.value = options.value;
  box.password = options.password ?? false;
  box.step = options.step;
  box.totalSteps = options.totalSteps;
  box.ignoreFocusOut = true;
  if (options.step > 1) box.buttons = [QuickInputButtons.Back];
  if (options.problem !== undefined) box.validationMessage = asError(options.problem);

  const running = new AbortController();
  return new Promise<StepOutcome>((resolve) => {
    const finish = (outcome: StepOutcome): void => {
      resolve(outcome);
      box.dispose();
    };
    const accept = async (): Promise<void> => {
      if (box.busy) return;
      const value = box.value;
      const problem = options.validate(value);
      if (problem !== undefined) {
        box.validationMessage = asError(problem);
        return;
      }
      if (!options.submit) return finish({ kind: 'accepted', value });
      const report = (doing: string): void => {
        box.validationMessage = { message: `${doing}…`, severity: InputBoxValidationSeverity.Info };
      };
      report(l10n.t('Checking'));
      box.busy = true;
      box.enabled = false;
      const refusal = await options.submit(value, running.signal, report);
      if (running.signal.aborted) return;
      if (!refusal) return finish({ kind: 'accepted', value });
      if (refusal.step !== options.step) return finish({ kind: 'refused', value, refusal });
      box.busy = false;
      box.enabled = true;
      box.validationMessage = asError(refusal.problem);
    };
    box.onDidAccept(() => void accept());
    box.onDidChangeValue((value) => {
      const problem = value === '' ? undefined : options.validate(value);
      box.validationMessage = problem === undefined ? undefined : asError(problem);
    });
    box.onDidTriggerButton((button) => {
      if (button === QuickInputButtons.Back) finish({ kind: 'back', value: box.value });
    });
    box.onDidHide(() => {
      running.abort();
      finish({ kind: 'cancelled' });
    });
    box.show();
  });
}

function asError(message: string): { message: string; severity: InputBoxValidationSeverity } {
  return { message, severity: InputBoxValidationSeverity.Error };
}
