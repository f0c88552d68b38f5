import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {ok, unwrap} from "#base";
import {createPortableHashing} from "#crypto";
import {type Parameters, PRESET_PARAMETERS} from "#runtime";
import {
  chooseChain,
  formatChainSpec,
  overrideParameters,
  PARAMETER_TABLE,
  presetSpec,
} from "../index.ts";

const WIDTHS: Partial<Record<keyof Parameters, bigint>> = {
  slotDuration: 64n,
  sessionPeriod: 32n,
  kickThreshold: 32n,
  minEligibleCollators: 32n,
  candidacyBond: 128n,
  desiredCandidates: 32n,
  maxCandidates: 32n,
  maxInvulnerables: 32n,
  maxAuthorities: 32n,
  existentialDeposit: 128n,
  maxBlockRefTime: 64n,
  maxBlockProofSize: 64n,
  maxBlockLength: 32n,
  blockHashCount: 32n,
  feePerBillionRefTime: 64n,
  feePerByte: 128n,
};

const PATCH = "genesis.runtimeGenesis.patch";
const U128 = 1n << 128n;

/** The dev chain's document with a digit string at a place; as a JSON number, of whatever length. */
function specWith(path: readonly (string | number)[], digits: string): string {
  const spec = presetSpec("dev")!;
  const text = unwrap(formatChainSpec(spec, {isRaw: false}, {hashing: createPortableHashing()}));
  const document = JSON.parse(text);
  let at = document.genesis.runtimeGenesis.patch;
  for (const step of path.slice(0, -1)) at = at[step];
  at[path.at(-1)!] = "HERE";
  return JSON.stringify(document).replace('"HERE"', digits);
}

const refusalOf = (text: string) => {
  const chosen = chooseChain({chain: "spec.json", parameters: []}, () => ok(text));
  return chosen.ok ? undefined : chosen.error;
};
const keyOf = (text: string) => refusalOf(text)?.facts?.find(([label]) => label === "key")?.[1];

const placeOf = (key: string): readonly string[] =>
  key === "candidacyBond" || key === "desiredCandidates"
    ? ["collatorSelection", key]
    : ["parameters", key];

const tooWide = (bits: bigint) =>
  fc.oneof(
    fc.constantFrom(1n << bits, -1n),
    fc.bigInt({min: 1n << bits, max: 1n << (bits + 70n)}),
    fc.bigInt({min: -(1n << bits), max: -1n}),
  );

test("every parameter that is a number has a width, and a number beyond it is refused by its place, in a spec as by flag", () => {
  const numbers = PARAMETER_TABLE.filter(({key}) => typeof PRESET_PARAMETERS.dev[key] !== "string");
  assert.deepEqual(numbers.map(({key}) => key).sort(), Object.keys(WIDTHS).sort());
  for (const {key, flag} of numbers) {
    const place = placeOf(key);
    fc.assert(
      fc.property(tooWide(WIDTHS[key]!), value => {
        const digits = String(value);
        assert.equal(keyOf(specWith(place, digits)), [PATCH, ...place].join("."), digits);
        assert.equal(keyOf(specWith(place, `"${digits}"`)), [PATCH, ...place].join("."), digits);
        for (const name of [flag, key]) {
          const changed = overrideParameters(PRESET_PARAMETERS.dev, [`${name}=${digits}`]);
          assert.ok(!changed.ok && changed.error.code === "parameter-invalid", `${name}=${digits}`);
        }
      }),
      {numRuns: 6},
    );
  }
});

test("an amount with a unit, or a time in seconds, is measured in the unit that is kept", () => {
  for (const text of [
    "bond=340282366920938463463374608PHA",
    "bond=340282366920938463463374607.431768211456PHA",
    "slot=18446744073709552s",
  ]) {
    const changed = overrideParameters(PRESET_PARAMETERS.dev, [text]);
    assert.ok(!changed.ok && changed.error.code === "parameter-invalid", text);
  }
});

test("a balance beyond its width is refused by its place and its bound", () => {
  fc.assert(
    fc.property(tooWide(128n), value => {
      const text = specWith(["balances", "balances", 3, 1], String(value));
      assert.equal(keyOf(text), `${PATCH}.balances.balances[3][1]`);
    }),
  );
  assert.deepEqual(refusalOf(specWith(["balances", "balances", 3, 1], String(U128)))?.facts, [
    ["key", `${PATCH}.balances.balances[3][1]`],
    ["problem", `${U128} is more than a balance can hold (u128, at most 2^128 - 1)`],
  ]);
});

test("balances whose sum is more than the issuance can hold are refused, those of pot and treasury among them", () => {
  const {genesis} = presetSpec("dev")!;
  assert.ok(genesis.kind === "built");
  const {balances} = genesis.genesis;
  const last = balances.length - 1;
  const others = balances.slice(0, -1).reduce((sum, [, amount]) => sum + amount, 0n);
  const deposits = 2n * genesis.parameters.existentialDeposit;
  const specOf = (amount: bigint) => specWith(["balances", "balances", last, 1], String(amount));
  assert.equal(refusalOf(specOf(U128 - 1n - others - deposits)), undefined);
  assert.equal(keyOf(specOf(U128 - others - deposits)), `${PATCH}.balances.balances`);
  assert.equal(keyOf(specOf(U128 - others)), `${PATCH}.balances.balances[${last}]`);
});

test("a parameter that the balances of a preset contradict is refused before the chain is made", () => {
  for (const ed of ["2000000PHA", String(U128 - 1n)]) {
    const chosen = chooseChain({chain: "dev", parameters: [`ed=${ed}`]}, () => ok(""));
    assert.ok(!chosen.ok && chosen.error.code === "parameter-invalid");
    assert.match(chosen.error.what, /^balances\[0\]: /);
  }
});
