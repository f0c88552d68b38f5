import assert from "node:assert/strict";
import {test} from "node:test";
import {hex} from "#base";
import {memoryState, Overlay} from "#state";
import {Guest, hashing, hostOf} from "../test-kit/guest.ts";

const one = Uint8Array.of(1);
const NONE = Uint8Array.of(0);
const limitOf = (limit: number) => Uint8Array.of(1, limit, 0, 0, 0);
const blake2b256 = (data: Uint8Array) => hashing.blake2b256(data);
/** Of the trie that holds nothing. */
const EMPTY_ROOT = hex("0x03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314");

/** A host whose state has the child trie `x` with these keys. */
const withChild = (...keys: string[]) => {
  const child = keys.map(key => [key, one] as const);
  const state = memoryState([["a", Uint8Array.of(2)]], blake2b256, 0, [["x", child]]);
  return {...hostOf(), state: new Overlay(state)};
};

test("a child trie is read, written and walked through by its name, apart from the top trie", () => {
  const host = withChild("a", "b");
  Guest.run(host, guest => {
    const of = (name: string) => `default_child_storage_${name}_version_1`;
    assert.deepEqual(guest.bytes(of("get"), "x", "a"), Uint8Array.of(1, 4, 1));
    assert.deepEqual(guest.bytes(of("get"), "y", "a"), NONE);
    guest.call(of("set"), "y", "a", Uint8Array.of(5, 6));
    guest.call(of("clear"), "x", "b");
    assert.equal(guest.call(of("exists"), "x", "b"), 0);
    assert.equal(guest.call(of("exists"), "y", "a"), 1);
    const out = guest.span(new Uint8Array(1));
    assert.deepEqual(guest.bytes(of("read"), "y", "a", out, 1), Uint8Array.of(1, 1, 0, 0, 0));
    assert.deepEqual(guest.read(out), Uint8Array.of(6));
    assert.deepEqual(guest.bytes(of("next_key"), "x", ""), Uint8Array.of(1, 4, 0x61));
    assert.deepEqual(guest.bytes(of("next_key"), "x", "a"), NONE);
    assert.deepEqual(host.state.get("a"), Uint8Array.of(2));
  });
});

test("a child trie goes as a whole or in part, and each version answers in its own way", () => {
  const names = ["a", "b", "c"];
  const kill = (version: number) => `default_child_storage_storage_kill_version_${version}`;
  Guest.run(withChild(...names), guest => {
    const some = guest.bytes(kill(3), "x", limitOf(2));
    assert.deepEqual(some, Uint8Array.of(1, 2, 0, 0, 0));
    assert.deepEqual(guest.bytes(kill(3), "x", NONE), Uint8Array.of(0, 3, 0, 0, 0));
  });
  Guest.run(withChild(...names), guest => {
    assert.equal(guest.call(kill(2), "x", limitOf(2)), 0);
    assert.equal(guest.call(kill(2), "x", limitOf(3)), 1);
  });
  const host = withChild(...names);
  Guest.run(host, guest => {
    guest.call(kill(1), "x");
    assert.equal(host.state.child("x").nextKey(""), undefined);
  });
});

test("of a child trie what begins with a prefix goes, counted as in the top trie", () => {
  const host = withChild("a", "ab", "ac", "b");
  Guest.run(host, guest => {
    const clear = (version: number) => `default_child_storage_clear_prefix_version_${version}`;
    const some = guest.bytes(clear(2), "x", "a", limitOf(2));
    assert.deepEqual(some, Uint8Array.of(1, 2, 0, 0, 0));
    guest.call(clear(1), "x", "a");
    assert.equal(host.state.child("x").nextKey(""), "b");
  });
});

test("its root is that of its entries in the layout asked for, and that of nothing when it is gone", () => {
  const long = new Uint8Array(50).fill(3);
  Guest.run(hostOf(), guest => {
    const root = (version: number, ...layout: number[]) =>
      guest.bytes(`default_child_storage_root_version_${version}`, "x", ...layout);
    assert.deepEqual(root(1), EMPTY_ROOT);
    guest.call("default_child_storage_set_version_1", "x", "k", long);
    for (const layout of [0, 1] as const) {
      assert.deepEqual(root(2, layout), memoryState([["k", long]], blake2b256, layout).root());
    }
    assert.deepEqual(root(1), root(2, 0));
  });
});
