/** What fills a place of a template: a value as it is, or words of ours, which have a template themselves. */
export type Argument = string | number | Phrase;

/** Words with places for arguments. The English template is what a translation is found by. */
export interface Phrase {
  readonly template: string;
  readonly args: readonly Argument[];
}

export function phrase(template: string, ...args: Argument[]): Phrase {
  return { template, args };
}

/**
 * Puts a sentence into the reader's language: the template is the English one, `{0}` … are arguments. The editor
 * gives its own; without one the English stands.
 */
export type Wording = (template: string, ...args: (string | number)[]) => string;

export const ENGLISH: Wording = (template, ...args) => formatTemplate(template, args);

/** The words in the reader's language; a plain text has no arguments. */
export function say(words: string | Phrase, wording: Wording = ENGLISH): string {
  if (typeof words === 'string') return wording(words);
  return wording(words.template, ...words.args.map((part) => (typeof part === 'object' ? say(part, wording) : part)));
}

/** Fills `{0}`, `{1}` … in a template; a number without an argument stays as it is. */
export function formatTemplate(template: string, args: readonly Argument[]): string {
  return template.replace(/\{(\d+)\}/g, (whole, index: string) => {
    const part = args[Number(index)] ?? whole;
    return typeof part === 'object' ? say(part) : String(part);
  });
}

/** A template for where there are no arguments; empty when it is nothing else than one. */
export function withoutArguments(template: string): string {
  const shown = template.replace(/\{\d+\}/g, '…');
  return /^…\.?$/.test(shown) ? '' : shown;
}
