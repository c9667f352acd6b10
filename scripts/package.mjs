// Writes dist/powerschool-api-explorer.vsix. The vsix carries the README without pictures: vsce would turn relative
// pictures into links to a repository host.
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createVSIX } from '@vscode/vsce';
import { runNpmScript } from './process/npmScript.ts';

const vsix = 'dist/powerschool-api-explorer.vsix';
const readme = 'dist/README.md';

await runNpmScript('build');
const text = await readFile('README.md', 'utf8');
await writeFile(readme, text.replace(/^!\[[^\]]*\]\([^)]*\)\r?\n\r?\n?/gm, ''));

await createVSIX({
  packagePath: vsix,
  readmePath: readme,
  dependencies: false,
  rewriteRelativeLinks: false,
  allowMissingRepository: true,
});
console.log(`${vsix}: ${((await stat(vsix)).size / 1000).toFixed(0)} kB`);
