import type { MappingRule } from './mappingRule.ts';
import { allowMissing } from './allowMissing.ts';
import { coreTableMapped } from './coreTableMapped.ts';
import { emptyPermission } from './emptyPermission.ts';
import { impliesRepeated } from './impliesRepeated.ts';
import { pageWithoutSlash } from './pageWithoutSlash.ts';
import { pathNotMappable } from './pathNotMappable.ts';
import { queryNotPosted } from './queryNotPosted.ts';

/** In the order of their codes. */
export const MAPPING_RULES: readonly MappingRule[] = [
  pathNotMappable,
  coreTableMapped,
  queryNotPosted,
  allowMissing,
  pageWithoutSlash,
  emptyPermission,
  impliesRepeated,
];
