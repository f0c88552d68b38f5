import assert from "node:assert/strict";
import {test} from "node:test";
import {err, type Logger, millis, ok, Slices, slot} from "#base";
import {encode, vec} from "#codec";
import {createPortableHashing} from "#crypto";
import type {TransactionPool} from "#pool";
import {header as headerCodec, opaqueExtrinsic} from "#primitives";
import type {Runtime, RuntimeHost} from "#runtime-api";
import {memoryState} from "#state";
import {buildFromPool} from "./build-from-pool.ts";
import type {Candidate} from "./proposer.ts";

const hashing = createPortableHashing();
const zero = new Uint8Array(32);
const state = memoryState([], data => hashing.blake2b256(data));
const candidate = (id: number): Candidate => ({
  hash: new Uint8Array(32).fill(id),
  bytes: Uint8Array.of(4, id),
});
const ENDLESS = candidate(2);
const header = encode(headerCodec, {
  parentHash: zero,
  number: 1,
  stateRoot: state.root(),
  extrinsicsRoot: zero,
  digest: [],
});

const REQUEST = {
  parent: {hash: zero, number: 0, state},
  slot: slot(1),
  inherents: new Map(),
  digest: [],
  stateVersion: 0,
  hasTime: () => true,
  verifySignature: () => true,
  proofSize: "unrecorded",
} as const;

class Interrupted extends Error {}

/** A runtime that never comes back from one transaction, and whose watch ends it. */
const runtime = {
  version: {apis: []},
  call(name: string, args: Uint8Array) {
    if (name === "BlockBuilder_inherent_extrinsics") return ok(encode(vec(opaqueExtrinsic), []));
    if (name === "BlockBuilder_finalize_block") return ok(header);
    if (name !== "BlockBuilder_apply_extrinsic") return ok(new Uint8Array(0));
    if (args[1] === ENDLESS.bytes[1]) throw new Interrupted();
    return ok(Uint8Array.of(0, 0));
  },
  watched<T>(name: string, work: () => T) {
    try {
      return ok(work());
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      return err({code: "given-up", name, milliseconds: 5} as const);
    }
  },
} as unknown as Runtime;

test("a transaction in which the engine's stack ends is dropped with the state it ran on, and the block built anew without it", async () => {
  const waiting = [candidate(1), candidate(7), candidate(3)];
  const written: string[][] = [];
  const overflowing = {
    ...runtime,
    call(name: string, args: Uint8Array, host: RuntimeHost) {
      if (name === "Core_initialize_block") written.push([]);
      if (name !== "BlockBuilder_apply_extrinsic") return runtime.call(name, args, host);
      // In the middle of a change: what it wrote is there though its transaction was undone.
      host.state.set("half", Uint8Array.of(1));
      written.at(-1)!.push(String(args[1]));
      if (args[1] !== 7) return ok(Uint8Array.of(0, 0));
      host.state.commit();
      host.state.begin();
      return err({code: "trap", name, message: "the stack overflowed", isStateLost: true} as const);
    },
  } as unknown as Runtime;
  const said: string[] = [];
  const pool = {
    best: () => Object.assign([...waiting], {setAside() {}}),
    remove(hashes: readonly Uint8Array[]) {
      for (const hash of hashes) {
        waiting.splice(
          waiting.findIndex(one => one.hash === hash),
          1,
        );
      }
    },
  } as unknown as TransactionPool;
  const logger: Logger = {log: (_, __, message) => void said.push(message)};
  await buildFromPool(overflowing, REQUEST, {pool, logger});
  assert.deepEqual(written.slice(0, 2), [
    ["1", "7"],
    ["1", "3"],
  ]);
  assert.deepEqual(
    waiting.map(({bytes}) => bytes[1]),
    [1, 3],
  );
  assert.equal(said[0], "transaction used up the stack: set aside");
});

test("a transaction that does not end costs the slot, is named and dropped, and the others stay", async () => {
  const removed: Uint8Array[] = [];
  const said: string[] = [];
  const waiting = [candidate(1), ENDLESS, candidate(3)];
  const pool = {
    best: () => Object.assign([...waiting], {setAside() {}}),
    remove: (hashes: readonly Uint8Array[]) => void removed.push(...hashes),
  } as unknown as TransactionPool;
  const logger: Logger = {
    log: (_, __, message, facts) => void said.push(`${message} ${String(facts?.reason)}`),
  };
  const proposal = await buildFromPool(runtime, REQUEST, {pool, logger});
  assert.ok(!proposal.ok && proposal.error.code === "given-up");
  assert.deepEqual(removed, [ENDLESS.hash]);
  assert.deepEqual(said, [
    "transaction does not end: set aside BlockBuilder_apply_extrinsic was given up after 5 ms",
  ]);
});

test("others have the thread between slices of a block, and each slice has a watch of its own", async () => {
  const waiting = [3, 4, 5, 6, 7].map(candidate);
  let now = 0;
  const story: string[] = [];
  const slow = {
    ...runtime,
    call(name: string, args: Uint8Array, host: RuntimeHost) {
      if (name === "BlockBuilder_apply_extrinsic") {
        now += 5;
        story.push(String(args[1]));
      }
      return runtime.call(name, args, host);
    },
    watched<T>(name: string, work: () => T) {
      story.push("watch");
      return runtime.watched!(name, work);
    },
  } as unknown as Runtime;
  const slices = new Slices({
    clock: {now: () => millis(now)},
    yieldThread: async () => void story.push("others"),
  });
  const pool = {
    best: () => Object.assign(waiting.values(), {setAside() {}}),
    remove() {},
  } as unknown as TransactionPool;
  const proposal = await buildFromPool(slow, {...REQUEST, slices}, {pool, logger: {log() {}}});
  // The header of this runtime names no slot, for which a culprit is looked for then: what came before that counts here.
  assert.equal(story.slice(0, 8).join(" "), "watch 3 4 others watch 5 6 others");
  assert.deepEqual(!proposal.ok && proposal.error.included, waiting);
});

test("what costs a slot is dropped on a parent that the pool was not told of as well, and what that holds is not tried again", async () => {
  const waiting = [candidate(1), ENDLESS, candidate(3)];
  const removed: Uint8Array[] = [];
  const tried: number[] = [];
  const watching = {
    ...runtime,
    call(name: string, args: Uint8Array, host: RuntimeHost) {
      if (name === "BlockBuilder_apply_extrinsic") tried.push(args[1]!);
      return runtime.call(name, args, host);
    },
  } as unknown as Runtime;
  const pool = {
    best: () => Object.assign(waiting.values(), {setAside() {}}),
    remove: (hashes: Uint8Array[]) => removed.push(...hashes),
  } as unknown as TransactionPool;
  const below = [candidate(1).bytes];
  const proposal = await buildFromPool(watching, REQUEST, {
    ...{pool, below, logger: {log() {}}},
    isOfPool: () => false,
  });
  assert.ok(!proposal.ok && proposal.error.code === "given-up");
  assert.deepEqual(tried, [ENDLESS.bytes[1]]);
  assert.deepEqual(removed, [ENDLESS.hash]);
});
