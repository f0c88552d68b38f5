import {type BinaryString, bytesToBinary, concatBytes} from "#base";
import {createPortableHashing} from "#crypto";
import {memoryState, Overlay, type StateView} from "#state";
import type {NewBlock} from "./new-block.ts";

/** Blocks of a made-up chain for the tests of this folder: their states say how they came to be. */
export const hash = createPortableHashing().blake2b256;

export const NUMBER_KEY = "number";

/** A child trie that every block writes to, and one that is there after two blocks of three. */
export const CHILD = "child";
export const PASSING = "passing";

/** Sixteen spread keys a block, so that tries are of some depth. */
export function spreadKey(seed: number): BinaryString {
  return bytesToBinary(hash(u32(seed)));
}

export function genesisBlock(salt = 0): NewBlock {
  const entries: [BinaryString, Uint8Array][] = [[NUMBER_KEY, u32(0)]];
  for (let i = 0; i < 100; i++) entries.push([spreadKey(i), u32(salt)]);
  const state = memoryState(entries, hash, 0, [[CHILD, entries]]);
  const header = concatBytes(u32(0), state.root());
  const parentHash = new Uint8Array(32);
  return {hash: hash(header), number: 0, parentHash, header, body: [], state};
}

/** A block on `parent`; `fork` tells siblings apart. */
export function childBlock(
  parent: {hash: Uint8Array; number: number},
  state: StateView,
  fork = 0,
): NewBlock {
  const number = parent.number + 1;
  const overlay = new Overlay(state);
  overlay.set(NUMBER_KEY, u32(number));
  for (let i = 0; i < 16; i++) overlay.set(spreadKey(number * 7 + i), u32(number * 1_000 + fork));
  const child = overlay.child(CHILD);
  child.set(NUMBER_KEY, u32(number));
  for (let i = 0; i < 4; i++) child.set(spreadKey(number * 5 + i), u32(number));
  // One that comes and goes, and is the same each time.
  if (number % 3 === 0) overlay.child(PASSING).kill();
  else if (number % 3 === 1) overlay.child(PASSING).set(spreadKey(0), new Uint8Array(40));
  const header = concatBytes(u32(number), parent.hash, overlay.root(0), u32(fork));
  const body = [u32(number), new Uint8Array(0), u32(fork)];
  const after = overlay.outcome(0).state;
  return {hash: hash(header), number, parentHash: parent.hash, header, body, state: after};
}

export function u32(value: number): Uint8Array {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, value, true);
  return out;
}
