import assert from "node:assert/strict";
import {test} from "node:test";
import {err, hex, ok, unwrap} from "#base";
import {createPortableCrypto} from "#crypto";
import {CODE_KEY} from "#primitives";
import type {Runtime, RuntimeEngine} from "#runtime-api";
import {memoryState} from "#state";
import {describeUnusable} from "./runtimes.ts";
import {RuntimesByCode} from "./runtimes-by-code.ts";

const {hashing} = createPortableCrypto(length => new Uint8Array(length));
const blake2b256 = (data: Uint8Array) => hashing.blake2b256(data);
const runtime = {version: {stateVersion: 1}} as Runtime;

/** Takes code that begins with its byte; what it was asked is counted. */
function engineOf(first: number) {
  const asked = {takes: 0, runtimeOf: 0};
  const engine: RuntimeEngine = {
    takes({bytes}) {
      asked.takes++;
      return bytes[0] === first;
    },
    runtimeOf({bytes}) {
      asked.runtimeOf++;
      if (bytes[1] === 0xee) return err({reason: "its settings are gone", isOfOtherVersion: false});
      return ok(runtime);
    },
  };
  return {engine, asked};
}

const stateWith = (code: Uint8Array) => memoryState([[CODE_KEY, code]], blake2b256);

test("a code is hashed once and looked at once, however often it is called and in however many states", () => {
  let hashed = 0;
  const {engine, asked} = engineOf(1);
  const runtimes = new RuntimesByCode([engine], {
    blake2b256(data) {
      hashed++;
      return blake2b256(data);
    },
  });
  const state = stateWith(Uint8Array.of(1, 2, 3));
  const next = memoryState([...state.entries(), ["other", Uint8Array.of(1)]], blake2b256);
  for (let i = 0; i < 5; i++) assert.equal(unwrap(runtimes.runtimeOf(state)), runtime);
  assert.equal(hashed, 1);
  assert.equal(unwrap(runtimes.runtimeOf(next)), runtime);
  assert.equal(asked.takes, 1);
});

test("the first engine that takes a code runs it", () => {
  const [a, b] = [engineOf(1), engineOf(2)];
  const runtimes = new RuntimesByCode([a.engine, b.engine], {blake2b256});
  unwrap(runtimes.runtimeOf(stateWith(Uint8Array.of(2))));
  assert.deepEqual([a.asked.runtimeOf, b.asked.runtimeOf], [0, 1]);
  const [first, second] = [engineOf(1), engineOf(1)];
  const both = new RuntimesByCode([first.engine, second.engine], {blake2b256});
  unwrap(both.runtimeOf(stateWith(Uint8Array.of(1))));
  assert.deepEqual([first.asked.runtimeOf, second.asked.takes], [1, 0]);
});

test("what cannot be run is named by its hash, by the version where the code says one, and by the reason", () => {
  const runtimes = new RuntimesByCode([engineOf(1).engine], {blake2b256});
  const none = runtimes.runtimeOf(memoryState([], blake2b256));
  assert.ok(!none.ok && none.error.code === "code-missing");
  const foreign = runtimes.runtimeOf(stateWith(versioned));
  assert.ok(!foreign.ok && foreign.error.code === "code-foreign");
  assert.match(describeUnusable(foreign.error), /toy 1290, code hash 0x[0-9a-f]{64}$/);
  const nameless = runtimes.runtimeOf(stateWith(Uint8Array.of(9)));
  assert.ok(!nameless.ok);
  assert.match(describeUnusable(nameless.error), /no readable version, code hash 0x/);
  const unusable = runtimes.runtimeOf(stateWith(Uint8Array.of(1, 0xee)));
  assert.ok(!unusable.ok && unusable.error.code === "state-unusable");
  assert.match(describeUnusable(unusable.error), /^its settings are gone \(/);
});

/** A module with nothing but a version section: `toy`, spec version 1290, no APIs. */
const versioned = hex(
  "0x0061736d01000000" +
    "0029" + // a custom section of 41 bytes
    "0f72756e74696d655f76657273696f6e" + // its name, runtime_version
    "0c746f790c746f79" + // specName, implName
    "01000000" + // authoringVersion
    "0a050000" + // specVersion
    "00000000" + // implVersion
    "00" + // apis
    "01000000", // transactionVersion
);

test("code that a block brings is got ready, one at a time; code that was there before is not", async () => {
  const began: number[] = [];
  const ends: (() => void)[] = [];
  const engine: RuntimeEngine = {
    takes: () => true,
    runtimeOf: () => ok(runtime),
    prepare({bytes}) {
      began.push(bytes[0]!);
      return new Promise(resolve => ends.push(resolve));
    },
  };
  const runtimes = new RuntimesByCode([engine], {blake2b256});
  const [one, two, three] = [
    stateWith(Uint8Array.of(1)),
    stateWith(Uint8Array.of(2)),
    stateWith(Uint8Array.of(3)),
  ];
  assert.equal(runtimes.prepare(one, one), undefined);
  assert.equal(runtimes.prepare(memoryState([], blake2b256), one), undefined);
  const prepared = [runtimes.prepare(two, one), runtimes.prepare(three, one)];
  await settled();
  assert.deepEqual(began, [2]);
  ends[0]!();
  await settled();
  assert.deepEqual(began, [2, 3]);
  ends[1]!();
  await Promise.all(prepared);
  const idle = new RuntimesByCode([engineOf(2).engine], {blake2b256});
  assert.equal(idle.prepare(two, one), undefined);
});

const settled = () => new Promise(resolve => setImmediate(resolve));
