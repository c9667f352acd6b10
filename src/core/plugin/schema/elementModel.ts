import type { ReaderGrammar } from '../reader/xmlReader.ts';

/** The value of an attribute, or the text of an element, as the JSON Schemas describe it. */
export interface ValueSchema {
  readonly type?: string;
  readonly description?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly enum?: readonly (string | number)[];
  readonly default?: string | number;
  /** Values and what they mean: of an enum all, otherwise the usual ones. */
  readonly values?: Readonly<Record<string, string>>;
  readonly examples?: readonly string[];
  /** In words, where a pattern says what is allowed. */
  readonly allowed?: string;
  /** Release that brought it. */
  readonly since?: string;
  /** False: known from real files or an old schema, not from the documentation. */
  readonly documented?: boolean;
  /** What to offer while typing. */
  readonly complete?: 'table' | 'field' | 'column' | 'path';
  /** Codes of their own for a keyword that is not met; `empty` counts the value as empty. */
  readonly problems?: Readonly<Record<string, string>>;
  readonly whiteSpace?: 'collapse';
}

interface ChildrenSchema {
  readonly type: string;
  readonly maxItems?: number;
  readonly items: { readonly $ref: string };
}

interface ElementSchema {
  readonly title: string;
  readonly description: string;
  readonly content: 'elements' | 'empty' | 'text' | 'mixed';
  readonly properties: Readonly<Record<string, ValueSchema | ChildrenSchema>>;
  readonly required?: readonly string[];
  readonly sequence?: readonly string[];
  readonly since?: string;
  readonly documented?: boolean;
}

/** The part of a schema file that describes an XML language. */
export interface XmlLanguageSchema {
  readonly $id: string;
  readonly title: string;
  readonly root: { readonly element: string; readonly namespace: string };
  readonly $ref: string;
  readonly $defs: Readonly<Record<string, ElementSchema>>;
}

export interface ChildModel {
  readonly model: ElementModel;
  /** How many the owner may have; Infinity when there is no limit. */
  readonly most: number;
}

/** One kind of element: what may stand in it, in the order of the documentation. */
export interface ElementModel {
  /** Name in `$defs`, the key of its validator. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly content: ElementSchema['content'];
  readonly attributes: ReadonlyMap<string, ValueSchema>;
  readonly children: ReadonlyMap<string, ChildModel>;
  readonly requiredAttributes: readonly string[];
  readonly requiredChildren: readonly string[];
  /** Children must come in this order; empty when any order is right. */
  readonly sequence: readonly string[];
  /** The text, when `content` is `text` or `mixed`. */
  readonly text: ValueSchema | undefined;
  /** The schema restricts the text. */
  readonly judgesText: boolean;
  readonly since: string | undefined;
  readonly documented: boolean;
}

/** An XML language of plugin packages, made from its JSON Schema. */
export class XmlLanguageModel implements ReaderGrammar {
  readonly id: string;
  readonly title: string;
  readonly rootName: string;
  /** Empty: the language uses none. */
  readonly namespace: string;
  readonly root: ElementModel;
  readonly #byName = new Map<string, ElementModel[]>();
  readonly #parents = new Map<string, string[]>();
  readonly #textNames = new Set<string>();

  constructor(schema: XmlLanguageSchema) {
    this.id = schema.$id;
    this.title = schema.title;
    this.rootName = schema.root.element;
    this.namespace = schema.root.namespace;
    const made = new Map<string, ElementModel>();
    const make = (name: string, id: string): ElementModel => {
      const known = made.get(id);
      if (known !== undefined) {
        this.#note(name, known);
        return known;
      }
      const children = new Map<string, ChildModel>();
      const model = toModel(id, schema.$defs[id], children);
      made.set(id, model);
      this.#note(name, model);
      for (const [child, part] of Object.entries(schema.$defs[id]?.properties ?? {})) {
        if (!('items' in part)) continue;
        children.set(child, { model: make(child, definitionOf(part.items.$ref)), most: part.maxItems ?? Infinity });
        this.#parents.set(child, [...new Set([...(this.#parents.get(child) ?? []), name])]);
      }
      return model;
    };
    this.root = make(this.rootName, definitionOf(schema.$ref));
    for (const [name, models] of this.#byName) {
      if (models.every((model) => model.content === 'text')) this.#textNames.add(name);
    }
  }

  #note(name: string, model: ElementModel): void {
    const models = this.#byName.get(name) ?? [];
    if (!models.includes(model)) this.#byName.set(name, [...models, model]);
  }

  /** The kinds of elements with that name; most names have one. */
  models(name: string): readonly ElementModel[] {
    return this.#byName.get(name) ?? [];
  }

  /** Names of the elements in which an element of that name may stand. */
  parentsOf(name: string): readonly string[] {
    return this.#parents.get(name) ?? [];
  }

  isElement(name: string): boolean {
    return this.#byName.has(name);
  }

  isText(name: string): boolean {
    return this.#textNames.has(name);
  }

  canContain(parent: string, child: string): boolean {
    return this.models(parent).some((model) => model.children.has(child));
  }
}

function toModel(
  id: string,
  schema: ElementSchema | undefined,
  children: ReadonlyMap<string, ChildModel>,
): ElementModel {
  if (schema === undefined) throw new Error(`The schema defines no ${id}`);
  const attributes = new Map<string, ValueSchema>();
  for (const [name, part] of Object.entries(schema.properties)) {
    if (name.startsWith('@') && !('items' in part)) attributes.set(name.slice(1), part);
  }
  const part = schema.properties['#text'];
  const text = part === undefined || 'items' in part ? undefined : part;
  const required = schema.required ?? [];
  return {
    id,
    title: schema.title,
    description: schema.description,
    content: schema.content,
    attributes,
    children,
    requiredAttributes: required.filter((name) => name.startsWith('@')).map((name) => name.slice(1)),
    requiredChildren: required.filter((name) => !name.startsWith('@')),
    sequence: schema.sequence ?? [],
    text,
    judgesText: ['enum', 'minLength', 'maxLength', 'pattern'].some((keyword) => text !== undefined && keyword in text),
    since: schema.since,
    documented: schema.documented !== false,
  };
}

function definitionOf(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}
