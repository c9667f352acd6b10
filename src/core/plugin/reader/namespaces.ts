import { isBrokenQName } from './nameCache.ts';
import {
  lookUpPrefix,
  XML_NAMESPACE,
  XMLNS_NAMESPACE,
  type NamespaceScope,
  type XmlDocument,
  type XmlElement,
} from './xmlDocument.ts';
import type { ReportFault } from './xmlFault.ts';

/** The scope of an element whose attributes start at `first` in the table: its own when it declares prefixes. */
export function declareNamespaces(
  document: XmlDocument,
  first: number,
  parent: NamespaceScope | undefined,
): NamespaceScope | undefined {
  const { attributes } = document;
  let bindings: Map<string, string> | undefined;
  for (let i = first; i < attributes.count; i++) {
    const name = attributes.names[i];
    if (name === undefined || (name.prefix !== 'xmlns' && name.full !== 'xmlns')) continue;
    bindings ??= new Map();
    bindings.set(name.prefix === 'xmlns' ? name.local : '', document.attributeValue(i));
  }
  return bindings === undefined ? parent : { bindings, parent };
}

/** Reports names and prefixes that Namespaces in XML 1.0 refuses; an unbound prefix once a document. */
export class NamespaceChecker {
  readonly #report: ReportFault;
  readonly #unbound = new Set<string>();

  constructor(report: ReportFault) {
    this.#report = report;
  }

  check(element: XmlElement): void {
    const { name } = element;
    if (isBrokenQName(name) || name.prefix === 'xmlns') {
      this.#report('badName', element.start, element.startTagEnd, [name.full]);
    } else if (name.prefix !== '' && lookUpPrefix(element.scope, name.prefix) === undefined) {
      this.#reportUnbound(name.prefix, element.start, element.startTagEnd, element);
    }
    const qualified = new Set<string>();
    for (const attribute of element.attributes) {
      const { prefix, local, full } = attribute.name;
      if (attribute.damaged) continue;
      if (full === 'xmlns' && (attribute.value === XML_NAMESPACE || attribute.value === XMLNS_NAMESPACE))
        this.#report('badPrefix', attribute.start, attribute.end, [full, 'declared']);
      if (full === local) continue;
      if (isBrokenQName(attribute.name)) {
        this.#report('badName', attribute.start, attribute.end, [full]);
      } else if (prefix === 'xmlns') {
        if (!mayDeclare(local, attribute.value))
          this.#report('badPrefix', attribute.start, attribute.end, [full, 'declared']);
      } else {
        const uri = lookUpPrefix(element.scope, prefix);
        if (uri === undefined) this.#reportUnbound(prefix, attribute.start, attribute.end, element);
        else if (qualified.has(`${uri} ${local}`))
          this.#report('attributeTwice', attribute.start, attribute.end, [full]);
        qualified.add(`${uri ?? prefix} ${local}`);
      }
    }
  }

  #reportUnbound(prefix: string, start: number, end: number, element: XmlElement): void {
    if (this.#unbound.has(prefix)) return;
    this.#unbound.add(prefix);
    // a declaration belongs on the root, so that it holds everywhere
    let root = element;
    while (root.parent !== undefined) root = root.parent;
    this.#report('badPrefix', start, end, [prefix, 'unbound'], root.nameEnd);
  }
}

function mayDeclare(prefix: string, uri: string): boolean {
  if (prefix === 'xmlns' || uri === XMLNS_NAMESPACE || uri === '') return false;
  return (prefix === 'xml') === (uri === XML_NAMESPACE);
}
