import type { Diagnostic, Fix } from '../../problem/diagnostic.ts';
import { readManifest } from '../manifest/manifest.ts';
import { readXml } from '../reader/xmlReader.ts';
import { XML_LANGUAGES } from '../schema/languages.ts';
import { addAttribute, setValue } from '../schema/structureFixes.ts';

/**
 * The change of an attribute in plugin.xml that gives a request what it needs; undefined when that takes a new
 * `<field>`, or when the place cannot be told. The title is what is written.
 *
 * @param manifest Text of plugin.xml.
 */
export function mendInManifest({ code, args }: Diagnostic, manifest: string): Fix | undefined {
  const document = readXml(manifest, XML_LANGUAGES.plugin);
  const { root, faults } = document;
  if (root?.name.local !== 'plugin' || faults.length > 0) return undefined;
  const { oauth, fields } = readManifest(document, root);
  const [first = '', second = '', third = ''] = args.map(String);
  if (code === 'PS482' && oauth !== undefined) return set(oauth, 'accessLevelV1Api', first);
  if (code !== 'PS481' || third !== 'FullAccess') return undefined;
  const field = fields.find(({ key }) => key === `${first}.${second}`.toUpperCase());
  return field && set(field.element, 'access', third);
}

function set(element: Parameters<typeof addAttribute>[0], name: string, value: string): Fix {
  const attribute = element.attribute(name);
  const fix = attribute === undefined ? addAttribute(element, name, value) : setValue(attribute, value);
  return { ...fix, title: `${name}="${value}"` };
}
