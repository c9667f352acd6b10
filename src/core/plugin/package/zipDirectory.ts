import { crc32, inflateRawSync } from 'node:zlib';

/** One entry of a zip's directory. */
export interface ZipEntry {
  readonly name: string;
  /** Bytes when unpacked, as the directory claims. */
  readonly size: number;
  readonly packedSize: number;
  readonly method: number;
  readonly crc: number;
  /** Where its own header begins. */
  readonly header: number;
  readonly encrypted: boolean;
  /** A symbolic link of a Unix system. */
  readonly link: boolean;
}

/** Why a zip, or an entry, cannot be read: part of a sentence. */
export class ZipFault extends Error {}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;
const HEADER = 0x04034b50;
const END_SIZE = 22;
const ENTRY_SIZE = 46;
const HEADER_SIZE = 30;
const LONGEST_COMMENT = 0xffff;
const IN_EXTRA_FIELD = 0xffffffff;

/**
 * Lists the directory at the end of a zip (APPNOTE 6.3). Each entry is looked at once and nothing is unpacked, so time
 * grows with the number of entries alone. `most` stops a directory that never ends.
 * @throws {ZipFault} when it is no zip, or cut off.
 */
export function readZipDirectory(bytes: Uint8Array, most: number): { entries: ZipEntry[]; count: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  let count = view.getUint16(end + 10, true);
  let length = view.getUint32(end + 12, true);
  let claimed = view.getUint32(end + 16, true);
  let after = end;
  if (end >= 20 && view.getUint32(end - 20, true) === LOCATOR_64) {
    after = end - 20 - 56;
    if (after < 0 || view.getUint32(after, true) !== END_64) throw new ZipFault('its directory is damaged');
    count = wide(view, after + 32);
    length = wide(view, after + 40);
    claimed = wide(view, after + 48);
  }
  // what stands before the first entry, such as a program that unpacks it, moves all places
  const shift = after - length - claimed;
  if (shift < 0) throw new ZipFault('it is cut off');
  const entries: ZipEntry[] = [];
  let at = claimed + shift;
  for (let i = 0; i < Math.min(count, most); i++) {
    if (at + ENTRY_SIZE > after || view.getUint32(at, true) !== ENTRY) throw new ZipFault('its directory is damaged');
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const next = at + ENTRY_SIZE + nameLength + extraLength + view.getUint16(at + 32, true);
    if (next > after) throw new ZipFault('its directory is damaged');
    const madeBy = view.getUint8(at + 5);
    const sizes = sizesOf(view, at, at + ENTRY_SIZE + nameLength, extraLength);
    entries.push({
      name: decodeName(bytes.subarray(at + ENTRY_SIZE, at + ENTRY_SIZE + nameLength)),
      ...sizes,
      header: sizes.header + shift,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      encrypted: (view.getUint16(at + 8, true) & 1) !== 0,
      link: (madeBy === 3 || madeBy === 19) && view.getUint32(at + 38, true) >>> 28 === 0xa,
    });
    at = next;
  }
  return { entries, count };
}

/**
 * Unpacks one entry and compares it with its size and checksum. It never grows beyond the size that the directory
 * claims. @throws {ZipFault}
 */
export function unpackEntry(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  const { header, packedSize, size, method, crc, name } = entry;
  if (entry.encrypted) throw new ZipFault('it is encrypted');
  if (method !== 0 && method !== 8) throw new ZipFault(`its compression (${method}) is not the usual one`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (header + HEADER_SIZE > bytes.length || view.getUint32(header, true) !== HEADER)
    throw new ZipFault('it is damaged');
  const nameEnd = header + HEADER_SIZE + view.getUint16(header + 26, true);
  const start = nameEnd + view.getUint16(header + 28, true);
  if (start + packedSize > bytes.length) throw new ZipFault('it is cut off');
  // some programs go by the one name, some by the other: it would be checked as one file and installed as another
  if (decodeName(bytes.subarray(header + HEADER_SIZE, nameEnd)) !== name) throw new ZipFault('it has two names');
  const packed = bytes.subarray(start, start + packedSize);
  const content = method === 0 ? packed : inflate(packed, size);
  if (content.length !== size || crc32(content) !== crc) throw new ZipFault('it is damaged');
  return content;
}

function inflate(packed: Uint8Array, size: number): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  } catch {
    throw new ZipFault('it is damaged');
  }
}

function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_SIZE - LONGEST_COMMENT);
  for (let at = view.byteLength - END_SIZE; at >= first; at--) {
    if (view.getUint32(at, true) !== END) continue;
    if (at + END_SIZE + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  throw new ZipFault(view.byteLength >= 4 && view.getUint32(0, true) === HEADER ? 'it is cut off' : 'it is no zip');
}

function sizesOf(
  view: DataView,
  entry: number,
  extra: number,
  extraLength: number,
): { size: number; packedSize: number; header: number } {
  const values = [entry + 24, entry + 20, entry + 42].map((at) => view.getUint32(at, true));
  if (values.includes(IN_EXTRA_FIELD)) {
    for (let at = extra; at + 4 <= extra + extraLength; at += 4 + view.getUint16(at + 2, true)) {
      if (view.getUint16(at, true) !== 1) continue;
      const end = Math.min(at + 4 + view.getUint16(at + 2, true), extra + extraLength);
      let from = at + 4;
      for (const [i, value] of values.entries()) {
        if (value !== IN_EXTRA_FIELD || from + 8 > end) continue;
        values[i] = wide(view, from);
        from += 8;
      }
      break;
    }
  }
  const [size = 0, packedSize = 0, header = 0] = values;
  return { size, packedSize, header };
}

/** A number of 64 bits; beyond 2^53 it is too large in any case. */
function wide(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
}

/** Programs write UTF-8 nowadays, with or without saying so; older ones one byte for each character. */
function decodeName(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('utf8');
  return text.includes('\ufffd') ? buffer.toString('latin1') : text;
}
