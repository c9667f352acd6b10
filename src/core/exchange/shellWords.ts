/**
 * Cuts a command into words as a POSIX shell does: single and double quotes, `$'…'`, backslashes, lines continued with
 * a backslash. A command copied for cmd.exe (`^"`, `^` at line ends) is read too. Never throws; an open quote ends with
 * the text. Variables stay as they are written.
 */
export function shellWords(command: string): string[] {
  // In single quotes, which cmd does not know, a caret is a caret.
  const text = /\^["\r\n]/.test(command.replace(/\\.|'[^']*'/gs, '')) ? fromCmd(command) : command;
  const reader = new WordReader(text);
  return reader.words();
}

class WordReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  words(): string[] {
    const words: string[] = [];
    while (this.#at < this.#text.length) {
      const character = this.#text.charAt(this.#at);
      if (/\s/.test(character)) this.#at++;
      else if (character === '\\' && /^\\\r?\n/.test(this.#text.slice(this.#at, this.#at + 3))) this.#at += 2;
      // What follows a pipe or a semicolon is another command.
      else if (/[;|&]/.test(character)) return words;
      else words.push(this.#word());
    }
    return words;
  }

  #word(): string {
    let word = '';
    while (this.#at < this.#text.length) {
      const character = this.#text.charAt(this.#at);
      if (/[\s;|&]/.test(character)) break;
      if (character === "'") word += this.#single();
      else if (character === '"') word += this.#double();
      else if (character === '$' && this.#text.charAt(this.#at + 1) === "'") word += this.#ansi();
      else if (character === '\\') word += this.#escape();
      else {
        word += character;
        this.#at++;
      }
    }
    return word;
  }

  #escape(): string {
    const next = /^\\(\r?\n|.)?/s.exec(this.#text.slice(this.#at, this.#at + 3));
    this.#at += next?.[0].length ?? 1;
    const escaped = next?.[1] ?? '';
    return /^\r?\n$/.test(escaped) ? '' : escaped;
  }

  #single(): string {
    const end = this.#text.indexOf("'", this.#at + 1);
    const inside = this.#text.slice(this.#at + 1, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#text.length : end + 1;
    return inside;
  }

  #double(): string {
    let inside = '';
    this.#at++;
    while (this.#at < this.#text.length) {
      const character = this.#text.charAt(this.#at);
      if (character === '"') break;
      const escape = character === '\\' ? /^\\(["\\$`]|\r?\n)/.exec(this.#text.slice(this.#at, this.#at + 3)) : null;
      inside += escape === null ? character : /\n/.test(escape[1] ?? '') ? '' : (escape[1] ?? '');
      this.#at += escape?.[0].length ?? 1;
    }
    this.#at++;
    return inside;
  }

  /** `$'…'` of bash, as browsers write it. */
  #ansi(): string {
    let inside = '';
    this.#at += 2;
    while (this.#at < this.#text.length) {
      const character = this.#text.charAt(this.#at);
      if (character === "'") break;
      const escape = /^\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))/s.exec(this.#text.slice(this.#at, this.#at + 6));
      if (escape === null) {
        inside += character;
        this.#at++;
        continue;
      }
      const [whole, unicode, hex, letter = ''] = escape;
      const code = unicode ?? hex;
      inside += code === undefined ? (ANSI[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16));
      this.#at += whole.length;
    }
    this.#at++;
    return inside;
  }
}

const ANSI: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\u0007',
  '0': '\0',
};

/** Takes the carets of cmd.exe off. */
function fromCmd(command: string): string {
  return command.replace(/\^(\r?\n)\r?\n|\^\r?\n\s*|\^(.)/g, (_, feed?: string, sign?: string) => feed ?? sign ?? ' ');
}
