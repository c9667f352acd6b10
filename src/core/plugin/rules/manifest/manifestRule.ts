import type { FieldRequest, Manifest } from '../../manifest/manifest.ts';
import type { XmlElement } from '../../reader/xmlDocument.ts';
import type { TextRange } from '../../../text/textRange.ts';
import type { Rule } from '../rule.ts';
import type { UnknownName } from '../tableNames.ts';

/** What a rule for plugin.xml looks at. */
export interface ManifestSubject extends Manifest {
  /** Fields with a name that is not known, and what is known of it; none without known tables. */
  readonly unknownNames: () => readonly (readonly [FieldRequest, UnknownName])[];
  /** Fields that were requested before, each with its first request. */
  readonly repeatedFields: () => readonly (readonly [FieldRequest, FieldRequest])[];
  /** The manifest as it was last committed. */
  readonly committed?: { readonly name: string; readonly version: string } | undefined;
}

export type ManifestRule = Rule<ManifestSubject>;

/** The start tag of an element. */
export function startTagOf(element: XmlElement): TextRange {
  return { start: element.start, end: element.startTagEnd };
}

/** An attribute when it is there, else the start tag of its owner. */
export function placeOf(element: XmlElement, attribute: string): TextRange {
  return element.attribute(attribute) ?? startTagOf(element);
}
