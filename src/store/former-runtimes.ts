import type {BinaryString} from "#base";
import {PARAMETERS_KEY} from "#primitives";
import type {KeyValueStore, Write} from "./key-value-store.ts";
import {keys} from "./keys.ts";

/** What of a state its runtime is made of: its code, and of our own runtime what its metadata says beside that. */
export const RUNTIME_KEYS: readonly BinaryString[] = [":code", PARAMETERS_KEY];

interface Until {
  readonly height: number;
  readonly hash: Uint8Array;
}

type Reader = {get(key: BinaryString): Uint8Array | undefined};

/**
 * The runtimes of states that went, so that metadata and version of any known block can still be told: which one a block of the
 * best chain was the last to have, and which blocks off it had another one than their parents. Written as states go; costs one
 * copy of each. They are bytes here (`StateStore.runtimeIn`).
 */
export class FormerRuntimes {
  readonly #reader: Reader;
  /** By height. */
  readonly #untils: Until[] = [];

  constructor(reader: Reader, store: Pick<KeyValueStore, "range">) {
    this.#reader = reader;
    const from = keys.runtimeUntil(0);
    const to = keys.runtimeUntil(2 ** 32 - 1);
    for (const [key, hash] of store.range({from, to})) {
      this.#untils.push({height: heightOf(key.slice(-4)), hash});
    }
  }

  /** What to write where the state at a height of the best chain goes, and the next has another one. */
  changedAfter(height: number, hash: Uint8Array, runtime: Uint8Array): Write[] {
    if (this.#untils.some(until => until.height === height)) return [];
    this.#untils.push({height, hash});
    this.#untils.sort((a, b) => a.height - b.height);
    return [[keys.runtimeUntil(height), hash], ...this.#once(hash, runtime)];
  }

  /** What to write where a state off the best chain goes that had another one than the state before it. */
  changedOnFork(block: Uint8Array, hash: Uint8Array, runtime: Uint8Array): Write[] {
    return [[keys.runtimeOfFork(block), hash], ...this.#once(hash, runtime)];
  }

  /** Of the block of the best chain at a height whose state went; undefined where it is that of the states still there. */
  at(height: number): Uint8Array | undefined {
    const until = this.#untils.find(other => other.height >= height);
    return until === undefined ? undefined : this.#bytes(until.hash);
  }

  /** Of a block off the best chain whose state went; undefined where it is that of its parent. */
  ofFork(block: Uint8Array): Uint8Array | undefined {
    const hash = this.#reader.get(keys.runtimeOfFork(block));
    return hash === undefined ? undefined : this.#bytes(hash);
  }

  #bytes(hash: Uint8Array): Uint8Array | undefined {
    return this.#reader.get(keys.runtime(hash));
  }

  #once(hash: Uint8Array, runtime: Uint8Array): Write[] {
    return this.#bytes(hash) === undefined ? [[keys.runtime(hash), runtime]] : [];
  }
}

function heightOf(key: BinaryString): number {
  const bytes = Uint8Array.from(key, char => char.charCodeAt(0));
  return new DataView(bytes.buffer).getUint32(0);
}
