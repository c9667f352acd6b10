import type { Header, Timings } from '../../core/http/transport.ts';
import type { PagesOutcome } from '../../core/run/allPages.ts';
import type { AnswerBody } from '../../core/run/answerBody.ts';

/** Everything the response documents show of one answered request. Holds no credential: headers are redacted. */
export interface ResponseView {
  /** The same request run again replaces its document. */
  readonly key: string;
  /** Names the tab, e.g. `students`. */
  readonly title: string;
  readonly serverName: string;
  readonly method: string;
  readonly url: string;
  readonly sentHeaders: readonly Header[];
  /** Without secrets; undefined when none was sent, or when it is no longer kept. */
  readonly sentBody: string | undefined;
  /** Milliseconds since 1970. */
  readonly sentAt: number | undefined;
  /** Where a redirect led. */
  readonly redirectedTo: string | undefined;
  /** Its entry in the history. */
  readonly historyId: string | undefined;
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly Header[];
  readonly durationMs: number;
  readonly timings: Timings;
  /** Bytes of the decoded body. */
  readonly size: number;
  /** Null when the body is no list of records. */
  readonly records: number | null;
  /** In memory or, when it is large, in the body store. */
  readonly body: AnswerBody;
  /** Bytes of the body that its document shows at most. */
  readonly previewLimit: number;
  /** Columns that the answer says the plugin may not use, as `<field>` lines would grant them. */
  readonly missingGrants: readonly { readonly table: string; readonly column: string }[];
  /** What an error answer means and what to do, in PowerSchool words. */
  readonly explanation: { readonly code: string; readonly message: string; readonly mend: string } | undefined;
  /** It ended before the last page. */
  readonly partial: boolean;
  /** The file that the records went to. */
  readonly file: string | undefined;
  /** How the fetching of all pages went; undefined for one answer alone. */
  readonly pages?: PagesOutcome | undefined;
}
