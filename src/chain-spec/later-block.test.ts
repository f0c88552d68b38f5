import assert from "node:assert/strict";
import {test} from "node:test";
import {type BinaryString, bytesToBinary, bytesToHex, concatBytes, unwrap} from "#base";
import {decode, encode, u32} from "#codec";
import {createNativeCrypto} from "#crypto-native";
import {CODE_KEY, header, itemKey, REHEARSAL_KEY} from "#primitives";
import {createMemoryChainStore, genesisHashOf} from "#store";
import type {GenesisEntries} from "./chain-spec.ts";
import {firstState, genesisToStore, presetSpec} from "./index.ts";

const crypto = await createNativeCrypto();
const {hashing} = crypto;
const {top: own} = unwrap(firstState(presetSpec("dev")!.genesis, crypto));
const zero = encode(u32, 0);
const NUMBER = itemKey(hashing, "System", "Number");
const FIRST_HASH =
  itemKey(hashing, "System", "BlockHash") + bytesToBinary(concatBytes(hashing.twox64(zero), zero));
const ELSEWHERE = new Uint8Array(32).fill(9);

/** A state that a chain came to, with our own code in it, so that it says how it is laid out. */
function exported(changes: readonly (readonly [BinaryString, Uint8Array])[]) {
  const top: GenesisEntries = new Map([
    [CODE_KEY, own.get(CODE_KEY)!],
    [NUMBER, encode(u32, 1_234_567)],
    [FIRST_HASH, ELSEWHERE],
    ...changes,
  ]);
  return unwrap(genesisToStore({kind: "raw", top, children: new Map()}, crypto));
}

const rehearsed = exported([[REHEARSAL_KEY, Uint8Array.of(1)]]);

test("a rehearsal of a later state begins at its block, on a block 0 that stands for all below", async () => {
  assert.equal(rehearsed.number, 1_234_567);
  const identity = genesisHashOf(rehearsed);
  assert.deepEqual(rehearsed.parentHash, identity);
  assert.notEqual(bytesToHex(identity), bytesToHex(rehearsed.hash));
  const store = await createMemoryChainStore(rehearsed, data => hashing.blockHash(data));
  assert.deepEqual([store.best.number, store.finalized.number], [1_234_567, 1_234_567]);
  assert.equal(store.isAtStart, true);
  assert.deepEqual(store.genesis.hash, identity);
  assert.deepEqual(store.blocks.canonical(0), identity);
  assert.equal(store.blocks.canonical(1_234_566), undefined);
  assert.equal(store.gap, undefined, "nobody has what lies between");
});

test("the block 0 that stands for all below has the state as it came, by the root in its header; nobody goes there", async () => {
  const identity = genesisHashOf(rehearsed);
  const store = await createMemoryChainStore(rehearsed, data => hashing.blockHash(data));
  const standIn = unwrap(decode(header, store.blocks.knownRecord(identity).header));
  const state = store.stateAt(identity)!;
  assert.deepEqual(state.root(), standIn.stateRoot);
  assert.deepEqual(state.get(FIRST_HASH), ELSEWHERE);
  assert.deepEqual(state.get(NUMBER), encode(u32, 1_234_567));
  assert.deepEqual(store.stateAt(rehearsed.hash)!.get(FIRST_HASH), identity);
  assert.ok(store.isStandIn(identity) && !store.isStandIn(rehearsed.hash));
  assert.equal(store.finalAfterRewind(identity), undefined);
});

test("what is signed there is bound to its own block 0, not to the chain's that the state is of", () => {
  assert.deepEqual(rehearsed.state.get(FIRST_HASH), genesisHashOf(rehearsed));
  const other = exported([[REHEARSAL_KEY, Uint8Array.of(2)]]);
  assert.notEqual(bytesToHex(genesisHashOf(other)), bytesToHex(genesisHashOf(rehearsed)));
});

test("what is no rehearsal, or of block 0, begins at 0 as every chain does", () => {
  const plain = exported([]);
  assert.equal(plain.number, 0);
  assert.equal(plain.genesis, undefined);
  assert.deepEqual(plain.state.get(FIRST_HASH), ELSEWHERE);
  const fresh = exported([
    [REHEARSAL_KEY, Uint8Array.of(1)],
    [NUMBER, zero],
  ]);
  assert.deepEqual([fresh.number, fresh.genesis], [0, undefined]);
});
