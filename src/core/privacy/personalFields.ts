import type { FieldKind, FieldNames } from './fieldNames.ts';

/** What stands in the place of a hidden value; the same for every value, so that it tells no length. */
export const HIDDEN = '•••••';

/** A number that a column of keys or numbers writes as text. */
const NUMBER = /^-?\d{1,15}(?:\.\d+)?$/;

/**
 * A field at its place in an answer, found again by its name without another look at the rules: the path of a cell
 * is judged once, however many rows follow.
 */
export class PersonalField {
  readonly name: string;
  readonly kind: FieldKind;
  readonly #names: FieldNames;
  readonly #children = new Map<string, PersonalField>();

  private constructor(names: FieldNames, name: string, kind: FieldKind) {
    this.#names = names;
    this.name = name;
    this.kind = kind;
  }

  /** The place above all fields. Keep it: what it has judged is remembered below it. */
  static root(names: FieldNames): PersonalField {
    return new PersonalField(names, '', 'text');
  }

  /** The field with this name in this one. */
  child(name: string): PersonalField {
    let child = this.#children.get(name);
    if (child === undefined) {
      const kind = this.#names.kindOf(name, this.name);
      // What lies in a hidden field (the number in `phones`) is hidden with it, unless it is known to tell nothing.
      const inherits = this.kind === 'hidden' && kind !== 'shown' && !/^(?:id|dcid)$/i.test(name);
      child = new PersonalField(this.#names, name, inherits ? 'hidden' : kind);
      this.#children.set(name, child);
    }
    return child;
  }

  /** A field by its path, such as `name.last_name`; of a record when the path starts there. */
  at(path: string): PersonalField {
    return path.split('.').reduce<PersonalField>((field, name) => field.child(name), this);
  }

  /** Whether a value of this field is hidden. Null and empty text hide nothing. */
  hides(value: unknown): boolean {
    if (value === null || value === undefined || value === '' || this.kind === 'shown') return false;
    if (this.kind === 'hidden') return true;
    if (typeof value !== 'string') return false;
    return this.kind === 'text' || !NUMBER.test(value);
  }
}

/** The value as it may be seen: hidden values are replaced, in objects and lists each for itself. */
export function masked(value: unknown, field: PersonalField): unknown {
  if (Array.isArray(value)) return value.map((entry) => masked(entry, field));
  if (typeof value !== 'object' || value === null) return field.hides(value) ? HIDDEN : value;
  const { name } = value as { readonly name?: unknown };
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, masked(part, fieldOf(field, key, name))]));
}

/** `{"name": "dob", "value": …}` of extension data: the value belongs to the field that is named beside it. */
export function fieldOf(field: PersonalField, key: string, nameBeside: unknown): PersonalField {
  const named = key === 'value' && field.name === '_field' && typeof nameBeside === 'string';
  return named ? field.child(key).child(nameBeside) : field.child(key);
}
