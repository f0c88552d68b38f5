import assert from "node:assert/strict";
import {test} from "node:test";
import {binaryToHex, bytesToBinary, err, ok} from "#base";
import {createPortableHashing} from "#crypto";
import {memoryState, Overlay, stateViewOf} from "#state";
import {openProof, Trie} from "#trie";
import {runCall} from "./run-call.ts";

const hash = createPortableHashing().blake2b256;
const keys = Array.from({length: 50}, (_, i) => bytesToBinary(hash(Uint8Array.of(i))));
const state = memoryState(
  keys.map(key => [key, new Uint8Array(40)]),
  hash,
);
const nothing = new Uint8Array(0);

test("what a call reads beyond what is at hand is a failure that names the key", () => {
  const short = openProof(hash, state.root(), state.prove([keys[0]!]));
  const overlay = new Overlay(stateViewOf(short));
  const read = (key: string) =>
    runCall("Test_read", overlay, () => ok(overlay.get(key) ?? nothing));
  assert.deepEqual(read(keys[0]!), ok(new Uint8Array(40)));
  const missed = read(keys[1]!);
  assert.ok(!missed.ok && missed.error.code === "state-missing");
  assert.equal(missed.error.name, "Test_read");
  assert.equal(missed.error.key, binaryToHex(keys[1]!));
  assert.ok(binaryToHex(keys[1]!).startsWith(missed.error.path.slice(0, 3)));
});

test("of a child trie its name is said too", () => {
  const child = memoryState([], hash, 0, [["c", keys.map(key => [key, new Uint8Array(40)])]]);
  const proof = child.prove([], [["c", [keys[0]!]]]);
  const overlay = new Overlay(stateViewOf(openProof(hash, child.root(), proof)));
  const missed = runCall("Test_read", overlay, () =>
    ok(overlay.child("c").get(keys[1]!) ?? nothing),
  );
  assert.ok(!missed.ok && missed.error.code === "state-missing");
  assert.deepEqual([missed.error.key, missed.error.child], [binaryToHex(keys[1]!), "0x63"]);
});

test("what is spoilt is no failure of the call", () => {
  const source = {node: () => Uint8Array.of(0, 0xff, 0xff), value: () => undefined};
  const spoilt = new Overlay(stateViewOf(Trie.open(hash, source, state.root())));
  assert.throws(
    () => runCall("Test_read", spoilt, () => ok(spoilt.get(keys[0]!) ?? nothing)),
    /node-malformed/,
  );
});

test("a call that ends a transaction of its host's traps, and all else it throws goes through", () => {
  const overlay = new Overlay(state);
  overlay.begin();
  const ended = runCall("Test_commit", overlay, () => ok(void overlay.commit()));
  assert.ok(!ended.ok && ended.error.code === "trap");
  assert.match(ended.error.message, /commit/);
  const bug = new Error("bug");
  const throwing = () => {
    overlay.begin();
    throw bug;
  };
  assert.throws(() => runCall("Test_throw", overlay, throwing), bug);
  assert.equal(overlay.depth, 1);
});

test("a call that fails with transactions open leaves as many as it found", () => {
  const overlay = new Overlay(state);
  const failed = runCall("Test_fail", overlay, () => {
    overlay.begin();
    overlay.begin();
    overlay.remove(keys[0]!);
    return err({code: "trap", name: "Test_fail", message: "it panicked"} as const);
  });
  assert.equal(failed.ok, false);
  assert.equal(overlay.depth, 0);
  assert.deepEqual(overlay.outcome(0).changes, []);
});
