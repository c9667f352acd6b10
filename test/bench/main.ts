/**
 * Measures whole processes, interleaved with what a person would write for the same job by hand, and prints the
 * medians beside the budgets. Asserts nothing: machines differ, ratios are for people to read.
 *
 *     npm run bench                         everything
 *     npm run bench -- requests lint        only these
 *     npm run bench -- --rounds 7
 */
import { existsSync } from 'node:fs';
import { type BudgetRow, CLI_BENCHMARKS as RECORD_BENCHMARKS, CLI_PATH } from './cliBudgets.ts';
import { lintManifests, lintWhileTyping } from './lintBudgets.ts';
import { measureExplorer } from './explorerTree.ts';
import { measureAllPages } from './allPages.ts';
import { measureGrid, measureOffsets } from './resultGrid.ts';
import { measureRequestLanguage } from './requestLanguage.ts';
import { measureSandbox } from './sandboxDistrict.ts';

const words = process.argv.slice(2);
const at = words.indexOf('--rounds');
const rounds = at < 0 ? 3 : Number(words[at + 1]);
const wanted = words.filter((word, index) => !word.startsWith('--') && (at < 0 || index !== at + 1));
const CLI_BENCHMARKS = [
  ...RECORD_BENCHMARKS,
  { name: 'lint', run: lintManifests },
  { name: 'offsets', run: measureOffsets },
];
/** Figures that stand alone, without a floor to compare with. */
const PLAIN_BENCHMARKS = [
  { name: 'sandbox', run: measureSandbox },
  { name: 'language', run: measureLanguage },
  { name: 'explorer', run: measureExplorer },
  { name: 'all-pages', run: measureAllPages },
  { name: 'grid', run: measureGrid },
  { name: 'typing', run: lintWhileTyping },
];
const names = [...CLI_BENCHMARKS, ...PLAIN_BENCHMARKS].map(({ name }) => name);
const unknown = wanted.filter((word) => !names.includes(word));

if (unknown.length > 0 || !Number.isSafeInteger(rounds) || rounds < 1) {
  console.error(`Usage: npm run bench -- [--rounds N] [${names.join('|')}]`);
  process.exitCode = 2;
} else if (existsSync(CLI_PATH)) {
  await measure();
} else {
  console.error('dist/cli.js is missing: run npm run build first.');
  process.exitCode = 2;
}

async function measure(): Promise<void> {
  console.log(`Node ${process.versions.node}, ${rounds} rounds, medians of whole processes\n`);
  console.log(line('work', 'product', 'floor', 'wall', 'budget', 'cpu', 'peak', 'budget'));
  for (const { name, run } of CLI_BENCHMARKS) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    try {
      for (const row of await run(rounds)) console.log(rowLine(row));
    } catch (error) {
      console.log(`${name}: not measured, ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  for (const { name, run } of PLAIN_BENCHMARKS) {
    if (wanted.length === 0 || wanted.includes(name)) console.log(`\n${(await run()).join('\n')}`);
  }
}

function rowLine({ work, product, floor, wall, peak, peakLimit }: BudgetRow): string {
  const peakBudget = peak !== undefined ? `≤ ${peak} ×` : peakLimit !== undefined ? `≤ ${peakLimit} MiB` : '';
  const peakRatio =
    product.peak === undefined || floor.peak === undefined ? '' : ` ${(product.peak / floor.peak).toFixed(2)} ×`;
  return line(
    work,
    `${product.seconds.toFixed(3)} s`,
    `${floor.seconds.toFixed(3)} s`,
    `${(product.seconds / floor.seconds).toFixed(2)} ×`,
    wall === undefined ? '' : `≤ ${wall} ×`,
    product.cpu === undefined || floor.cpu === undefined ? '' : `${(product.cpu / floor.cpu).toFixed(2)} ×`,
    `${product.peak?.toFixed(0) ?? '?'} MiB${peakRatio}`,
    peakBudget,
  );
}

function line(...cells: readonly string[]): string {
  const widths = [42, 10, 10, 9, 9, 9, 18, 10];
  return cells
    .map((cell, index) => cell.padEnd(widths[index] ?? 0))
    .join(' ')
    .trimEnd();
}

async function measureLanguage(): Promise<string[]> {
  const times = await measureRequestLanguage();
  return times.map(
    ({ name, milliseconds, budget }) => `${name.padEnd(43)} ${milliseconds.toFixed(1)} ms (≤ ${budget} ms)`,
  );
}
