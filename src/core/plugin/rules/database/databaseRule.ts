import type { DatabaseExtension } from '../../database/databaseExtension.ts';
import type { Rule } from '../rule.ts';

export type DatabaseRule = Rule<DatabaseExtension>;
