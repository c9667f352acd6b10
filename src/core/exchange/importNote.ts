/** What an import changed or could not take over. `{0}` … in `template` are the arguments. */
export interface ImportNote {
  /** The request, folder or variable concerned. */
  readonly item: string;
  readonly template: string;
  readonly args: readonly string[];
}

export function note(item: string, template: string, ...args: string[]): ImportNote {
  return { item, template, args };
}

/** A note as an English sentence. */
export function noteText({ item, template, args }: ImportNote): string {
  return `${item}: ${template.replace(/\{(\d+)\}/g, (whole, index: string) => args[Number(index)] ?? whole)}`;
}
