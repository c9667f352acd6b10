import { l10n, window } from 'vscode';
import type { PowerQueryArgument } from '../../core/catalog/catalogData.ts';
import type { OfferedPowerQuery } from '../../core/catalog/operation.ts';

/**
 * Asks for the arguments of a PowerQuery one after another, each by its type. An optional one that is left empty is
 * left out. Undefined when dismissed.
 */
export async function askArguments(query: OfferedPowerQuery): Promise<Record<string, string> | undefined> {
  const values: Record<string, string> = {};
  const known = query.arguments ?? [];
  for (const [index, argument] of known.entries()) {
    const title = known.length > 1 ? `${query.name} (${index + 1}/${known.length})` : query.name;
    const value = await askArgument(title, argument);
    if (value === undefined) return undefined;
    if (value !== '') values[argument.name] = value;
  }
  return values;
}

async function askArgument(title: string, argument: PowerQueryArgument): Promise<string | undefined> {
  const { name, type, required, description } = argument;
  if (type === 'boolean') {
    const leaveOut = l10n.t('Leave it out');
    const picked = await window.showQuickPick(['true', 'false', ...(required ? [] : [leaveOut])], {
      title,
      placeHolder: name,
    });
    return picked === leaveOut ? '' : picked;
  }
  const value = await window.showInputBox({
    title,
    prompt: [name, description, hint(argument)].filter((part) => part !== undefined).join(' · '),
    ignoreFocusOut: true,
    validateInput: (text) => argumentProblem(argument, text.trim()),
  });
  return value?.trim();
}

function hint({ type, required }: PowerQueryArgument): string {
  const kind = {
    integer: l10n.t('a whole number'),
    number: l10n.t('a number'),
    string: l10n.t('text'),
    boolean: '',
    date: l10n.t('a date as YYYY-MM-DD'),
    'integer[]': l10n.t('whole numbers, with commas between them'),
    'string[]': l10n.t('texts, with commas between them'),
  }[type];
  return required ? l10n.t('{0}, required', kind) : l10n.t('{0}; leave it empty to leave it out', kind);
}

/** What is wrong with a value; undefined when nothing is. Variables are not looked into. */
export function argumentProblem({ type, required }: PowerQueryArgument, text: string): string | undefined {
  if (text === '') return required ? l10n.t('This PowerQuery needs a value here.') : undefined;
  if (text.includes('{{')) return undefined;
  const items = text.split(',').map((item) => item.trim());
  switch (type) {
    case 'integer':
      return /^-?\d{1,15}$/.test(text) ? undefined : l10n.t('Write a whole number.');
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(text) ? undefined : l10n.t('Write a number.');
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(text) ? undefined : l10n.t('Write the date as YYYY-MM-DD.');
    case 'integer[]':
      return items.every((item) => /^-?\d{1,15}$/.test(item))
        ? undefined
        : l10n.t('Write whole numbers with commas between them.');
    case 'boolean':
    case 'string':
    case 'string[]':
      return undefined;
  }
}
