import type { DatabaseRule } from './databaseRule.ts';
import { nameTooLong } from './nameTooLong.ts';
import { stringWithoutLength } from './stringWithoutLength.ts';
import { tableKind } from './tableKind.ts';
import { tablePrefix } from './tablePrefix.ts';

/** In the order of their codes. */
export const DATABASE_RULES: readonly DatabaseRule[] = [tablePrefix, nameTooLong, stringWithoutLength, tableKind];
