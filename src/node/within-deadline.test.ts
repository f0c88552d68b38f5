import assert from "node:assert/strict";
import {test} from "node:test";
import {createPortableHashing} from "#crypto";
import {memoryState, Overlay} from "#state";
import {GivenUp} from "#wasm-runtime";
import {withinDeadline} from "./within-deadline.ts";

/** `(func (export "run") (loop br 0))` */
const ENDLESS = Uint8Array.of(
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 4, 1, 0x60, 0, 0],
  ...[3, 2, 1, 0],
  ...[7, 7, 1, 3, 0x72, 0x75, 0x6e, 0, 0],
  ...[10, 9, 1, 7, 0, 3, 0x40, 0x0c, 0, 0x0b, 0x0b],
);

test("WebAssembly that goes on for ever is interrupted, and what went on around it does", () => {
  const within = withinDeadline(50);
  const {run} = new WebAssembly.Instance(new WebAssembly.Module(ENDLESS), {}).exports;
  assert.throws(() => within(run as () => void), GivenUp);
  assert.equal(
    within(() => 7),
    7,
  );
});

test("whoever asks may have less patience, and not more", () => {
  const {run} = new WebAssembly.Instance(new WebAssembly.Module(ENDLESS), {}).exports;
  const endless = run as () => void;
  assert.throws(() => withinDeadline(60_000)(endless, 20), {milliseconds: 20});
  assert.throws(() => withinDeadline(30)(endless, 60_000), {milliseconds: 30});
});

test("an answer and an exception come through, and one watch may stand in another", () => {
  const within = withinDeadline(10_000);
  const bug = new Error("bug");
  const throwing = () => {
    throw bug;
  };
  assert.throws(() => within(throwing), bug);
  assert.equal(
    within(() => within(() => 3) + within(() => 4)),
    7,
  );
  assert.equal(
    within(() => undefined),
    undefined,
  );
});

test("what is interrupted within a fence leaves no transaction open", () => {
  const state = new Overlay(memoryState([], data => createPortableHashing().blake2b256(data)));
  const within = withinDeadline(50);
  const fenced = () =>
    state.fenced(() =>
      within(() => {
        state.begin();
        for (;;);
      }),
    );
  assert.throws(fenced, GivenUp);
  assert.equal(state.depth, 0);
});
