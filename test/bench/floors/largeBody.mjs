import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { client } from './http.mjs';

const [port, megabytes, file] = process.argv.slice(2);
const http = client(Number(port));
await http.signIn();
await pipeline(await http.get(`/large?mb=${megabytes}`), createWriteStream(file));
http.close();
