/**
 * The row of one `PS…` code. Rows are data: code, documentation (docs/reference.md is generated from them)
 * and tests read them. Each area keeps its own table, a JSON file next to the code that reports it: PS1-PS4
 * `core/plugin`, PS5 `core/request`, PS9 `core/http`, `core/powerschool` and `core/output`.
 */
export interface ProblemCode {
  readonly severity: Severity;
  /** One sentence: what is wrong. `{0}`, `{1}` … are arguments. Shown to users, translated by the editor. */
  readonly message: string;
  /** One sentence: what to do next. May use the same arguments. */
  readonly mend: string;
  /** Why this matters, in two or three plain sentences. */
  readonly why: string;
  /** Where the rule comes from, e.g. "plugin.xsd", "PowerSchool developer documentation, Plugin XML". */
  readonly source: string;
}

export type Severity = 'error' | 'warning' | 'info' | 'hint';

export type ProblemTable<Code extends string = string> = Readonly<Record<Code, ProblemCode>>;
