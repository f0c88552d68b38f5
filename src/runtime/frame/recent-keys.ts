import type {BinaryString} from "#base";

/** Places, by a byte of the encoding; a call reads the accounts of two or three again and again. */
const PLACES = 16;
/** Longest encoding that is kept, in bytes: an account's. */
const WIDTH = 32;

/**
 * Storage keys of the encodings looked up last, told apart by comparing bytes: to make a string of each encoding, which a map goes by,
 * took nearly a fifth of what a transfer takes in a block, by V8's profiler.
 */
export class RecentKeys {
  readonly #bytes = new Uint8Array(PLACES * WIDTH);
  readonly #lengths = new Int8Array(PLACES).fill(-1);
  readonly #keys: BinaryString[] = new Array(PLACES).fill("");

  get(encoding: Uint8Array): BinaryString | undefined {
    const place = placeOf(encoding);
    const length = encoding.length;
    if (this.#lengths[place] !== length) return undefined;
    const bytes = this.#bytes;
    for (let i = 0, at = WIDTH * place; i < length; i++, at++) {
      if (bytes[at] !== encoding[i]) return undefined;
    }
    return this.#keys[place];
  }

  set(encoding: Uint8Array, key: BinaryString): void {
    if (encoding.length > WIDTH) return;
    const place = placeOf(encoding);
    this.#bytes.set(encoding, WIDTH * place);
    this.#lengths[place] = encoding.length;
    this.#keys[place] = key;
  }
}

/** Of numbers the lowest byte differs, of accounts any. */
const placeOf = (encoding: Uint8Array): number => (encoding[0] ?? 0) % PLACES;
