import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { installOnce } from '../../scripts/editor/installOnce.ts';
import { npmInstall } from '../../scripts/editor/npmInstall.ts';
import { startProgress } from '../../scripts/progress.ts';

/** What others check XML with: a peer, no dependency. */
const PEER = 'libxml2-wasm@0.7.2';

/** Absolute path of the module; it is installed into the cache the first time. Rejects where the registry cannot be reached. */
export async function installLibxml2(): Promise<string> {
  const folder = await installOnce(`peers-${PEER.replace('@', '-')}`, async (place) => {
    const progress = startProgress('libxml2, whose verdicts and times are compared with those from here');
    await writeFile(path.join(place, 'package.json'), '{"name":"peers-libxml2","private":true}\n');
    try {
      await npmInstall(place, [PEER], progress);
    } finally {
      progress.end();
    }
  });
  return path.join(folder, 'node_modules', 'libxml2-wasm', 'lib', 'index.mjs');
}

/** One thing that libxml2 has against a text. Lines count from 1. */
export interface Libxml2Fault {
  readonly message: string;
  readonly line: number;
}

interface PeerDocument {
  dispose(): void;
}

interface PeerModule {
  readonly XmlDocument: { fromBuffer(bytes: Uint8Array, options?: { option: number }): PeerDocument };
  readonly XsdValidator: { fromDoc(schema: PeerDocument): { validate(document: PeerDocument): void } };
}

/** Uses of the declared type `xs:ID` are checked with a DTD only; `xml:id` would be without being asked. */
const SKIP_IDS = 1 << 27;

/** Judges texts in this process. */
export class Libxml2 {
  readonly #peer: PeerModule;

  private constructor(peer: PeerModule) {
    this.#peer = peer;
  }

  static async load(): Promise<Libxml2> {
    const peer: unknown = await import(pathToFileURL(await installLibxml2()).href);
    return new Libxml2(peer as PeerModule);
  }

  /** What it has against the bytes as XML. */
  faults(bytes: Uint8Array): readonly Libxml2Fault[] {
    const parsed = this.#parse(bytes);
    if ('faults' in parsed) return parsed.faults;
    parsed.document.dispose();
    return [];
  }

  /** A judge by the XSD: what it has against a document, undefined for what is not well-formed. */
  schema(xsd: Uint8Array): (bytes: Uint8Array) => readonly Libxml2Fault[] | undefined {
    const validator = this.#peer.XsdValidator.fromDoc(this.#peer.XmlDocument.fromBuffer(xsd));
    return (bytes) => {
      const parsed = this.#parse(bytes);
      if ('faults' in parsed) return undefined;
      try {
        validator.validate(parsed.document);
        return [];
      } catch (error) {
        return faultsOf(error);
      } finally {
        parsed.document.dispose();
      }
    };
  }

  #parse(bytes: Uint8Array): { document: PeerDocument } | { faults: readonly Libxml2Fault[] } {
    try {
      return { document: this.#peer.XmlDocument.fromBuffer(bytes, { option: SKIP_IDS }) };
    } catch (error) {
      return { faults: faultsOf(error) };
    }
  }
}

/** Warnings come along with the errors and are no reason to refuse anything. */
const WARNING = 1;

function faultsOf(error: unknown): readonly Libxml2Fault[] {
  const { details } = error as { details?: readonly (Libxml2Fault & { level: number })[] };
  if (details === undefined) throw error;
  const errors = details.filter(({ level }) => level > WARNING);
  return errors.length > 0 ? errors : [{ message: String(error), line: 0 }];
}
