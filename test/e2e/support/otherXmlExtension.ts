import { writeFile } from 'node:fs/promises';
import { zipSync } from 'fflate';

const MANIFEST = {
  name: 'vscode-xml',
  publisher: 'redhat',
  version: '0.29.0',
  engines: { vscode: '^1.100.0' },
  main: './extension.js',
  activationEvents: ['onLanguage:xml'],
};

/** What the real one does with a bare `&`: one error with the source `xml`, on open and while typing. */
const CODE = `
const { DiagnosticSeverity, Diagnostic, Range, languages, workspace } = require('vscode');
exports.activate = ({ subscriptions }) => {
  const collection = languages.createDiagnosticCollection('xml');
  const check = (document) => {
    if (document.languageId !== 'xml') return;
    const at = document.getText().search(/&(?![\\w#]+;)/);
    const start = document.positionAt(at);
    const found = new Diagnostic(
      new Range(start, start.translate(0, 1)),
      "The entity name must immediately follow the '&' in the entity reference.",
      DiagnosticSeverity.Error,
    );
    found.source = 'xml';
    found.code = 'EntityNotDeclared';
    collection.set(document.uri, at < 0 ? [] : [found]);
  };
  workspace.textDocuments.forEach(check);
  subscriptions.push(
    collection,
    workspace.onDidOpenTextDocument(check),
    workspace.onDidChangeTextDocument(({ document }) => check(document)),
  );
};
`;

const PACKAGE = `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="vscode-xml" Version="0.29.0" Publisher="redhat"/>
    <DisplayName>XML</DisplayName>
    <Description>Stands in for an XML extension</Description>
    <Properties><Property Id="Microsoft.VisualStudio.Code.Engine" Value="^1.100.0"/></Properties>
  </Metadata>
  <Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
  <Dependencies/>
  <Assets><Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/></Assets>
</PackageManifest>
`;

const TYPES = `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension=".json" ContentType="application/json"/><Default Extension=".js" ContentType="application/javascript"/><Default Extension=".vsixmanifest" ContentType="text/xml"/></Types>
`;

/** Packs an extension that stands in for Red Hat's XML by its id and its messages: that one comes from no npm registry. */
export async function writeOtherXmlExtension(file: string): Promise<void> {
  const entries = {
    '[Content_Types].xml': TYPES,
    'extension.vsixmanifest': PACKAGE,
    'extension/package.json': JSON.stringify(MANIFEST),
    'extension/extension.js': CODE,
  };
  await writeFile(
    file,
    zipSync(Object.fromEntries(Object.entries(entries).map(([name, text]) => [name, Buffer.from(text)]))),
  );
}
