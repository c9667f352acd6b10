import { InputBoxValidationSeverity, QuickInputButtons, window, type QuickInputButton } from 'vscode';

/** What is wrong with a value. A doubt is shown, but Enter goes on. */
export interface StepProblem {
  readonly message: string;
  readonly severity: 'error' | 'doubt';
}

export interface InputStep<Refusal extends StepRefusal> {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder?: string | undefined;
  readonly value: string;
  readonly password?: boolean | undefined;
  readonly step: number;
  readonly totalSteps: number;
  /** Shown at once: why the flow came back to this step. */
  readonly problem?: string | undefined;
  /** A button in the title that leaves the box for a moment. */
  readonly button?: QuickInputButton | undefined;
  /** Checked while typing and on Enter. */
  readonly validate: (value: string) => StepProblem | undefined;
  /** Asked on Enter, with the box kept open; false stays at this step. */
  readonly confirm?: ((value: string) => Promise<boolean>) | undefined;
  /** Runs on Enter with the box kept open and busy, telling what it does; Escape aborts the signal. */
  readonly submit?:
    ((value: string, signal: AbortSignal, report: (doing: string) => void) => Promise<Refusal | undefined>) | undefined;
  /** Presses Enter by itself: what stood in the way was mended. */
  readonly submitAtOnce?: boolean | undefined;
}

/** Why a submission was refused. */
export interface StepRefusal {
  readonly text: string;
  /** Mended somewhere else than in this box. */
  readonly leave: boolean;
}

export type StepOutcome<Refusal extends StepRefusal> =
  | { readonly kind: 'accepted' | 'back' | 'button'; readonly value: string }
  | { readonly kind: 'refused'; readonly value: string; readonly refusal: Refusal }
  | { readonly kind: 'cancelled' };

/** Shows one step of a flow as an input box; what was typed is in the outcome whichever way the step ends. */
export function showInputStep<Refusal extends StepRefusal>(options: InputStep<Refusal>): Promise<StepOutcome<Refusal>> {
  const box = window.createInputBox();
  box.title = options.title;
  box.prompt = options.prompt;
  box.placeholder = options.placeholder;
  box.value = options.value;
  box.password = options.password ?? false;
  box.step = options.step;
  box.totalSteps = options.totalSteps;
  box.ignoreFocusOut = true;
  box.buttons = [...(options.step > 1 ? [QuickInputButtons.Back] : []), ...(options.button ? [options.button] : [])];

  const show = (problem: StepProblem | undefined): void => {
    box.validationMessage = problem && {
      message: problem.message,
      severity: problem.severity === 'doubt' ? InputBoxValidationSeverity.Warning : InputBoxValidationSeverity.Error,
    };
  };
  const hold = (held: boolean): void => {
    box.busy = held;
    box.enabled = !held;
  };
  // Enter tries the same value again: the server may be back.
  if (options.problem !== undefined) show({ message: options.problem, severity: 'error' });

  const running = new AbortController();
  return new Promise<StepOutcome<Refusal>>((resolve, reject) => {
    const finish = (outcome: StepOutcome<Refusal>): void => {
      resolve(outcome);
      box.dispose();
    };
    const accept = async (): Promise<void> => {
      if (box.busy) return;
      const value = box.value;
      const problem = options.validate(value);
      if (problem?.severity === 'error') return show(problem);
      hold(true);
      if (options.confirm && !(await options.confirm(value))) return hold(false);
      if (!options.submit) return finish({ kind: 'accepted', value });
      const report = (doing: string): void => {
        box.validationMessage = { message: `${doing}…`, severity: InputBoxValidationSeverity.Info };
      };
      const refusal = await options.submit(value, running.signal, report);
      if (running.signal.aborted) return;
      if (!refusal) return finish({ kind: 'accepted', value });
      if (refusal.leave) return finish({ kind: 'refused', value, refusal });
      hold(false);
      show({ message: refusal.text, severity: 'error' });
    };
    const tryAccept = (): void => {
      accept().catch((error: unknown) => {
        reject(error instanceof Error ? error : new Error(String(error)));
        box.dispose();
      });
    };
    box.onDidAccept(tryAccept);
    box.onDidChangeValue((value) => show(value === '' ? undefined : options.validate(value)));
    box.onDidTriggerButton((button) => {
      if (box.busy && button !== QuickInputButtons.Back) return;
      finish({ kind: button === QuickInputButtons.Back ? 'back' : 'button', value: box.value });
    });
    box.onDidHide(() => {
      running.abort();
      finish({ kind: 'cancelled' });
    });
    box.show();
    if (options.submitAtOnce === true) tryAccept();
  });
}
