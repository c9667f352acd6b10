import type { InstalledPlugin } from './auth/installedPlugin.ts';
import type { TokenDesk } from './auth/tokenDesk.ts';
import type { District } from './district/district.ts';
import type { PageAnchors } from './query/pageAnchors.ts';

/** Everything a running sandbox knows; one object per start, handed to every handler. */
export interface Sandbox {
  readonly district: District;
  readonly plugins: InstalledPlugin[];
  readonly tokens: TokenDesk;
  readonly anchors: PageAnchors;
  readonly now: () => number;
  readonly startedAt: number;
  /** The district's own id, from the seed. */
  readonly districtUuid: string;
}
