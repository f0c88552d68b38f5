import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToHex, equalBytes} from "#base";
import {openProof, ProofRecorder} from "#trie";
import {assertSame, bases, hash, inOrder, Model, stateOf, steps, take} from "./model-for-tests.ts";
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

test("what is recorded is what it takes to do the same again, down to the root", () => {
  fc.assert(
    fc.property(bases, fc.array(steps, {maxLength: 20}), (base, sequence) => {
      const state = stateOf(base);
      const run = (overlay: Overlay) => {
        const model = new Model(base);
        for (const step of sequence) take(step, model, overlay);
        return overlay.root(0);
      };
      const recorder = new ProofRecorder();
      const root = run(new Overlay(state.recorded(recorder)));
      const proof = recorder.proof();
      const again = run(new Overlay(stateViewOf(openProof(hash, state.root(), proof))));
      assert.ok(equalBytes(root, again));
      assert.ok(equalBytes(root, run(new Overlay(state))));
      assert.equal(
        recorder.size,
        proof.reduce((sum, {length}) => sum + length + (length < 64 ? 1 : 2), 0),
      );
    }),
    {numRuns: 300},
  );
});
