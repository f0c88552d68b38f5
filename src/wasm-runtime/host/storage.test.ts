import assert from "node:assert/strict";
import {test} from "node:test";
import {hex, utf8Bytes} from "#base";
import {NoTransaction} from "#state";
import {HostTrap} from "../host-trap.ts";
import {Guest, hostOf} from "../test-kit/guest.ts";

const one = Uint8Array.of(1);
const NONE = Uint8Array.of(0);
const NO_LIMIT = NONE;
const limitOf = (limit: number) => Uint8Array.of(1, limit, 0, 0, 0);

test("a value is answered with its length, an empty one as a value, and what is not there as nothing", () => {
  const host = hostOf([
    ["a", Uint8Array.of(7, 8)],
    ["empty", new Uint8Array(0)],
  ]);
  Guest.run(host, guest => {
    assert.deepEqual(guest.bytes("storage_get_version_1", "a"), Uint8Array.of(1, 8, 7, 8));
    assert.deepEqual(guest.bytes("storage_get_version_1", "empty"), Uint8Array.of(1, 0));
    assert.deepEqual(guest.bytes("storage_get_version_1", "b"), NONE);
    assert.equal(guest.call("storage_exists_version_1", "empty"), 1);
    assert.equal(guest.call("storage_exists_version_1", "b"), 0);
  });
});

test("what is written is in the state, and what the runtime does with its memory afterwards is not", () => {
  const host = hostOf();
  Guest.run(host, guest => {
    const value = guest.span(Uint8Array.of(1, 2, 3));
    guest.raw("storage_set_version_1", guest.span("k"), value);
    guest.memory.write(Number(value & 0xffff_ffffn), Uint8Array.of(9, 9, 9));
    assert.deepEqual(host.state.get("k"), Uint8Array.of(1, 2, 3));
    guest.call("storage_clear_version_1", "k");
    assert.equal(host.state.has("k"), false);
    guest.call("storage_set_version_1", ":child_storage:default:x", one);
    assert.equal(host.state.has(":child_storage:default:x"), false);
  });
});

test("a read copies what fits from an offset on, and answers the length of the rest", () => {
  const host = hostOf([["k", Uint8Array.of(1, 2, 3, 4, 5)]]);
  Guest.run(host, guest => {
    const read = (length: number, offset: number) => {
      const out = guest.span(new Uint8Array(length).fill(0xee));
      const answer = guest.bytes("storage_read_version_1", "k", out, offset);
      return [[...answer], [...guest.read(out)]];
    };
    assert.deepEqual(read(2, 0), [
      [1, 5, 0, 0, 0],
      [1, 2],
    ]);
    assert.deepEqual(read(3, 3), [
      [1, 2, 0, 0, 0],
      [4, 5, 0xee],
    ]);
    assert.deepEqual(read(1, 5), [[1, 0, 0, 0, 0], [0xee]]);
    assert.deepEqual(read(1, -1), [[1, 0, 0, 0, 0], [0xee]]);
    const absent = guest.bytes("storage_read_version_1", "none", guest.span(one), 0);
    assert.deepEqual(absent, NONE);
  });
});

test("keys below a prefix go as upstream counts them: those of the state below, up to the limit", () => {
  const host = hostOf(["pa", "pb", "pc", "q"].map(key => [key, one] as const));
  Guest.run(host, guest => {
    guest.call("storage_set_version_1", "pfresh", one);
    guest.call("storage_clear_version_1", "pa");
    const cleared = guest.bytes("storage_clear_prefix_version_2", "p", limitOf(2));
    assert.deepEqual(cleared, Uint8Array.of(1, 2, 0, 0, 0));
    assert.deepEqual(
      ["pa", "pb", "pc", "pfresh"].map(key => host.state.has(key)),
      [false, false, true, false],
    );
    const rest = guest.bytes("storage_clear_prefix_version_2", "p", NO_LIMIT);
    assert.deepEqual(rest, Uint8Array.of(0, 3, 0, 0, 0));
    const roots = guest.bytes("storage_clear_prefix_version_2", ":child", NO_LIMIT);
    assert.deepEqual(roots, Uint8Array.of(0, 0, 0, 0, 0));
    guest.call("storage_clear_prefix_version_1", "q");
    assert.equal(host.state.has("q"), false);
  });
});

test("items are appended to lists, and the next key is answered as a value is", () => {
  const host = hostOf([["list", Uint8Array.of(4, 9)]]);
  Guest.run(host, guest => {
    guest.call("storage_append_version_1", "list", Uint8Array.of(8));
    assert.deepEqual(host.state.get("list"), Uint8Array.of(8, 9, 8));
    const next = guest.bytes("storage_next_key_version_1", "");
    assert.deepEqual(next, Uint8Array.of(1, 16, ...utf8Bytes("list")));
    assert.deepEqual(guest.bytes("storage_next_key_version_1", "list"), NONE);
  });
});

test("transactions nest, and the runtime can end none but its own", () => {
  const host = hostOf();
  host.state.begin();
  const end = (name: string) => () => {
    host.state.fenced(() => Guest.run(host, guest => guest.call(name)));
  };
  assert.throws(end("storage_rollback_transaction_version_1"), NoTransaction);
  assert.throws(end("storage_commit_transaction_version_1"), NoTransaction);
  host.state.fenced(() =>
    Guest.run(host, guest => {
      guest.call("storage_start_transaction_version_1");
      guest.call("storage_set_version_1", "kept", one);
      guest.call("storage_start_transaction_version_1");
      guest.call("storage_set_version_1", "undone", one);
      guest.call("storage_rollback_transaction_version_1");
      guest.call("storage_commit_transaction_version_1");
    }),
  );
  assert.deepEqual([host.state.has("kept"), host.state.has("undone")], [true, false]);
});

test("the root is that of the layout asked for, and no layout comes after the second", () => {
  const long = new Uint8Array(40).fill(5);
  const host = hostOf();
  Guest.run(host, guest => {
    guest.call("storage_set_version_1", "k", long);
    const [first, second] = [host.state.root(0), host.state.root(1)];
    assert.deepEqual(guest.bytes("storage_root_version_1"), first);
    assert.deepEqual(guest.bytes("storage_root_version_2", 0), first);
    assert.deepEqual(guest.bytes("storage_root_version_2", 1), second);
    assert.notDeepEqual(first, second);
    assert.throws(() => guest.call("storage_root_version_2", 2), HostTrap);
    assert.deepEqual(guest.bytes("storage_changes_root_version_1", hex("0x00")), NONE);
  });
});

test("what lies outside of memory is a trap, and so are arguments that do not decode", () => {
  Guest.run(hostOf(), guest => {
    const outside = (8n << 32n) | 0xffff_fffcn;
    assert.throws(() => guest.raw("storage_get_version_1", outside), /no memory/);
    assert.throws(() => guest.raw("storage_get_version_1", -1n), /no memory/);
    const bad = () => guest.call("storage_clear_prefix_version_2", "p", Uint8Array.of(2));
    assert.throws(bad, /does not decode/);
  });
});
