import type { TextRange } from '../text/textRange.ts';

/** What one request needs of the plugin whose credentials it is sent with. */
export type ApiUse = V1Use | TableUse;

export interface V1Use {
  readonly kind: 'v1';
  /** The `accessLevelV1Api` that it needs. */
  readonly level: 'READ' | 'FULL';
  readonly range: TextRange;
}

export interface TableUse {
  readonly kind: 'table';
  readonly access: 'ViewOnly' | 'FullAccess';
  readonly table: string;
  /** The columns that it names, each where it stands. */
  readonly columns: readonly UsedColumn[];
  /** It asks for all columns that are granted. */
  readonly everything: boolean;
  readonly range: TextRange;
}

export interface UsedColumn {
  readonly text: string;
  readonly range: TextRange;
  /** The active server does not have it or refuses it: the request file says so already. */
  readonly refused?: boolean;
}
