import type { PackageRule } from './packageRule.ts';
import { catalogPageMissing } from './catalogPageMissing.ts';
import { columnNotGranted } from './columnNotGranted.ts';
import { datNotMapped } from './datNotMapped.ts';
import { grantNotUsed } from './grantNotUsed.ts';
import { joinNotGranted } from './joinNotGranted.ts';
import { levelNotUsed } from './levelNotUsed.ts';
import { localeIncomplete } from './localeIncomplete.ts';
import { mappedPageMissing } from './mappedPageMissing.ts';
import { mappedQueryUnknown } from './mappedQueryUnknown.ts';
import { mappedStockQuery } from './mappedStockQuery.ts';
import { mappingFileName } from './mappingFileName.ts';
import { messageKeyMissing } from './messageKeyMissing.ts';
import { queryInTwoFiles } from './queryInTwoFiles.ts';
import { queryNotMapped } from './queryNotMapped.ts';
import { tableNotDefined, tableOfServer } from './tableNotDefined.ts';
import { v1LevelMissing } from './v1LevelMissing.ts';

/** Rules that need more than one file, in the order of their codes. */
export const PACKAGE_RULES: readonly PackageRule[] = [
  v1LevelMissing,
  mappedQueryUnknown,
  mappedStockQuery,
  mappedPageMissing,
  queryNotMapped,
  mappingFileName,
  datNotMapped,
  columnNotGranted,
  joinNotGranted,
  grantNotUsed,
  tableNotDefined,
  tableOfServer,
  queryInTwoFiles,
  levelNotUsed,
  messageKeyMissing,
  catalogPageMissing,
  localeIncomplete,
];
