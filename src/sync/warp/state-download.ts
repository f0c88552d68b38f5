import {binaryToBytes, err, ok, type Result} from "#base";
import {bytes as bytesCodec, decode, vec} from "#codec";
import type {Hash} from "#primitives";
import {GatheredTrie, type HashFunction, readStateRange, type StateStart, type Trie} from "#trie";

/** Items of an answer of 2 MiB, of which none has less than 20 bytes; more would only fill our memory. */
const MOST_ITEMS = 131_072;
const proofCodec = vec(bytesCodec, {bound: MOST_ITEMS});

/** One state, fetched piece by piece from whoever has it: each piece is checked before the next is asked for. */
export class StateDownload {
  readonly block: Hash;
  readonly #root: Hash;
  readonly #hash: HashFunction;
  readonly #gathered = new GatheredTrie();
  #next: StateStart = [];
  isComplete = false;

  constructor(block: Hash, root: Hash, hash: HashFunction) {
    this.block = block;
    this.#root = root;
    this.#hash = hash;
  }

  /** What to ask from; nothing asks from the beginning, two keys in the middle of a child trie. */
  get start(): Uint8Array[] {
    return this.#next.map(key => binaryToBytes(key));
  }

  get bytes(): number {
    return this.#gathered.bytes;
  }

  /** How much of the key space is through, from 0 to 1. Keys of a state are not spread evenly over it. */
  get part(): number {
    if (this.isComplete) return 1;
    const [key = ""] = this.#next;
    const [high, low] = [key.charCodeAt(0) || 0, key.charCodeAt(1) || 0];
    return (high * 256 + low) / 65_536;
  }

  /** Takes the answer to a request from `start`: SCALE of a compact proof's items. */
  take(answer: Uint8Array): Result<void, string> {
    const items = decode(proofCodec, answer);
    if (!items.ok) return err(`a state proof that does not decode: ${items.error.message}`);
    const read = readStateRange(this.#hash, this.#root, items.value, this.#next);
    if (!read.ok) return err(`a state proof that does not hold: ${read.error.code}`);
    if (isSame(read.value.next, this.#next) && !read.value.isComplete)
      return err("a state proof of no entry");
    this.#gathered.add(read.value);
    this.#next = read.value.next;
    this.isComplete = read.value.isComplete;
    return ok();
  }

  /** The whole of it, once complete. */
  trie(): Trie {
    return this.#gathered.trie(this.#hash, this.#root);
  }
}

const isSame = (a: StateStart, b: StateStart): boolean =>
  a.length === b.length && a.every((key, i) => key === b[i]);
