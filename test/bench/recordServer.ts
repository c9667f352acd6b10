/**
 * The server of the benchmarks, in a process of its own: pages of rows of 694 bytes, one large body, a token. Does as
 * little as it can for each answer. Arguments: rows, rows a page, latency in ms. Prints its port.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const [rows = 1_000_000, pageRows = 1000, latency = 0] = process.argv.slice(2).map(Number);

function row(index: number): string {
  const id = String(FIRST_ID + index);
  const fields = {
    dcid: id,
    id,
    student_number: id,
    lastfirst: `Quill, Nora ${id}`,
    first_name: 'Nora',
    middle_name: 'Ines',
    last_name: `Quill ${id}`,
    dob: '2010-03-04',
    gender: 'F',
    grade_level: '9',
    enroll_status: '0',
    schoolid: '120',
    entrydate: '2026-08-24',
    exitdate: '2027-06-18',
    street: '12 Long Meadow Road',
    city: 'Fernhill',
    state: 'VT',
    zip: '05999',
    home_phone: '802-555-0144',
    mother: 'Quill, Edda',
    father: 'Quill, Jon',
    emerg_contact_1: 'Alder, Mina',
    emerg_phone_1: '802-555-0199',
    student_web_id: `nora.quill${id}`,
    notes: '',
  };
  const text = JSON.stringify({ id: FIRST_ID + index, name: 'Students', tables: { students: fields } });
  fields.notes = 'x'.repeat(694 - text.length);
  return JSON.stringify({ id: FIRST_ID + index, name: 'Students', tables: { students: fields } });
}

const FIRST_ID = 100_000_000;
/** One page, made once, and where the ids of its rows stand: from page to page only they differ. */
const page = Buffer.from(
  `{"name":"Students","record":[${Array.from({ length: pageRows }, (_, index) => row(index)).join(',')}],"@extensions":"s_stu_x"}`,
);
const idPlaces = placesOf('{"id":');
const empty = Buffer.from('{"name":"Students","@extensions":"s_stu_x"}');
const student = Buffer.from(
  '{"student":{"id":4101,"local_id":700412,"student_username":"nora.quill","name":{"first_name":"Nora","last_name":"Quill"}}}',
);
const mebibyte = Buffer.from(`${row(0)},`.repeat(1600)).subarray(0, 1 << 20);

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  request.resume();
  const answer = (body: Buffer): void => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
    response.end(body);
  };
  const later = (body: Buffer): void => {
    if (latency > 0) setTimeout(answer, latency, body);
    else answer(body);
  };
  if (url.pathname === '/oauth/access_token') {
    answer(Buffer.from('{"access_token":"bench","token_type":"Bearer","expires_in":"2504956"}'));
  } else if (url.pathname === '/ws/v1/metadata') {
    answer(
      Buffer.from(`{"metadata":{"schema_table_query_max_page_size":${pageRows},"student_max_page_size":${pageRows}}}`),
    );
  } else if (url.pathname.endsWith('/count')) {
    answer(Buffer.from(`{"count":${rows}}`));
  } else if (url.pathname.startsWith('/ws/schema/table/')) {
    const number = Number(url.searchParams.get('page'));
    later(number * pageRows <= rows ? pageAt(number) : empty);
  } else if (url.pathname === '/large') {
    sendLarge(response, Number(url.searchParams.get('mb')));
  } else {
    later(student);
  }
});

function pageAt(number: number): Buffer {
  const copy = Buffer.from(page);
  idPlaces.forEach((place, index) => copy.write(String(FIRST_ID + (number - 1) * pageRows + index), place, 'latin1'));
  return copy;
}

function placesOf(key: string): number[] {
  const places: number[] = [];
  for (let at = page.indexOf(key); at >= 0; at = page.indexOf(key, at + 1)) places.push(at + key.length);
  return places;
}

/** A JSON text of so many megabytes, in pieces. */
function sendLarge(response: ServerResponse, megabytes: number): void {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  let left = megabytes;
  response.write('{"record":[');
  const next = (): void => {
    while (left > 0) {
      left--;
      if (!response.write(mebibyte)) {
        response.once('drain', next);
        return;
      }
    }
    response.end(`{}]}`);
  };
  next();
}

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
