import type { PluginRuleCode } from '../problems/pluginProblems.ts';

/** What can be wrong with a package as a set of files. */
export const LAYOUT_CODES = [
  'PS460',
  'PS461',
  'PS462',
  'PS463',
  'PS464',
  'PS465',
  'PS466',
  'PS467',
  'PS468',
  'PS469',
  'PS470',
  'PS471',
  'PS472',
  'PS473',
  'PS474',
] as const satisfies readonly PluginRuleCode[];

export type LayoutCode = (typeof LAYOUT_CODES)[number];
