import path from 'node:path';
import { environmentNames } from '../core/request/environment.ts';
import type { RunFile } from '../core/run/runOptions.ts';
import { exitCodeOf, type RunResult } from '../core/run/runResult.ts';
import { runRequests } from '../core/run/runRequests.ts';
import type { Arguments } from './arguments.ts';
import type { CliIo } from './cliIo.ts';
import { EnvironmentServers } from './environmentServers.ts';
import { EXIT } from './exitCode.ts';
import { Progress } from './progress.ts';
import { loadRequestFiles } from './requestFiles.ts';
import { createRunPorts } from './runPorts.ts';
import { PrettyRun, showFaults } from './runPretty.ts';
import { readReports, writeReport } from './runReports.ts';
import { UsageError } from './usageError.ts';

/** `run FILE|FOLDER…`: every request in order. */
export async function runRun(args: Arguments, io: CliIo): Promise<number> {
  const output = args.choice('output', ['pretty', 'json', 'none']) ?? 'pretty';
  const reports = readReports(args.texts('report'), io.cwd);
  const vars = args.pairs('var');
  const names = new Set(args.texts('name'));
  const timeout = args.count('timeout', 1);
  const save = args.text('save');
  if (args.positionals.length === 0) throw new UsageError('A request file or a folder is missing.');

  const files = await loadRequestFiles(args.positionals, io.cwd);
  const env = args.text('env');
  checkSelection(files, args.positionals, names, env);
  await showFaults(files, io);

  const { ports, close } = createRunPorts(new EnvironmentServers(args, io), io);
  const pretty = output === 'pretty' ? new PrettyRun(io) : undefined;
  const progress = new Progress(io.stderr);
  const results: RunResult[] = [];
  try {
    const saver = save === undefined ? undefined : await openSaver(path.resolve(io.cwd, save));
    const events = runRequests({
      files,
      select: names.size === 0 ? undefined : (request) => names.has(request.name?.text ?? ''),
      env,
      vars,
      ports,
      bail: args.flag('bail'),
      // Only the JSON records name the number of records.
      indexLarge: output === 'json' || reports.some(({ kind }) => kind === 'json'),
      timeout,
      signal: io.signal,
    });
    for await (const event of events) {
      if (event.kind === 'start') {
        progress.show(() => `${event.index + 1} of ${event.total}: ${titleOf(event.request)}`);
        continue;
      }
      progress.clear();
      results.push(event.result);
      await pretty?.show(event.result);
      await saver?.save(event.result);
    }
    progress.clear();
    await pretty?.end(results);
    if (output === 'json') await io.stdout.write(await writeReport('json', results));
    for (const { kind, file } of reports) await writeFileReport(file, await writeReport(kind, results));
  } finally {
    progress.clear();
    await close();
  }
  if (io.signal.aborted) return EXIT.cancelled;
  return exitCodeOf(results.map(({ outcome }) => outcome));
}

function checkSelection(
  files: readonly RunFile[],
  starts: readonly string[],
  names: ReadonlySet<string>,
  env: string | undefined,
): void {
  const requests = files.flatMap(({ file }) => file.requests);
  if (requests.length === 0) throw new UsageError(`There is no request in ${starts.join(', ')}.`);
  const known = new Set(requests.map(({ name }) => name?.text));
  const missing = [...names].find((name) => !known.has(name));
  if (missing !== undefined) {
    const there = [...known].filter((name) => name !== undefined);
    const hint = there.length === 0 ? 'No request has a "# @name".' : `There are: ${there.join(', ')}.`;
    throw new UsageError(`No request is named "${missing}". ${hint}`);
  }
  const environments = environmentNames(files.flatMap((file) => file.environments));
  if (env !== undefined && !environments.includes(env)) {
    const hint =
      environments.length === 0 ? 'No http-client.env.json was found.' : `There are: ${environments.join(', ')}.`;
    throw new UsageError(`There is no environment "${env}". ${hint}`);
  }
}

async function openSaver(folder: string): Promise<{ save(result: RunResult): Promise<void> }> {
  const { RecordSaver } = await import('./recordSaver.ts');
  return RecordSaver.open(folder);
}

async function writeFileReport(file: string, text: string): Promise<void> {
  const { mkdir, writeFile } = await import('node:fs/promises');
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    throw new UsageError(
      `The report ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function titleOf({ name, title, method, target }: RunResult['request']): string {
  return name?.text ?? title?.text ?? `${method.text} ${target.text}`;
}
