import { textOf } from '../district/cell.ts';
import type { District } from '../district/district.ts';

/** Codes of CodeSet by id and back, for the contacts API, which shows and takes codes. */
export class CodeSets {
  readonly #district: District;

  constructor(district: District) {
    this.#district = district;
  }

  /** Null when there is none: the contacts API writes null, not a missing key. */
  code(id: number | undefined): string | null {
    if (id === undefined) return null;
    const row = this.#district.get('SELECT code FROM codeset WHERE codesetid = ?', [id]);
    return row === undefined ? null : (textOf(row, 'code') ?? null);
  }

  /** Id of a code of this type, any case; undefined when there is no such code. */
  id(type: string, code: string): number | undefined {
    const sql = 'SELECT codesetid FROM codeset WHERE codetype = ? AND code = ? COLLATE NOCASE';
    const row = this.#district.get(sql, [type, code]);
    return row === undefined ? undefined : Number(row['codesetid']);
  }
}
