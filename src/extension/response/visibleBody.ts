import { l10n } from 'vscode';
import { bodyFileName, contentType, isBinary } from '../../core/output/bodyFile.ts';
import { formatSize } from '../../core/output/quantity.ts';
import { hideInText, holdsRecords } from '../../core/privacy/hideInText.ts';
import type { PersonalField } from '../../core/privacy/personalFields.ts';
import { previewOf, type Preview } from './preview.ts';
import { extensionOf } from './responseText.ts';
import type { ResponseView } from './responseView.ts';

/** What a document shows of a body. */
export interface VisibleBody extends Preview {
  /** Personal fields are hidden in it. */
  readonly hidden: boolean;
  /** It is no text: the document tells how to get at it. */
  readonly binary: boolean;
}

/** Bytes that tell text from other bodies. */
const SNIFFED = 4096;

/**
 * The part of a body that its document shows, as it may be seen. Only what is shown is looked through for personal
 * fields, however large the body is.
 *
 * @param root the place above all fields while personal ones are hidden.
 */
export async function visibleBody(view: ResponseView, root: PersonalField | undefined): Promise<VisibleBody> {
  const { body, headers } = view;
  if (isBinary(await body.start(SNIFFED), headers)) {
    return { text: binaryNote(view), cut: false, records: undefined, hidden: false, binary: true };
  }
  const language = extensionOf(view);
  const preview = await previewOf(body, view.previewLimit, language);
  if (!root || preview.text === '' || !holdsRecords(new URL(view.url).pathname)) {
    return { ...preview, hidden: false, binary: false };
  }
  return { ...preview, text: hideInText(preview.text, language, root), hidden: true, binary: false };
}

function binaryNote({ title, headers, size }: ResponseView): string {
  const type = contentType(headers) || l10n.t('of an unknown type');
  const lines = [
    l10n.t('This answer is no text: {0}, {1}.', type, formatSize(size)),
    l10n.t('Save Response keeps it as a file, such as {0}.', bodyFileName(title, headers)),
  ];
  return `${lines.join('\n')}\n`;
}
