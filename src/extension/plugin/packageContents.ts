import { languageOfFile } from '../../core/plugin/fileLanguage.ts';
import type { PackageFile } from '../../core/plugin/making/packageEntries.ts';
import { readManifest, type FieldRequest } from '../../core/plugin/manifest/manifest.ts';
import { readMappingFile, type PagePermission } from '../../core/plugin/mapping/permissionMapping.ts';
import { readQueryFile, type NamedQuery } from '../../core/plugin/query/namedQuery.ts';
import { decodeXml } from '../../core/plugin/reader/encoding.ts';
import { readXml } from '../../core/plugin/reader/xmlReader.ts';
import { XML_LANGUAGES } from '../../core/plugin/schema/languages.ts';

/** Something that stands at a place of a file of the package. */
export interface Placed<Value> {
  readonly path: string;
  /** Text that `offset` refers to. */
  readonly text: string;
  readonly offset: number;
  readonly value: Value;
}

/** What a package holds, as far as its files can be read; faults are the linter's business. */
export interface PackageContents {
  readonly name: string;
  readonly version: string;
  readonly fields: readonly Placed<FieldRequest>[];
  readonly queries: readonly Placed<NamedQuery>[];
  readonly permissions: readonly Placed<PagePermission>[];
  /** Pages, fragments, scripts and images. */
  readonly pages: readonly string[];
  /** Database extensions, page catalogs, translations. */
  readonly others: readonly string[];
}

/** Reads the files of a package; what cannot be read is left out. */
export function readPackageContents(files: readonly PackageFile[]): PackageContents {
  let name = '';
  let version = '';
  const fields: Placed<FieldRequest>[] = [];
  const queries: Placed<NamedQuery>[] = [];
  const permissions: Placed<PagePermission>[] = [];
  const pages: string[] = [];
  const others: string[] = [];
  for (const { path, bytes } of files) {
    const language = languageOfFile(path);
    if (language !== 'plugin' && language !== 'named_queries' && language !== 'permission_mappings') {
      (/^web_root\//i.test(path) ? pages : others).push(path);
      continue;
    }
    const { text } = decodeXml(bytes);
    const document = readXml(text, XML_LANGUAGES[language]);
    const { root } = document;
    if (!root) continue;
    if (language === 'plugin') {
      const manifest = readManifest(document, root);
      name = manifest.name?.value.trim() ?? '';
      version = manifest.version?.value.trim() ?? '';
      for (const field of manifest.fields) fields.push({ path, text, offset: field.element.start, value: field });
    } else if (language === 'named_queries') {
      for (const query of readQueryFile(document, root).queries)
        queries.push({ path, text, offset: query.element.start, value: query });
    } else {
      for (const permission of readMappingFile(document, root).permissions)
        permissions.push({ path, text, offset: permission.element.start, value: permission });
    }
  }
  return { name, version, fields, queries, permissions, pages: pages.sort(), others: others.sort() };
}
