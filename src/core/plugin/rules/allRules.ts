import type { Rule } from './rule.ts';

export const ALL_RULES: readonly Rule<never>[] = [];
