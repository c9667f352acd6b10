import { HIDDEN, type PersonalField } from './personalFields.ts';

/** Comment, CDATA, declaration, end tag, start tag with its attributes, or text. The last tag may be cut off. */
const PIECE =
  /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)|<[?!][^>]*(?:>|$)|<\/[^>]*(?:>|$)|<([^\s/>]+)((?:[^>"']|"[^"]*(?:"|$)|'[^']*(?:'|$))*?)(\/?)(?:>|$)|[^<]+/g;

const ATTRIBUTE = /([^\s=]+)(\s*=\s*)("[^"]*"?|'[^']*'?)/g;

/** XML text with hidden values replaced, element by element; comments are hidden. It may be the beginning of a longer one. */
export function hideInXml(text: string, root: PersonalField): string {
  const open: PersonalField[] = [root];
  return text.replace(PIECE, (piece: string, cdata?: string, name?: string, attributes = '', closed = '') => {
    const field = open.at(-1) ?? root;
    if (name !== undefined) {
      const element = field.child(localName(name));
      if (closed === '') open.push(element);
      return `<${name}${hideAttributes(attributes, element)}${closed}>`;
    }
    if (piece.startsWith('</')) {
      if (open.length > 1) open.pop();
      return piece;
    }
    if (piece.startsWith('<!--')) return `<!-- ${HIDDEN} -->`;
    if (cdata !== undefined) return field.hides(cdata) ? `<![CDATA[${HIDDEN}]]>` : piece;
    if (piece.startsWith('<') || piece.trim() === '') return piece;
    return field.hides(piece.trim()) ? piece.replace(piece.trim(), HIDDEN) : piece;
  });
}

function hideAttributes(attributes: string, element: PersonalField): string {
  return attributes.replace(ATTRIBUTE, (attribute: string, name: string, equals: string, value: string) => {
    if (/^xmlns(?::|$)|^xsi:/.test(name)) return attribute;
    const quote = value.charAt(0);
    return element.child(localName(name)).hides(value.slice(1, -1))
      ? `${name}${equals}${quote}${HIDDEN}${quote}`
      : attribute;
  });
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
