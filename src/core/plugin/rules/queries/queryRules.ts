import type { QueryRule } from './queryRule.ts';
import { aliasCharacters } from './aliasCharacters.ts';
import { aliasWithoutTable } from './aliasWithoutTable.ts';
import { argumentName } from './argumentName.ts';
import { argumentRepeated } from './argumentRepeated.ts';
import { casingWithoutColumn } from './casingWithoutColumn.ts';
import { childOrder } from './childOrder.ts';
import { columnCount } from './columnCount.ts';
import { columnForm } from './columnForm.ts';
import { columnOrder } from './columnOrder.ts';
import { computedColumn } from './computedColumn.ts';
import { datQuery } from './datQuery.ts';
import { emptySql } from './emptySql.ts';
import { htmlTag } from './htmlTag.ts';
import { injectedArgument } from './injectedArgument.ts';
import { longLastPart } from './longLastPart.ts';
import { longSummary } from './longSummary.ts';
import { misspeltColumn } from './misspeltColumn.ts';
import { nameBlanks } from './nameBlanks.ts';
import { nameCharacters } from './nameCharacters.ts';
import { nameParts } from './nameParts.ts';
import { nameRepeated } from './nameRepeated.ts';
import { noOrder } from './noOrder.ts';
import { notInCdata } from './notInCdata.ts';
import { notSelect } from './notSelect.ts';
import { repeatedExpression } from './repeatedExpression.ts';
import { reservedName } from './reservedName.ts';
import { restrictedTable } from './restrictedTable.ts';
import { semicolon } from './semicolon.ts';
import { unknownArgument } from './unknownArgument.ts';
import { unknownColumn } from './unknownColumn.ts';
import { unnamedExpression } from './unnamedExpression.ts';
import { unreadableView } from './unreadableView.ts';
import { unusedArgument } from './unusedArgument.ts';
import { viewAsTable } from './viewAsTable.ts';

/** In the order of their codes. */
export const QUERY_RULES: readonly QueryRule[] = [
  nameParts,
  reservedName,
  nameCharacters,
  nameRepeated,
  longLastPart,
  nameBlanks,
  longSummary,
  columnCount,
  columnOrder,
  unnamedExpression,
  repeatedExpression,
  unknownArgument,
  unusedArgument,
  argumentRepeated,
  argumentName,
  aliasWithoutTable,
  aliasCharacters,
  columnForm,
  misspeltColumn,
  unknownColumn,
  noOrder,
  htmlTag,
  notSelect,
  semicolon,
  emptySql,
  notInCdata,
  restrictedTable,
  childOrder,
  viewAsTable,
  unreadableView,
  datQuery,
  injectedArgument,
  casingWithoutColumn,
  computedColumn,
];
