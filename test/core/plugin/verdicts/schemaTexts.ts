import type { ElementModel, ValueSchema, XmlLanguageModel } from '../../../../src/core/plugin/schema/elementModel.ts';
import type { RandomNumbers } from '../../../support/randomNumbers.ts';

/** An element to be written; a text among its children is written as it is. */
interface MadeElement {
  name: string;
  readonly attributes: [name: string, value: string][];
  readonly children: (MadeElement | string)[];
}

/** Values as they are written, at the edges of what the types allow. */
const VALUES = [
  [
    '',
    ' ',
    '\n',
    '&#10;',
    '&#9;a',
    'a',
    ' a',
    'a ',
    'a b',
    'a  b',
    '\u00a0',
    '\u2028a',
    '\u0085',
    'é',
    '😀',
    '&amp;',
    '&#x1F600;',
  ],
  ['true', 'false', '1', '0', 'TRUE', ' true', 'true\n', '\u00a0true', '01', 'yes', 'true false'],
  [
    '443',
    '0',
    '65535',
    '65536',
    '99999',
    '-1',
    '-0',
    '+1',
    '007',
    '00065535',
    ' 443 ',
    '4 3',
    '4.0',
    '1e3',
    '٣',
    '0x1',
  ],
  ['NONE', 'READ', 'FULL', 'read', ' READ', 'ViewOnly', 'FullAccess', 'viewonly', 'ViewOnly&#32;'],
  [
    'staff',
    ' staff ',
    '\nstaff\t',
    'st aff',
    'Staff',
    '\u00a0staff',
    'admin',
    'teacher',
    'guardian',
    'persistent',
    'admin.header',
  ],
  ['post', 'POST', 'get', 'primitive', 'upper', 'none'],
  [
    'https://a',
    'HTTPS://a',
    'hTtPs://a',
    'https://',
    'https:// a',
    'https://a\u00a0',
    'https://\u2028',
    'http://a',
    ' https://a',
    'https:/a',
  ],
  ['a.b', 'a/b', 'a:b', 'a.b\u00a0', '\u3000', '/ws/schema/query/a', ' /ws/schema/query/a '],
].flat();

/** What is put between elements, all of it well-formed. */
const BETWEEN = [
  ['', ' ', '\n', '\r\n\t', '&#32;', '&#x9;&#10;', '&#160;', '\u00a0', '\u0085', 'a', '&amp;', '&#65;'],
  ['<!-- a -->', '<?a b?>', '<![CDATA[]]>', '<![CDATA[ ]]>', '<![CDATA[a]]>', '<![CDATA[\n]]> '],
].flat();

/** Attributes that a schema may know nothing of, and those that it lets stand everywhere. */
const FOREIGN = [
  ['xml:lang', 'en'],
  ['xml:space', 'preserve'],
  ['xmlns:q', 'urn:q'],
  ['xmlns', ''],
  ['xmlns', 'urn:q'],
  ['xmlns', 'http://plugin.powerschool.pearson.com'],
  ['xmlns', 'http://plugin.powerschool.pearson.com '],
  ['xsi:schemaLocation', 'http://plugin.powerschool.pearson.com plugin.xsd'],
  ['xsi:schemaLocation', 'a'],
  ['xsi:noNamespaceSchemaLocation', 'a.xsd'],
  ['xsi:nil', 'true'],
  ['xsi:nil', 'false'],
  ['xsi:other', 'a'],
  ['xsi:type', 'a'],
  ['p:name', 'a'],
  ['id', 'a'],
  ['constructor', 'a'],
  ['__proto__', 'a'],
] as const;

const NAMES = ['a', 'constructor', '__proto__', 'q:a', 'p:a', 'toString', 'Field', 'Plugin'] as const;

/** Makes well-formed texts of a language, of which about half are as its schema wants them. */
export class SchemaTexts {
  readonly #random: RandomNumbers;
  readonly #language: XmlLanguageModel;

  constructor(random: RandomNumbers, language: XmlLanguageModel) {
    this.#random = random;
    this.#language = language;
  }

  next(): string {
    const root = this.#make(this.#language.rootName, this.#language.root);
    for (let changes = this.#random(4); changes > 0; changes--) this.#change(root);
    const { namespace } = this.#language;
    // a prefix for all elements is as good as a default namespace
    const prefixed = namespace !== '' && this.#random(8) === 0;
    const declarations = namespace === '' ? '' : ` xmlns${prefixed ? ':p' : ''}="${namespace}"`;
    const others = [
      'xmlns:q="urn:q"',
      'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
      prefixed ? '' : 'xmlns:p="urn:p"',
    ];
    const rootAttributes = root.attributes.map(([name]) => name);
    const declared = [declarations, ...others.map((each) => (each === '' ? '' : ` ${each}`))].filter(
      (each) => !rootAttributes.some((name) => each.startsWith(` ${name}=`)),
    );
    return this.#write(root, declared.join(''), prefixed ? 'p:' : '');
  }

  #make(name: string, model: ElementModel): MadeElement {
    const element: MadeElement = { name, attributes: [], children: [] };
    for (const [attribute, schema] of model.attributes) {
      if (model.requiredAttributes.includes(attribute) || this.#random(4) === 0)
        element.attributes.push([attribute, this.#value(schema)]);
    }
    for (const [child, { model: inner, most }] of model.children) {
      const least = model.requiredChildren.includes(child) ? 1 : 0;
      const count = least + (this.#random(3) === 0 ? this.#random(Math.min(most, 5) - least + 1) : 0);
      for (let made = 0; made < count; made++) element.children.push(this.#make(child, inner));
    }
    if (model.content === 'text' || model.content === 'mixed')
      element.children.push(model.text === undefined ? 'a' : this.#value(model.text));
    return element;
  }

  /** A value that fits, or one time in many any value. */
  #value(schema: ValueSchema): string {
    if (this.#random(40) === 0) return this.#one(VALUES);
    if (this.#random(40) === 0) return this.#long(schema.maxLength ?? 30);
    if (schema.enum !== undefined) return this.#one(schema.enum.map(String));
    return this.#one(VALUES.filter((value) => fits(schema, value)));
  }

  /** About as long as is allowed, in characters of one to ten units. */
  #long(length: number): string {
    const piece = this.#one(['a', '😀', '&amp;', '&#x1F600;', ' ']);
    return piece.repeat(Math.max(0, length - 1 + this.#random(3)));
  }

  #change(root: MadeElement): void {
    const all = elementsIn(root);
    const element = this.#one(all);
    const other = this.#one(all);
    const { attributes, children } = element;
    const at = this.#random(children.length + 1);
    const attribute = attributes[this.#random(attributes.length || 1)];
    switch (this.#random(12)) {
      case 0:
        if (attribute !== undefined) attribute[1] = this.#one(VALUES);
        break;
      case 1:
        if (attribute !== undefined) attributes.splice(attributes.indexOf(attribute), 1);
        break;
      case 2:
        setAttribute(element, this.#one(FOREIGN));
        break;
      case 3:
        setAttribute(element, [this.#one(all.flatMap((each) => each.attributes))?.[0] ?? 'a', this.#one(VALUES)]);
        break;
      case 4:
        children.splice(at, 1);
        break;
      case 5: {
        // twice the same
        const child = children[at];
        if (child !== undefined) children.splice(at, 0, structuredClone(child));
        break;
      }
      case 6:
        children.push(...children.splice(0, at));
        break;
      case 7:
      case 8:
        children.splice(at, 0, this.#one(BETWEEN));
        break;
      case 9:
        // not into itself
        if (!elementsIn(other).includes(element)) children.splice(at, 0, structuredClone(other));
        break;
      case 10:
        element.name = this.#random(3) === 0 ? this.#one(NAMES) : other.name;
        break;
      default:
        children.splice(at, 0, { name: this.#one(NAMES), attributes: [], children: [] });
    }
  }

  #write({ name, attributes, children }: MadeElement, declarations: string, prefix: string): string {
    const full = name.includes(':') ? name : prefix + name;
    const written = attributes.map(([attribute, value]) => ` ${attribute}="${value}"`).join('');
    const start = `<${full}${declarations}${written}`;
    if (children.length === 0) return this.#random(4) === 0 ? `${start}></${full}>` : `${start}/>`;
    const blanks = children.every((child) => typeof child !== 'string') ? this.#one(['', '\n', ' ']) : '';
    const inside = children.map(
      (child) => (typeof child === 'string' ? child : this.#write(child, '', prefix)) + blanks,
    );
    return `${start}>${blanks}${inside.join('')}</${full}>`;
  }

  #one<Item>(list: readonly Item[]): Item {
    return list[this.#random(list.length)] as Item;
  }
}

function fits({ minLength = 0, maxLength = Infinity, enum: words, pattern }: ValueSchema, value: string): boolean {
  const { length } = Array.from(value);
  if (length < minLength || length > maxLength || words?.includes(value) === false) return false;
  return pattern === undefined || new RegExp(pattern, 'u').test(value);
}

function elementsIn(element: MadeElement): MadeElement[] {
  return [element, ...element.children.flatMap((child) => (typeof child === 'string' ? [] : elementsIn(child)))];
}

function setAttribute({ attributes }: MadeElement, [name, value]: readonly [string, string]): void {
  const existing = attributes.find(([each]) => each === name);
  if (existing === undefined) attributes.push([name, value]);
  else existing[1] = value;
}
