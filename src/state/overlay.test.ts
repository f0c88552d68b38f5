import assert from "node:assert/strict";
import {test} from "node:test";
import {concatBytes} from "#base";
import {createPortableHashing} from "#crypto";
import {NoTransaction} from "./externalities.ts";
import {memoryState} from "./memory-state.ts";
import {Overlay} from "./overlay.ts";

const hash = createPortableHashing().blake2b256;
const emptyState = memoryState([], hash);
const item = Uint8Array.of(9);

test("the length of a list grows over the sizes of its prefix, and back with a rollback", () => {
  const overlay = new Overlay(emptyState);
  for (let i = 0; i < 63; i++) overlay.append("list", item);
  overlay.begin();
  overlay.append("list", item);
  assert.deepEqual(overlay.get("list")?.subarray(0, 2), Uint8Array.of(0x01, 0x01));
  assert.equal(overlay.get("list")?.length, 2 + 64);
  overlay.rollback();
  assert.deepEqual(overlay.get("list")?.subarray(0, 2), Uint8Array.of(63 << 2, 9));
  for (let i = 63; i < 16_384; i++) overlay.append("list", item);
  assert.deepEqual(overlay.get("list")?.subarray(0, 5), Uint8Array.of(2, 0, 1, 0, 9));
});

test("an append continues the list of the state below", () => {
  const list = concatBytes(Uint8Array.of(0x01, 0x01), new Uint8Array(64));
  const overlay = new Overlay(memoryState([["list", list]], hash));
  overlay.append("list", item);
  assert.deepEqual(
    overlay.get("list"),
    concatBytes(Uint8Array.of(0x05, 0x01), new Uint8Array(64), item),
  );
});

test("an append to what is no list starts one", () => {
  for (const value of [[], [0x03], [0x01], [0x01, 0x00]]) {
    const overlay = new Overlay(memoryState([["list", Uint8Array.from(value)]], hash));
    overlay.append("list", item);
    assert.deepEqual(overlay.get("list"), Uint8Array.of(4, 9));
  }
});

test("255 transactions deep, each is undone by itself", () => {
  const overlay = new Overlay(emptyState);
  for (let depth = 0; depth < 255; depth++) {
    overlay.begin();
    overlay.set("depth", Uint8Array.of(depth));
    overlay.append("list", item);
  }
  for (let depth = 255; depth > 0; depth--) {
    assert.deepEqual(overlay.get("depth"), Uint8Array.of(depth - 1));
    assert.equal(overlay.get("list")?.length, depth + (depth < 64 ? 1 : 2));
    overlay.rollback();
  }
  assert.equal(overlay.has("depth"), false);
  assert.equal(overlay.nextKey(""), undefined);
});

test("the outcome is computed once for as long as nothing is written", () => {
  const overlay = new Overlay(emptyState);
  overlay.set("a", item);
  const {state} = overlay.outcome(0);
  assert.equal(overlay.outcome(0).state, state);
  overlay.set("b", item);
  assert.notEqual(overlay.outcome(0).state, state);
  const {state: withB} = overlay.outcome(0);
  overlay.child("c").set("b", item);
  assert.notEqual(overlay.outcome(0).state, withB);
  assert.deepEqual(
    overlay.outcome(0).changes.map(([key]) => key),
    ["a", "b"],
  );
});

test("ending a transaction that is not open is refused, and an outcome waits for all to be ended", () => {
  const overlay = new Overlay(emptyState);
  assert.throws(() => overlay.commit(), NoTransaction);
  assert.throws(() => overlay.rollback(), NoTransaction);
  overlay.begin();
  assert.throws(() => overlay.outcome(0), /transaction/);
});

test("a root in a transaction is that of all that is visible", () => {
  const overlay = new Overlay(emptyState);
  const before = overlay.root(0);
  overlay.begin();
  overlay.set("a", item);
  assert.deepEqual(overlay.root(0), memoryState([["a", item]], hash).root());
  overlay.rollback();
  assert.deepEqual(overlay.root(0), before);
});

test("a fenced call ends its own transactions and no others, and what it leaves open is undone", () => {
  const overlay = new Overlay(emptyState);
  overlay.begin();
  overlay.set("host", item);
  overlay.fenced(() => {
    assert.equal(overlay.depth, 0);
    assert.throws(() => overlay.rollback(), NoTransaction);
    assert.throws(() => overlay.commit(), NoTransaction);
    overlay.begin();
    overlay.set("kept", item);
    overlay.commit();
    overlay.begin();
    overlay.begin();
    overlay.set("left open", item);
  });
  assert.equal(overlay.depth, 1);
  assert.deepEqual([overlay.has("kept"), overlay.has("left open")], [true, false]);
  const trap = new Error("trap");
  const trapping = () => {
    overlay.begin();
    overlay.remove("host");
    throw trap;
  };
  assert.throws(() => overlay.fenced(trapping), trap);
  assert.equal(overlay.depth, 1);
  assert.ok(overlay.has("host"));
  overlay.rollback();
  assert.equal(overlay.nextKey(""), undefined);
});

test("a call within a call has a fence of its own", () => {
  const overlay = new Overlay(emptyState);
  overlay.fenced(() => {
    overlay.begin();
    overlay.fenced(() => assert.throws(() => overlay.rollback(), NoTransaction));
    assert.equal(overlay.depth, 1);
    overlay.commit();
  });
});

test("clearing goes by the keys of the state below: what was written goes uncounted", () => {
  const stored = ["p1", "p2", "p3"].map(key => [key, item] as const);
  const overlay = new Overlay(memoryState(stored, hash));
  overlay.set("p0", item);
  overlay.set("p2", item);
  overlay.remove("p1");
  const cleared = overlay.clearPrefix("p", 2);
  assert.deepEqual(cleared, {loops: 2, backend: 0, unique: 2, remaining: true});
  assert.equal(overlay.nextKey(""), "p3");
  const rest = overlay.clearPrefix("p", 3);
  assert.deepEqual(rest, {loops: 3, backend: 1, unique: 1, remaining: false});
  assert.equal(overlay.nextKey(""), undefined);
});

test("a prefix that roots of child tries may have clears nothing", () => {
  const overlay = new Overlay(memoryState([[":code", item]], hash));
  for (const prefix of ["", ":", ":child_storage:", ":child_storage:default:x"]) {
    const nothing = {loops: 0, backend: 0, unique: 0, remaining: false};
    assert.deepEqual(overlay.clearPrefix(prefix), nothing, prefix);
  }
  assert.ok(overlay.has(":code"));
  assert.equal(overlay.clearPrefix(":c").unique, 0);
  assert.equal(overlay.clearPrefix(":co").unique, 1);
});
