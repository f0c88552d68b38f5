import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToBinary, concatBytes, unwrap, utf8Bytes} from "#base";
import {type Code, drop, i32, ModuleWriter, WASM_HEADER, wasmSections} from "#wasm";
import {prepareModule} from "./prepare-module.ts";

const DATA_START = 1_048_576;
const writer = () =>
  new ModuleWriter({importedMemory: {name: "memory", pages: 17}, dataStart: DATA_START});

/** A module with a function of this body, which leaves nothing. */
function withBody(body: Code, locals: readonly ("i32" | "i64")[] = []): Uint8Array {
  const written = writer();
  written.data(Uint8Array.of(1, 2, 3));
  const run = written.define([], undefined, ({local}) => {
    for (const type of locals) local(type);
    return body;
  });
  written.exportFunction("Test_run", run);
  return written.finish();
}

const refusal = (module: Uint8Array): string => {
  const prepared = prepareModule(module);
  assert.equal(prepared.ok, false);
  return prepared.ok ? "" : prepared.error;
};

/** The module with each section as given, in the order of their numbers. */
function withSection(module: Uint8Array, id: number, content: readonly number[], before: number) {
  const parts = unwrap(wasmSections(module)).flatMap(section => {
    const size = section.content.length;
    const kept = concatBytes(
      Uint8Array.of(section.id, (size & 127) | 128, size >> 7),
      section.content,
    );
    return section.id === before ? [Uint8Array.of(id, content.length, ...content), kept] : [kept];
  });
  return concatBytes(WASM_HEADER, ...parts);
}

test("of a module it is known how much memory it wants, where its data begin, and what state it has", () => {
  const written = writer();
  written.reserve(10);
  written.data(Uint8Array.of(1));
  written.variable("i32");
  written.variable("i64");
  const {memory, dataStart, mutableGlobals, hasStart, asksSize, exported} = unwrap(
    prepareModule(written.finish()),
  );
  assert.deepEqual(memory, {isImported: true, name: "memory", minimum: 17, maximum: undefined});
  assert.deepEqual(
    [dataStart, mutableGlobals, hasStart, asksSize],
    [DATA_START + 16, 2, false, false],
  );
  assert.equal(exported.size, 0);
});

test("a module may own its memory, and then it shows it", () => {
  const own = new ModuleWriter().finish();
  assert.deepEqual(unwrap(prepareModule(own)).memory, {
    isImported: false,
    name: undefined,
    minimum: 1,
    maximum: undefined,
  });
  const hidden = bytesToBinary(own).replace("memory", "mehory");
  assert.match(
    refusal(Uint8Array.from(hidden, char => char.charCodeAt(0))),
    /keeps its memory to itself/,
  );
});

const ZERO = i32.const(0);
const LONG_ZERO: Code = [0x41, 0x80, 0x00];

test("sign extension and conversions that saturate are what upstream's engine takes too", () => {
  const taken: Code[] = [
    drop([...ZERO, 0xc0]),
    drop([0x43, 0, 0, 0, 0, 0xfc, 0x00]),
    drop([0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0xfc, 0x07]),
    drop([...LONG_ZERO, 0x67]),
  ];
  for (const body of taken) assert.ok(prepareModule(withBody(body)).ok);
});

test("what upstream's engine has switched off is refused, though the engine here would run it", () => {
  const refused: [Code, RegExp][] = [
    [[...ZERO, ...ZERO, ...ZERO, 0xfc, 0x0b, 0x00], /instruction 0xfc 11/],
    [drop([...ZERO, 0xfd, 0x11]), /instruction 0xfd/],
    [drop([0xd0, 0x70]), /instruction 0xd0/],
    [[0x06, 0x40, 0x0b], /instruction 0x6/],
    [[0x12, 0x00], /instruction 0x12/],
    [drop([...ZERO, ...ZERO, ...ZERO, 0x1c, 0x01, 0x7f]), /instruction 0x1c/],
    [[0x02, 0x00, 0x0b], /blocks of several results/],
  ];
  for (const [body, reason] of refused) {
    const module = withBody(body);
    if (!WebAssembly.validate(module)) assert.fail(`the engine itself refuses ${body}`);
    assert.match(refusal(module), reason);
  }
});

test("whether it could notice how large its memory is, is told", () => {
  assert.equal(unwrap(prepareModule(withBody(drop([0x3f, 0x00])))).asksSize, true);
  assert.equal(unwrap(prepareModule(withBody(drop([...ZERO, 0x40, 0x00])))).asksSize, true);
  assert.equal(unwrap(prepareModule(withBody([]))).asksSize, false);
});

test("a count of data, several results, and a start function are seen", () => {
  const module = withBody([]);
  assert.match(refusal(withSection(module, 12, [1], 10)), /a count of data/);
  assert.equal(unwrap(prepareModule(withSection(module, 8, [0], 10))).hasStart, true);
  const several = concatBytes(WASM_HEADER, Uint8Array.of(1, 6, 1, 0x60, 0, 2, 0x7f, 0x7f));
  assert.match(refusal(several), /several results/);
});

test("imports of other kinds or from elsewhere, a bounded memory and other machines' code are refused", () => {
  const bounded = concatBytes(
    WASM_HEADER,
    Uint8Array.of(2, 16, 1, 3, ...utf8Bytes("env"), 6, ...utf8Bytes("memory"), 2, 1, 1, 9),
  );
  assert.match(refusal(bounded), /bounds its memory/);
  const global = concatBytes(
    WASM_HEADER,
    Uint8Array.of(2, 10, 1, 3, ...utf8Bytes("env"), 1, 0x67, 3, 0x7f, 0),
  );
  assert.match(refusal(global), /imports g, which is no function/);
  const elsewhere = bytesToBinary(withImport()).replace("\x03env\x04ext_", "\x03wsi\x04ext_");
  assert.match(refusal(Uint8Array.from(elsewhere, char => char.charCodeAt(0))), /imports wsi.ext_/);
  assert.match(refusal(utf8Bytes("PVM\0\x01")), /PolkaVM/);
  assert.match(refusal(WASM_HEADER), /no memory/);
  assert.match(refusal(utf8Bytes("#!/bin/sh")), /no WebAssembly module/);
});

function withImport(): Uint8Array {
  const written = writer();
  written.importFunction("ext_", [], undefined);
  return written.finish();
}

test("no bytes make it throw", () => {
  const whole = withBody(drop([...ZERO, 0x67]));
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
      const changed = whole.slice();
      changed[at] = byte;
      prepareModule(changed);
    }),
    {numRuns: 1_000},
  );
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 60}), bytes => {
      prepareModule(concatBytes(WASM_HEADER, bytes));
    }),
  );
});
