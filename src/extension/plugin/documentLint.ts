import { workspace, type TextDocument } from 'vscode';
import { lintText } from '../../core/plugin/lintText.ts';
import type { Diagnostic } from '../../core/problem/diagnostic.ts';
import { LineIndex } from '../../core/text/lineIndex.ts';
import type { TextRange } from '../../core/text/textRange.ts';
import type { LintKnowledge } from './lintOptions.ts';

/** Codes of faults that only the bytes of a file show: bytes that are no characters, a wrong declaration. */
const ENCODING_CODE = /^PS[1-4]0[12]$/;

/**
 * Checks an open plugin file. While its text is that of the file, the file's bytes are judged too: the editor's text is
 * decoded already and hides faults of the encoding.
 */
export async function lintPluginDocument(
  document: TextDocument,
  knowledge: LintKnowledge,
): Promise<readonly Diagnostic[]> {
  const { uri } = document;
  const { ignored, ...judgedBy } = await knowledge.of(uri);
  if (ignored) return [];
  const options = { fileName: uri.path, ...judgedBy };
  const bytes = document.isDirty || document.isUntitled ? undefined : await readIfThere(document);
  const text = document.getText();
  if (!bytes || document.isDirty) return lintText({ ...options, text }).diagnostics;
  const ofBytes = lintText({ ...options, bytes });
  if (ofBytes.text === text) return ofBytes.diagnostics;
  // The editor opened it in another encoding: its columns are not ours, its lines are.
  const place = placeIn(new LineIndex(ofBytes.text), new LineIndex(text), text.length);
  const encoding = ofBytes.diagnostics
    .filter(({ code }) => ENCODING_CODE.test(code))
    .map(({ range, code, severity, args, sentences, message }) => ({
      code,
      severity,
      args,
      sentences,
      message,
      range: place(range),
      fixes: [],
    }));
  return [...encoding, ...lintText({ ...options, text }).diagnostics];
}

function placeIn(from: LineIndex, to: LineIndex, length: number): (range: TextRange) => TextRange {
  const offset = (at: number): number => Math.min(to.offsetAt(from.positionAt(at)), length);
  return ({ start, end }) => ({ start: offset(start), end: Math.max(offset(start), offset(end)) });
}

async function readIfThere({ uri }: TextDocument): Promise<Uint8Array | undefined> {
  try {
    return await workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
}
