import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToHex, equalBytes, unwrap} from "#base";
import {decodeCompactProof, encodeCompactProof, openProof, ProofRecorder} from "#trie";
import {
  assertSame,
  type Base,
  bases,
  hash,
  inOrder,
  Model,
  type Step,
  stateOf,
  steps,
  take,
} from "./model-for-tests.ts";
import {Overlay} from "./overlay.ts";
import {stateViewOf} from "./trie-state.ts";

test("an overlay with transactions and child tries behaves like copies of maps", () => {
  fc.assert(
    fc.property(bases, fc.array(steps, {maxLength: 60}), (base, sequence) => {
      const state = stateOf(base);
      const model = new Model(base);
      const overlay = new Overlay(state);
      for (const step of sequence) take(step, model, overlay);
      while (overlay.depth > 0) take({do: "commit"}, model, overlay);
      assertSame(model, overlay);
      const expected = model.state();
      const outcome = overlay.outcome(0);
      assert.equal(bytesToHex(outcome.root), bytesToHex(expected.root()));
      assert.deepEqual([...outcome.state.entries()], [...expected.entries()]);
      assert.deepEqual([...outcome.state.childNames()], [...expected.childNames()]);
      for (const name of expected.childNames()) {
        const entries = [...outcome.state.child(name).entries()];
        assert.deepEqual(entries, inOrder(model.trie(name).now));
      }
      assert.deepEqual([...state.entries()], [...stateOf(base).entries()]);
    }),
    {numRuns: 1_000},
  );
});

/** Does the steps, some of them in transactions of the host's; gives the root that it comes to. */
function run(base: Base, sequence: readonly (Step | readonly Step[])[], overlay: Overlay) {
  const model = new Model(base);
  for (const step of sequence) {
    if ("do" in step) {
      overlay.fenced(() => take(step, model, overlay));
      continue;
    }
    model.begin();
    overlay.begin();
    for (const each of step) take(each, model, overlay);
    model.rollback();
    overlay.rollback();
  }
  return overlay.root(0);
}

/** Steps that leave no transaction open. */
const whole = steps.filter(step => !["begin", "commit", "rollback"].includes(step.do));

test("what is recorded is what it takes to do the same again, down to the root", () => {
  fc.assert(
    fc.property(bases, fc.array(whole, {maxLength: 20}), (base, sequence) => {
      const state = stateOf(base);
      const recorder = new ProofRecorder();
      const root = run(base, sequence, new Overlay(state, {recorder}));
      const proof = recorder.proof();
      const proven = stateViewOf(openProof(hash, state.root(), proof));
      assert.ok(equalBytes(root, run(base, sequence, new Overlay(proven))));
      assert.ok(equalBytes(root, run(base, sequence, new Overlay(state))));
      const size = proof.reduce((sum, {length}) => sum + length + (length < 64 ? 1 : 2), 0);
      assert.equal(recorder.size, size);
    }),
    {numRuns: 300},
  );
});

test("what is recorded is what it takes to make the changes one after the other, as the runtime's own judge does", () => {
  fc.assert(
    fc.property(bases, fc.array(whole, {maxLength: 20}), ({top}, sequence) => {
      const base = {top, children: []};
      const state = stateOf(base);
      const recorder = new ProofRecorder();
      const overlay = new Overlay(state, {recorder});
      run(base, sequence.filter(isOfTop), overlay);
      const {root, changes} = overlay.outcome(0);
      const proof = encodeCompactProof(state.root(), recorder.items);
      if (proof.length === 0) return;
      const {items} = unwrap(decodeCompactProof(hash, proof));
      let proven = openProof(hash, state.root(), items.values());
      for (const change of changes) proven = proven.update([change], 0);
      assert.equal(bytesToHex(proven.root()), bytesToHex(root));
    }),
    {numRuns: 1_000},
  );
});

/** Changes of child tries become ones of the top trie only with their roots. */
const isOfTop = (step: Step) =>
  step.do !== "kill" && !("where" in step && step.where !== undefined);

/** What three leaves below one branch come to as far as they are come upon. */
function recordedOf(work: (overlay: Overlay) => void) {
  const long = (fill: number) => new Uint8Array(40).fill(fill);
  const base: Base = {
    top: [
      ["a", long(1)],
      ["b", long(2)],
      ["c", long(3)],
    ],
    children: [["x", [["k", long(4)]]]],
  };
  const recorder = new ProofRecorder();
  work(new Overlay(stateOf(base), {recorder}));
  return recorder.proof().length;
}

test("clearing a prefix comes upon no key after it", () => {
  const reading = recordedOf(overlay => void overlay.get("a"));
  assert.equal(
    recordedOf(overlay => void overlay.clearPrefix("a")),
    reading,
  );
  assert.equal(
    recordedOf(overlay => void overlay.nextKey("a")),
    reading + 1,
  );
});

test("writing to a child trie comes upon nothing, reading it comes upon the way to its root", () => {
  assert.equal(
    recordedOf(overlay => overlay.child("x").set("n", Uint8Array.of(1))),
    0,
  );
  assert.ok(recordedOf(overlay => void overlay.child("x").get("k")) >= 3);
});

test("the root of a child trie is taken without coming upon what was written elsewhere", () => {
  const read = (overlay: Overlay) => void overlay.child("x").get("k");
  const expected = recordedOf(read);
  const rooted = (overlay: Overlay) => {
    overlay.set("a", Uint8Array.of(1));
    overlay.child("x").set("k", Uint8Array.of(1));
    overlay.child("x").root(0);
  };
  assert.equal(recordedOf(rooted), expected);
});

test("a branch that a removal leaves with one child comes upon it, whatever is written beside it afterwards", () => {
  const parts = (overlay: Overlay) => {
    overlay.remove("a");
    overlay.remove("b");
    overlay.set("d", Uint8Array.of(1));
    overlay.root(0);
  };
  const nothing = recordedOf(overlay => {
    overlay.set("d", Uint8Array.of(1));
    overlay.root(0);
  });
  // "a", "b" and "c", which is alone until "d" comes.
  assert.equal(recordedOf(parts), nothing + 3);
});

test("what the host rolled back is as if it had not been come upon", () => {
  const withRolledBack = fc.array(fc.oneof(whole, fc.array(whole, {maxLength: 6})), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(bases, withRolledBack, (base, sequence) => {
      const recorded = (part: typeof sequence) => {
        const recorder = new ProofRecorder();
        const root = run(base, part, new Overlay(stateOf(base), {recorder}));
        return {root, size: recorder.size, proof: recorder.proof().map(bytesToHex).sort()};
      };
      const kept = sequence.filter(step => "do" in step);
      assert.deepEqual(recorded(sequence), recorded(kept));
    }),
    {numRuns: 300},
  );
});

test("what a call itself rolled back was come upon all the same", () => {
  const base: Base = {
    top: [
      ["a", new Uint8Array(40)],
      ["b", new Uint8Array(41)],
    ],
    children: [],
  };
  const recorder = new ProofRecorder();
  const overlay = new Overlay(stateOf(base), {recorder});
  overlay.get("a");
  const {size} = recorder;
  overlay.fenced(() => {
    overlay.begin();
    overlay.get("b");
    overlay.rollback();
  });
  assert.ok(recorder.size > size);
});

test("a root that was taken in what the host rolled back is come upon again for the next one", () => {
  const base: Base = {
    top: [
      ["a", new Uint8Array(40)],
      ["b", new Uint8Array(41)],
    ],
    children: [],
  };
  const recorder = new ProofRecorder();
  const overlay = new Overlay(stateOf(base), {recorder});
  overlay.remove("a");
  overlay.begin();
  overlay.root(0);
  overlay.rollback();
  assert.equal(recorder.size, 0);
  overlay.root(0);
  // The branch above both, and "b", which moves up to its place.
  assert.ok(recorder.proof().length >= 2);
});
