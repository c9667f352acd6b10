import type { Severity } from '../problem/problemCode.ts';
import type { RuleSettings } from './lintText.ts';
import { PLUGIN_PROBLEMS } from './problems/pluginProblems.ts';
import { isJsonObject, parseJson } from '../powerschool/jsonValue.ts';

/** Holds for its folder and all below it, until a nearer one. */
export const LINT_CONFIG_NAME = 'powerschool-explorer.json';

/** What a project has agreed on: severities of rules, and files of others that are not to be judged. */
export interface LintConfig {
  readonly rules: RuleSettings;
  /** Whether a path from the folder of the file, with forward slashes, is passed over. */
  readonly ignores: (path: string) => boolean;
}

export const NO_LINT_CONFIG: LintConfig = { rules: {}, ignores: () => false };

/** `reason` is a part of a sentence. */
export type LintConfigReading =
  { readonly kind: 'config'; readonly config: LintConfig } | { readonly kind: 'faulty'; readonly reason: string };

const SEVERITIES: ReadonlySet<unknown> = new Set<Severity | 'off'>(['off', 'hint', 'info', 'warning', 'error']);
const KEYS = new Set(['$schema', 'rules', 'ignore']);

/**
 * Reads `{ "rules": { "PS265": "off" }, "ignore": ["old/**"] }`. Whatever is not understood is a fault: a rule that is
 * switched off under a misspelt name would go on unnoticed.
 */
export function readLintConfig(text: string): LintConfigReading {
  const value = parseJson(text);
  if (value === undefined) return faulty('it is not correct JSON');
  if (!isJsonObject(value)) return faulty('it must be an object');
  const unknown = Object.keys(value).find((key) => !KEYS.has(key));
  if (unknown !== undefined) return faulty(`“${unknown}” is not known; rules and ignore are`);
  const { rules = {}, ignore = [] } = value;
  if (!isJsonObject(rules)) return faulty('rules must be an object');
  for (const [code, severity] of Object.entries(rules)) {
    if (!Object.hasOwn(PLUGIN_PROBLEMS, code)) return faulty(`“${code}” is no code of plugin files`);
    if (!SEVERITIES.has(severity)) return faulty(`${code} must be off, hint, info, warning or error`);
  }
  if (!Array.isArray(ignore) || !ignore.every((pattern) => typeof pattern === 'string'))
    return faulty('ignore must be a list of paths');
  const patterns = ignore.map(toPattern);
  return {
    kind: 'config',
    config: {
      rules: rules as RuleSettings,
      ignores: (path) => patterns.some((pattern) => pattern.test(path)),
    },
  };
}

function faulty(reason: string): LintConfigReading {
  return { kind: 'faulty', reason };
}

/** As in .gitignore: without a slash at any depth, a folder with all that is in it, `*` within a name, `**` across folders. */
function toPattern(glob: string): RegExp {
  const path = glob
    .replaceAll('\\', '/')
    .replace(/^\.?\//, '')
    .replace(/\/$/, '');
  const source = path.replace(/\*\*\/|\*+|[?.+^${}()|[\]\\]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part.startsWith('*')) return '[^/]*';
    return part === '?' ? '[^/]' : `\\${part}`;
  });
  return new RegExp(`^${path.includes('/') ? '' : '(?:.*/)?'}${source}(?:/.*)?$`);
}
