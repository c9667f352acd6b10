import { XmlElement, type QName, type XmlDocument, type XmlNode } from './xmlDocument.ts';
import type { ReportFault, XmlFault } from './xmlFault.ts';
import type { ReaderGrammar } from './xmlReader.ts';

/** libxml2's limit too; no plugin file is deeper than seven. */
const DEEPEST = 256;

/** So deep only faults lead: elements that were never closed are then ended by the next that cannot be inside them. */
const SUSPICIOUS = 32;

/**
 * Keeps the open elements and puts finished ones into the tree. Where an end or start tag is missing it decides,
 * with the grammar's help, which elements belong where, so that one missing tag gives one fault.
 */
export class TreeBuilder {
  readonly #document: XmlDocument;
  readonly #grammar: ReaderGrammar;
  readonly #report: ReportFault;
  readonly #open: XmlElement[] = [];
  /** How many of the open elements have a name. */
  readonly #openCounts = new Map<string, number>();
  /** Elements that an outer end tag ended, by name, with the fault that says so. */
  readonly #endedEarly = new Map<string, { fault: XmlFault; at: number; end: number; name: string }>();
  rootClosed = false;
  #tooDeep = false;

  constructor(document: XmlDocument, grammar: ReaderGrammar, report: ReportFault) {
    this.#document = document;
    this.#grammar = grammar;
    this.#report = report;
  }

  get top(): XmlElement | undefined {
    return this.#open.at(-1);
  }

  get depth(): number {
    return this.#open.length;
  }

  isOpen(name: string): boolean {
    return (this.#openCounts.get(name) ?? 0) > 0;
  }

  openNames(): string[] {
    return this.#open.map((element) => element.name.full);
  }

  open(element: XmlElement, selfClosing: boolean, unfinished: boolean): void {
    while (this.#open.length > SUSPICIOUS && this.#belongsBeside(element)) this.#leaveOpen(element.start);
    const parent = this.top;
    if (parent !== undefined) {
      if (this.#open.length < DEEPEST) parent.append(element);
      else if (!this.#tooDeep) {
        this.#tooDeep = true;
        this.#report('tooDeep', element.start, element.startTagEnd, [String(DEEPEST)]);
      }
    } else if (this.#document.root === undefined) {
      this.#document.root = element;
    }
    if (unfinished) element.unclosed = true;
    if (!selfClosing) this.#push(element);
    else if (parent === undefined) this.rootClosed = true;
  }

  /** The element cannot be inside the open one, but can be beside it. */
  #belongsBeside(element: XmlElement): boolean {
    const [parent, top] = this.#open.slice(-2);
    if (parent === undefined || top === undefined) return false;
    const { local } = element.name;
    return !this.#grammar.canContain(top.name.local, local) && this.#grammar.canContain(parent.name.local, local);
  }

  #push(element: XmlElement): void {
    this.#open.push(element);
    const { full } = element.name;
    this.#openCounts.set(full, (this.#openCounts.get(full) ?? 0) + 1);
  }

  #pop(): XmlElement | undefined {
    const element = this.#open.pop();
    if (element !== undefined)
      this.#openCounts.set(element.name.full, (this.#openCounts.get(element.name.full) ?? 1) - 1);
    return element;
  }

  /** Ends the open element with the end tag between the two offsets. */
  close(endTagStart: number, end: number): void {
    const element = this.#pop();
    if (element === undefined) return;
    element.endTagStart = endTagStart;
    element.end = end;
    // a start tag without `>` that has its end tag is whole but for that character
    element.unclosed = false;
    if (this.#open.length === 0) this.rootClosed = true;
  }

  /** Ends the innermost open element of that name; those inside it were never closed. */
  closeOuter(name: string, endTagStart: number, end: number): void {
    while (this.top !== undefined && this.top.name.full !== name) {
      const fault = this.#leaveOpen(endTagStart);
      if (fault !== undefined) this.#endedEarly.set(fault.args[0] ?? '', { fault, at: endTagStart, end, name });
    }
    this.close(endTagStart, end);
  }

  /**
   * `<a><b></a></b>`: the end tag of `b` comes after that of `a`. Both are there, in the wrong order: the fault is
   * the end tag that came too early. True when that is the case.
   */
  forgiveStrayEnd(name: string, endTagStart: number): boolean {
    const early = this.#endedEarly.get(name);
    if (early === undefined || this.isOpen(name)) return false;
    this.#endedEarly.delete(name);
    if (this.#document.text.slice(early.end, endTagStart).includes('<')) return false;
    early.fault.kind = 'wrongEndTag';
    early.fault.start = early.at;
    early.fault.end = early.end;
    early.fault.args = [early.name, name, 'swapped'];
    early.fault.at = endTagStart;
    return true;
  }

  /**
   * An end tag whose start tag is missing: what it was to hold is put into an element of that name.
   * Returns where the start tag should stand; -1 when there is nothing that it could hold.
   */
  wrapFor(name: QName, endTagStart: number, end: number): number {
    const parent = this.top;
    if (parent === undefined || !this.#grammar.canContain(parent.name.local, name.local)) return -1;
    const belongs = (node: XmlNode): boolean =>
      node.kind === 'element'
        ? !this.#grammar.canContain(parent.name.local, node.name.local) &&
          this.#grammar.canContain(name.local, node.name.local)
        : node.kind !== 'text' || this.#grammar.isText(name.local);
    let from = parent.children.length;
    while (from > 0) {
      const before = parent.children[from - 1];
      if (before === undefined || !belongs(before)) break;
      from--;
    }
    if (from === parent.children.length) return -1;
    const inside = parent.cutChildren(from);
    const previous = parent.children.at(-1);
    let wrapper =
      previous?.kind === 'element' && previous.name.full === name.full && previous.selfClosing ? previous : undefined;
    if (wrapper === undefined) {
      const start = inside[0]?.start ?? endTagStart;
      const invented = this.#document.attributes.count;
      wrapper = new XmlElement(this.#document, name, parent, parent.scope, start, start, invented).mark(false, true);
      wrapper.unclosed = true;
      parent.append(wrapper);
    }
    for (const node of inside) {
      if (node.kind === 'text') node.damaged = true;
      wrapper.append(node);
    }
    wrapper.endTagStart = endTagStart;
    wrapper.end = end;
    return inside[0]?.start ?? -1;
  }

  /** The text has ended: what is still open was never closed. Of many, the innermost and the outermost are named. */
  finish(): void {
    const faults: XmlFault[] = [];
    const cutOff = this.top?.unclosed === true;
    while (this.top !== undefined) {
      const fault = this.#leaveOpen(this.#document.text.length);
      if (fault !== undefined) faults.push(fault);
    }
    const hidden = new Set(faults.slice(cutOff ? 0 : 1, -1));
    if (hidden.size > 0)
      this.#document.faults.splice(0, Infinity, ...this.#document.faults.filter((fault) => !hidden.has(fault)));
  }

  /** Pops the open element as never closed; `before` is where its end tag should have stood at the latest. */
  #leaveOpen(before: number): XmlFault | undefined {
    const element = this.#pop();
    if (element === undefined) return undefined;
    const parent = this.top;
    const alreadyReported = element.unclosed;
    element.unclosed = true;
    const strays = parent === undefined ? [] : this.#cutStrays(element, parent);
    element.end = element.children.at(-1)?.end ?? element.startTagEnd;
    for (const node of strays) parent?.append(node);
    const namesake = this.#endTagWithoutSlash(element, parent);
    if (this.#open.length === 0) this.rootClosed = true;
    if (alreadyReported) return undefined;
    const at =
      strays.length > 0 || parent === undefined
        ? element.end
        : Math.max(element.end, trimEnd(this.#document.text, before));
    if (namesake)
      return this.#report('neverClosed', element.start, element.startTagEnd, [element.name.full], element.start + 1);
    return this.#report(
      'neverClosed',
      element.start,
      element.startTagEnd,
      [element.name.full, element.damaged ? 'damaged' : ''],
      at,
    );
  }

  /** Takes off the children from the first that cannot be inside `element` but can stand beside it. */
  #cutStrays(element: XmlElement, parent: XmlElement): XmlNode[] {
    const index = element.children.findIndex(
      (child) =>
        child.kind === 'element' &&
        !this.#grammar.canContain(element.name.local, child.name.local) &&
        this.#grammar.canContain(parent.name.local, child.name.local),
    );
    return index < 0 ? [] : element.cutChildren(index);
  }

  /**
   * `<columns> … <columns>`: the second was meant as the end tag of the first. It is the one fault;
   * the first counts as closed and the second is taken out of the tree.
   */
  #endTagWithoutSlash(element: XmlElement, parent: XmlElement | undefined): boolean {
    if (parent === undefined || element.name.full !== parent.name.full) return false;
    // moving what they hold up through thousands of levels would take hours, and there nobody meant this
    if (this.#open.length > SUSPICIOUS) return false;
    if (element.attributeCount > 0 || this.#grammar.canContain(parent.name.local, element.name.local)) return false;
    parent.unclosed = true;
    const kept = parent.cutChildren(0).filter((node) => node !== element);
    for (const node of kept) parent.append(node);
    for (const node of element.cutChildren(0)) parent.append(node);
    return true;
  }
}

function trimEnd(text: string, end: number): number {
  let at = end;
  while (at > 0 && ' \t\r\n'.includes(text.charAt(at - 1))) at--;
  return at;
}
