import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToBinary, unwrap} from "#base";
import {bytes, encode, vec} from "#codec";
import {createPortableHashing} from "#crypto";
import {memoryState, type StateStart, stateViewOf} from "#state";
import {StateDownload} from "./state-download.ts";

const {blake2b256} = createPortableHashing();
const hash = (data: Uint8Array) => blake2b256(data);
const entries = (count: number, salt: number) =>
  Array.from(
    {length: count},
    (_, i) => [bytesToBinary(hash(Uint8Array.of(i, salt))), new Uint8Array(40)] as const,
  );
const children = [
  ["a", entries(60, 1)],
  ["b", entries(2, 2)],
] as const;
const state = memoryState(entries(50, 0), hash, 0, children);
const proofFrom = (start: readonly Uint8Array[], size: number) =>
  encode(vec(bytes), state.proveRange(start.map(bytesToBinary) as unknown as StateStart, size)!);

test("a state comes with its child tries, asked on from within them", () => {
  const download = new StateDownload(new Uint8Array(32), state.root(), hash);
  const lengths = new Set<number>();
  let part = 0;
  while (!download.isComplete) {
    lengths.add(download.start.length);
    unwrap(download.take(proofFrom(download.start, 500)));
    assert.ok(download.part >= part);
    part = download.part;
  }
  assert.deepEqual([...lengths].sort(), [0, 1, 2]);
  const copy = stateViewOf(download.trie());
  assert.deepEqual([...copy.entries()], [...state.entries()]);
  for (const [name] of children) {
    assert.deepEqual([...copy.child(name).entries()], [...state.child(name).entries()]);
  }
});

test("an answer that leads nowhere further is refused, and another start's answer as well", () => {
  const download = new StateDownload(new Uint8Array(32), state.root(), hash);
  while (download.start.length < 2) unwrap(download.take(proofFrom(download.start, 500)));
  const before = download.start;
  assert.equal(download.take(proofFrom([], 0)).ok, false);
  assert.deepEqual(download.start, before);
});
