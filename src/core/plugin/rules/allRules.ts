import { DATABASE_RULES } from './database/databaseRules.ts';
import { MANIFEST_RULES } from './manifest/manifestRules.ts';
import { MAPPING_RULES } from './mappings/mappingRules.ts';
import { QUERY_RULES } from './queries/queryRules.ts';

/** Every rule that looks at one text; only their rows are of interest here. */
export const TEXT_RULES = [...MANIFEST_RULES, ...QUERY_RULES, ...MAPPING_RULES, ...DATABASE_RULES];
