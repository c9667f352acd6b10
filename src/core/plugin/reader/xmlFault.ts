/**
 * What the reader can find wrong with a text as XML. The kinds are language-neutral: `lint` gives them the code
 * of the file's language (`PS1…` for plugin.xml and so on).
 *
 * | kind | args |
 * |---|---|
 * | `notXml` | |
 * | `badBytes` | encoding |
 * | `badEncoding` | declared name, what the bytes are |
 * | `badDeclaration` | what is wrong, one of `DeclarationFault` |
 * | `badCharacter` | `U+0001` or the reference as written |
 * | `neverClosed` | element name, `damaged` when the start tag has a fault too |
 * | `wrongEndTag` | name found, name expected (empty: nothing is open), `misspelt`, `stray`, `noStart` or `swapped` |
 * | `badTag` | the offending characters |
 * | `tagNotFinished` | tag as it starts, `<field` |
 * | `badAttribute` | attribute name, one of `AttributeFault` |
 * | `noSpaceBefore` | attribute name |
 * | `attributeTwice` | attribute name |
 * | `bareAmpersand` | |
 * | `unknownEntity` | name |
 * | `lessThanInValue` | attribute name |
 * | `cdataEndInText` | |
 * | `neverClosedMarkup` | `comment`, `CDATA section`, `processing instruction`, `DOCTYPE`, `declaration` |
 * | `hyphensInComment` | |
 * | `badInstruction` | target |
 * | `outsideRoot` | `text`, or `element` and its name |
 * | `badMarkup` | the markup as it starts |
 * | `badPrefix` | prefix and `unbound`, or the whole name of the attribute and `declared` |
 * | `badName` | name |
 * | `doctypeUnsafe`, `doctype` | |
 * | `tooDeep` | limit |
 */
export type XmlFaultKind =
  | 'notXml'
  | 'badBytes'
  | 'badEncoding'
  | 'badDeclaration'
  | 'badCharacter'
  | 'neverClosed'
  | 'wrongEndTag'
  | 'badTag'
  | 'tagNotFinished'
  | 'badAttribute'
  | 'noSpaceBefore'
  | 'attributeTwice'
  | 'bareAmpersand'
  | 'unknownEntity'
  | 'lessThanInValue'
  | 'cdataEndInText'
  | 'neverClosedMarkup'
  | 'hyphensInComment'
  | 'badInstruction'
  | 'outsideRoot'
  | 'badMarkup'
  | 'badPrefix'
  | 'badName'
  | 'doctypeUnsafe'
  | 'doctype'
  | 'tooDeep';

export type AttributeFault = 'noValue' | 'noEquals' | 'noQuotes' | 'quoteOpen';

export type DeclarationFault =
  'notFirst' | 'noVersion' | 'version' | 'unknown' | 'order' | 'standalone' | 'syntax' | 'encodingName';

/** One fault. `at` is a second place that a mend needs, for example where an end tag belongs; -1 when unknown. */
export interface XmlFault {
  kind: XmlFaultKind;
  start: number;
  end: number;
  args: readonly string[];
  at: number;
}

/** How the parts of the reader tell of a fault. */
export type ReportFault = (
  kind: XmlFaultKind,
  start: number,
  end: number,
  args?: readonly string[],
  at?: number,
) => XmlFault;
