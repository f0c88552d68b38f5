import assert from "node:assert/strict";
import {test} from "node:test";
import {openProof, ProofRecorder} from "#trie";
import {externalitiesCompliance} from "./externalities-compliance.ts";
import {keysBelow} from "./keys-below.ts";
import {hash, stateOf} from "./model-for-tests.ts";
import {Overlay} from "./overlay.ts";
import type {StateView, TrieView} from "./state-view.ts";
import {stateViewOf, type TrieState} from "./trie-state.ts";

externalitiesCompliance("an overlay over a state in memory", async base => ({
  state: new Overlay(stateOf(base)),
}));

externalitiesCompliance("an overlay over a state opened from a proof", async base => ({
  state: new Overlay(stateViewOf(openProof(hash, stateOf(base).root(), wholeProof(stateOf(base))))),
}));

externalitiesCompliance("an overlay over a state that is recorded", async base => ({
  state: new Overlay(stateOf(base), {recorder: new ProofRecorder()}),
}));

externalitiesCompliance(
  "an overlay over an index of keys, with tries for roots alone",
  async base => ({
    state: new Overlay(indexed(stateOf(base))),
  }),
);

externalitiesCompliance("an overlay over the outcome of another one", async base => {
  const below = new Overlay(stateOf({top: [], children: [["x", [["gone", Uint8Array.of(1)]]]]}));
  below.child("x").kill();
  for (const [key, value] of base.top) below.set(key, value);
  for (const [name, entries] of base.children) {
    for (const [key, value] of entries) below.child(name).set(key, value);
  }
  return {state: new Overlay(below.outcome(0).state)};
});

function wholeProof(state: TrieState): Uint8Array[] {
  const recorder = new ProofRecorder();
  const recorded = state.recorded(recorder);
  for (const _ of recorded.entries());
  for (const name of recorded.childNames()) for (const _ of recorded.child(name).entries());
  // Of an empty state there is a root all the same.
  recorded.has("");
  return recorder.proof();
}

/** A view that reads go past the tries in: what a flat index of the newest state will be. */
function indexed(state: TrieState): StateView {
  const index = (of: TrieView): Pick<TrieView, "get" | "has" | "nextKey" | "keys" | "entries"> => {
    const entries = new Map(of.entries());
    const keys = [...entries.keys()].sort();
    return {
      get: key => entries.get(key),
      has: key => entries.has(key),
      nextKey: key => keys.find(each => each > key),
      keys: prefix => keys.filter(key => key.startsWith(prefix)),
      entries: (prefix = "") => [...entries].filter(([key]) => key.startsWith(prefix)),
    };
  };
  const view = (of: TrieView): TrieView => ({
    ...index(of),
    root: () => of.root(),
    closestMerkleValue: key => of.closestMerkleValue(key),
    differencesFrom: before => of.differencesFrom(before),
  });
  return {
    ...view(state),
    child: name => view(state.child(name)),
    childNames: () => state.childNames(),
    prove: (keys, children) => state.prove(keys, children),
    proveRange: (start, softSize) => state.proveRange(start, softSize),
    rows: (start, softSize) => state.rows(start, softSize),
    update: (changes, version) => state.update(changes, version),
    recorded: recorder => state.recorded(recorder),
  };
}

test("states of different kinds tell their differences like two of one kind", () => {
  const one = Uint8Array.of(1);
  const before = stateOf({
    top: [
      ["a", one],
      ["b", one],
      ["c", one],
    ],
    children: [],
  });
  const after = stateOf({
    top: [
      ["b", one],
      ["c", Uint8Array.of(2)],
      ["d", one],
    ],
    children: [],
  });
  const expected = [...after.differencesFrom(before)];
  assert.deepEqual(
    expected.map(({key}) => key),
    ["a", "c", "d"],
  );
  assert.deepEqual([...after.differencesFrom(indexed(before))], expected);
  assert.deepEqual([...after.differencesFrom(indexed(after))], []);
  assert.deepEqual([...keysBelow(indexed(after), "")], ["b", "c", "d"]);
});
