import type { MappingFile } from '../../mapping/permissionMapping.ts';
import type { Rule } from '../rule.ts';

export type MappingRule = Rule<MappingFile>;
