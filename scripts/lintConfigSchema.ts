import { PLUGIN_PROBLEMS } from '../src/core/plugin/problems/pluginProblems.ts';

interface ConfigSchema {
  readonly properties: { readonly rules: Record<string, unknown> };
}

/**
 * The text of media/lintConfig.schema.json with every code of plugin files as a rule: the editor offers them with what
 * they mean, and marks the others.
 */
export function withRules(schemaText: string): string {
  const schema = JSON.parse(schemaText) as ConfigSchema;
  schema.properties.rules['properties'] = Object.fromEntries(
    Object.entries(PLUGIN_PROBLEMS).map(([code, { message }]) => [
      code,
      { description: message.replaceAll(/\{\d+\}/g, '…'), $ref: '#/definitions/severity' },
    ]),
  );
  // Lists stay on one line, as the formatter has them.
  const text = JSON.stringify(schema, undefined, 2).replaceAll(
    /\[\s+([^\]]*?)\s+\]/g,
    (_list, items: string) => `[${items.replaceAll(/\s*\n\s*/g, ' ')}]`,
  );
  return `${text}\n`;
}
