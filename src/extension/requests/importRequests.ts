import { Uri, env, l10n, window, workspace } from 'vscode';
import { fromCurl } from '../../core/exchange/curlImport.ts';
import { fromHttpFile } from '../../core/exchange/httpImport.ts';
import type { ImportNote } from '../../core/exchange/importNote.ts';
import { readCollection, readPostmanEnvironment } from '../../core/exchange/postmanCollection.ts';
import { fromPostman } from '../../core/exchange/postmanImport.ts';
import type { ServerRegistry } from '../servers/serverRegistry.ts';
import { openNewRequest } from './newRequest.ts';
import { REQUEST_FILE_ENDING } from './requestDocuments.ts';

/** Asks for a Postman collection (and environments) and writes request files into a folder of the workspace. */
export async function importPostman(): Promise<void> {
  const chosen = await window.showOpenDialog({
    canSelectMany: true,
    filters: { [l10n.t('Postman collection or environment')]: ['json'] },
    openLabel: l10n.t('Import'),
    title: l10n.t('Choose a Postman collection (v2.1) and, if you like, its environments'),
  });
  const top = workspace.workspaceFolders?.[0]?.uri;
  if (!chosen) return;
  if (!top) {
    void window.showErrorMessage(l10n.t('Open a folder first: the request files are written into it.'));
    return;
  }
  const texts = await Promise.all(
    chosen.map(async (uri) => new TextDecoder().decode(await workspace.fs.readFile(uri))),
  );
  const collections = texts.flatMap((text) => readCollection(text) ?? []);
  const environments = texts.flatMap((text) => readPostmanEnvironment(text) ?? []);
  if (collections.length === 0) {
    void window.showErrorMessage(
      l10n.t('None of these files is a Postman collection. Export it from Postman as Collection v2.1.'),
    );
    return;
  }
  const notes: ImportNote[] = [];
  const written: Uri[] = [];
  for (const collection of collections) {
    const name = collection.info?.name?.replace(/[^\p{Letter}\p{Number}]+/gu, '-').replace(/^-+|-+$/g, '');
    const folder = await freeName(top, name || 'postman');
    const result = fromPostman(collection, environments);
    notes.push(...result.notes);
    for (const { path, text } of result.files) {
      const uri = Uri.joinPath(folder, path);
      await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
      written.push(uri);
    }
  }
  const first = written.find(({ path }) => path.endsWith('.ps.http'));
  if (first) await window.showTextDocument(first);
  const files = written.filter(({ path }) => path.endsWith('.ps.http')).length;
  await tellNotes(
    files === 1 ? l10n.t('1 request file was written.') : l10n.t('{0} request files were written.', files),
    notes,
  );
}

/**
 * Writes a `.http` file of another tool once more as a request file beside it, for the active server: relative paths in
 * it stay true, and nothing is written over. Without `file` it is asked for.
 */
export async function importHttp(registry: ServerRegistry, file: Uri | undefined): Promise<void> {
  const [chosen] = file
    ? [file]
    : ((await window.showOpenDialog({
        filters: { [l10n.t('Requests of REST Client, httpYac or JetBrains')]: ['http', 'rest'] },
        openLabel: l10n.t('Import'),
        title: l10n.t('Choose a .http file'),
      })) ?? []);
  if (!chosen) return;
  const text = new TextDecoder().decode(await workspace.fs.readFile(chosen));
  const result = fromHttpFile(text, registry.active?.origin);
  const name = chosen.path.slice(chosen.path.lastIndexOf('/') + 1).replace(/(?:\.ps)?\.(?:http|rest)$/i, '');
  const target = await freeName(Uri.joinPath(chosen, '..'), name, REQUEST_FILE_ENDING);
  await workspace.fs.writeFile(target, new TextEncoder().encode(result.text));
  await window.showTextDocument(target);
  await tellNotes(l10n.t('1 request file was written.'), result.notes);
}

/** Makes a request of the curl command in the clipboard. */
export async function pasteCurl(registry: ServerRegistry): Promise<void> {
  const result = fromCurl(await env.clipboard.readText(), registry.active?.origin);
  if (!result) {
    void window.showErrorMessage(l10n.t('There is no curl command in the clipboard. Copy one, then try again.'));
    return;
  }
  await openNewRequest('curl', result.text);
  if (result.notes.length > 0) await tellNotes(l10n.t('The curl command is a request now.'), result.notes);
}

async function tellNotes(done: string, notes: readonly ImportNote[]): Promise<void> {
  if (notes.length === 0) {
    void window.setStatusBarMessage(done, 5000);
    return;
  }
  const [only] = notes;
  if (notes.length === 1 && only) {
    void window.showInformationMessage(`${done} ${l10n.t(only.template, ...only.args)}`);
    return;
  }
  const show = l10n.t('Show What Changed');
  const answer = await window.showInformationMessage(
    `${done} ${l10n.t('{0} things were changed or left out.', notes.length)}`,
    show,
  );
  if (answer !== show) return;
  const lines = notes.map(({ item, template, args }) => `- ${item}: ${l10n.t(template, ...args)}`);
  const content = `# ${done}\n\n${lines.join('\n')}\n`;
  await window.showTextDocument(await workspace.openTextDocument({ language: 'markdown', content }));
}

/** A name that does not exist yet in a folder: nothing is written over. */
async function freeName(folder: Uri, base: string, ending = ''): Promise<Uri> {
  for (let number = 1; ; number++) {
    const free = Uri.joinPath(folder, `${base}${number === 1 ? '' : `-${number}`}${ending}`);
    try {
      await workspace.fs.stat(free);
    } catch {
      return free;
    }
  }
}
