import assert from "node:assert/strict";
import {test} from "node:test";
import type {LogLevel} from "#base";
import {i64} from "#wasm";
import {runtimeFrames} from "./tell-stack.ts";
import {guestWriter, HEAP_PAGES, hostOf, prepared, services} from "./test-kit/guest.ts";
import {WasmRuntime} from "./wasm-runtime.ts";

/** As V8 writes it for a module built from Rust. */
const STACK = `RuntimeError: unreachable
    at std::panicking::rust_panic::h4fb4a20e118d5417 (wasm://wasm/0097795e:wasm-function[1877]:0x1f2a3)
    at <pallet_balances::pallet::Pallet<T,I> as Currency>::transfer (wasm://wasm/0097795e:wasm-function[12]:0x99)
    at wasm://wasm/0097795e:wasm-function[7]:0x12
    at RuntimeInstance.call (file:///src/instance.ts:1:1)`;

test("of a stack the module's own functions are told by name, or by number where they have none", () => {
  assert.deepEqual(runtimeFrames(STACK), [
    "std::panicking::rust_panic",
    "<pallet_balances::pallet::Pallet<T,I> as Currency>::transfer",
    "function 7",
  ]);
  assert.deepEqual(runtimeFrames("Error: none\n    at file:///x.ts:1:1"), []);
});

function stackAt(level: LogLevel | undefined): string[] {
  const lines: string[] = [];
  const log = {
    level: () => level,
    write: (at: LogLevel, target: string, message: string) => {
      lines.push(`${at} ${target}: ${message}`);
    },
  };
  const writer = guestWriter();
  const inner = writer.define([], "i64", () => [0x00]);
  writer.exportFunction(
    "Test_trap",
    writer.define(["i32", "i32"], "i64", () => i64.add(inner.call(), i64.const(1n))),
  );
  const options = {services: {...services, log}, heapPages: HEAP_PAGES};
  const runtime = new WasmRuntime(prepared(writer), options);
  assert.equal(runtime.call("Test_trap", new Uint8Array(0), hostOf()).ok, false);
  return lines;
}

test("where a call was cut short is told to whoever listens closely, and to nobody else", () => {
  assert.deepEqual(stackAt("debug"), ["debug stack: Test_trap ended in function 0 < function 1"]);
  assert.equal(stackAt("trace").length, 1);
  assert.deepEqual([...stackAt("info"), ...stackAt(undefined)], []);
});
