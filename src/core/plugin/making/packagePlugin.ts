import type { Diagnostic } from '../../problem/diagnostic.ts';
import { decode, type LintKnowledge } from '../lintText.ts';
import { lintPackage } from '../package/lintPackage.ts';
import type { PackageSource } from '../package/packageSource.ts';
import { readXml } from '../reader/xmlReader.ts';
import { XML_LANGUAGES } from '../schema/languages.ts';
import { fileStem } from './newPlugin.ts';
import { MANIFEST_NAME, packageEntries, type PackageEntries, type PackageFile } from './packageEntries.ts';

/** What the check says of one file of the package. */
export interface FileFindings {
  /** As in the folder that was given. */
  readonly path: string;
  /** What the positions refer to. */
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

export type PackageOutcome =
  | {
      readonly kind: 'packaged';
      /** Of the plugin's name and version: `bus-passes-1.0.0.zip`. */
      readonly fileName: string;
      readonly bytes: Uint8Array;
      /** Paths in the zip. */
      readonly entries: readonly string[];
      /** Files of the folder that do not belong in a package. */
      readonly leftOut: readonly string[];
      /** Files with warnings or less. */
      readonly findings: readonly FileFindings[];
    }
  | {
      readonly kind: 'refused';
      /** No plugin.xml at the top; folders where there must be none; files with errors. */
      readonly reason: 'noManifest' | 'misplaced' | 'errors';
      /** The files concerned. */
      readonly paths: readonly string[];
      readonly findings: readonly FileFindings[];
    };

/**
 * Makes the zip that a server installs from the files of a plugin folder. A package with an error is refused; the
 * same content always gives the same bytes. Never throws for any content.
 */
export async function packagePlugin(
  files: readonly PackageFile[],
  knowledge: LintKnowledge = {},
): Promise<PackageOutcome> {
  const sorted = packageEntries(files);
  const manifest = sorted.entries.find(({ path }) => path === MANIFEST_NAME);
  if (!manifest) return refusal('noManifest', []);
  if (sorted.misplaced.length > 0) return refusal('misplaced', sorted.misplaced);
  const findings = await lintEntries(sorted, knowledge);
  const faulty = findings.filter(({ diagnostics }) => diagnostics.some(({ severity }) => severity === 'error'));
  if (faulty.length > 0) return { kind: 'refused', reason: 'errors', paths: faulty.map(({ path }) => path), findings };
  const { createPluginZip } = await import('./pluginZip.ts');
  return {
    kind: 'packaged',
    fileName: zipNameOf(manifest),
    bytes: createPluginZip(sorted.entries),
    entries: sorted.entries.map(({ path }) => path),
    leftOut: sorted.leftOut,
    findings,
  };
}

function refusal(reason: 'noManifest' | 'misplaced', paths: readonly string[]): PackageOutcome {
  return { kind: 'refused', reason, paths, findings: [] };
}

async function lintEntries({ entries }: PackageEntries, knowledge: LintKnowledge): Promise<FileFindings[]> {
  const source: PackageSource = {
    kind: 'folder',
    name: '',
    entries: entries.map(({ path, bytes }) => ({ path, size: bytes.length, read: () => Promise.resolve(bytes) })),
    faults: [],
  };
  const { files } = await lintPackage(source, knowledge);
  return files
    .filter(({ diagnostics }) => diagnostics.length > 0)
    .map(({ path, text, diagnostics }) => ({ path, text, diagnostics }));
}

function zipNameOf({ bytes }: PackageFile): string {
  const { text } = decode({ bytes });
  const { root } = readXml(text, XML_LANGUAGES.plugin);
  const stem = fileStem(root?.attributeValue('name') ?? '');
  const version = (root?.attributeValue('version') ?? '').replace(/[^\w.-]+/g, '');
  return `${stem}${version === '' ? '' : `-${version}`}.zip`;
}
