import { readPageCatalog, type PageCatalog } from '../catalog/pageCatalog.ts';
import { readDatabaseExtension, type DatabaseExtension } from '../database/databaseExtension.ts';
import { readManifest, type Manifest } from '../manifest/manifest.ts';
import { readMappingFile, type MappingFile } from '../mapping/permissionMapping.ts';
import { readMessageKeys, type MessageKey } from '../messages/messageKeys.ts';
import { readQueryFile, type QueryFile } from '../query/namedQuery.ts';
import { decodeXml, type DecodedText } from '../reader/encoding.ts';
import { readJson } from '../reader/jsonReader.ts';
import type { XmlDocument } from '../reader/xmlDocument.ts';
import { readXml } from '../reader/xmlReader.ts';
import { XML_LANGUAGES } from '../schema/languages.ts';
import { roleOf, wrapperOf, type EntryRole } from './packageLayout.ts';
import type { PackageEntry, PackageSource, SourceFault } from './packageSource.ts';

/** A text file of a package. */
export interface PackageText {
  /** From the top of the source; a wrapper folder is part of it. */
  readonly path: string;
  /** The same without a wrapper folder. */
  readonly inside: string;
  readonly role: EntryRole;
  readonly decoded: DecodedText;
  /** Of an XML file. */
  readonly document: XmlDocument | undefined;
}

/** A part of the package with the file it was read from. */
export interface Placed<Content> {
  readonly file: PackageText;
  readonly content: Content;
}

/** A whole package, read as far as its faults allow. */
export interface PluginPackage {
  readonly source: PackageSource;
  /** Folder that wraps the package in its zip, with its slash; empty when there is none. */
  readonly wrapper: string;
  readonly files: readonly PackageText[];
  /** All paths, also of what is not text, without wrapper. */
  readonly paths: readonly string[];
  readonly manifest: Placed<Manifest> | undefined;
  readonly queries: readonly Placed<QueryFile>[];
  readonly mappings: readonly Placed<MappingFile>[];
  readonly extensions: readonly Placed<DatabaseExtension>[];
  readonly catalogs: readonly Placed<PageCatalog>[];
  readonly messages: readonly Placed<readonly MessageKey[]>[];
  /** Texts of WEB_ROOT. */
  readonly pages: readonly PackageText[];
  /** What could not be read. */
  readonly faults: readonly SourceFault[];
}

/** A text beyond this size is not looked into: pages are small, bundled scripts are not ours to judge. */
const PAGE_LIMIT = 2 * 1024 * 1024;

const XML_ROLES = {
  manifest: 'plugin',
  queries: 'named_queries',
  mappings: 'permission_mappings',
  database: 'user_schema',
} as const;

/** Reads a package. Never throws for any content; what cannot be read is in `faults`. */
export async function readPluginPackage(source: PackageSource): Promise<PluginPackage> {
  const wrapper = wrapperOf(source.entries.map(({ path }) => path));
  const faults = [...source.faults];
  const files: PackageText[] = [];
  for (const entry of source.entries) {
    const file = await readEntry(entry, wrapper, faults, source.kind === 'zip');
    if (file !== undefined) files.push(file);
  }
  const ofRole = (role: EntryRole): PackageText[] => files.filter((file) => file.role === role);
  const placed = <Content>(
    role: EntryRole,
    read: (document: XmlDocument, root: NonNullable<XmlDocument['root']>) => Content,
  ): Placed<Content>[] =>
    ofRole(role).flatMap((file) => {
      const root = file.document?.root;
      return file.document === undefined || root === undefined ? [] : [{ file, content: read(file.document, root) }];
    });
  return {
    source,
    wrapper,
    files,
    paths: source.entries.map(({ path }) => (path.startsWith(wrapper) ? path.slice(wrapper.length) : path)),
    manifest: placed('manifest', readManifest)[0],
    queries: placed('queries', readQueryFile),
    mappings: placed('mappings', readMappingFile),
    extensions: placed('database', readDatabaseExtension),
    catalogs: ofRole('catalog')
      .filter(({ inside }) => /\.json$/i.test(inside))
      .map((file) => ({ file, content: readPageCatalog(readJson(file.decoded.text)) })),
    messages: ofRole('messages')
      .filter(({ inside }) => /\.properties$/i.test(inside))
      .map((file) => ({ file, content: readMessageKeys(file.decoded.text) })),
    pages: ofRole('page'),
    faults,
  };
}

async function readEntry(
  entry: PackageEntry,
  wrapper: string,
  faults: SourceFault[],
  isZip: boolean,
): Promise<PackageText | undefined> {
  const inside = entry.path.startsWith(wrapper) ? entry.path.slice(wrapper.length) : entry.path;
  const role = roleOf(inside);
  const isText =
    role !== 'asset' && role !== 'litter' && role !== 'stray' && (role !== 'page' || entry.size <= PAGE_LIMIT);
  // in a zip, a damaged picture is found by unpacking it
  if (!isText && !isZip) return undefined;
  try {
    const bytes = await entry.read();
    if (!isText) return undefined;
    const decoded = decodeXml(bytes);
    const language =
      role in XML_ROLES && /\.xml$/i.test(inside) ? XML_ROLES[role as keyof typeof XML_ROLES] : undefined;
    const document = language === undefined ? undefined : readXml(decoded.text, XML_LANGUAGES[language]);
    return { path: entry.path, inside, role, decoded, document };
  } catch (error) {
    faults.push({
      kind: 'unreadable',
      path: entry.path,
      detail: error instanceof Error ? error.message : String(error),
    });
    return undefined;
  }
}
