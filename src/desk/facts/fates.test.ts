import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToBinary} from "#base";
import {fatesOf} from "./index.ts";

const account = (n: number) => new Uint8Array(32).fill(n);
const RULES = {invulnerables: [], threshold: 10, minEligible: 1, nextRotation: 100};
const candidate = (n: number, lastAuthored: number | undefined) => ({
  who: account(n),
  lastAuthored,
});

test("who was silent for the threshold is kicked, until only as many are left as there have to be", () => {
  const silent = [candidate(1, 90), candidate(2, 91), candidate(3, 90)];
  assert.deepEqual(fatesOf(silent, RULES), ["Kicked", "Stays", "Kicked"]);
  assert.deepEqual(fatesOf(silent, {...RULES, minEligible: 2}), ["Kicked", "Stays", "Spared"]);
  assert.deepEqual(fatesOf(silent, {...RULES, minEligible: 3}), ["Spared", "Stays", "Spared"]);
  const appointed = {...RULES, invulnerables: [account(2)], minEligible: 2};
  assert.deepEqual(fatesOf(silent, appointed), ["Kicked", "Appointed", "Spared"]);
});

test("what is not known of the rules leaves every fate open but that of who was appointed", () => {
  const two = [candidate(1, 90), candidate(2, undefined)];
  for (const rule of ["threshold", "minEligible", "nextRotation"] as const) {
    const rules = {...RULES, invulnerables: [account(1)], [rule]: undefined};
    assert.deepEqual(fatesOf(two, rules), ["Appointed", undefined]);
  }
  assert.deepEqual(fatesOf(two, RULES), ["Kicked", undefined]);
});

test("however many are silent, kicks never leave fewer than have to stay", () => {
  const anyCandidates = fc.uniqueArray(
    fc.record({n: fc.integer({min: 1, max: 200}), lastAuthored: fc.integer({min: 0, max: 120})}),
    {selector: ({n}) => n, maxLength: 20},
  );
  fc.assert(
    fc.property(
      anyCandidates,
      fc.uniqueArray(fc.integer({min: 1, max: 255}), {maxLength: 5}),
      fc.integer({min: 1, max: 10}),
      (candidates, appointed, minEligible) => {
        const invulnerables = appointed.map(account);
        const fates = fatesOf(
          candidates.map(({n, lastAuthored}) => candidate(n, lastAuthored)),
          {...RULES, invulnerables, minEligible},
        );
        const kept = fates.filter(fate => fate === "Stays" || fate === "Spared").length;
        // Who is on both lists counts twice until it has left one, and nothing guards against that (spec/pallets §16.4).
        const isTwice = fates.includes("Appointed");
        if (fates.includes("Kicked") && !isTwice) {
          assert.ok(kept + appointed.length >= minEligible);
        }
        const names = new Set(invulnerables.map(bytesToBinary));
        for (const [i, {n}] of candidates.entries()) {
          assert.equal(fates[i] === "Appointed", names.has(bytesToBinary(account(n))));
        }
      },
    ),
  );
});
