// Every plugin.xml below a folder by libxml2-wasm and an XSD, as a person would write it: node libxml2Manifests.mjs MODULE XSD FOLDER
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [, , module, schema, folder] = process.argv;
const { XmlDocument, XsdValidator } = await import(pathToFileURL(module).href);
const validator = XsdValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(schema)));
const found = [];
for (const entry of readdirSync(folder, { withFileTypes: true })) {
  const filePath = path.join(folder, entry.name, 'plugin.xml');
  const messages = [];
  let document;
  try {
    document = XmlDocument.fromBuffer(readFileSync(filePath));
    validator.validate(document);
  } catch (error) {
    for (const { message, line, col } of error.details ?? []) messages.push({ message, line, column: col });
  }
  document?.dispose();
  found.push({ filePath, messages });
}
process.stdout.write(JSON.stringify(found));
