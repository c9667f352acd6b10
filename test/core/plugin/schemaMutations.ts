import { placesOf, type AttributePlace, type TagPlace } from './markupPlaces.ts';
import { splice, type Mutation, type ValidFile } from './mutation.ts';

type Make = (name: string, codes: readonly string[], at: number, text: string) => Mutation;

/** Attributes that may be left out without a finding. */
const OPTIONAL = new Set(
  'version description deletable title path port nameid-format metadata-url entity-id base-url attribute-name attribute-value new-window required phone accessLevelV1Api allow-auth-code coreTable flattened tags column type default casing allow childName comment length xsi:schemaLocation xmlns:xsi description'.split(
    ' ',
  ),
);

/** Required all the same, in these elements. */
const REQUIRED = new Set(['permission@description', 'link@path', 'user@type', 'field@type']);

/** Values that only these attributes accept. */
const ENUMERATED = new Set(
  'accessLevelV1Api access allow-auth-code deletable id type@user name@user_type nameid-format new-window required@autoinstall required@autoenable flattened required@arg type@arg casing allow'.split(
    ' ',
  ),
);

const SINGLE = new Set(
  'registration oauth access_request links openid saml autoinstall identityAttribute publisher contact callback-data cdn_request ui_contexts attributes permissions inline_authentication user_types autoenable autoregister autoredeploy summary description args columns sql extensionname'.split(
    ' ',
  ),
);

const REQUIRED_CHILDREN = new Set('publisher contact ui_contexts columns sql extensionname'.split(' '));

const LIMITS: Readonly<Record<string, number>> = {
  'plugin@name': 40,
  'plugin@version': 20,
  'plugin@description': 256,
  'registration@url': 1000,
  'field@table': 30,
  'field@field': 30,
  'cdn@name': 300,
  'link@display-text': 100,
  'link@title': 256,
  'link@path': 1000,
  'contact@email': 40,
  'contact@phone': 20,
  'publisher@name': 100,
  'openid@host': 256,
  'saml@name': 256,
  'saml@entity-id': 1000,
  'attribute@name': 256,
  'permission@name': 100,
  'entity@name': 256,
  'query@name': 200,
};

/** Single faults against the schema of a well-formed file. */
export function* schemaMutations({ fileName, text }: ValidFile): Generator<Mutation> {
  const tags = placesOf(text);
  const make: Make = (name, codes, at, mutated) => ({ name, fileName, text: mutated, at, codes });
  const root = tags[0];
  if (!root) return;
  yield* rootFaults(root, text, make);
  for (const tag of tags) {
    yield* elementFaults(tag, tags, text, make);
    for (const attribute of tag.attributes) yield* attributeFaults(tag, attribute, text, make);
  }
}

function* rootFaults(root: TagPlace, text: string, make: Make): Generator<Mutation> {
  const { endTag } = root;
  if (!endTag) return;
  const rename = (name: string): string =>
    splice(
      splice(text, endTag.start, endTag.end, `</${name}>`),
      root.start,
      root.start + 1 + root.name.length,
      `<${name}`,
    );
  yield make('another root', ['30'], root.start, rename('module'));
  yield make('root in capitals', ['30'], root.start, rename(root.name.toUpperCase()));
  const namespace = root.attributes.find(({ name }) => name === 'xmlns');
  if (namespace) {
    const { start, end, valueStart, valueEnd } = namespace;
    yield make('empty namespace', ['31'], start, splice(text, valueStart, valueEnd, ''));
    yield make('https in the namespace', ['31'], start, splice(text, valueStart, valueStart + 4, 'https'));
    yield make('slash after the namespace', ['31'], start, splice(text, valueEnd, valueEnd, '/'));
    yield make('namespace removed', ['31'], root.start, splice(text, start, end, ''));
  } else {
    const at = root.start + 1 + root.name.length;
    yield make(
      'namespace where none belongs',
      ['31'],
      at + 1,
      splice(text, at, at, ' xmlns="http://powerschool.com/queries"'),
    );
  }
}

function* elementFaults(tag: TagPlace, tags: readonly TagPlace[], text: string, make: Make): Generator<Mutation> {
  const { name, start, end, endTag, parent } = tag;
  const whole = endTag?.end ?? end;
  const required = name;
  if (!parent) return;
  if (endTag && !tag.selfClosing && tags.some((other) => other.parent === tag)) {
    yield make(`unknown element in ${name}`, ['32'], end, splice(text, end, end, '<zebra/>'));
    yield make(
      `unknown element with children in ${name}`,
      ['32'],
      end,
      splice(text, end, end, '<zebra a="1"><stripe/></zebra>'),
    );
    yield make(`text in ${name}`, ['41'], end, splice(text, end, end, 'stray text'));
    yield make(`CDATA in ${name}`, ['41'], end, splice(text, end, end, '<![CDATA[stray]]>'));
  }
  const renamed = (to: string): string => {
    const mutated = endTag ? splice(text, endTag.start + 2, endTag.start + 2 + name.length, to) : text;
    return splice(mutated, start + 1, start + 1 + name.length, to);
  };
  const upper = name.toUpperCase();
  yield make(`${name} in capitals`, ['32'], start, renamed(upper));
  yield make(`${name} misspelt`, ['32'], start, renamed(`${name}x`));
  if (SINGLE.has(name)) {
    yield make(`${name} twice`, ['34'], whole, splice(text, whole, whole, text.slice(start, whole)));
  }
  if (REQUIRED_CHILDREN.has(required) && !(name === 'description')) {
    yield make(`${name} removed`, ['35'], parent.start, splice(text, start, whole, ''));
  }
  if (
    parent.parent &&
    ['field', 'contact', 'ui_contexts', 'cdn', 'column', 'arg', 'implies'].includes(name) &&
    parent.name !== 'extendedTable'
  ) {
    const alone = tags.filter((other) => other.parent === parent).length === 1;
    if (!alone) {
      const moved = splice(text, start, whole, '');
      yield make(
        `${name} outside of ${parent.name}`,
        ['33'],
        parent.start,
        splice(moved, parent.start, parent.start, text.slice(start, whole)),
      );
    }
  }
}

function* attributeFaults(tag: TagPlace, attribute: AttributePlace, text: string, make: Make): Generator<Mutation> {
  const { name, start, end, valueStart, valueEnd } = attribute;
  if (name.startsWith('xmlns') || name.startsWith('xsi:')) return;
  const label = `${tag.name}/@${name}`;
  const key = `${tag.name}@${name}`;
  yield make(`unknown attribute before ${label}`, ['36'], start, splice(text, start, start, 'colour="red" '));
  yield make(
    `${label} in capitals`,
    ['36'],
    start,
    splice(text, start, start + name.length, name === name.toUpperCase() ? `${name}X` : name.toUpperCase()),
  );
  yield make(`${label} misspelt`, ['36'], start, splice(text, start, start + name.length, `${name}x`));
  const required = REQUIRED.has(key) || !OPTIONAL.has(name);
  // a link of single sign-on needs no path, a manifest and a query need no description
  if (
    required &&
    !(name === 'path' && text.includes('<saml')) &&
    !(key === 'column@description') &&
    !(key === 'arg@description')
  ) {
    yield make(`${label} removed`, ['37'], tag.start, splice(text, start, end, ''));
    if (!['query@dat'].includes(key))
      yield make(`${label} empty`, ['39', '45', '46'], start, splice(text, valueStart, valueEnd, ''));
  }
  if (ENUMERATED.has(name) || ENUMERATED.has(`${name}@${tag.name}`)) {
    yield make(`${label} wrong`, ['38'], start, splice(text, valueStart, valueEnd, 'whatever'));
    const value = text.slice(valueStart, valueEnd);
    const other = value === value.toLowerCase() ? value.toUpperCase() : value.toLowerCase();
    yield make(`${label} in other case`, ['38'], start, splice(text, valueStart, valueEnd, other));
  }
  const limit = LIMITS[key];
  if (limit !== undefined && text.includes('plugin.powerschool') === !key.startsWith('query')) {
    const long =
      name === 'url'
        ? `https://x.invalid/${'a'.repeat(limit)}`
        : name === 'version'
          ? '1'.repeat(limit + 1)
          : 'a'.repeat(limit + 1);
    yield make(`${label} too long`, ['40'], start, splice(text, valueStart, valueEnd, long));
  }
}
