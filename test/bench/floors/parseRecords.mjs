// What one writes by hand: the whole body parsed. Argument: the file.
import { readFileSync } from 'node:fs';

const { record } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
process.stdout.write(`${record.length}\n`);
