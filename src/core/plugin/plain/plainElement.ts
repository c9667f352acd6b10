import { XSI_NAMESPACE } from '../reader/xmlDocument.ts';
import { isEmail } from '../rules/manifest/emailForm.ts';
import { isPlaceholder } from '../rules/manifest/placeholderLeft.ts';
import { isSchemaLocation } from '../rules/manifest/schemaLocation.ts';
import type { ElementModel, ValueSchema, XmlLanguageModel } from '../schema/elementModel.ts';

/** Whether no rule can have anything against a value that the schema allows. */
type IsPlain = (value: string) => boolean;

const isAnything: IsPlain = () => true;
const isText: IsPlain = (value) => value.trim() !== '' && !isPlaceholder(value);

/**
 * What nearly every manifest consists of, by the ids of the models: the attributes that may be there, and what their
 * values have to be beside what the schema says. Any other element or attribute is not plain; <field> is for
 * `PlainFields`.
 */
const PLAIN: Readonly<Record<string, Readonly<Record<string, IsPlain>>>> = {
  plugin: { name: isText, version: (value) => /^[\d.]+$/.test(value), description: isText },
  oauth: { accessLevelV1Api: (value) => value !== 'FULL' },
  accessRequest: {},
  autoinstall: { required: isAnything },
  requiredFlag: { required: isAnything },
  autoredeploy: {},
  publisher: { name: isText },
  contact: { email: (value) => isEmail(value) && !isPlaceholder(value), phone: isText },
};

/** What rules ask for and the schema does not. */
const WANTED: Readonly<Record<string, readonly string[]>> = { plugin: ['version', 'description'] };

export interface PlainAttribute {
  readonly name: string;
  /** One bit, of its own among the attributes of the element. */
  readonly bit: number;
  /** The bits of those that must be there with it. */
  readonly needs: number;
  readonly allows: IsPlain;
  /** The value that it had when it was last read: files of one kind repeat most values. */
  last: string;
}

export interface PlainChild {
  readonly element: PlainElement;
  readonly most: number;
  readonly required: boolean;
}

/** One kind of element, made from its model, as far as it is plain. */
export interface PlainElement {
  readonly name: string;
  /** Of the model. */
  readonly id: string;
  readonly attributes: readonly PlainAttribute[];
  /** The bits of the attributes that must be there. */
  readonly required: number;
  readonly children: readonly PlainChild[];
}

/** The outermost element of a language, with what may stand in it and the declarations that only it may have. */
export function plainRoot({ rootName, root, namespace }: XmlLanguageModel): PlainElement {
  const { attributes, required, ...rest } = plainElement(rootName, root);
  const first = 1 << attributes.length;
  const declarations: readonly PlainAttribute[] = [
    { name: 'xmlns', bit: first, needs: 0, allows: (value) => value === namespace, last: '' },
    { name: 'xmlns:xsi', bit: first << 1, needs: 0, allows: (value) => value === XSI_NAMESPACE, last: '' },
    { name: 'xsi:schemaLocation', bit: first << 2, needs: first << 1, allows: isSchemaLocation, last: '' },
  ];
  return { ...rest, attributes: [...attributes, ...declarations], required: required | first };
}

function plainElement(name: string, model: ElementModel): PlainElement {
  const attributes = Object.entries(PLAIN[model.id] ?? {}).map(([attribute, isPlain], index) => ({
    name: attribute,
    bit: 1 << index,
    needs: 0,
    allows: allowedBy(known(model.attributes.get(attribute), attribute), isPlain),
    last: '',
  }));
  const bits = new Map(attributes.map((attribute) => [attribute.name, attribute.bit]));
  const required = [...model.requiredAttributes, ...(WANTED[model.id] ?? [])];
  const children = [...model.children]
    .filter(([, child]) => child.model.id in PLAIN)
    .map(([child, { model: inner, most }]) => ({
      element: plainElement(child, inner),
      most,
      required: model.requiredChildren.includes(child),
    }));
  for (const child of model.requiredChildren) {
    known(
      children.find(({ element }) => element.name === child),
      child,
    );
  }
  return {
    name,
    id: model.id,
    attributes,
    required: required.reduce((all, each) => all | known(bits.get(each), each), 0),
    children,
  };
}

/** What the schema asks for must be plain, or nothing would ever be. */
function known<Part>(part: Part | undefined, name: string): Part {
  if (part === undefined) throw new Error(`The schema and what is plain do not agree on ${name}`);
  return part;
}

function allowedBy(schema: ValueSchema, isPlain: IsPlain): IsPlain {
  const { minLength = 0, maxLength = Infinity, enum: words, pattern } = schema;
  const form = pattern === undefined ? undefined : new RegExp(pattern, 'u');
  return (value) =>
    value.length >= minLength &&
    value.length <= maxLength &&
    words?.includes(value) !== false &&
    form?.test(value) !== false &&
    isPlain(value);
}
