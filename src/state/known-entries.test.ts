import assert from "node:assert/strict";
import {test} from "node:test";
import {ProofRecorder, TrieFault} from "#trie";
import {KnownEntries, type KnownEntry} from "./known-entries.ts";
import {Overlay} from "./overlay.ts";

const entry = (value?: Uint8Array): KnownEntry => ({value, reads: 0});

test("what is known is read and counted, absence included; what is not is noted, and read as nothing", () => {
  const entries = new Map([
    ["a", entry(Uint8Array.of(1))],
    ["b", entry()],
  ]);
  const unknown = new Set<string>();
  const state = new Overlay(new KnownEntries(entries, unknown));
  assert.deepEqual(state.get("a"), Uint8Array.of(1));
  assert.equal(state.has("b"), false);
  assert.deepEqual([...unknown], []);
  assert.equal(state.get("c"), undefined);
  assert.deepEqual([...unknown], ["c"]);
  assert.deepEqual(
    [...entries.values()].map(({reads}) => reads),
    [1, 1],
  );
});

test("what is written over it is read without asking for what was there", () => {
  const unknown = new Set<string>();
  const state = new Overlay(new KnownEntries(new Map(), unknown));
  state.set("a", Uint8Array.of(2));
  assert.deepEqual(state.get("a"), Uint8Array.of(2));
  assert.deepEqual([...unknown], []);
});

test("what takes more than single entries fails as over a state that lacks it", () => {
  const state = new Overlay(new KnownEntries(new Map(), new Set()));
  const questions = [
    () => state.nextKey("a"),
    () => state.clearPrefix("a"),
    () => state.root(0),
    () => state.child("c").get("a"),
    () => state.child("c").nextKey("a"),
    () => state.child("c").root(0),
    // What is read here is no proof.
    () => new Overlay(new KnownEntries(new Map(), new Set()), {recorder: new ProofRecorder()}),
  ];
  for (const ask of questions) {
    assert.throws(ask, error => error instanceof TrieFault && error.isMiss);
  }
});
