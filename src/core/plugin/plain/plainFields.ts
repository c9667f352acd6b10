import type { TableCatalog } from '../../catalog/tables.ts';
import { isSensitive } from '../rules/manifest/sensitiveField.ts';
import { insteadOf } from '../rules/manifest/trapField.ts';
import { NameChecker } from '../rules/tableNames.ts';
import type { ElementModel } from '../schema/elementModel.ts';

/** A field whatever the letter case of its name. */
interface KnownField {
  readonly isPlain: boolean;
  /** Number of the manifest that asked for it last. */
  manifest: number;
}

/** The fields of many manifests: each is judged when it is first seen. */
export class PlainFields {
  /** As nearly everybody writes it. An expression is machine code from its second use on; a loop takes its time. */
  readonly #usual: RegExp;
  readonly #names: NameChecker | undefined;
  readonly #tables = new Map<string, Map<string, KnownField>>();
  /** Number of the manifest that is read. */
  #manifest = 0;
  #table = '';
  #fields = new Map<string, KnownField>();
  #any = false;

  /** @param model of <field>. @param tables without them, names are not judged. */
  constructor(model: ElementModel | undefined, tables: TableCatalog | undefined) {
    this.#names = tables === undefined ? undefined : new NameChecker(tables);
    const [table, field] = ['table', 'field'].map((name) => {
      const { minLength = 1, maxLength = 1 } = model?.attributes.get(name) ?? {};
      return `${name}="(\\w{${minLength},${maxLength}})"`;
    });
    this.#usual = new RegExp(
      `<field\\s+${table}\\s+${field}\\s+access="ViewOnly"\\s*/>\\s*`.replaceAll('\\s', '[ \\t\\r\\n]'),
      'y',
    );
  }

  /** Whether the manifest asked for any. */
  get any(): boolean {
    return this.#any;
  }

  nextManifest(): void {
    this.#manifest++;
    this.#any = false;
  }

  /** Reads the fields at `at` that are written as usual, to the next markup. -1 when one of them is not plain. */
  read(text: string, at: number): number {
    const usual = this.#usual;
    let end = at;
    usual.lastIndex = at;
    for (let match = usual.exec(text); match !== null; match = usual.exec(text)) {
      if (!this.#add(match[1] ?? '', match[2] ?? '')) return -1;
      end = usual.lastIndex;
    }
    return end;
  }

  /** Whether no rule has anything against the field, and the manifest did not ask for it before. */
  #add(table: string, name: string): boolean {
    this.#any = true;
    if (table !== this.#table) {
      this.#table = table;
      this.#fields = this.#fieldsOf(table);
    }
    const field = this.#fields.get(name) ?? this.#judge(table, name);
    if (!field.isPlain || field.manifest === this.#manifest) return false;
    field.manifest = this.#manifest;
    return true;
  }

  #judge(table: string, name: string): KnownField {
    const upperTable = table.toUpperCase();
    const upperName = name.toUpperCase();
    const fields = this.#fieldsOf(upperTable);
    let field = fields.get(upperName);
    if (field === undefined) {
      const key = `${upperTable}.${upperName}`;
      const isKnown = this.#names === undefined || this.#names.check(table, name).kind === 'known';
      field = { isPlain: isKnown && !isSensitive(key) && insteadOf(key) === undefined, manifest: 0 };
      fields.set(upperName, field);
    }
    this.#fieldsOf(table).set(name, field);
    return field;
  }

  #fieldsOf(table: string): Map<string, KnownField> {
    let fields = this.#tables.get(table);
    if (fields === undefined) {
      fields = new Map();
      this.#tables.set(table, fields);
    }
    return fields;
  }
}
