import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToBinary, bytesToHex, type Hex, hex} from "#base";
import {createPortableHashing} from "#crypto";
import type {Change, StateVersion} from "./edits.ts";
import {type MemorySource, memorySource} from "./memory-source.ts";
import {TrieFault} from "./source.ts";
import {listRoot, Trie, trieRoot} from "./trie.ts";
import {openProof} from "./verify-proof.ts";

const hash = createPortableHashing().blake2b256;
const EMPTY_ROOT = "0x03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314";

function rootOf(entries: readonly Change[], version: StateVersion): Hex {
  return bytesToHex(trieRoot(hash, entries, version));
}

test("the empty trie has its known root, and so has one that was emptied", () => {
  assert.equal(rootOf([], 0), EMPTY_ROOT);
  const filled = Trie.empty(hash).update([["a", Uint8Array.of(1)]], 0);
  assert.equal(bytesToHex(filled.update([["a", undefined]], 0).root()), EMPTY_ROOT);
  assert.equal(Trie.open(hash, memorySource(), hex(EMPTY_ROOT)).get("a"), undefined);
});

test("the versions part at values of 33 bytes", () => {
  const entries = (size: number): Change[] => [["\xaa", new Uint8Array(size).fill(0x11)]];
  const both = "0xf9177a87a8a8f0b05bc04eb9e889462b3c4567f09fd1cc378088e33561ce86d5";
  assert.equal(rootOf(entries(32), 0), both);
  assert.equal(rootOf(entries(32), 1), both);
  const inline = "0x00253a1538a62eb66d0b62b3f473e5c86c8bbe9ccefdbdf546203218725ce3f3";
  const hashed = "0xf1ef7970cc8f8108b502601dabec9076179c7887dcf960be00e8cf58e888a792";
  assert.equal(rootOf(entries(33), 0), inline);
  assert.equal(rootOf(entries(33), 1), hashed);
});

test("a key that begins another has its value at the branch", () => {
  const entries: Change[] = [
    ["a", Uint8Array.of(1)],
    ["ab", new Uint8Array(40).fill(0x22)],
  ];
  const inline = "0x471a8229c588b8b53c208a5b6091947b30ceef9b23261817b6f2631c00fc3892";
  const hashed = "0x51538fe3cd70368e3d68abe722cdfdd3e72a9400c45cb56319d7f46439a463e8";
  assert.equal(rootOf(entries, 0), inline);
  assert.equal(rootOf(entries, 1), hashed);
});

test("lists of extrinsics have the roots of the Rust runtimes", () => {
  const rootOfList = (items: Uint8Array[]) => bytesToHex(listRoot(hash, items));
  const timestamp = hex("0x280401000b0068e5cf8b01");
  const second = hex("0x080400");
  const seventy = Array.from({length: 70}, (_, i) => Uint8Array.of(0x0c, 0x04, 0x00, i));
  assert.equal(rootOfList([]), EMPTY_ROOT);
  assert.equal(
    rootOfList([timestamp]),
    "0xe6591e0f83a9f83ce2ef45b3be6835c7a69628ccc02de9519d1f2a3ca0c226c8",
  );
  assert.equal(
    rootOfList([timestamp, second]),
    "0x44b1788a01ddb64eee30c530555a024b6b9c50051a7a6435384d8c9f7fd845a5",
  );
  assert.equal(
    rootOfList(seventy),
    "0x8592b79929a6ccaaf70f9f9bd8f7e70a15a74bce5a3558d82af60e077e012c7f",
  );
});

test("writing a value again in version 1 moves it out of its node, reading accepts both", () => {
  const value = new Uint8Array(50).fill(3);
  const source = memorySource();
  const old = Trie.empty(hash, source).update([["k", value]], 0);
  const migrated = old.update([["k", value]], 1);
  assert.notDeepEqual(migrated.root(), old.root());
  const reopened = reopen(source, migrated);
  assert.deepEqual(reopened.get("k"), value);
  assert.equal(reopened.update([["k", value]], 1), reopened);
});

test("keys far longer than one length byte can say survive the way to a store and back", () => {
  const source = memorySource();
  const long = (last: string) => "x".repeat(3_000) + last;
  const entries: Change[] = [
    [long("a"), Uint8Array.of(1)],
    [long("b"), Uint8Array.of(2)],
    [`y${long("")}`, Uint8Array.of(3)],
  ];
  const trie = Trie.empty(hash, source).update(entries, 0);
  const reopened = reopen(source, trie);
  assert.deepEqual([...reopened.entries()], entries);
});

test("a partial key is encoded to the byte at every length around the bounds of its header", () => {
  const source = memorySource();
  for (let size = 1; size < 300; size++) {
    const entries: Change[] = [
      ["\x00", Uint8Array.of(1)],
      ["\x10".repeat(size), Uint8Array.of(size & 0xff, 7)],
      [`${"\x10".repeat(size)}\x11`, new Uint8Array(40)],
    ];
    for (const version of [0, 1] as const) {
      const trie = Trie.empty(hash, source).update(entries, version);
      assert.deepEqual([...reopen(source, trie).entries()], entries);
    }
  }
});

test("a node that the source lost is a typed fault, not an absent key", () => {
  const entries: Change[] = Array.from({length: 40}, (_, i) => [
    bytesToBinary(Uint8Array.of(i, i)),
    new Uint8Array(40).fill(i),
  ]);
  const trie = Trie.empty(hash).update(entries, 0);
  const reopened = openProof(hash, trie.root(), trie.prove([]));
  assert.throws(
    () => reopened.get("\x01\x01"),
    (error: unknown) => error instanceof TrieFault && error.code === "node-missing",
  );
});

test("a value's change re-encodes only the nodes on its path", () => {
  const source = memorySource();
  const entries: Change[] = Array.from({length: 256}, (_, i) => [
    bytesToBinary(Uint8Array.of(i, 0)),
    new Uint8Array(40).fill(i),
  ]);
  const base = Trie.empty(hash, source).update(entries, 0);
  source.add(base.collect(source.placing));
  const next = base.update([["\x00\x00", Uint8Array.of(1)]], 0);
  assert.equal(next.collect(source.placing).nodes.length, 2);
});

test("shedding bounds what is in memory and loses nothing", () => {
  const source = memorySource();
  const entries = Array.from(
    {length: 4_096},
    (_, i): Change => [
      bytesToBinary(hash(Uint8Array.of(i & 0xff, i >> 8))),
      new Uint8Array(40).fill(i),
    ],
  ).sort(byKey);
  const trie = Trie.empty(hash, source).update(entries, 0);
  trie.shed(1_000);
  assert.ok(trie.resident > 4_096, "nothing may go before it is stored");
  source.add(trie.collect(source.placing));
  trie.shed(1_000);
  assert.ok(trie.resident <= 500);
  assert.deepEqual([...trie.entries()], entries);
  assert.ok(trie.resident <= 500, "walking over all of it keeps nothing");
});

function reopen(source: MemorySource, trie: Trie): Trie {
  const fresh = trie.collect(source.placing);
  source.add(fresh);
  return Trie.open(hash, source, trie.root(), fresh.root);
}

function byKey(a: Change, b: Change): number {
  return a[0] < b[0] ? -1 : 1;
}
