// Writes dist/powerschool-api-explorer.vsix. The vsix carries the README without pictures: vsce would turn relative
// pictures into links to a repository host.
import { cp, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { cacheFolder, checkout } from './checkout.ts';
import { runNpmScript } from './process/npmScript.ts';

// What .vscodeignore lets in lies in these. vsce looks at every file below the folder it packages, and the checkout
// holds whole editors: it packages a copy of these alone.
const SOURCES = [
  '.vscodeignore',
  'package.json',
  'package.nls.json',
  'LICENSE',
  'CHANGELOG.md',
  'dist',
  'media',
  'syntaxes',
];
const vsix = path.join(checkout, 'dist', 'powerschool-api-explorer.vsix');

await runNpmScript('build');
await mkdir(cacheFolder, { recursive: true });
const staging = await mkdtemp(path.join(cacheFolder, 'package-'));
try {
  for (const source of SOURCES) await cp(path.join(checkout, source), path.join(staging, source), { recursive: true });
  const readme = path.join('dist', 'README.md');
  const text = await readFile(path.join(checkout, 'README.md'), 'utf8');
  await writeFile(path.join(staging, readme), text.replace(/^!\[[^\]]*\]\([^)]*\)\r?\n\r?\n?/gm, ''));
  const made = path.join(staging, 'made.vsix');
  await createVSIX({
    cwd: staging,
    packagePath: made,
    readmePath: readme,
    dependencies: false,
    rewriteRelativeLinks: false,
    allowMissingRepository: true,
  });
  await rename(made, vsix);
} finally {
  await rm(staging, { recursive: true, force: true });
}
console.log(`dist/${path.basename(vsix)}: ${((await stat(vsix)).size / 1000).toFixed(0)} kB`);
