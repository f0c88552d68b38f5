import type {BinaryString} from "#base";
import type {KeyValueStore, Write} from "./key-value-store.ts";
import {keys} from "./keys.ts";

/** Where a state has the code of its runtime (spec/pallets §1.1). */
export const CODE_KEY: BinaryString = ":code";

interface Until {
  readonly height: number;
  readonly hash: Uint8Array;
}

type Reader = {get(key: BinaryString): Uint8Array | undefined};

/**
 * The code of states that went, so that metadata and version of any known block can still be told: what code a block of the best
 * chain was the last to have, and which blocks off it had other code than their parents. Written as states go; costs one copy
 * of each code.
 */
export class CodeHistory {
  readonly #reader: Reader;
  /** By height. */
  readonly #untils: Until[] = [];

  constructor(reader: Reader, store: Pick<KeyValueStore, "range">) {
    this.#reader = reader;
    const from = keys.codeUntil(0);
    const to = keys.codeUntil(2 ** 32 - 1);
    for (const [key, hash] of store.range({from, to})) {
      this.#untils.push({height: heightOf(key.slice(-4)), hash});
    }
  }

  /** What to write where the state at a height of the best chain goes, and the next has other code. */
  changedAfter(height: number, hash: Uint8Array, code: Uint8Array): Write[] {
    if (this.#untils.some(until => until.height === height)) return [];
    this.#untils.push({height, hash});
    this.#untils.sort((a, b) => a.height - b.height);
    return [[keys.codeUntil(height), hash], ...this.#codeOnce(hash, code)];
  }

  /** What to write where a state off the best chain goes that had other code than the one before it. */
  changedOnFork(block: Uint8Array, hash: Uint8Array, code: Uint8Array): Write[] {
    return [[keys.codeOfFork(block), hash], ...this.#codeOnce(hash, code)];
  }

  /** Of the block of the best chain at a height whose state went; undefined where it is that of the states still there. */
  at(height: number): Uint8Array | undefined {
    const until = this.#untils.find(other => other.height >= height);
    return until === undefined ? undefined : this.#code(until.hash);
  }

  /** Of a block off the best chain whose state went; undefined where it is that of its parent. */
  ofFork(block: Uint8Array): Uint8Array | undefined {
    const hash = this.#reader.get(keys.codeOfFork(block));
    return hash === undefined ? undefined : this.#code(hash);
  }

  #code(hash: Uint8Array): Uint8Array | undefined {
    return this.#reader.get(keys.code(hash));
  }

  #codeOnce(hash: Uint8Array, code: Uint8Array): Write[] {
    return this.#code(hash) === undefined ? [[keys.code(hash), code]] : [];
  }
}

function heightOf(key: BinaryString): number {
  const bytes = Uint8Array.from(key, char => char.charCodeAt(0));
  return new DataView(bytes.buffer).getUint32(0);
}
