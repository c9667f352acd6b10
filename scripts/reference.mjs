// Writes docs/reference.md from the tables of codes.
import { writeFile } from 'node:fs/promises';
import { referencePage } from '../src/core/problem/referencePage.ts';

await writeFile('docs/reference.md', referencePage());
