import { phrase } from '../../problem/phrase.ts';
import { checkDynamic } from '../dynamicVariables.ts';
import { checkDirective, DIRECTIVES, OTHER_DIRECTIVES, type DirectiveName } from '../directiveValues.ts';
import { readExpectation } from '../expectationSyntax.ts';
import { parseJsonPath } from '../jsonPath/parseJsonPath.ts';
import type { Directive } from '../requestFile.ts';
import type { ResponseValue } from '../variableUse.ts';
import type { FileIndex, PlacedUse } from './fileIndex.ts';
import { changeFix, nearestName, removeLines, replaceFix, suggestion, type Report } from './report.ts';

/** Names of requests, directives and expectations: PS524, PS525, PS530 to PS535. */
export function diagnoseDirectives(index: FileIndex, report: Report): void {
  for (const { directives, request } of index.file.blocks) {
    const seen = new Set<string>();
    for (const directive of directives) {
      diagnoseDirective(directive, index, report, seen.has(directive.name.text));
      seen.add(directive.name.text);
    }
    const name = request?.name;
    if (name !== undefined && index.named(name.text).length > 1) report.add('PS525', name.range, [name.text]);
  }
}

function diagnoseDirective(directive: Directive, index: FileIndex, report: Report, repeated: boolean): void {
  const { name, value, range } = directive;
  const known = DIRECTIVES.find((directiveName) => directiveName === name.text);
  if (known === undefined) {
    // A variable that was commented out.
    if (value.text.startsWith('=')) return;
    if (OTHER_DIRECTIVES.has(name.text)) {
      report.add('PS531', name.range, [name.text]);
      return;
    }
    const near = nearestName(name.text, DIRECTIVES);
    report.add(
      'PS530',
      name.range,
      [name.text],
      near === undefined ? [] : [replaceFix(phrase('Change to "{0}"', `@${near}`), name.range, near)],
    );
    return;
  }
  if (known === 'expect') {
    const expectation = readExpectation(directive);
    if ('reason' in expectation) report.add('PS533', expectation.range, [expectation.reason]);
    return;
  }
  if (repeated) report.add('PS534', range, [known], [removeLines('Remove this line', index.file.text, range)]);
  const fault = checkDirective(known, value.text);
  if (fault !== undefined) report.add('PS532', value.text === '' ? range : value.range, [known, fault]);
  else diagnoseKnown(known, directive, index, report);
}

function diagnoseKnown(known: DirectiveName, { value }: Directive, index: FileIndex, report: Report): void {
  if (known === 'name' && !/^[A-Za-z_]\w*$/.test(value.text)) report.add('PS524', value.range, [value.text]);
  const names = index.context.serverNames;
  if (known !== 'server' || names === undefined || names.includes(value.text)) return;
  report.add('PS535', value.range, [value.text], suggestion(value.text, value.range, names, '').fixes);
}

/** Uses of variables: PS506, PS520 to PS523, PS526 and PS527. */
export function diagnoseVariables(index: FileIndex, report: Report): void {
  const near = new NearNames(index);
  for (const offset of index.unclosed) report.add('PS506', { start: offset, end: offset + 2 });
  for (const [definition, names] of index.variables.circles()) {
    report.add('PS521', definition.name.range, [definition.name.text, names.join(' → ')]);
  }
  for (const use of index.uses()) {
    const { expression, inner, range } = use;
    const place = inner.text === '' ? range : inner.range;
    switch (expression.kind) {
      case 'malformed':
        report.add('PS520', place, [inner.text]);
        break;
      case 'name':
        if (!index.isDefined(expression.name)) undefinedName(expression.name, use, index, near, report);
        break;
      case 'dynamic': {
        const fault = checkDynamic(expression.name, expression.args);
        if (fault !== undefined) report.add('PS526', place, [inner.text, fault]);
        break;
      }
      case 'response':
        diagnoseResponse(expression, use, index, report);
    }
  }
}

/** The defined name nearest to one that is not; each is looked for once, and only so many. */
class NearNames {
  readonly #known: readonly string[];
  readonly #found = new Map<string, string | undefined>();

  constructor(index: FileIndex) {
    const environment = index.layers.flatMap(({ values }) => [...values.keys()]);
    this.#known = [...index.variables.names(), ...environment].slice(0, MOST_NAMES);
  }

  find(name: string): string | undefined {
    if (!this.#found.has(name) && this.#found.size < MOST_NAMES) this.#found.set(name, nearestName(name, this.#known));
    return this.#found.get(name);
  }
}

const MOST_NAMES = 500;

function undefinedName(
  name: string,
  { inner, request }: PlacedUse,
  index: FileIndex,
  nearNames: NearNames,
  report: Report,
): void {
  const elsewhere = index.environmentsWith(name);
  if (elsewhere.length > 0) {
    report.add('PS536', inner.range, [name, elsewhere.join(', ')]);
    return;
  }
  const near = nearNames.find(name);
  const fixes = near === undefined ? [] : [changeFix(inner.range, near)];
  const block = index.blockAt(request?.range.start ?? inner.range.start);
  const at = block?.separator === undefined ? 0 : lineAfter(index.file.text, block.separator.end);
  const define = { range: { start: at, end: at }, text: `@${name} = \n` };
  report.add(
    'PS520',
    inner.range,
    [name],
    [...fixes, { title: phrase('Define "{0}" in this file', name), edits: [define], automatic: false }],
  );
}

function diagnoseResponse(value: ResponseValue, { inner, request }: PlacedUse, index: FileIndex, report: Report): void {
  const nameRange = { start: inner.range.start, end: inner.range.start + value.request.length };
  const source = index.namedBefore(value.request, inner.range.start);
  if (source === undefined) {
    report.add('PS522', nameRange, [value.request], suggestion(value.request, nameRange, index.names(), '').fixes);
  } else if (request !== undefined && source.index > request.index) {
    report.add('PS523', nameRange, [value.request]);
  }
  const pathStart = inner.range.start + value.pathStart;
  if (value.part === 'headers') {
    if (value.path === '') report.add('PS527', inner.range, [phrase('the name of a header is missing')]);
    return;
  }
  if (value.path === '*') return;
  const path = parseJsonPath(value.path);
  if (!('reason' in path)) return;
  const start = Math.min(pathStart + path.at, inner.range.end - 1);
  report.add('PS527', { start, end: inner.range.end }, [path.reason]);
}

function lineAfter(text: string, offset: number): number {
  const next = text.indexOf('\n', offset);
  return next < 0 ? text.length : next + 1;
}
