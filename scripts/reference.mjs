// Writes docs/reference.md and the rules in the schema of the lint configuration from the tables of codes.
import { readFile, writeFile } from 'node:fs/promises';
import { referencePage } from '../src/core/problem/referencePage.ts';
import { withRules } from './lintConfigSchema.ts';

const SCHEMA = 'media/lintConfig.schema.json';

await writeFile('docs/reference.md', referencePage());
await writeFile(SCHEMA, withRules(await readFile(SCHEMA, 'utf8')));
