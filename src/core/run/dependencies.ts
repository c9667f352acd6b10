import type { FileVariables } from '../request/fileVariables.ts';
import type { FileVariable, RequestEntry, RequestFile } from '../request/requestFile.ts';
import { findVariableUses, readExpression } from '../request/variableUse.ts';

/** The names of requests whose answers a request takes values from, also by way of file variables. */
export function neededAnswers(file: RequestFile, variables: FileVariables, request: RequestEntry): Set<string> {
  const names = new Set<string>();
  const seen = new Set<FileVariable>();
  const pending: { start: number; end: number }[] = [request.range];
  for (let range = pending.pop(); range !== undefined; range = pending.pop()) {
    for (const { inner } of findVariableUses(file.text, range.start, range.end)) {
      const expression = readExpression(inner.text);
      if (expression.kind === 'response') names.add(expression.request);
      if (expression.kind !== 'name') continue;
      const definition = variables.find(expression.name, inner.range.start);
      if (definition === undefined || seen.has(definition)) continue;
      seen.add(definition);
      pending.push(definition.value.range);
    }
  }
  return names;
}

export interface PlannedRequest {
  readonly request: RequestEntry;
  readonly dependency: boolean;
}

/**
 * The requests to run, in the order of the file: those that are selected, and before them the earlier named ones
 * whose answers they need.
 * @param answered tells whether a name has an answer from before, which then counts.
 */
export function planRequests(
  file: RequestFile,
  variables: FileVariables,
  isSelected: (request: RequestEntry) => boolean,
  answered: (name: string) => boolean,
): PlannedRequest[] {
  const planned = new Map<RequestEntry, boolean>();
  const add = (request: RequestEntry, dependency: boolean): void => {
    if (planned.get(request) === false || (dependency && planned.has(request))) return;
    const known = planned.has(request);
    planned.set(request, dependency);
    if (known) return;
    for (const name of neededAnswers(file, variables, request)) {
      const earlier = file.requests.filter((other) => other.index < request.index && other.name?.text === name);
      if (earlier.some(isSelected) || answered(name)) continue;
      const nearest = earlier.at(-1);
      if (nearest !== undefined) add(nearest, true);
    }
  };
  for (const request of file.requests) if (isSelected(request)) add(request, false);
  return file.requests.flatMap((request) => {
    const dependency = planned.get(request);
    return dependency === undefined ? [] : [{ request, dependency }];
  });
}
