// The licences of the packages whose code the bundles hold: their authors ask that these go along.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

/** What the bundler counts, as far as it is read here. */
interface Bundles {
  readonly outputs: Readonly<
    Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>
  >;
}

/** Generated code holds a piece of it, which the bundler counts as ours. */
const GENERATED_WITH = ['ajv'];

/** Names of the packages in the bundles, sorted. */
export function bundledPackages({ outputs }: Bundles): string[] {
  const files = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  const names = files.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
  return [...new Set([...names, ...GENERATED_WITH])].sort();
}

/** Name, version, licence and its words for each package. Rejects when a package brings no licence file. */
export async function thirdPartyNotices(packages: readonly string[], modules: string): Promise<string> {
  const parts = await Promise.all(packages.map((name) => notice(name, path.join(modules, name))));
  return `PowerSchool API Explorer contains code of these packages.\n\n${parts.join('\n')}`;
}

async function notice(name: string, folder: string): Promise<string> {
  const { version, license } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
    version: string;
    license: string;
  };
  const files = (await readdir(folder)).filter((file) => /^(?:licen[cs]e|notice)/i.test(file)).sort();
  if (files.length === 0) throw new Error(`The package ${name} brings no licence file.`);
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
  return `${'='.repeat(72)}\n${name} ${version} (${license})\n\n${texts.map((text) => `${text.trim()}\n`).join('\n')}`;
}
