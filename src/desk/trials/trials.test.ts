import assert from "node:assert/strict";
import {test} from "node:test";
import {unwrap} from "#base";
import {decode} from "#codec";
import {describeRuntime, StateReader} from "#description";
import {header as headerCodec} from "#primitives";
import type {Runtime} from "#runtime-api";
import {Overlay} from "#state";
import {createRuntime} from "../../runtime/index.ts";
import {KhalaTestChain} from "../../runtime/test-kit/khala-test-chain.ts";
import {type TrialGround, trySelection, trySessionPeriod} from "./index.ts";

function groundOf(khala: KhalaTestChain): TrialGround {
  const runtime = createRuntime(khala.chain);
  const host = {state: new Overlay(khala.view), verifySignature: () => false};
  const description = unwrap(describeRuntime(runtime, host));
  return {runtime, description, state: khala.view, hashing: khala.hashing};
}

test("the length of sessions is found by what ends them, wherever the chain stands", () => {
  for (const sessionPeriod of [2, 10, 50, 300, 1_800, 3_600]) {
    const khala = new KhalaTestChain({sessionPeriod});
    assert.deepEqual(trySessionPeriod(groundOf(khala)), {period: sessionPeriod, offset: 0});
    khala.advance();
    khala.advance();
    assert.deepEqual(trySessionPeriod(groundOf(khala)), {period: sessionPeriod, offset: 0});
  }
});

test("it is found on runtimes that begin no block but the next one, as those of 2026", () => {
  const ground = groundOf(new KhalaTestChain({sessionPeriod: 50}));
  const strict: Runtime = {
    ...ground.runtime,
    call(name, args, host) {
      if (name === "Core_initialize_block") {
        const {number} = unwrap(decode(headerCodec, args));
        const reader = new StateReader(ground.description, host.state, ground.hashing);
        if (number !== Number(reader.read("System.Number") ?? 0) + 1) {
          return {ok: false, error: {code: "trap", name, message: "must be strictly increasing"}};
        }
      }
      return ground.runtime.call(name, args, host);
    },
  };
  assert.deepEqual(trySessionPeriod({...ground, runtime: strict}), {period: 50, offset: 0});
});

test("a length that no usual one divides is not guessed", () => {
  assert.equal(trySessionPeriod(groundOf(new KhalaTestChain({sessionPeriod: 11}))), undefined);
});

test("how long a candidate may be silent, and how many have to stay, is found by registering and leaving", () => {
  for (const [kickThreshold, minEligibleCollators] of [
    [4, 1],
    [300, 3],
    [1_800, 5],
  ] as const) {
    const khala = new KhalaTestChain({
      sessionPeriod: 10,
      kickThreshold,
      minEligibleCollators,
      candidacyBond: 1_000n,
    });
    const before = khala.view.root();
    const found = trySelection(groundOf(khala));
    assert.equal(found.kickThreshold, kickThreshold);
    assert.equal(found.minEligible, minEligibleCollators);
    assert.deepEqual(khala.view.root(), before, "nothing of it is left");
  }
});

test("what cannot be tried is not known", () => {
  const ground = groundOf(new KhalaTestChain({sessionPeriod: 10}));
  const description = {...ground.description, pallets: []};
  assert.equal(trySessionPeriod({...ground, description}), undefined);
  const nothing = {kickThreshold: undefined, minEligible: undefined, isOfCandidates: true};
  assert.deepEqual(trySelection({...ground, description}), nothing);
  const runtime: Runtime = {
    ...ground.runtime,
    call: () => ({ok: false, error: {code: "trap", message: "it does not want to"}}) as never,
  };
  assert.equal(trySessionPeriod({...ground, runtime}), undefined);
  assert.equal(trySelection({...ground, runtime}).kickThreshold, undefined);
});
