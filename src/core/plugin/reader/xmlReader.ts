import { endOfName, isNameStart, isSpace, isXmlUnit, skipSpace, startsName } from './characters.ts';
import { isDeclarationAt, readDeclaration } from './declaration.ts';
import { skipDoctype } from './doctype.ts';
import { MarkupScanner } from './markup.ts';
import { NameCache, qname } from './nameCache.ts';
import { declareNamespaces, NamespaceChecker } from './namespaces.ts';
import { EndTagRecovery, looksLikeTag } from './recovery.ts';
import { cleanName, StartTagScanner } from './startTag.ts';
import { characterName, reportReference } from './textFaults.ts';
import { TreeBuilder } from './treeBuilder.ts';
import { XmlDocument, XmlElement, type QName, type XmlText } from './xmlDocument.ts';
import type { ReportFault } from './xmlFault.ts';

/** What the reader may know of the file's language; it only helps to find the likeliest meaning of faulty text. */
export interface ReaderGrammar {
  /** Local names. */
  canContain(parent: string, child: string): boolean;
  isElement(name: string): boolean;
  /** Holds text and no elements, like `sql`. */
  isText(name: string): boolean;
}

const NO_GRAMMAR: ReaderGrammar = { canContain: () => true, isElement: () => true, isText: () => false };

/**
 * Reads a text as XML 1.0, in one pass unless it is faulty. Never throws: faults are collected in `faults` in the order of their places,
 * and reading goes on with the likeliest meaning, so that the rest of the file can still be checked.
 * Nothing is expanded or fetched. `text` must not start with a byte order mark.
 */
export function readXml(text: string, grammar: ReaderGrammar = NO_GRAMMAR): XmlDocument {
  const reader = new XmlReader(text, grammar, false);
  const document = reader.read();
  if (!reader.isDoubtful || document.faults.every(({ kind }) => kind === 'doctype')) return document;
  const guessed = new XmlReader(text, grammar, true).read();
  return guessed.faults.length <= document.faults.length ? guessed : document;
}

class XmlReader {
  readonly #text: string;
  readonly #document: XmlDocument;
  readonly #grammar: ReaderGrammar;
  readonly #report: ReportFault;
  readonly #tags: StartTagScanner;
  readonly #markup: MarkupScanner;
  readonly #names: NameCache;
  readonly #namespaces: NamespaceChecker;
  readonly #recovery: EndTagRecovery;
  readonly #tree: TreeBuilder;
  readonly #guesses: boolean;
  #doctypeSeen = false;
  #straySeen = false;

  /** @param guesses whether what is correct, but seldom meant, is taken as a slip. */
  constructor(text: string, grammar: ReaderGrammar, guesses: boolean) {
    this.#text = text;
    this.#document = new XmlDocument(text);
    this.#grammar = grammar;
    this.#guesses = guesses;
    const { faults } = this.#document;
    this.#report = (kind, start, end, args = [], at = -1) => {
      const fault = { kind, start, end, args, at };
      faults.push(fault);
      return fault;
    };
    this.#names = new NameCache(text);
    this.#tags = new StartTagScanner(this.#document, this.#names, this.#report);
    this.#markup = new MarkupScanner(text, this.#report, guesses);
    this.#namespaces = new NamespaceChecker(this.#report);
    this.#recovery = new EndTagRecovery(text);
    this.#tree = new TreeBuilder(this.#document, grammar, this.#report);
  }

  /** Guessing could lead to another reading. */
  get isDoubtful(): boolean {
    return this.#straySeen || this.#markup.isDoubtful;
  }

  read(): XmlDocument {
    const text = this.#text;
    let at = 0;
    if (isDeclarationAt(text, 0)) {
      this.#document.declaration = readDeclaration(text, this.#report);
      at = this.#document.declaration?.end ?? this.#document.faults[0]?.end ?? text.length;
    }
    while (at < text.length) {
      at = text.charCodeAt(at) === 60 ? this.#readMarkup(at) : this.#readText(at);
    }
    this.#tree.finish();
    this.#refuseWhatIsNotXml();
    this.#document.faults.sort((a, b) => a.start - b.start);
    return this.#document;
  }

  #readMarkup(at: number): number {
    const text = this.#text;
    const next = text.charCodeAt(at + 1);
    if (next === 47) return this.#readEndTag(at);
    if (next === 33) return this.#readDeclarationMarkup(at);
    if (next === 63) {
      const instruction = this.#markup.instruction(at);
      this.#add(instruction);
      return instruction.end;
    }
    const named = isNameStart(next) || startsName(text, at + 1);
    if (named ? !this.#isStrayLessThan(at) : looksLikeTag(text, at)) return this.#readStartTag(at);
    return this.#readText(at);
  }

  /** `a <b` in an element that holds text: hardly a tag, unless the name is one of the language's. */
  #isStrayLessThan(at: number): boolean {
    const owner = this.#tree.top;
    if (owner === undefined || !this.#grammar.isText(owner.name.local)) return false;
    const name = this.#names.get(at + 1, endOfName(this.#text, at + 1));
    if (this.#grammar.isElement(name.local)) return false;
    this.#straySeen = true;
    return this.#guesses;
  }

  #readStartTag(at: number): number {
    const tags = this.#tags;
    const firstAttribute = this.#document.attributes.count;
    tags.scan(at);
    const tree = this.#tree;
    if (tree.depth === 0 && tree.rootClosed) {
      this.#report('outsideRoot', at, tags.end, ['element', tags.name.local]);
    }
    const parent = tree.top;
    const scope = tags.hasPrefixes ? declareNamespaces(this.#document, firstAttribute, parent?.scope) : parent?.scope;
    const element = new XmlElement(this.#document, tags.name, parent, scope, at, tags.end, firstAttribute);
    if (tags.selfClosing || tags.damaged) element.mark(tags.selfClosing, tags.damaged);
    if (tags.hasPrefixes) this.#namespaces.check(element);
    tree.open(element, tags.selfClosing, tags.unfinished);
    return tags.end;
  }

  #readEndTag(at: number): number {
    const text = this.#text;
    const nameStart = skipSpace(text, at + 2);
    let nameEnd = endOfName(text, nameStart);
    let faulty = nameStart > at + 2;
    let name: QName = nameEnd > nameStart ? this.#names.get(nameStart, nameEnd) : qname('');
    let end = skipSpace(text, nameEnd);
    if (text.charCodeAt(end) === 62 && !faulty && name.full !== '') {
      end++;
    } else {
      const unit = text.charCodeAt(end);
      if (nameEnd === nameStart || (end === nameEnd && unit !== 60 && unit !== 62 && end < text.length)) {
        // a wrong character in the name
        while (nameEnd < text.length && !isSpace(text.charCodeAt(nameEnd)) && !'<>'.includes(text.charAt(nameEnd)))
          nameEnd++;
        name = qname(cleanName(text.slice(nameStart, nameEnd)));
        faulty = true;
        end = skipSpace(text, nameEnd);
      }
      end = this.#finishEndTag(at, nameEnd, end, faulty, name);
      faulty = true;
    }
    this.#closeFor(name, at, end, faulty);
    return end;
  }

  /** An end tag that is not just `</name>`; returns where it ends. */
  #finishEndTag(at: number, nameEnd: number, from: number, faulty: boolean, name: QName): number {
    const text = this.#text;
    if (text.charCodeAt(from) === 62) {
      if (this.#tree.top?.name.full !== name.full || !this.#tree.top.damaged) {
        this.#report('badTag', at, from + 1, [text.slice(at, from + 1)]);
      }
      return from + 1;
    }
    if (text.charCodeAt(from) === 60 || from >= text.length) {
      this.#report('tagNotFinished', at, nameEnd, [text.slice(at, nameEnd)], nameEnd);
      return Math.max(from, at + 2);
    }
    let end = from;
    while (end < text.length && !'<>'.includes(text.charAt(end))) end++;
    if (!faulty) this.#report('badTag', from, end, [text.slice(from, Math.min(end, from + 20))]);
    else this.#report('badTag', at, end, [text.slice(at, Math.min(end, at + 20))]);
    return text.charCodeAt(end) === 62 ? end + 1 : end;
  }

  /** `reported`: the end tag itself has a fault already. */
  #closeFor(name: QName, at: number, end: number, reported: boolean): void {
    const tree = this.#tree;
    const { top } = tree;
    if (top !== undefined && (top.name.full === name.full || reported)) {
      if (top.name.full === name.full || name.full === '') {
        tree.close(at, end);
        return;
      }
    }
    if (tree.forgiveStrayEnd(name.full, at)) return;
    const isOpen = tree.isOpen(name.full);
    const simple = isOpen ? 'closeOuter' : 'ignore';
    const choice = this.#recovery.isTired ? simple : this.#recovery.choose(tree.openNames(), name.full, end);
    if (choice === 'closeOuter') {
      tree.closeOuter(name.full, at, end);
      return;
    }
    if (choice === 'closeOpen') {
      if (!reported) this.#report('wrongEndTag', at, end, [name.full, top?.name.full ?? '', 'misspelt']);
      tree.close(at, end);
      return;
    }
    const wrapped = tree.wrapFor(name, at, end);
    const how = wrapped < 0 ? 'stray' : 'noStart';
    if (!reported) this.#report('wrongEndTag', at, end, [name.full, top?.name.full ?? '', how], wrapped);
  }

  #readDeclarationMarkup(at: number): number {
    const text = this.#text;
    if (text.startsWith('<!--', at)) {
      const comment = this.#markup.comment(at);
      this.#document.comments.push(comment);
      this.#add(comment);
      return comment.end;
    }
    const { top } = this.#tree;
    if (text.startsWith('<![CDATA[', at)) {
      const holdsText = top !== undefined && this.#grammar.isText(top.name.local);
      const cdata = this.#markup.cdata(at, top?.name.full ?? '', holdsText);
      if (top === undefined) this.#report('outsideRoot', at, cdata.end, ['text']);
      else top.append(cdata);
      return cdata.end;
    }
    if (text.startsWith('<!DOCTYPE', at)) return this.#readDoctype(at);
    return this.#markup.unknown(at);
  }

  #readDoctype(at: number): number {
    const doctype = skipDoctype(this.#text, at);
    if (!doctype.closed) {
      this.#report('neverClosedMarkup', at, at + 9, ['DOCTYPE'], doctype.end);
    } else if (!doctype.wellFormed || this.#doctypeSeen || this.#tree.depth > 0 || this.#document.root !== undefined) {
      this.#report('badMarkup', at, doctype.end, ['<!DOCTYPE']);
    } else {
      this.#report(doctype.unsafe ? 'doctypeUnsafe' : 'doctype', at, doctype.end);
    }
    this.#doctypeSeen = true;
    this.#document.entities = doctype.entities;
    return doctype.end;
  }

  /** Reads text up to the next markup; a `<` at its very start is taken as text and reported. */
  #readText(start: number): number {
    const text = this.#text;
    let at = start;
    let firstInk = -1;
    let damaged = false;
    if (text.charCodeAt(at) === 60) {
      firstInk = at;
      damaged = true;
      this.#report('badTag', at, at + 1, ['<']);
      at++;
    }
    for (; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === 60) break;
      if (unit === 32 || unit === 10 || unit === 9 || unit === 13) continue;
      if (firstInk < 0) firstInk = at;
      if (unit === 38) {
        if (reportReference(text, at, this.#document.entities, this.#report)) damaged = true;
      } else if (unit === 93) {
        if (text.startsWith(']]>', at)) {
          this.#report('cdataEndInText', at, at + 3);
          damaged = true;
          at += 2;
        }
      } else if ((unit < 32 || unit >= 0xd800) && !isXmlUnit(text, at)) {
        this.#report('badCharacter', at, at + 1, [characterName(text, at)]);
        damaged = true;
      }
    }
    if (firstInk >= 0) this.#addText(start, at, firstInk, damaged);
    return at;
  }

  #addText(start: number, end: number, firstInk: number, damaged: boolean): void {
    const { top } = this.#tree;
    if (top !== undefined) {
      top.append({ kind: 'text', start, end, contentStart: start, contentEnd: end, damaged });
      return;
    }
    if (damaged) return;
    let lastInk = end;
    while (lastInk > firstInk && isSpace(this.#text.charCodeAt(lastInk - 1))) lastInk--;
    this.#report('outsideRoot', firstInk, lastInk, ['text']);
  }

  #add(node: XmlText): void {
    const { top } = this.#tree;
    if (top === undefined) this.#document.outside.push(node);
    else top.append(node);
  }

  /** Without an element, or with text first and a root that the language does not know, nothing else is worth saying. */
  #refuseWhatIsNotXml(): void {
    const { root, faults } = this.#document;
    const first = this.#text.charCodeAt(skipSpace(this.#text, 0));
    const known = root !== undefined && this.#grammar.isElement(root.name.local);
    const notFinished = faults.some((fault) => fault.kind === 'tagNotFinished' || fault.kind === 'neverClosedMarkup');
    if (root === undefined ? notFinished : first === 60 || known) return;
    const lineEnd = this.#text.search(/[\r\n]|$/);
    faults.length = 0;
    this.#document.root = undefined;
    this.#report('notXml', 0, lineEnd);
  }
}
