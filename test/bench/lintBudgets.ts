import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../scripts/process/runCommand.ts';
import { loadTables } from '../../src/core/catalog/load.ts';
import { lintText } from '../../src/core/plugin/lintText.ts';
import { installLibxml2 } from '../support/libxml2.ts';
import { CLI, floor, pair, type BudgetRow } from './cliBudgets.ts';
import { interleaved, nodeScript, type Contender } from './measure.ts';

const SCHEMA = fileURLToPath(new URL('floors/plugin.xsd', import.meta.url));

/** Fields that a plugin usually asks for. */
const COLUMNS =
  'DCID ID STUDENT_NUMBER LASTFIRST FIRST_NAME MIDDLE_NAME LAST_NAME DOB GENDER GRADE_LEVEL SCHOOLID ENROLL_STATUS ENTRYDATE EXITDATE HOME_ROOM STREET CITY STATE ZIP HOME_PHONE'.split(
    ' ',
  );

/** A manifest with so many fields, some of a core table, the others of an extension; one in ten has a fault. */
function manifest(index: number, fields: number): string {
  const lines = Array.from({ length: fields }, (_, field) => {
    const column = COLUMNS[field];
    const name =
      column === undefined ? `table="U_BENCH_${index}" field="FIELD_${field}"` : `table="STUDENTS" field="${column}"`;
    return `    <field ${name} access="ViewOnly"/>\n`;
  }).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<plugin xmlns="http://plugin.powerschool.pearson.com" name="Bench ${index}" version="1.0.0" description="A manifest of usual size">
  <oauth accessLevelV1Api="${index % 10 === 0 ? 'Read' : 'READ'}"/>
  <access_request>
${lines}  </access_request>
  <publisher name="Fernhill Schools">
    <contact email="it@fernhill.org"/>
  </publisher>
</plugin>
`;
}

/** Whole processes over a thousand manifests of 2 KB, and over one of 10 MB with and without a fault, beside other validators with an XSD. */
export async function lintManifests(rounds: number): Promise<BudgetRow[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'bench-'));
  try {
    const many = path.join(folder, 'many');
    const files: string[] = [];
    for (let index = 0; index < 1000; index++) {
      const file = path.join(many, String(index), 'plugin.xml');
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, manifest(index, 20));
      files.push(file);
    }
    const writeLarge = async (index: number): Promise<string> => {
      const file = path.join(folder, `large-${index}`, 'plugin.xml');
      await mkdir(path.dirname(file));
      await writeFile(file, manifest(index, 130_000));
      return file;
    };
    const large = await writeLarge(1);
    const faulty = await writeLarge(10);
    const [peer, xmllint] = await Promise.all([installLibxml2(), findXmllint()]);
    const validate = (name: string, validated: readonly string[]): Contender => ({
      name,
      command: xmllint,
      args: ['--noout', '--nonet', '--schema', SCHEMA, ...validated],
      mayFail: true,
    });
    const contenders: Contender[] = [
      { ...nodeScript('lint', CLI, ['lint', many, '--format', 'json']), mayFail: true },
      nodeScript('read and look at each character', floor('readManifests'), [many]),
      nodeScript('libxml2-wasm with an XSD', floor('libxml2Manifests'), [peer, SCHEMA, many]),
      validate('xmllint --schema', files),
      { ...nodeScript('lint, 10 MB', CLI, ['lint', large, '--format', 'json']), mayFail: true },
      validate('xmllint --schema, 10 MB', [large]),
      { ...nodeScript('lint, 10 MB with a fault', CLI, ['lint', faulty, '--format', 'json']), mayFail: true },
      validate('xmllint --schema, 10 MB with a fault', [faulty]),
    ];
    const measured = await interleaved(contenders, rounds);
    return [
      { work: 'lint 1,000 manifests beside reading them', ...pair(measured, 0, 1), wall: undefined },
      { work: 'the same beside libxml2-wasm with an XSD', ...pair(measured, 0, 2), wall: 0.8 },
      { work: 'the same beside xmllint --schema', ...pair(measured, 0, 3), wall: undefined },
      { work: 'one manifest of 10 MB beside xmllint', ...pair(measured, 4, 5), wall: 2 },
      { work: 'one of 10 MB with a fault beside xmllint', ...pair(measured, 6, 7), wall: 2 },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Median of a warm check of a 50 KB manifest, as while typing. */
export async function lintWhileTyping(): Promise<string[]> {
  const tables = await loadTables();
  const text = manifest(1, 700);
  const times: number[] = [];
  for (let round = 0; round < 200; round++) {
    // another text each time, as while typing
    const typed = text.replace('usual size', `usual size ${round}`);
    const started = process.hrtime.bigint();
    lintText({ fileName: 'plugin.xml', text: typed, tables });
    times.push(Number(process.hrtime.bigint() - started) / 1e6);
  }
  const [median = Number.NaN] = times
    .slice(100)
    .sort((a, b) => a - b)
    .slice(50);
  const size = Math.round(text.length / 1024);
  return [`${`lint while typing, ${size} KB manifest, warm`.padEnd(43)} ${median.toFixed(2)} ms (≤ 3 ms)`];
}

/** xmllint; on Debian as root its package is installed when it is missing. */
async function findXmllint(): Promise<string> {
  try {
    await runCommand('xmllint', ['--version']);
  } catch {
    await runCommand('apt-get', ['install', '--yes', 'libxml2-utils']);
  }
  return 'xmllint';
}
