import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExportOptions } from '../core/exchange/exportableRequest.ts';
import { noteText } from '../core/exchange/importNote.ts';
import type { RunFile } from '../core/run/runOptions.ts';
import type { Arguments } from './arguments.ts';
import type { CliIo } from './cliIo.ts';
import type { Command } from './commandSpec.ts';
import { EXIT } from './exitCode.ts';
import { loadRequestFiles } from './requestFiles.ts';
import { UsageError } from './usageError.ts';

export const EXPORT_FORMS = ['curl', 'fetch', 'python', 'powershell', 'postman'] as const;
type ExportForm = (typeof EXPORT_FORMS)[number];

/** How the comment lines of a language begin. */
const COMMENTS: Readonly<Record<Exclude<ExportForm, 'postman'>, string>> = {
  curl: '#',
  fetch: '//',
  python: '#',
  powershell: '#',
};

/** `export curl|fetch|python|powershell|postman FILE`: the requests in another form, without anything secret. */
export function exportCommand(form: ExportForm): Command {
  return async (args, io) => {
    const files = await loadRequestFiles([args.one('FILE')], io.cwd);
    if (files.every(({ file }) => file.requests.length === 0)) {
      throw new UsageError(`There is no request in ${args.one('FILE')}.`);
    }
    const text = form === 'postman' ? await postmanText(files, io) : await codeText(form, files, args);
    const output = args.text('output');
    if (output === undefined) await io.stdout.write(text);
    else await writeOutput(output, text, io);
    return EXIT.good;
  };
}

async function postmanText(files: readonly RunFile[], io: CliIo): Promise<string> {
  const { toPostman } = await import('../core/exchange/postmanExport.ts');
  const named = files.map((file) => ({ name: baseName(file.path), file: file.file }));
  const { text, notes } = toPostman(named[0]?.name ?? 'Requests', named);
  for (const note of notes) await io.stderr.write(`${noteText(note)}\n`);
  return text;
}

async function codeText(form: keyof typeof COMMENTS, files: readonly RunFile[], args: Arguments): Promise<string> {
  const names = new Set(args.texts('name'));
  const forCmd = form === 'curl' && args.flag('cmd');
  const { CODE_WRITERS, toExportable } = await import('../core/exchange/codeWriters.ts');
  const write = CODE_WRITERS[forCmd ? 'cmd' : form];
  const pieces: string[] = [];
  for (const { file, environments } of files) {
    const options: ExportOptions = {
      environments,
      environment: args.text('env'),
      vars: args.pairs('var'),
      dynamic: { now: () => Date.now(), random: () => Math.random() },
    };
    for (const request of file.requests) {
      if (names.size > 0 && !names.has(request.name?.text ?? '')) continue;
      const exportable = toExportable(file, request, options);
      pieces.push(`${forCmd ? 'REM' : COMMENTS[form]} ${exportable.title.replace(/\s+/g, ' ')}\n${write(exportable)}`);
    }
  }
  if (pieces.length === 0) throw new UsageError(`No request is named ${[...names].join(' or ')}.`);
  return pieces.join('\n');
}

async function writeOutput(output: string, text: string, io: CliIo): Promise<void> {
  try {
    await writeFile(path.resolve(io.cwd, output), text);
  } catch (error) {
    throw new UsageError(`${output} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function baseName(file: string): string {
  return path.basename(file).replace(/(?:\.ps)?\.http$/i, '');
}
