import assert from "node:assert/strict";
import {test} from "node:test";
import {concatBytes, unwrap} from "#base";
import {type Code, i32, i64, type ModuleWriter, WASM_HEADER, wasmSections} from "#wasm";
import {prepareModule} from "./module/index.ts";
import {guestWriter, HEAP_PAGES, hostOf, prepared, services} from "./test-kit/guest.ts";
import {WasmRuntime, type Within} from "./wasm-runtime.ts";

const NOTHING = new Uint8Array(0);

/** A function of an API that answers nothing. */
const exportEmpty = (writer: ModuleWriter, name: string) =>
  writer.exportFunction(
    name,
    writer.define(["i32", "i32"], "i64", () => i64.const(0n)),
  );

test("what a module offers otherwise than as a function of an API is not called", () => {
  const writer = guestWriter();
  exportEmpty(writer, "Test_right");
  writer.exportFunction(
    "Test_narrow",
    writer.define(["i32", "i32"], "i32", () => i32.const(5)),
  );
  writer.exportFunction(
    "Test_wide",
    writer.define(["i64"], "i64", () => i64.const(0n)),
  );
  writer.exportFunction(
    "Test_silent",
    writer.define([], undefined, () => []),
  );
  const runtime = new WasmRuntime(prepared(writer), {services, heapPages: HEAP_PAGES});
  assert.deepEqual([...runtime.functions], ["Test_right"]);
  for (const name of ["Test_narrow", "Test_wide", "Test_silent"]) {
    const called = runtime.call(name, NOTHING, hostOf());
    assert.deepEqual(called, {ok: false, error: {code: "function-not-found", name}});
  }
});

test("a module whose start goes on for ever, or traps, is given up or traps in the call", () => {
  const started = (body: Code) => {
    const writer = guestWriter();
    exportEmpty(writer, "Test_nothing");
    const start = writer.define([], undefined, () => body);
    const module = writer.finish();
    // After the exports, before the code (WebAssembly 1.0 §5.5.11).
    const parts = unwrap(wasmSections(module)).flatMap(({id, content}) => {
      const {length} = content;
      const kept = concatBytes(Uint8Array.of(id, (length & 127) | 128, length >> 7), content);
      return id === 10 ? [Uint8Array.of(8, 1, start.index), kept] : [kept];
    });
    return unwrap(prepareModule(concatBytes(WASM_HEADER, ...parts)));
  };
  const unreachable: Code = [0x00];
  const runtime = new WasmRuntime(started(unreachable), {services, heapPages: HEAP_PAGES});
  const trapped = runtime.call("Test_nothing", NOTHING, hostOf());
  assert.ok(!trapped.ok && trapped.error.code === "trap");
  let isWatched = false;
  const within: Within = work => {
    isWatched = true;
    return work();
  };
  const watched = new WasmRuntime(started(unreachable), {services, heapPages: HEAP_PAGES, within});
  assert.ok(!watched.call("Test_nothing", NOTHING, hostOf()).ok);
  assert.ok(isWatched, "making the instance is watched over too");
});
