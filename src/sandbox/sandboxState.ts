import type { CallCounts } from './control/control.ts';
import type { Faults } from './control/faults.ts';
import type { InstalledPlugin } from './auth/installedPlugin.ts';
import type { TokenDesk } from './auth/tokenDesk.ts';
import type { ChangeLog } from './district/changeLog.ts';
import type { District } from './district/district.ts';
import type { RowStore } from './district/rowStore.ts';
import type { PowerQueryEngine } from './powerquery/powerQueryEngine.ts';
import type { PageAnchors } from './query/pageAnchors.ts';
import type { EventSubscriptions } from './resources/events.ts';

/** Everything a running sandbox knows; one object per start, handed to every handler. */
export interface Sandbox {
  readonly district: District;
  readonly rows: RowStore;
  readonly changes: ChangeLog;
  readonly powerQueries: PowerQueryEngine;
  readonly plugins: InstalledPlugin[];
  readonly tokens: TokenDesk;
  readonly faults: Faults;
  readonly counts: CallCounts;
  readonly anchors: PageAnchors;
  /** Event subscriptions by plugin id. */
  readonly events: Map<number, EventSubscriptions>;
  readonly now: () => number;
  readonly startedAt: number;
  /** The district's own id, from the seed. */
  readonly districtUuid: string;
}
