import {type BinaryString, bytesToBinary, concatBytes} from "#base";
import type {HashFunction} from "./hash-function.ts";
import type {ProvedRange} from "./read-range-proof.ts";
import {Trie} from "./trie.ts";

/** No places stand before the encoding. */
const NO_PLACES = Uint8Array.of(0);

/** A trie that comes in pieces, each proved: what it takes in memory is the state itself and little more. */
export class GatheredTrie {
  readonly #nodes = new Map<BinaryString, Uint8Array>();
  readonly #values = new Map<BinaryString, Uint8Array>();
  /** Of the nodes and values so far, in bytes. */
  bytes = 0;

  add({nodes, values}: Pick<ProvedRange, "nodes" | "values">): void {
    for (const [hash, encoding] of nodes) this.#keep(this.#nodes, hash, encoding);
    for (const [hash, value] of values) this.#keep(this.#values, hash, value);
  }

  /** The trie under a root against which all pieces were checked; reading what is not here throws `TrieFault`. */
  trie(hash: HashFunction, root: Uint8Array): Trie {
    const node = (_place: number, nodeHash: Uint8Array) => {
      const encoding = this.#nodes.get(bytesToBinary(nodeHash));
      return encoding === undefined ? undefined : concatBytes(NO_PLACES, encoding);
    };
    const value = (_key: BinaryString, valueHash: Uint8Array) =>
      this.#values.get(bytesToBinary(valueHash));
    return Trie.open(hash, {node, value}, root);
  }

  #keep(into: Map<BinaryString, Uint8Array>, hash: BinaryString, bytes: Uint8Array): void {
    if (into.has(hash)) return;
    into.set(hash, bytes);
    this.bytes += bytes.length;
  }
}
