import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToBinary, unwrap} from "#base";
import {bytes, decode, vec} from "#codec";
import {createPortableCrypto} from "#crypto";
import type {StateResponse} from "#network";
import {createKhalaEngine} from "#runtime";
import {memoryState, type StateStart, stateViewOf} from "#state";
import {createMemoryChainStore} from "#store";
import {GatheredTrie, openProof, type ProvedStateRange, readStateRange} from "#trie";
import {firstState, genesisToStore, presetSpec} from "../../chain-spec/index.ts";
import {Blockchain} from "../chain/blockchain.ts";
import {RuntimesByCode} from "../runtimes/index.ts";
import {serveLight} from "./light.ts";
import {serveState} from "./state.ts";

const crypto = createPortableCrypto(length => new Uint8Array(length));
const {hashing} = crypto;
const hash = (data: Uint8Array) => hashing.blake2b256(data);
const key = (i: number) => bytesToBinary(hash(Uint8Array.of(i & 0xff, i >> 8)));
const entries = (count: number, size: number, salt = 0) =>
  new Map(Array.from({length: count}, (_, i) => [key(i + salt), new Uint8Array(size).fill(i)]));

/** Two answers and more of one child trie; a second one like another; entries of the top trie before and after. */
const children = new Map([
  ["big", entries(1_000, 4_096)],
  ["same", entries(20, 50)],
  ["same too", entries(20, 50)],
  ["small", entries(3, 9, 700)],
]);
const top = new Map(unwrap(firstState(presetSpec("dev")!.genesis, {hashing})).top);
const genesis = unwrap(genesisToStore({kind: "raw", top, children}, {hashing}));
const {hash: block, state} = genesis;
const store = await createMemoryChainStore(genesis, hash);
const nobody = {verifySignature: () => false};
const rethrow = (fault: unknown) => {
  throw fault;
};
const chain = unwrap(
  Blockchain.open(
    store,
    new RuntimesByCode([createKhalaEngine({hashing, signatures: crypto.signatures})], hashing),
    rethrow,
  ),
);
const toBytes = (start: readonly string[]) => start.map(part => Buffer.from(part, "latin1"));
const namedRoot = (name: string) => `:child_storage:default:${name}`;

function assertWhole(copy: typeof state): void {
  assert.deepEqual(copy.root(), state.root());
  assert.deepEqual([...copy.childNames()], [...children.keys()]);
  for (const [name, of] of children) {
    assert.deepEqual(new Map(copy.child(name).entries()), new Map([...of].sort()));
  }
}

test("a state with child tries comes over by proofs, a large one in several", () => {
  const gathered = new GatheredTrie();
  let start: StateStart = [];
  const starts: number[] = [];
  for (;;) {
    const {proof}: StateResponse = unwrap(
      serveState(chain, {block, start: toBytes(start), noProof: false}),
    );
    const items = unwrap(decode(vec(bytes), proof));
    const read: ProvedStateRange = unwrap(readStateRange(hash, state.root(), items, start));
    gathered.add(read);
    if (read.isComplete) break;
    start = read.next;
    starts.push(start.length);
  }
  assert.ok(starts.includes(2), "none ended within the large one");
  assertWhole(stateViewOf(gathered.trie(hash, state.root())));
});

/** As Substrate's client puts plain entries together: by the roots of tries, and with the last keys to go on from. */
test("and by plain entries, as upstream's client asks for them", () => {
  const byRoot = new Map<string, Map<string, Uint8Array>>();
  const roots = new Map<string, string>();
  let start: string[] = [];
  let answers = 0;
  for (let isComplete = false; !isComplete; answers++) {
    const request = {block, start: toBytes(start), noProof: true};
    const answer = unwrap(serveState(chain, request));
    if (start.length === 2 && answer.entries[0]!.entries.length === 0) start = [start[0]!];
    else start = [];
    isComplete = true;
    for (const {stateRoot, entries: found, complete} of answer.entries) {
      const last = found.at(-1);
      if (!complete && last !== undefined) start.push(bytesToBinary(last.key));
      isComplete &&= complete;
      const root = bytesToBinary(stateRoot);
      if (!byRoot.has(root)) byRoot.set(root, new Map());
      for (const {key: at, value} of found) {
        const name = bytesToBinary(at);
        const isRoot = root === "" && name.startsWith(":child_storage:");
        if (isRoot) roots.set(name, bytesToBinary(value));
        else byRoot.get(root)!.set(name, value);
      }
    }
    assert.ok(start.length <= 2);
  }
  assert.ok(answers > 2);
  const gathered = [...roots].map(
    ([name, root]) => [name.slice(namedRoot("").length), byRoot.get(root)!] as const,
  );
  assertWhole(memoryState(byRoot.get("")!, hash, 0, gathered));
});

test("a start in a child trie that is not there, or in what is none, is refused", () => {
  const parts = [
    [namedRoot("none"), "a"],
    [":code", "a"],
    [namedRoot("big"), "a", "b"],
  ];
  for (const start of parts) {
    for (const noProof of [true, false]) {
      const request = {block, start: toBytes(start), noProof};
      assert.equal(serveState(chain, request).ok, false, String(start));
    }
  }
});

test("a light client reads a child trie by a proof from the state's root down", async () => {
  const ask = (storageKey: string, keys: string[]) => {
    const [name] = toBytes([storageKey]);
    const request = {kind: "read-child", block, storageKey: name!, keys: toBytes(keys)} as const;
    return unwrap(serveLight(chain, nobody, request)).proof;
  };
  const read = (proof: Uint8Array | undefined) => {
    const items = unwrap(decode(vec(bytes), proof!));
    return stateViewOf(openProof(hash, state.root(), items));
  };
  const small = read(ask(namedRoot("small"), [key(700), "absent"])).child("small");
  assert.deepEqual(small.get(key(700)), new Uint8Array(9));
  assert.equal(small.get("absent"), undefined);
  assert.equal(
    read(ask(namedRoot("none"), ["a"]))
      .child("none")
      .get("a"),
    undefined,
  );
  assert.equal(ask("small", ["a"]), undefined);
  const empty = {kind: "read-child", block, storageKey: Buffer.from("x"), keys: []} as const;
  assert.equal(serveLight(chain, nobody, empty).ok, false);
});
