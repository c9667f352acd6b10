import assert from 'node:assert/strict';
import { Uri, commands, languages, workspace, type Diagnostic as EditorDiagnostic } from 'vscode';
import { eventually } from './waiting.ts';
import { writeWatched } from './watchedFolder.ts';

export const MANIFEST = `<?xml version="1.0" encoding="UTF-8"?>
<plugin xmlns="http://plugin.powerschool.pearson.com" name="NAME" version="1.0.0" description="Reads students.">
  <oauth accessLevelV1Api="READ"/>
  <access_request>
    <field table="STUDENTS" field="DCID" access="ViewOnly"/>
  </access_request>
  <publisher name="Fernhill School District">
    <contact email="data@fernhill.example"/>
  </publisher>
</plugin>
`;

const QUERIES = `<?xml version="1.0" encoding="UTF-8"?>
<queries>
  <query name="example.fernhill.made.students.list" coreTable="STUDENTS" flattened="true">
    <columns>
      <column column="STUDENTS.DCID">STUDENTS.DCID</column>
      <column column="STUDENTS.LASTFIRST">STUDENTS.LASTFIRST</column>
    </columns>
    <sql><![CDATA[SELECT s.dcid, s.lastfirst FROM students s ORDER BY s.dcid]]></sql>
  </query>
</queries>
`;

export function root(): Uri {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder);
  return folder;
}

/** A package of its own for each test; it is deleted after it. */
export async function withPackage(
  name: string,
  run: (folder: Uri) => Promise<void>,
  manifest?: Uint8Array,
): Promise<void> {
  const folder = Uri.joinPath(root(), 'plugins', name);
  await writeWatched(
    Uri.joinPath(folder, 'queries_root', 'made.named_queries.xml'),
    QUERIES.replaceAll('.made.', `.${name}.`),
  );
  await writeWatched(Uri.joinPath(folder, 'plugin.xml'), manifest ?? MANIFEST.replace('NAME', name));
  try {
    await run(folder);
  } finally {
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await workspace.fs.delete(folder, { recursive: true });
  }
}

export function codesOf(uri: Uri): string[] {
  return languages
    .getDiagnostics(uri)
    .map(({ code }) => (typeof code === 'object' ? String(code.value) : String(code)));
}

export function appears(uri: Uri, code: string): Promise<EditorDiagnostic> {
  return eventually(
    `${code} in ${uri.path}`,
    () => languages.getDiagnostics(uri)[codesOf(uri).indexOf(code)],
    languages.onDidChangeDiagnostics,
  );
}

export function disappears(uri: Uri, code: string): Promise<true> {
  return eventually(
    `${code} going away`,
    () => (codesOf(uri).includes(code) ? undefined : true),
    languages.onDidChangeDiagnostics,
  );
}
