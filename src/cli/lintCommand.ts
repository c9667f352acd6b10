import path from 'node:path';
import { loadTables } from '../core/catalog/load.ts';
import { lintText } from '../core/plugin/lintText.ts';
import { type LintedText, type LintReport, countMessages, lintReport } from '../core/output/lint/lintReport.ts';
import { languageOfFile } from '../core/plugin/fileLanguage.ts';
import type { Arguments } from './arguments.ts';
import { type CliIo, readAll } from './cliIo.ts';
import { EXIT, worseExit } from './exitCode.ts';
import { type LintFormat, LINT_FORMATS, formatReports } from './lintFormats.ts';
import { LintConfigs } from './lintConfigs.ts';
import { Linter } from './linter.ts';
import { LARGEST_TEXT, lintTargets, type UnreadableTarget } from './lintTargets.ts';
import { UsageError } from './usageError.ts';

/** `lint [PATH…]`: files, folders, or one text from standard input. */
export async function runLint(args: Arguments, io: CliIo): Promise<number> {
  const format = args.choice('format', LINT_FORMATS) ?? 'stylish';
  const mostWarnings = args.count('max-warnings', 0);
  if (args.flag('stdin')) return lintInput(args, io, format, mostWarnings);
  if (args.text('stdin-filename') !== undefined) throw new UsageError('--stdin-filename goes with --stdin.');

  const starts = args.positionals.length > 0 ? args.positionals : ['.'];
  const unreadable: UnreadableTarget[] = [];
  const reports: LintReport[] = [];
  const done = new Set<string>();
  const add = (linted: LintedText): void => {
    if (done.has(linted.filePath)) return;
    done.add(linted.filePath);
    reports.push(lintReport(linted, args.flag('info')));
  };
  const named = args.text('config');
  const configs = new LintConfigs(named === undefined ? undefined : path.resolve(io.cwd, named));
  const onLeft = async (filePath: string, reason: string): Promise<void> => {
    await io.stderr.write(`${shown(io, filePath)} was not mended: ${reason}.\n`);
  };
  const requestFiles: string[] = [];
  const linter = new Linter({ tables: await loadTables(), configs, fix: args.flag('fix'), onLeft });
  for (const start of starts.map((given) => path.resolve(io.cwd, given))) {
    for (const target of lintTargets(start, done, configs.note)) {
      // who names a file wants it judged
      if (target.filePath !== start && configs.ignores(target.filePath)) continue;
      if (target.kind === 'unreadable') unreadable.push(target);
      else if (target.kind === 'requests') requestFiles.push(target.filePath);
      else if (target.kind === 'text') add(await linter.text(target));
      else for (const linted of await linter.package(target)) add(linted);
    }
  }
  if (requestFiles.length > 0 && done.size > 0) {
    const { lintWithRequests } = await import('./lintRequests.ts');
    for (const linted of await lintWithRequests(requestFiles, done, linter)) {
      const at = reports.findIndex(({ filePath }) => filePath === linted.filePath);
      reports.splice(at < 0 ? reports.length : at, at < 0 ? 0 : 1, lintReport(linted, args.flag('info')));
    }
  }
  for (const linted of linter.repeatedNames((folder) => shown(io, folder))) {
    const { filePath, messages } = lintReport(linted, args.flag('info'));
    const at = reports.findIndex((report) => report.filePath === filePath);
    if (at >= 0) reports[at] = withMessages(reports[at]?.messages ?? [], messages, filePath);
  }
  for (const { filePath, reason } of unreadable)
    await io.stderr.write(`${shown(io, filePath)} cannot be checked: ${reason}.\n`);
  if (reports.length === 0 && unreadable.length === 0) {
    throw new UsageError(`There is no file of a plugin package in ${starts.join(', ')}.`);
  }
  await io.stdout.write(await formatReports(reports, format, io));
  return worseExit(exitCode(reports, mostWarnings), unreadable.length > 0 ? EXIT.usage : EXIT.good);
}

async function lintInput(
  args: Arguments,
  io: CliIo,
  format: LintFormat,
  mostWarnings: number | undefined,
): Promise<number> {
  const name = args.text('stdin-filename');
  if (name === undefined) throw new UsageError('--stdin needs --stdin-filename NAME, which decides what is checked.');
  if (args.positionals.length > 0) throw new UsageError('With --stdin no path can be given.');
  if (args.text('config') !== undefined) throw new UsageError('With --stdin no configuration is looked at.');
  if (args.flag('fix')) throw new UsageError('--fix writes files; there is none with --stdin.');
  const filePath = path.resolve(io.cwd, name);
  if (languageOfFile(name) === undefined) {
    throw new UsageError(
      `"${name}" is no name of a plugin file: plugin.xml, *.named_queries.xml, *.permission_mappings.xml, or a file in queries_root and the like.`,
    );
  }
  const bytes = await readAll(io.stdin);
  if (bytes.length > LARGEST_TEXT) throw new UsageError('The text is larger than 256 MB.');
  const { text, diagnostics } = lintText({
    fileName: name,
    bytes,
    tables: await loadTables(),
  });
  const reports = [lintReport({ filePath, text, diagnostics }, args.flag('info'))];
  await io.stdout.write(await formatReports(reports, format, io));
  return exitCode(reports, mostWarnings);
}

function withMessages(before: LintReport['messages'], added: LintReport['messages'], filePath: string): LintReport {
  const messages = [...before, ...added].sort((a, b) => a.line - b.line || a.column - b.column);
  return { filePath, messages };
}

function exitCode(reports: readonly LintReport[], mostWarnings: number | undefined): number {
  const { errors, warnings } = countMessages(reports);
  return errors > 0 || warnings > (mostWarnings ?? Infinity) ? EXIT.findings : EXIT.good;
}

function shown(io: CliIo, filePath: string): string {
  return path.relative(io.cwd, filePath) || '.';
}
