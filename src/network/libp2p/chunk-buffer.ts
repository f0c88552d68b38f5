/**
 * A chunk below this is copied together with its neighbours. By itself it would cost 200 bytes for however few it
 * brings, and keep alive all that came off the socket with it.
 */
const SMALL = 256;
/** Small ones are gathered in pieces of this size. */
const PIECE = 1_024;

/** Bytes that came off a stream and were not asked for yet, in about as much memory as they are. */
export class ChunkBuffer {
  #chunks: Uint8Array[] = [];
  #length = 0;
  /** The last chunk's own memory, where it is one of small ones and has room. */
  #piece: {readonly memory: Uint8Array; used: number} | undefined;

  get length(): number {
    return this.#length;
  }

  /** Pieces of memory held. */
  get chunks(): number {
    return this.#chunks.length;
  }

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#length += bytes.length;
    if (bytes.length >= SMALL) {
      this.#piece = undefined;
      this.#chunks.push(bytes);
      return;
    }
    const piece = this.#piece;
    if (piece === undefined || this.#chunks.length === 0 || piece.used + bytes.length > PIECE) {
      const memory = new Uint8Array(PIECE);
      memory.set(bytes);
      this.#piece = {memory, used: bytes.length};
      this.#chunks.push(memory.subarray(0, bytes.length));
      return;
    }
    piece.memory.set(bytes, piece.used);
    piece.used += bytes.length;
    // What was taken off its front meanwhile is not to come back.
    const last = this.#chunks.length - 1;
    const start = this.#chunks[last]!.byteOffset - piece.memory.byteOffset;
    this.#chunks[last] = piece.memory.subarray(start, piece.used);
  }

  peek(index: number): number | undefined {
    let offset = index;
    for (const chunk of this.#chunks) {
      if (offset < chunk.length) return chunk[offset];
      offset -= chunk.length;
    }
    return undefined;
  }

  /** Takes so many bytes off the front, which are there. */
  shift(count: number): Uint8Array {
    const out = new Uint8Array(count);
    let filled = 0;
    let used = 0;
    while (filled < count) {
      const chunk = this.#chunks[used]!;
      const part = Math.min(chunk.length, count - filled);
      out.set(part === chunk.length ? chunk : chunk.subarray(0, part), filled);
      filled += part;
      if (part === chunk.length) used++;
      else this.#chunks[used] = chunk.subarray(part);
    }
    this.#chunks.splice(0, used);
    this.#length -= count;
    return out;
  }
}
