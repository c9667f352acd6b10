import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadTables } from '../core/catalog/load.ts';
import { lintReport } from '../core/output/lint/lintReport.ts';
import { stylish } from '../core/output/lint/stylish.ts';
import { createPaint } from '../core/output/paint.ts';
import type { PackageFile } from '../core/plugin/making/packageEntries.ts';
import { type FileFindings, packagePlugin } from '../core/plugin/making/packagePlugin.ts';
import type { Arguments } from './arguments.ts';
import type { CliIo } from './cliIo.ts';
import { EXIT } from './exitCode.ts';
import { LintConfigs } from './lintConfigs.ts';
import { UsageError } from './usageError.ts';

/** `package DIR`: the zip that a server installs; refused while the package has errors. */
export async function runPackage(args: Arguments, io: CliIo): Promise<number> {
  const given = args.one('DIR');
  const folder = path.resolve(io.cwd, given);
  const files = await readFolder(folder, given);
  const rules = new LintConfigs().rulesOf(folder);
  const outcome = await packagePlugin(files, { tables: await loadTables(), rules });
  await showFindings(outcome.findings, folder, io);
  if (outcome.kind === 'refused') {
    if (outcome.reason === 'noManifest') throw new UsageError(`There is no plugin.xml in ${given}.`);
    await io.stderr.write(
      outcome.reason === 'misplaced'
        ? `A server refuses files in folders below queries_root and the like: ${outcome.paths.join(', ')}.\n`
        : 'The package has errors, so no zip was written.\n',
    );
    return EXIT.findings;
  }
  const shown = args.text('output') ?? outcome.fileName;
  await writeWhole(path.resolve(io.cwd, shown), outcome.bytes);
  if (outcome.leftOut.length > 0) await io.stderr.write(`Left out: ${outcome.leftOut.join(', ')}.\n`);
  await io.stdout.write(`${shown}\n`);
  return EXIT.good;
}

async function readFolder(folder: string, shown: string): Promise<PackageFile[]> {
  const files: PackageFile[] = [];
  const walk = async (inner: string): Promise<void> => {
    for (const entry of await readdir(path.join(folder, inner), { withFileTypes: true })) {
      const relative = inner === '' ? entry.name : `${inner}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && entry.name !== 'node_modules') await walk(relative);
      } else if (entry.isFile()) {
        files.push({ path: relative, bytes: await readFile(path.join(folder, relative)) });
      }
    }
  };
  try {
    await walk('');
  } catch (error) {
    throw new UsageError(`${shown} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  return files;
}

async function showFindings(findings: readonly FileFindings[], folder: string, io: CliIo): Promise<void> {
  const reports = findings
    .map(({ path: inner, text, diagnostics }) =>
      lintReport({ filePath: path.join(folder, inner), text, diagnostics }, false),
    )
    .filter(({ messages }) => messages.length > 0);
  if (reports.length === 0) return;
  const shown = (filePath: string): string => {
    const relative = path.relative(io.cwd, filePath);
    return relative.startsWith('..') ? filePath : relative;
  };
  await io.stderr.write(stylish(reports, createPaint(io.stderr.isLively), shown));
}

/** Nobody sees half a zip under its name. */
async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const part = `${file}.part`;
  try {
    await writeFile(part, bytes);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw new UsageError(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
