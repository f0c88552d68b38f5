/** A SCALE `Vec` that is being appended to: its items in chunks, its count apart, its bytes only on demand. */
export class AppendList {
  #chunks: Uint8Array[] = [];
  #count = 0;
  #bytes: Uint8Array | undefined;

  /** Continues the list encoded in `value`; an absent or undecodable one counts as empty. */
  constructor(value: Uint8Array | undefined) {
    const prefix = value === undefined ? undefined : readCompact(value);
    if (value === undefined || prefix === undefined) return;
    this.#count = prefix.value;
    this.#chunks.push(value.subarray(prefix.size));
  }

  push(item: Uint8Array): void {
    this.#chunks.push(item);
    this.#count++;
    this.#bytes = undefined;
  }

  /** A mark to which `truncate` can go back. */
  get length(): number {
    return this.#chunks.length;
  }

  truncate(length: number): void {
    if (length === this.#chunks.length) return;
    this.#count -= this.#chunks.length - length;
    this.#chunks.length = length;
    this.#bytes = undefined;
  }

  /** The encoded `Vec`. */
  bytes(): Uint8Array {
    this.#bytes ??= joined(compact(this.#count), this.#chunks);
    return this.#bytes;
  }
}

/** Not by spreading the chunks into a call: a block may hold more events than a call may have arguments. */
function joined(prefix: Uint8Array, chunks: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, prefix.length));
  out.set(prefix);
  let at = prefix.length;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}

/** SCALE compact of a count below 2^30; more items than that do not fit into memory. */
function compact(value: number): Uint8Array {
  if (value < 1 << 6) return Uint8Array.of(value << 2);
  if (value < 1 << 14) return Uint8Array.of(((value << 2) | 1) & 0xff, value >> 6);
  return Uint8Array.of(((value << 2) | 2) & 0xff, value >> 6, value >> 14, value >> 22);
}

function readCompact(bytes: Uint8Array): {value: number; size: number} | undefined {
  const mode = (bytes[0] ?? 3) & 3;
  const size = [1, 2, 4][mode];
  if (size === undefined || bytes.length < size) return undefined;
  let value = bytes[0]! >> 2;
  for (let i = 1; i < size; i++) value += bytes[i]! * 2 ** (8 * i - 2);
  const least = [0, 1 << 6, 1 << 14][mode]!;
  return value < least ? undefined : {value, size};
}
