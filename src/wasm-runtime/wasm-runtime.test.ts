import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToBinary, unwrap, utf8Bytes} from "#base";
import {memoryState, Overlay, stateViewOf} from "#state";
import {openProof} from "#trie";
import {type Code, drop, i32, i64, type ModuleWriter, whileTrue} from "#wasm";
import {HOST_FUNCTIONS} from "./host/index.ts";
import {
  guestWriter,
  HEAP_PAGES,
  hashing,
  hostOf,
  importHost,
  prepared,
  services,
} from "./test-kit/guest.ts";
import {GivenUp, WasmRuntime, type Within} from "./wasm-runtime.ts";

const NOTHING = new Uint8Array(0);
const TIME = 50;
const runtimeOf = (writer: ModuleWriter) =>
  new WasmRuntime(prepared(writer), {services, heapPages: HEAP_PAGES});

const spanOf = (address: Code, length: Code): Code =>
  i64.or(i64.shl(i64.extend(length), i64.const(32n)), i64.extend(address));
const host = (name: string) => HOST_FUNCTIONS.find(one => one.name === `ext_${name}`)!;

/** A function of a runtime: of arguments at an address, of a length, the span of its answer. */
const api = (
  writer: ModuleWriter,
  name: string,
  body: (frame: {
    args: Code;
    length: Code;
    local(type: "i32" | "i64"): {get: Code; set(v: Code): Code};
  }) => Code,
) =>
  writer.exportFunction(
    name,
    writer.define(["i32", "i32"], "i64", ({params: [args, length], local}) =>
      body({args: args.get, length: length.get, local}),
    ),
  );

/** Counts its calls in memory that the module brought, and in memory that was zero when it began. */
function counting(more?: (writer: ModuleWriter) => void): WasmRuntime {
  const writer = guestWriter();
  const brought = writer.data(Uint8Array.of(7, 0, 0, 0));
  const zero = writer.reserve(4);
  more?.(writer);
  api(writer, "Test_count", () => [
    ...i32.store(i32.const(brought), i32.add(i32.load(i32.const(brought)), i32.const(1))),
    ...i32.store(i32.const(zero), i32.add(i32.load(i32.const(zero)), i32.const(1))),
    ...spanOf(i32.const(brought), i32.const(zero + 4 - brought)),
  ]);
  return runtimeOf(writer);
}

test("each call finds memory as the module brought it, however many an instance has served", () => {
  const runtime = counting();
  for (let i = 0; i < 3; i++) {
    const answer = unwrap(runtime.call("Test_count", NOTHING, hostOf()));
    assert.deepEqual([answer[0], answer.at(-4)], [8, 1]);
  }
});

test("a module with state that cannot be put back has a new instance for each call", () => {
  const writer = guestWriter();
  const stackPointer = writer.variable("i32");
  const other = writer.variable("i32");
  const out = writer.reserve(4);
  api(writer, "Test_count", () => [
    ...stackPointer.set(i32.const(5)),
    ...other.set(i32.add(other.get, i32.const(1))),
    ...i32.store(i32.const(out), other.get),
    ...spanOf(i32.const(out), i32.const(4)),
  ]);
  const runtime = runtimeOf(writer);
  for (let i = 0; i < 3; i++) {
    const answer = unwrap(runtime.call("Test_count", NOTHING, hostOf()));
    assert.deepEqual(answer, Uint8Array.of(1, 0, 0, 0));
  }
});

test("arguments are handed over as they are, and the answer is a copy", () => {
  const writer = guestWriter();
  api(writer, "Test_echo", ({args, length}) => spanOf(args, length));
  const runtime = runtimeOf(writer);
  const first = unwrap(runtime.call("Test_echo", Uint8Array.of(1, 2, 3), hostOf()));
  const second = unwrap(runtime.call("Test_echo", Uint8Array.of(9, 9, 9, 9), hostOf()));
  assert.deepEqual([first, second], [Uint8Array.of(1, 2, 3), Uint8Array.of(9, 9, 9, 9)]);
  assert.deepEqual(unwrap(runtime.call("Test_echo", NOTHING, hostOf())), NOTHING);
  const missing = runtime.call("Test_other", NOTHING, hostOf());
  assert.deepEqual(missing, {ok: false, error: {code: "function-not-found", name: "Test_other"}});
});

/** Logs these words as an error and stops, as a panic does. */
function panicking(words: string): WasmRuntime {
  const writer = guestWriter();
  const log = importHost(writer, host("logging_log_version_1"));
  const text = writer.data(utf8Bytes(words));
  api(writer, "Test_panic", () => [
    ...log.call(
      i32.const(0),
      spanOf(i32.const(text), i32.const(0)),
      spanOf(i32.const(text), i32.const(words.length)),
    ),
    0x00,
  ]);
  return runtimeOf(writer);
}

test("a panic is a trap with its own words", () => {
  const message = "panicked at 'Bad input data provided to panic: end'";
  const panicked = panicking(message).call("Test_panic", NOTHING, hostOf());
  assert.ok(!panicked.ok && panicked.error.code === "trap");
  assert.deepEqual([panicked.error.name, panicked.error.message], ["Test_panic", message]);
  const long = panicking("x".repeat(3_000)).call("Test_panic", NOTHING, hostOf());
  assert.ok(!long.ok && long.error.code === "trap" && long.error.message.length === 2_000);
});

test("a call that is given up is no trap, and the next one has another instance", () => {
  const writer = guestWriter();
  const begin = importHost(writer, host("storage_start_transaction_version_1"));
  const cell = writer.reserve(4);
  const interrupted = hostOf();
  interrupted.state.begin();
  api(writer, "Test_loop", () => [
    ...i32.store(i32.const(cell), i32.const(1)),
    ...begin.call(),
    ...i64.const(0n),
  ]);
  api(writer, "Test_look", () => spanOf(i32.const(cell), i32.const(4)));
  // What interrupts is the machine's business; here it is the host, at the first thing that it is asked.
  const within: Within = work => {
    const {state} = interrupted;
    state.begin = () => {
      throw new GivenUp(TIME);
    };
    return work();
  };
  const runtime = new WasmRuntime(prepared(writer), {
    services,
    heapPages: HEAP_PAGES,
    within,
  });
  const looped = runtime.call("Test_loop", NOTHING, interrupted);
  const error = {code: "given-up", name: "Test_loop", milliseconds: TIME};
  assert.deepEqual(looped, {ok: false, error});
  assert.equal(interrupted.state.depth, 1);
  assert.deepEqual(unwrap(runtime.call("Test_look", NOTHING, hostOf())), new Uint8Array(4));
});

test("words of one call are not the reason of the next one's trap", () => {
  const writer = guestWriter();
  const log = importHost(writer, host("logging_log_version_1"));
  const text = writer.data(utf8Bytes("earlier"));
  api(writer, "Test_log", () => [
    ...log.call(
      i32.const(0),
      spanOf(i32.const(text), i32.const(0)),
      spanOf(i32.const(text), i32.const(7)),
    ),
    ...spanOf(i32.const(text), i32.const(0)),
  ]);
  api(writer, "Test_divide", () => i64.extend(i32.div(i32.const(1), i32.const(0))));
  const runtime = runtimeOf(writer);
  assert.ok(runtime.call("Test_log", NOTHING, hostOf()).ok);
  const trapped = runtime.call("Test_divide", NOTHING, hostOf());
  assert.ok(!trapped.ok && trapped.error.code === "trap");
  assert.match(trapped.error.message, /divide by zero/);
});

test("a batch of signatures ends with the call that it was begun in", () => {
  const writer = guestWriter();
  const open = importHost(writer, host("crypto_start_batch_verify_version_1"));
  const finish = importHost(writer, host("crypto_finish_batch_verify_version_1"));
  api(writer, "Test_open", () => [...open.call(), ...i64.const(0n)]);
  api(writer, "Test_finish", () => i64.extend(finish.call()));
  const runtime = runtimeOf(writer);
  for (let i = 0; i < 2; i++) assert.ok(runtime.call("Test_open", NOTHING, hostOf()).ok);
  const finished = runtime.call("Test_finish", NOTHING, hostOf());
  assert.ok(!finished.ok && finished.error.code === "trap");
  assert.match(finished.error.message, /no batch/);
});

test("recursion without end, memory without end and an answer from nowhere are traps", () => {
  const writer = guestWriter();
  const malloc = importHost(writer, host("allocator_malloc_version_1"));
  const recurse = writer.declare(["i32"], "i32");
  recurse.define(({params: [depth]}) =>
    i32.add(recurse.call(i32.add(depth.get, i32.const(1))), i32.const(1)),
  );
  api(writer, "Test_recurse", () => i64.extend(recurse.call(i32.const(0))));
  api(writer, "Test_exhaust", () => [
    ...whileTrue(i32.const(1), drop(malloc.call(i32.const(65_536)))),
    ...i64.const(0n),
  ]);
  api(writer, "Test_nowhere", () => i64.const(-1n));
  const runtime = runtimeOf(writer);
  const reasons = {
    Test_recurse: /stack overflowed/,
    Test_exhaust: /out of memory/,
    Test_nowhere: /no memory/,
  };
  for (const [name, reason] of Object.entries(reasons)) {
    const trapped = runtime.call(name, NOTHING, hostOf());
    assert.ok(!trapped.ok && trapped.error.code === "trap", name);
    assert.match(trapped.error.message, reason);
    assert.equal(trapped.error.isStateLost, name === "Test_recurse" ? true : undefined);
  }
});

test("an instance whose call was cut short is not used again", () => {
  const writer = guestWriter();
  const stackPointer = writer.variable("i32");
  const out = writer.reserve(4);
  api(writer, "Test_break", () => [...stackPointer.set(i32.const(66)), 0x00]);
  api(writer, "Test_look", () => [
    ...i32.store(i32.const(out), stackPointer.get),
    ...spanOf(i32.const(out), i32.const(4)),
  ]);
  const runtime = runtimeOf(writer);
  assert.ok(runtime.call("Test_look", NOTHING, hostOf()).ok);
  assert.equal(runtime.call("Test_break", NOTHING, hostOf()).ok, false);
  const answer = unwrap(runtime.call("Test_look", NOTHING, hostOf()));
  assert.deepEqual(answer, new Uint8Array(4));
});

test("what a module imports and the host lacks is listed, and traps by its name when it is called", () => {
  const writer = guestWriter();
  const unknown = writer.importFunction("ext_of_tomorrow_version_1", ["i32"], "i32");
  // A name that we have, with a type that we do not.
  const other = writer.importFunction("ext_storage_get_version_1", ["i32"], "i64");
  api(writer, "Test_unknown", () => i64.extend(unknown.call(i32.const(0))));
  api(writer, "Test_other", () => other.call(i32.const(0)));
  const runtime = runtimeOf(writer);
  const names = ["ext_of_tomorrow_version_1", "ext_storage_get_version_1"];
  assert.deepEqual(runtime.missing, names);
  for (const [i, name] of ["Test_unknown", "Test_other"].entries()) {
    const trapped = runtime.call(name, NOTHING, hostOf());
    assert.ok(!trapped.ok && trapped.error.code === "trap");
    assert.equal(trapped.error.message, `missing host function ${names[i]}`);
  }
});

test("calls that come in thousands are watched over together, and each that comes alone by itself", () => {
  const writer = guestWriter();
  api(writer, "Test_nothing", () => i64.const(0n));
  let watches = 0;
  const within: Within = work => {
    watches++;
    return work();
  };
  const options = {services, heapPages: HEAP_PAGES, within};
  const runtime = new WasmRuntime(prepared(writer), options);
  const call = () => unwrap(runtime.call("Test_nothing", NOTHING, hostOf()));
  call();
  call();
  assert.equal(watches, 2);
  const together = () => {
    for (let i = 0; i < 10; i++) call();
    return 7;
  };
  assert.deepEqual(runtime.watched("Test_nothing", together), {ok: true, value: 7});
  assert.equal(watches, 3);
  const endless = () => {
    throw new GivenUp(TIME);
  };
  const given = runtime.watched("Test_nothing", endless);
  const error = {code: "given-up", name: "Test_nothing", milliseconds: TIME};
  assert.deepEqual(given, {ok: false, error});
  call();
  assert.equal(watches, 5);
});

/** Opens two transactions, writes in both, and leaves them; or looks a key up. */
function touching(): WasmRuntime {
  const writer = guestWriter();
  const begin = importHost(writer, host("storage_start_transaction_version_1"));
  const set = importHost(writer, host("storage_set_version_1"));
  const get = importHost(writer, host("storage_get_version_1"));
  const key = writer.data(utf8Bytes("k"));
  const span = spanOf(i32.const(key), i32.const(1));
  api(writer, "Test_open", () => [
    ...begin.call(),
    ...set.call(span, span),
    ...begin.call(),
    ...spanOf(i32.const(key), i32.const(0)),
  ]);
  api(writer, "Test_get", ({args, length}) => get.call(spanOf(args, length)));
  return runtimeOf(writer);
}

test("transactions that a call leaves open are undone, though it ended well", () => {
  const state = hostOf();
  state.state.begin();
  assert.ok(touching().call("Test_open", NOTHING, state).ok);
  assert.deepEqual([state.state.depth, state.state.has("k")], [1, false]);
});

test("a part of the state that is not at hand is no trap but a failure that names the key", () => {
  const keys = Array.from({length: 50}, (_, i) =>
    bytesToBinary(hashing.blake2b256(Uint8Array.of(i))),
  );
  const hash = (data: Uint8Array) => hashing.blake2b256(data);
  const whole = memoryState(
    keys.map(key => [key, new Uint8Array(40)]),
    hash,
  );
  const proof = openProof(hash, whole.root(), whole.prove([keys[0]!]));
  const short = {...hostOf(), state: new Overlay(stateViewOf(proof))};
  const runtime = touching();
  const asked = (key: string) =>
    runtime.call(
      "Test_get",
      Uint8Array.from(key, char => char.charCodeAt(0)),
      short,
    );
  assert.equal(unwrap(asked(keys[0]!)).length, 42);
  const missed = asked(keys[1]!);
  assert.ok(!missed.ok && missed.error.code === "state-missing");
  assert.equal(missed.error.name, "Test_get");
  assert.equal(unwrap(asked(keys[0]!)).length, 42);
});

test("a call has as much patience as whoever asks for it", () => {
  const writer = guestWriter();
  api(writer, "Test_nothing", () => spanOf(i32.const(0), i32.const(0)));
  const asked: (number | undefined)[] = [];
  const within: Within = (work, patience) => {
    asked.push(patience);
    return work();
  };
  const runtime = new WasmRuntime(prepared(writer), {services, heapPages: HEAP_PAGES, within});
  unwrap(runtime.call("Test_nothing", NOTHING, {...hostOf(), patience: 7}));
  unwrap(runtime.call("Test_nothing", NOTHING, hostOf()));
  assert.deepEqual(asked, [7, undefined]);
});

test("a call within a call has an instance of its own", () => {
  const writer = guestWriter();
  const get = importHost(writer, host("storage_get_version_1"));
  const cell = writer.reserve(4);
  api(writer, "Test_outer", ({args, length}) => [
    ...i32.store(i32.const(cell), i32.const(5)),
    ...drop(get.call(spanOf(args, length))),
    ...spanOf(i32.const(cell), i32.const(4)),
  ]);
  api(writer, "Test_inner", () => [
    ...i32.store(i32.const(cell), i32.const(6)),
    ...spanOf(i32.const(cell), i32.const(4)),
  ]);
  const runtime = runtimeOf(writer);
  const outer = hostOf();
  outer.state.get = () => unwrap(runtime.call("Test_inner", NOTHING, hostOf()));
  const answer = unwrap(runtime.call("Test_outer", Uint8Array.of(1), outer));
  assert.deepEqual(answer, Uint8Array.of(5, 0, 0, 0));
});
