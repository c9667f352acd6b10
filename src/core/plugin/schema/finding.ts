import type { Argument } from '../../problem/phrase.ts';
import type { Fix } from '../../problem/diagnostic.ts';
import type { TextRange } from '../../text/textRange.ts';
import type { SchemaProblemKind } from '../problems/schemaProblems.ts';

/** Something that does not fit the schema. `code` is set where the schema gives a keyword a code of its own. */
export interface SchemaFinding {
  readonly kind: SchemaProblemKind;
  readonly code?: string | undefined;
  readonly range: TextRange;
  readonly args: readonly Argument[];
  readonly fixes: readonly Fix[];
}
