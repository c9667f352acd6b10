import type { FileVariable, RequestFile } from './requestFile.ts';
import { findVariableUses, readExpression } from './variableUse.ts';

/** Names of a circle that are told. */
const MOST_SHOWN = 10;

/** The `@name = value` lines of a file, found by name and place. */
export class FileVariables {
  readonly all: readonly FileVariable[];
  readonly #byName = new Map<string, FileVariable[]>();

  constructor(file: Pick<RequestFile, 'variables'>) {
    this.all = file.variables;
    for (const variable of file.variables) {
      const same = this.#byName.get(variable.name.text);
      if (same === undefined) this.#byName.set(variable.name.text, [variable]);
      else same.push(variable);
    }
  }

  names(): Iterable<string> {
    return this.#byName.keys();
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  definitions(name: string): readonly FileVariable[] {
    return this.#byName.get(name) ?? [];
  }

  /** For a use at `offset`: the nearest definition above it, else the first below, else the line it stands on. */
  find(name: string, offset: number): FileVariable | undefined {
    const definitions = this.definitions(name);
    let own: FileVariable | undefined;
    let above: FileVariable | undefined;
    for (const definition of definitions) {
      if (definition.range.end < offset) above = definition;
      else if (definition.range.start <= offset) own = definition;
      else return above ?? definition;
    }
    return above ?? own;
  }

  /** Every definition that leads back to itself, with the names on the way round. */
  circles(): ReadonlyMap<FileVariable, readonly string[]> {
    const circles = new Map<FileVariable, readonly string[]>();
    const done = new Set<FileVariable>();
    for (const start of this.all) {
      const path: FileVariable[] = [];
      const onPath = new Set<FileVariable>();
      const open: { definition: FileVariable; rest: FileVariable[] }[] = [];
      const enter = (definition: FileVariable): void => {
        path.push(definition);
        onPath.add(definition);
        open.push({ definition, rest: this.#uses(definition) });
      };
      if (!done.has(start)) enter(start);
      for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
        const next = top.rest.pop();
        if (next === undefined) {
          done.add(top.definition);
          path.pop();
          onPath.delete(top.definition);
          open.pop();
        } else if (onPath.has(next)) {
          const circle = path.slice(path.indexOf(next));
          for (const [index, definition] of circle.entries()) {
            const round = [
              ...circle.slice(index, index + MOST_SHOWN),
              ...circle.slice(0, Math.max(0, MOST_SHOWN - circle.length + index)),
            ];
            const names = round.slice(0, circle.length).map(({ name }) => name.text);
            circles.set(definition, [...names, ...(circle.length > MOST_SHOWN ? ['…'] : []), definition.name.text]);
          }
        } else if (!done.has(next)) {
          enter(next);
        }
      }
    }
    return circles;
  }

  /** The definitions whose values this one takes. */
  #uses(definition: FileVariable): FileVariable[] {
    const { text, range } = definition.value;
    const found: FileVariable[] = [];
    for (const { inner } of findVariableUses(text)) {
      const expression = readExpression(inner.text);
      if (expression.kind !== 'name') continue;
      const next = this.find(expression.name, range.start + inner.range.start);
      if (next !== undefined) found.push(next);
    }
    return found;
  }
}
