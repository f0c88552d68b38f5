import assert from "node:assert/strict";
import {test} from "node:test";
import type {Trap} from "#runtime-api";
import {i64} from "#wasm";
import {HOST_FUNCTIONS} from "./host/index.ts";
import {MOST_TOUCHES} from "./host/recent-touches.ts";
import {runtimeFrames} from "./runtime-frames.ts";
import {guestWriter, HEAP_PAGES, hostOf, importHost, prepared, services} from "./test-kit/guest.ts";
import {WasmRuntime} from "./wasm-runtime.ts";

const failing = (lines: readonly string[]) =>
  Object.assign(new Error(), {stack: ["RuntimeError: unreachable", ...lines].join("\n")});
/** As V8 writes it for a module built from Rust. */
const frame = (name: string, index = 1) =>
  `    at ${name} (wasm://wasm/0097795e:wasm-function[${index}]:0x1f2a3)`;
const ELSEWHERE = "    at RuntimeInstance.call (file:///src/instance.ts:1:1)";

test("of a stack the module's own functions are told by name, or by number where they have none", () => {
  const stack = failing([
    frame("<pallet_balances::pallet::Pallet<T,I> as Currency>::transfer::h4fb4a20e118d5417"),
    frame("educhain_runtime.wasm._ZN12frame_system6pallet4call17h0123456789abcdefE"),
    "    at wasm://wasm/0097795e:wasm-function[7]:0x12",
    ELSEWHERE,
  ]);
  assert.deepEqual(runtimeFrames(stack), [
    "<pallet_balances::pallet::Pallet<T,I> as Currency>::transfer",
    "frame_system::pallet::call",
    "function 7",
  ]);
  assert.deepEqual(runtimeFrames(failing([ELSEWHERE])), []);
  assert.deepEqual(runtimeFrames("no error"), []);
});

test("the functions that panic for others are left out, and told where there is nothing else", () => {
  const panicking = [
    "rust_panic",
    "std::panicking::rust_panic_with_hook::h0123456789abcdef",
    "_RNvCskdKJRKLKjqM_7___rustc17rust_begin_unwind",
    "_ZN4core9panicking9panic_fmt17h0123456789abcdefE",
    "core::result::unwrap_failed::h0123456789abcdef",
  ].map(name => frame(name));
  const within = [...panicking, frame("pallet::hook"), frame("core::panicking::panic")];
  assert.deepEqual(runtimeFrames(failing(within)), ["pallet::hook", "core::panicking::panic"]);
  assert.equal(runtimeFrames(failing(panicking)).length, panicking.length);
});

/** Reads keys of one letter, from `a` on, writes one of a child trie, and traps two functions deep. */
function trapAfter(reads: number): Trap {
  const writer = guestWriter();
  const imported = (name: string) =>
    importHost(writer, HOST_FUNCTIONS.find(one => one.name === `ext_${name}`)!);
  const exists = imported("storage_exists_version_1");
  const setChild = imported("default_child_storage_set_version_1");
  const letters = Uint8Array.from({length: reads}, (_, i) => 97 + i);
  const start = writer.data(letters);
  const span = (at: number, length = 1) => i64.const((BigInt(length) << 32n) | BigInt(start + at));
  const inner = writer.define([], "i64", () => [0x00]);
  const run = writer.define(["i32", "i32"], "i64", () => [
    ...Array.from({length: reads}, (_, i) => [...exists.call(span(i)), 0x1a]).flat(),
    ...setChild.call(span(0, 2), span(1), span(0)),
    ...i64.add(inner.call(), i64.const(1n)),
  ]);
  writer.exportFunction("Test_trap", run);
  const runtime = new WasmRuntime(prepared(writer), {services, heapPages: HEAP_PAGES});
  // What the call before had asked for is not this one's.
  runtime.call("Test_trap", new Uint8Array(0), hostOf());
  const called = runtime.call("Test_trap", new Uint8Array(0), hostOf());
  assert.ok(!called.ok && called.error.code === "trap");
  return called.error;
}

test("a trap says in which functions it was, and what was asked of storage last, the latest first", () => {
  const {place} = trapAfter(2);
  assert.equal(place?.stack.length, 2);
  assert.deepEqual(place.touched, [
    {kind: "write", key: "b", child: "ab"},
    {kind: "read", key: "b"},
    {kind: "read", key: "a"},
  ]);
  const {place: long} = trapAfter(20);
  assert.equal(long?.touched.length, MOST_TOUCHES);
  assert.deepEqual(long.touched.at(-1), {kind: "read", key: "n"});
});
