import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createPluginFiles, type NewPlugin } from '../core/plugin/making/newPlugin.ts';
import { suggestQueryName } from '../core/plugin/making/newQuery.ts';
import type { Arguments } from './arguments.ts';
import type { CliIo } from './cliIo.ts';
import { EXIT } from './exitCode.ts';
import { UsageError } from './usageError.ts';

/** `new plugin DIR`: a package that lints clean, to start from. */
export async function runNewPlugin(args: Arguments, io: CliIo): Promise<number> {
  const given = args.one('DIR');
  const folder = path.resolve(io.cwd, given);
  const name = bounded('name', args.text('name') ?? titleOf(path.basename(folder)), 40);
  const publisher = bounded('publisher', args.text('publisher') ?? name, 100);
  const email = bounded('email', args.text('email') ?? 'admin@district.example', 40);
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) throw new UsageError(`"${email}" is no e-mail address.`);
  const v1Access = args.choice('v1', ['NONE', 'READ', 'FULL']) ?? 'READ';
  const files = createPluginFiles(withQuery({ name, publisher, email, v1Access, fields: [] }));

  await checkEmpty(folder, given);
  for (const file of files) {
    const target = path.join(folder, ...file.path.split('/'));
    try {
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, file.text, { flag: 'wx' });
    } catch (error) {
      throw new UsageError(`${target} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
    }
    await io.stdout.write(`${path.join(given, file.path)}\n`);
  }
  if (args.text('publisher') === undefined || args.text('email') === undefined) {
    await io.stderr.write('Put your own publisher and e-mail address into plugin.xml.\n');
  }
  return EXIT.good;
}

/** A first PowerQuery that works everywhere. */
function withQuery(plugin: NewPlugin): NewPlugin {
  const table = 'STUDENTS';
  const { email, name: pluginName, publisher } = plugin;
  const query = {
    name: suggestQueryName({ email, pluginName, publisher, table }),
    table,
    columns: ['DCID', 'STUDENT_NUMBER', 'LASTFIRST', 'GRADE_LEVEL'],
    conditions: ['SCHOOLID'],
  };
  return { ...plugin, query };
}

async function checkEmpty(folder: string, shown: string): Promise<void> {
  let there: string[];
  try {
    there = await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw new UsageError(`${shown} cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (there.length > 0) throw new UsageError(`${shown} is not empty; a new plugin needs a folder of its own.`);
}

function bounded(option: string, value: string, most: number): string {
  const text = value.trim();
  if (text === '' || text.length > most) throw new UsageError(`--${option} has 1 to ${most} characters.`);
  return text;
}

/** `bus-passes` → `Bus Passes`. */
function titleOf(folder: string): string {
  const words = folder.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const title = words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join(' ');
  return title.slice(0, 40).trim() || 'New Plugin';
}
