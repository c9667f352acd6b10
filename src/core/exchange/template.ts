/** A text with places that a value from the environment fills when the exported code runs. */
export type Template = readonly TemplatePart[];

export type TemplatePart = string | EnvironmentPart;

export interface EnvironmentPart {
  /** Name of a variable of the environment: letters, digits and `_`. */
  readonly env: string;
}

/** Puts neighbouring texts together and drops empty ones. */
export function tidy(parts: Template): Template {
  const result: TemplatePart[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (part === '') continue;
    if (typeof part === 'string' && typeof last === 'string') result[result.length - 1] = last + part;
    else result.push(part);
  }
  return result;
}

/** Changes the texts and leaves the places alone. */
export function mapText(template: Template, change: (text: string) => string): Template {
  return template.map((part) => (typeof part === 'string' ? change(part) : part));
}

/** The text of a template that has no places; undefined when it has one. */
export function plainText(template: Template): string | undefined {
  const tidied = tidy(template);
  const [first = ''] = tidied;
  return tidied.length <= 1 && typeof first === 'string' ? first : undefined;
}

export function environmentNames(templates: Iterable<Template>): string[] {
  const names = new Set<string>();
  for (const template of templates) for (const part of template) if (typeof part !== 'string') names.add(part.env);
  return [...names];
}

/** A name for the environment made of any words: `Student number` → `STUDENT_NUMBER`. */
export function environmentName(words: string): string {
  const name = words
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toUpperCase();
  return /^[A-Z]/.test(name) ? name : `VALUE_${name}`;
}
