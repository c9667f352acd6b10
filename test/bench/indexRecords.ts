/** The offsets of all records of a body, as the extension finds them while it streams. Argument: the file. */
import { createReadStream } from 'node:fs';
import { RecordIndexer } from '../../src/core/records/recordIndexer.ts';

const indexer = new RecordIndexer();
for await (const chunk of createReadStream(process.argv[2] ?? '', { highWaterMark: 1 << 20 }))
  indexer.add(chunk as Uint8Array);
process.stdout.write(`${indexer.end()?.count ?? 'none'}\n`);
