import assert from "node:assert/strict";
import {test} from "node:test";
import {concatBytes, unwrap, utf8Bytes} from "#base";
import {encode, str, u32} from "#codec";
import {HEAP_PAGES_KEY} from "#primitives";
import {type Code, customSection, drop, i32, i64, ModuleWriter, whileTrue} from "#wasm";
import {HOST_FUNCTIONS} from "./host/index.ts";
import {PreparedCodes} from "./prepared-codes.ts";
import {guestWriter, hashing, hostOf, importHost, services} from "./test-kit/guest.ts";
import {createWasmEngine} from "./wasm-engine.ts";

const NOTHING = new Uint8Array(0);
const CORE_3 = concatBytes(
  Uint8Array.of(0xdf, 0x6a, 0xcb, 0x68, 0x99, 0x07, 0x60, 0x9b),
  encode(u32, 3),
);
/** SCALE of a version of 2020: its APIs in it, and no state version. */
const VERSION = concatBytes(
  ...["guest", "guest-of-test"].map(name => encode(str, name)),
  ...[1, 42, 0].map(number => encode(u32, number)),
  Uint8Array.of(4),
  CORE_3,
  encode(u32, 7),
);
const host = (name: string) => HOST_FUNCTIONS.find(one => one.name === `ext_${name}`)!;
const spanOf = (address: number, length: number): Code =>
  i64.const((BigInt(length) << 32n) | BigInt(address));

/** Says its version when it is asked; counts how often it can have a mebibyte; answers the version of other code. */
function guest(writer = guestWriter(), functionsMore = 0): Uint8Array {
  const malloc = importHost(writer, host("allocator_malloc_version_1"));
  const versionOf = importHost(writer, host("misc_runtime_version_version_1"));
  const set = importHost(writer, host("storage_set_version_1"));
  const version = writer.data(VERSION);
  const count = writer.reserve(4);
  writer.exportFunction(
    "Core_version",
    writer.define(["i32", "i32"], "i64", () => spanOf(version, VERSION.length)),
  );
  writer.exportFunction(
    "Test_fill",
    writer.define(["i32", "i32"], "i64", () => [
      ...whileTrue(i32.const(1), [
        ...drop(malloc.call(i32.const(1_048_576 - 8))),
        ...i32.store(i32.const(count), i32.add(i32.load(i32.const(count)), i32.const(1))),
        ...set.call(spanOf(count, 1), spanOf(count, 4)),
      ]),
      ...i64.const(0n),
    ]),
  );
  writer.exportFunction(
    "Test_version",
    writer.define(["i32", "i32"], "i64", ({params: [args, length]}) =>
      versionOf.call(i64.or(i64.shl(i64.extend(length.get), i64.const(32n)), i64.extend(args.get))),
    ),
  );
  for (let i = 0; i < functionsMore; i++) {
    writer.define(["i32", "i32"], "i64", () => i64.const(0n));
  }
  return writer.finish();
}

const engine = () => createWasmEngine(services);
const codeOf = (bytes: Uint8Array) => ({bytes, hash: hashing.blake2b256(bytes)});
const empty = {get: () => undefined};

/** How many mebibytes a call could have, told by the largest key that it wrote before it was out of memory. */
function heapOf(state: Parameters<ReturnType<typeof engine>["runtimeOf"]>[1]): number {
  const runtime = unwrap(engine().runtimeOf(codeOf(guest()), state));
  const over = hostOf();
  let most = 0;
  over.state.set = (_, value) => {
    most = new DataView(value.buffer, value.byteOffset).getUint32(0, true);
  };
  const filled = runtime.call("Test_fill", NOTHING, over);
  assert.ok(!filled.ok && filled.error.code === "trap");
  assert.match(filled.error.message, /out of memory/);
  return most;
}

test("code is taken by how it begins: plain, compressed, or for a machine that is not run here", () => {
  const takes = (bytes: Uint8Array) => engine().takes(codeOf(bytes));
  assert.equal(takes(guest()), true);
  assert.equal(takes(Uint8Array.of(0x52, 0xbc, 0x53, 0x76, 0x46, 0xdb, 0x8e, 0x05, 1)), true);
  assert.equal(takes(utf8Bytes("PVM\0")), true);
  assert.equal(takes(utf8Bytes("#!/bin/sh")), false);
  const refused = engine().runtimeOf(codeOf(utf8Bytes("PVM\0")), empty);
  assert.ok(!refused.ok && /PolkaVM/.test(refused.error.reason));
});

test("a version is what the code says of itself, or what it answers where it says nothing", () => {
  const asked = unwrap(engine().runtimeOf(codeOf(guest()), empty)).version;
  assert.deepEqual([asked.specName, asked.specVersion, asked.stateVersion], ["guest", 42, 0]);
  const said = VERSION.slice();
  said[VERSION.length - 4] = 8;
  const code = concatBytes(guest(), customSection("runtime_version", said));
  assert.equal(unwrap(engine().runtimeOf(codeOf(code), empty)).version.transactionVersion, 8);
  const spoilt = concatBytes(guest(), customSection("runtime_version", Uint8Array.of(255)));
  const refused = engine().runtimeOf(codeOf(spoilt), empty);
  assert.ok(!refused.ok && /no readable version/.test(refused.error.reason));
});

test("a runtime is made once for as long as its code stays", () => {
  const one = engine();
  const [a, b] = [one.runtimeOf(codeOf(guest()), empty), one.runtimeOf(codeOf(guest()), empty)];
  assert.equal(unwrap(a), unwrap(b));
});

test("a call has 128 MiB of heap, or the pages that its state says", () => {
  // Their headers fit into what is left of the module's last page.
  assert.equal(heapOf(empty), 128);
  const pages = Uint8Array.of(64, 0, 0, 0, 0, 0, 0, 0);
  assert.equal(heapOf({get: key => (key === HEAP_PAGES_KEY ? pages : undefined)}), 4);
  const absurd = new Uint8Array(8).fill(255);
  const refused = engine().runtimeOf(codeOf(guest()), {get: () => absurd});
  assert.ok(!refused.ok && /which no memory has/.test(refused.error.reason));
});

test("a runtime learns the version of other code, with fields that it knows nothing of", () => {
  const runtime = unwrap(engine().runtimeOf(codeOf(guest()), empty));
  const answer = (code: Uint8Array) => unwrap(runtime.call("Test_version", code, hostOf()));
  const full = concatBytes(VERSION, Uint8Array.of(0));
  assert.deepEqual(answer(guest()), Uint8Array.of(1, full.length << 2, ...full));
  assert.deepEqual(answer(utf8Bytes("no code")), Uint8Array.of(0));
});

test("a module with a memory of its own has the same heap", () => {
  const own = guest(new ModuleWriter({dataStart: 1_048_576}));
  const runtime = unwrap(engine().runtimeOf(codeOf(own), empty));
  assert.equal(runtime.call("Test_fill", NOTHING, hostOf()).ok, false);
  assert.deepEqual(unwrap(runtime.call("Core_version", NOTHING, hostOf())), VERSION);
});

test("code that was got ready is not compiled again, whatever heap its states say, and other work had its turn meanwhile", async t => {
  let turns = 0;
  const one = createWasmEngine(services, {
    async yieldThread() {
      turns++;
    },
  });
  const code = codeOf(guest(guestWriter(), 600));
  const {Module} = WebAssembly;
  t.after(() => {
    WebAssembly.Module = Module;
  });
  WebAssembly.Module = class extends Module {
    constructor(bytes: Uint8Array) {
      super(bytes);
      // There is the helper's too.
      assert.notEqual(bytes, code.bytes, "compiled again");
    }
  };
  await one.prepare!(code);
  assert.equal(turns, 2);
  const runtime = unwrap(one.runtimeOf(code, empty));
  assert.equal(runtime.version.specVersion, 42);
  const pages = Uint8Array.of(64, 0, 0, 0, 0, 0, 0, 0);
  const smaller = unwrap(one.runtimeOf(code, {get: () => pages}));
  assert.notEqual(smaller, runtime);
  assert.equal(smaller.version.specVersion, 42);
});

test("engines that share their codes compile one once, and make runtimes of their own", () => {
  const codes = new PreparedCodes();
  const code = codeOf(guest());
  const [one, other] = [1, 2].map(() =>
    unwrap(createWasmEngine(services, {codes}).runtimeOf(code, empty)),
  );
  assert.notEqual(one, other);
  assert.equal(codes.of(code), codes.of(code));
  assert.notEqual(new PreparedCodes().of(code), codes.of(code));
});

test("of code that is damaged, or for another machine, getting it ready says nothing, and asking for it says what is wrong", async () => {
  for (const [bytes, said] of [
    [guest().subarray(0, 200), /it is no WebAssembly module/],
    [concatBytes(guest().subarray(0, -1)), /./],
    [utf8Bytes("PVM\0"), /PolkaVM/],
    [Uint8Array.of(0x52, 0xbc, 0x53, 0x76, 0x46, 0xdb, 0x8e, 0x05, 1), /it does not unpack/],
  ] as const) {
    const one = engine();
    await one.prepare!(codeOf(bytes));
    const refused = one.runtimeOf(codeOf(bytes), empty);
    assert.ok(!refused.ok);
    assert.match(refused.error.reason, said);
  }
});
