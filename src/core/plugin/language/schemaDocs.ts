import { escapeMarkdown } from '../../catalog/markdown.ts';
import type { ElementModel, ValueSchema } from '../schema/elementModel.ts';

/** What an element is for, in Markdown. */
export function describeElement(name: string, model: ElementModel): string {
  const required = [
    ...model.requiredAttributes.map((attribute) => `\`${attribute}\``),
    ...model.requiredChildren.map((child) => `\`<${child}>\``),
  ];
  return [
    `**<${escapeMarkdown(name)}>**`,
    model.description,
    required.length > 0 ? `Needs ${required.join(', ')}.` : '',
    facts(model.since, model.documented),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** What a value is for and what it may be, in Markdown. `name` is that of the attribute or property. */
export function describeValue(name: string, schema: ValueSchema, required: boolean): string {
  const values = Object.entries(schema.values ?? {}).map(([value, meaning]) => `- \`${value}\`: ${meaning}`);
  const limits = [
    required ? 'Required.' : '',
    schema.maxLength === undefined ? '' : `At most ${schema.maxLength} characters.`,
    schema.default === undefined ? '' : `Default: \`${schema.default}\`.`,
  ].filter((part) => part !== '');
  return [
    `**${escapeMarkdown(name)}**`,
    schema.description ?? '',
    values.join('\n'),
    limits.join(' '),
    facts(schema.since, schema.documented !== false),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function facts(since: string | undefined, documented: boolean): string {
  return [
    since === undefined ? '' : `Since PowerSchool ${since}.`,
    documented ? '' : 'Not in the documentation of PowerSchool.',
  ]
    .filter((part) => part !== '')
    .join(' ');
}
