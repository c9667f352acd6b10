/** A PowerQuery as a package's `*.named_queries.xml` declares it. */
export interface NamedQuery {
  readonly name: string;
  readonly coreTable?: string | undefined;
  readonly flattened?: boolean | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly summary: string;
  readonly description: string;
  readonly args: readonly QueryArgument[];
  readonly columns: readonly QueryColumn[];
  readonly sql: string;
}

export interface QueryArgument {
  readonly name: string;
  /** `TABLE.FIELD` that the value is compared with: decides which values are accepted. */
  readonly column?: string | undefined;
  readonly required: boolean;
  readonly description?: string | undefined;
  readonly type: 'primitive' | 'array';
  readonly default?: string | undefined;
  readonly casing?: 'upper' | 'lower' | 'none' | undefined;
}

export interface QueryColumn {
  /** `TABLE.FIELD`, or an alias of one or two parts. */
  readonly text: string;
  /** The real `TABLE.FIELD` when the text is an alias. */
  readonly column?: string | undefined;
  readonly description?: string | undefined;
}

/** A column of the answer. Names are lower case, as answers have them. */
export interface OutputColumn {
  readonly table: string;
  readonly name: string;
  /** The column whose grant is needed and whose type it has. */
  readonly source: { readonly table: string; readonly field: string };
}

/** The columns of a query's answer, in the order of its SQL. A part that is left out comes from `coreTable`. */
export function outputColumns(query: NamedQuery): OutputColumn[] {
  const core = query.coreTable?.trim().toLowerCase() ?? '';
  return query.columns.map((column) => {
    const source = parts(column.column ?? column.text, core);
    const [table, name] = parts(column.text, core === '' ? source[0] : core);
    return { table, name, source: { table: source[0], field: source[1] } };
  });
}

function parts(text: string, table: string): [table: string, name: string] {
  const name = text.trim().toLowerCase();
  const dot = name.indexOf('.');
  return dot < 0 ? [table, name] : [name.slice(0, dot), name.slice(dot + 1)];
}

/** The name that records carry: the core table as declared, else the table of the first column. */
export function recordName(query: NamedQuery): string {
  const core = query.coreTable?.trim() ?? '';
  return core === '' ? (query.columns[0]?.text.split('.').at(0)?.trim() ?? '') : core;
}
