import { openEditor, type EditorSession, type EditorSessionOptions } from './editorSession.ts';

export type PackagedEditor = EditorSession;

/** A clean editor with the vsix installed the way a user's editor does it. */
export function openPackagedEditor(options: Omit<EditorSessionOptions, 'extension'> = {}): Promise<PackagedEditor> {
  return openEditor({ ...options, extension: 'packaged' });
}
