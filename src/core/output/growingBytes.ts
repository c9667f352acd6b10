/** Bytes that are written one after another into a buffer that grows as needed. */
export class GrowingBytes {
  bytes: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 1 << 16) {
    this.bytes = new Uint8Array(capacity);
  }

  /** Makes room for `more` bytes; call it before writing into `bytes` directly. */
  reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  byte(value: number): void {
    if (this.length === this.bytes.length) this.reserve(1);
    this.bytes[this.length++] = value;
  }

  text(value: string): void {
    this.append(Buffer.from(value, 'utf8'));
  }

  append(source: Uint8Array): void {
    this.reserve(source.length);
    this.bytes.set(source, this.length);
    this.length += source.length;
  }

  /** Copies a range; short ones byte by byte, which beats the call into native code. */
  copy(source: Uint8Array, start: number, end: number): void {
    const size = end - start;
    this.reserve(size);
    if (size > 64) {
      this.bytes.set(source.subarray(start, end), this.length);
      this.length += size;
      return;
    }
    const { bytes } = this;
    let at = this.length;
    for (let i = start; i < end; i++) bytes[at++] = source[i] as number;
    this.length = at;
  }

  /** What was written, as a copy of its own; the buffer starts again. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.bytes.slice(0, this.length);
    this.length = 0;
    return taken;
  }
}
