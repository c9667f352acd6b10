import { phrase, type Phrase } from '../../problem/phrase.ts';
import type { Fix } from '../../problem/diagnostic.ts';
import { XSI_NAMESPACE, type XmlDocument, type XmlElement } from '../reader/xmlDocument.ts';
import type { XmlLanguageModel } from './elementModel.ts';
import type { SchemaFinding } from './finding.ts';
import { nearestName } from './nearestName.ts';
import { removeAttribute, renameElement } from './structureFixes.ts';

/**
 * Checks name and namespace of the outermost element. False when it is another kind of file, so that nothing
 * inside is worth judging.
 */
export function judgeRoot(
  document: XmlDocument,
  root: XmlElement,
  language: XmlLanguageModel,
  findings: SchemaFinding[],
): boolean {
  const { local } = root.name;
  if (local !== language.rootName) {
    const meant = nearestName(local, [language.rootName]) !== undefined;
    findings.push({
      kind: 'wrongRoot',
      range: { start: root.start, end: root.startTagEnd },
      args: [language.rootName, root.name.full],
      fixes: meant
        ? [renameElement(root, language.rootName, local.toLowerCase() === language.rootName.toLowerCase())]
        : [],
    });
    if (!meant) return false;
  }
  judgeNamespace(document, root, language, findings);
  judgeInstanceNamespace(root, findings);
  return true;
}

/** `xsi:schemaLocation` is allowed everywhere, if only `xsi` is what it should be. */
function judgeInstanceNamespace(root: XmlElement, findings: SchemaFinding[]): void {
  const declaration = root.attribute('xmlns:xsi');
  if (declaration === undefined || declaration.damaged || declaration.value === XSI_NAMESPACE) return;
  if (!root.attributes.some(({ name }) => name.prefix === 'xsi')) return;
  const range = { start: declaration.valueStart, end: declaration.valueEnd };
  findings.push({
    kind: 'namespaceWrong',
    range: declaration,
    args: [phrase('“{0}” is not that of {1}', declaration.value, 'xsi'), written('xmlns:xsi', XSI_NAMESPACE)],
    fixes: [{ title: 'Correct the namespace', automatic: true, edits: [{ range, text: XSI_NAMESPACE }] }],
  });
}

function judgeNamespace(
  document: XmlDocument,
  root: XmlElement,
  language: XmlLanguageModel,
  findings: SchemaFinding[],
): void {
  const actual = root.namespace;
  const wanted = language.namespace;
  // an unbound prefix was reported by the reader
  if (actual === undefined || actual === wanted) return;
  const declaration = root.attribute(root.name.prefix === '' ? 'xmlns' : `xmlns:${root.name.prefix}`);
  if (declaration?.damaged === true) return;
  const add = (message: Phrase, mend: Phrase, fix: Fix): void => {
    findings.push({
      kind: 'namespaceWrong',
      range: declaration === undefined ? { start: root.start, end: root.startTagEnd } : declaration,
      args: [message, mend],
      fixes: [fix],
    });
  };
  if (wanted === '') {
    if (declaration === undefined) return;
    const edits = removeAttribute(document, declaration);
    const location = root.attribute('xsi:schemaLocation');
    if (location !== undefined) edits.push(...removeAttribute(document, location));
    add(phrase('this file must not have one'), phrase('Remove {0}', declaration.name.full), {
      title: 'Remove the namespace',
      automatic: true,
      edits,
    });
    return;
  }
  const mend = written('xmlns', wanted);
  if (declaration === undefined) {
    const at = root.nameEnd;
    add(phrase('{0} has none', `<${language.rootName}>`), mend, {
      title: 'Add the namespace',
      automatic: true,
      edits: [{ range: { start: at, end: at }, text: ` xmlns="${wanted}"` }],
    });
    return;
  }
  const message =
    actual.trim() === ''
      ? phrase('that of {0} is empty', `<${language.rootName}>`)
      : phrase('“{0}” is not that of {1}', actual, `<${language.rootName}>`);
  add(message, mend, {
    title: 'Correct the namespace',
    automatic: true,
    edits: [{ range: { start: declaration.valueStart, end: declaration.valueEnd }, text: wanted }],
  });
}

function written(name: string, namespace: string): Phrase {
  return phrase('Write {0}', `${name}="${namespace}"`);
}
