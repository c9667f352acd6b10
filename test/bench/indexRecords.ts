/** The offsets of all records of a body, as the extension finds them while it streams. Arguments: the file, bytes of a chunk. */
import { createReadStream } from 'node:fs';
import { RecordIndexer } from '../../src/core/records/recordIndexer.ts';

const indexer = new RecordIndexer();
for await (const chunk of createReadStream(process.argv[2] ?? '', { highWaterMark: Number(process.argv[3]) }))
  indexer.add(chunk as Uint8Array);
process.stdout.write(`${indexer.end()?.count ?? 'none'}\n`);
