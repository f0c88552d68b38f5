import {bytesToHex} from "#base";
import type {Hash} from "#primitives";
import {MAX_IMPORTING, MAX_IMPORTING_BYTES} from "./limits.ts";
import type {PeerId} from "./messages.ts";

interface Import {
  readonly peer: PeerId;
  readonly number: number;
  /** Bytes of the block. */
  readonly size: number;
  /** Fetched for itself, because somebody spoke of it, and not as one of many. */
  readonly announced: boolean;
  /** Made long ago. */
  readonly isOld: boolean;
}

/** Blocks that were handed on to be imported, and whose they are. */
export class ImportsUnderWay {
  readonly #imports = new Map<string, Import>();

  #bytes = 0;

  get isFull(): boolean {
    return this.#imports.size >= MAX_IMPORTING || this.#bytes >= MAX_IMPORTING_BYTES;
  }

  get size(): number {
    return this.#imports.size;
  }

  has(hash: Hash): boolean {
    return this.#imports.has(bytesToHex(hash));
  }

  isAnyFrom(id: PeerId): boolean {
    for (const {peer} of this.#imports.values()) if (peer === id) return true;
    return false;
  }

  add(hash: Hash, entry: Import): void {
    this.#bytes += entry.size;
    this.#imports.set(bytesToHex(hash), entry);
  }

  /** No longer under way. */
  take(hash: Hash): Import | undefined {
    const name = bytesToHex(hash);
    const found = this.#imports.get(name);
    this.#imports.delete(name);
    this.#bytes -= found?.size ?? 0;
    return found;
  }
}
