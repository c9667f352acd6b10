import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { noteText } from '../core/exchange/importNote.ts';
import { readCollection, readPostmanEnvironment } from '../core/exchange/postmanCollection.ts';
import { fromPostman, type PostmanImport } from '../core/exchange/postmanImport.ts';
import type { Arguments } from './arguments.ts';
import type { CliIo } from './cliIo.ts';
import { EXIT } from './exitCode.ts';
import { UsageError } from './usageError.ts';

/** `import postman FILE`: request files from a collection, to standard output or into a folder. */
export async function runImportPostman(args: Arguments, io: CliIo): Promise<number> {
  const given = args.one('FILE');
  const collection = readCollection(await readText(given, io.cwd));
  if (collection === undefined) throw new UsageError(`${given} is no Postman collection (v2.0 or v2.1).`);
  const environments = [];
  for (const file of args.texts('environment')) {
    const environment = readPostmanEnvironment(await readText(file, io.cwd));
    if (environment === undefined) throw new UsageError(`${file} is no Postman environment.`);
    environments.push(environment);
  }
  const imported = fromPostman(collection, environments);
  if (imported.files.length === 0) throw new UsageError(`There is no request in ${given}.`);
  const folder = args.text('output');
  if (folder === undefined) await writeText(imported, io);
  else await writeFiles(imported, folder, args.flag('force'), io);
  for (const note of imported.notes) await io.stderr.write(`${noteText(note)}\n`);
  return EXIT.good;
}

/** All requests as one text; environments have no place in it. */
async function writeText({ files }: PostmanImport, io: CliIo): Promise<void> {
  const requests = files.filter((file) => file.path.endsWith('.http'));
  const others = files.filter((file) => !file.path.endsWith('.http'));
  await io.stdout.write(requests.map(({ text }) => text.trimEnd()).join('\n\n###\n\n'));
  await io.stdout.write('\n');
  if (others.length > 0) {
    await io.stderr.write(
      `Not shown: ${others.map((file) => file.path).join(', ')}. With -o DIR all files are written.\n`,
    );
  }
}

async function writeFiles({ files }: PostmanImport, folder: string, force: boolean, io: CliIo): Promise<void> {
  for (const file of files) {
    const target = path.resolve(io.cwd, folder, ...file.path.split('/'));
    try {
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, file.text, { flag: force ? 'w' : 'wx' });
    } catch (error) {
      const there = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      const reason = there ? 'it is there already; --force replaces it' : String(error);
      throw new UsageError(`${path.join(folder, file.path)} was not written: ${reason}.`);
    }
    await io.stdout.write(`${path.join(folder, file.path)}\n`);
  }
}

async function readText(file: string, cwd: string): Promise<string> {
  try {
    return (await readFile(path.resolve(cwd, file), 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
