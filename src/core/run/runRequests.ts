import { environmentLayers } from '../request/environment.ts';
import { FileVariables } from '../request/fileVariables.ts';
import type { RequestEntry } from '../request/requestFile.ts';
import { NamedAnswers } from './answer.ts';
import { planRequests } from './dependencies.ts';
import { type ReadyRequest, RequestRun, type RunContext } from './requestRun.ts';
import type { RunEvent, RunFile, RunOptions } from './runOptions.ts';
import type { RunResult } from './runResult.ts';

export { NamedAnswers } from './answer.ts';
export { sendAgain } from './sentRequest.ts';

const BODY_LIMIT = 16 * 1024 * 1024;

/**
 * Runs requests one after another, in the order of the files, and tells what happens. A request that cannot be sent or
 * answered becomes a result with an error; the rest goes on, unless `bail`. After a cancel no further request starts.
 * Throws nothing that a user could cause.
 */
export async function* runRequests(options: RunOptions): AsyncGenerator<RunEvent, void, undefined> {
  const plans = options.files.map((file) => planFile(file, options));
  const total = plans.reduce((sum, plan) => sum + plan.planned.length, 0);
  let index = 0;
  for (const { file, context, planned } of plans) {
    for (const { request, dependency } of planned) {
      if (options.signal?.aborted === true) return;
      yield { kind: 'start', file, request, index, total };
      const result = await new RequestRun(request, dependency, context).run();
      yield { kind: 'result', file, result, index, total };
      index++;
      if (result.outcome === 'cancelled' || (options.bail === true && result.outcome !== 'passed')) return;
    }
  }
}

/**
 * Puts one request together without sending it; the requests whose answers it uses are sent first. A result tells why
 * it cannot be sent. Undefined when no request is selected.
 */
export async function prepareSelected(options: RunOptions): Promise<ReadyRequest | RunResult | undefined> {
  for (const { context, planned } of options.files.map((file) => planFile(file, options))) {
    for (const { request, dependency } of planned) {
      const run = new RequestRun(request, dependency, context);
      if (!dependency) return run.prepare();
      const result = await run.run();
      if (result.outcome === 'cancelled') return result;
    }
  }
  return undefined;
}

function planFile(
  file: RunFile,
  options: RunOptions,
): { file: RunFile; context: RunContext; planned: ReturnType<typeof planRequests> } {
  const answers = file.answers ?? new NamedAnswers();
  const variables = new FileVariables(file.file);
  const isSelected = (request: RequestEntry): boolean => options.select?.(request, file) ?? true;
  const planned = planRequests(file.file, variables, isSelected, (name) => answers.get(name) !== undefined);
  const context: RunContext = {
    file,
    variables,
    layers: environmentLayers(file.environments, options.env),
    vars: options.vars ?? new Map(),
    answers,
    ports: options.ports,
    timeout: options.timeout,
    signal: options.signal,
    bodyLimit: options.bodyLimit ?? BODY_LIMIT,
    concurrency: options.concurrency ?? 4,
    indexLarge: options.indexLarge ?? false,
    pages: options.pages,
  };
  return { file, context, planned };
}
