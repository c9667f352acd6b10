// All pages to a file, several in flight. `slice`: cut at the borders of records, no parse. `parse`: parse, then write
// each record. `csv`: parse, then a plain loop over the keys.
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { client } from './http.mjs';

const [port, kind, inFlight, file] = process.argv.slice(2);
const http = client(Number(port), Number(inFlight));
const out = createWriteStream(file);
await http.signIn();

const fetchPage = async (number) =>
  http.bytes(await http.get(`/ws/schema/table/students?projection=*&page=${number}&pagesize=1000`));

let header;
function cell(value) {
  const text = value === undefined || value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const writers = {
  slice(page) {
    const start = page.indexOf('[') + 1;
    const end = page.lastIndexOf(']');
    const border = Buffer.from('},{"id":');
    let count = 1;
    for (let at = page.indexOf(border, start); at >= 0 && at < end; at = page.indexOf(border, at + 1)) {
      page[at + 1] = 10;
      count++;
    }
    if (end <= start) return [undefined, 0];
    page[end] = 10;
    return [page.subarray(start, end + 1), count];
  },
  parse(page) {
    const records = JSON.parse(page.toString()).record ?? [];
    let text = '';
    for (const record of records) text += `${JSON.stringify(record)}\n`;
    return [text, records.length];
  },
  csv(page) {
    const records = JSON.parse(page.toString()).record ?? [];
    let text = '';
    for (const record of records) {
      const flat = { id: record.id, name: record.name, ...record.tables.students };
      if (header === undefined) {
        header = Object.keys(flat);
        text += `${header.join(',')}\r\n`;
      }
      text += `${header.map((key) => cell(flat[key])).join(',')}\r\n`;
    }
    return [text, records.length];
  },
};

const ahead = [];
let next = 1;
for (let i = 0; i < Number(inFlight); i++) ahead.push(fetchPage(next++));
for (;;) {
  const page = await ahead.shift();
  const [data, count] = page.includes('"record"') ? writers[kind](page) : [undefined, 0];
  if (data !== undefined && !out.write(data)) await once(out, 'drain');
  if (count < 1000) break;
  ahead.push(fetchPage(next++));
}
await Promise.allSettled(ahead);
out.end();
await once(out, 'finish');
http.close();
