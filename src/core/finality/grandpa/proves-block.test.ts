import assert from "node:assert/strict";
import {test} from "node:test";
import {unwrap} from "#base";
import {decode} from "#codec";
import {justification} from "#consensus";
import {WELL_KNOWN_ACCOUNTS} from "#crypto";
import {coreForTests} from "../../test-kit/core-for-tests.ts";
import {passTime} from "../../test-kit/pass-time.ts";
import {signedCall} from "../../test-kit/signed-call.ts";
import {provesBlock} from "./proves-block.ts";

const NAMES = ["Alice", "Bob", "Charlie", "Dave"];
const accountOf = (name: string) => WELL_KNOWN_ACCOUNTS.find(one => one.name === name)!.sr25519;

/** A chain on which sessions took Dave and then Charlie off the voters, and the proofs of its blocks. */
async function chainOfThreeSets() {
  const parameters = {sessionPeriod: 2, kickThreshold: 2, finalityVoters: "Invulnerables"} as const;
  const {core, make, clock, crypto} = await coreForTests(NAMES, parameters, {
    collator: true,
    // Its blocks are made here; it votes.
    isSilenced: () => true,
  });
  unwrap(await core.start());
  const {grandpa} = core.finality;
  const proofs: Uint8Array[] = [];
  grandpa!.onJustification(proof => proofs.push(proof));
  const setVoters = async (names: readonly string[], nonce: number) => {
    const call = {
      call: "CollatorSelection.set_invulnerables",
      args: {new: names.map(accountOf)},
    };
    const sudo = {call: "Sudo.sudo", args: {call}};
    unwrap(
      await core.pool.submit("External", signedCall(core, crypto, {uri: "//Alice", nonce}, sudo)),
    );
  };
  await setVoters(NAMES.slice(0, 3), 0);
  for (let slot = 1; slot <= 13; slot++) {
    if (slot === 7) await setVoters(NAMES.slice(0, 2), 1);
    await make(slot);
    await passTime(clock, () => core.chain.finalized().number === slot);
  }
  await core.stop();
  const proven = proofs.map(proof => ({
    proof,
    target: unwrap(decode(justification, proof)).commit.target,
  }));
  return {chain: core.chain, grandpa: grandpa!, crypto, proven};
}

test("a proof is one of its block alone, by those who voted then, also where others do by now", async () => {
  const {chain, grandpa, crypto, proven} = await chainOfThreeSets();
  const sets = new Set(proven.map(({target}) => grandpa.sets.setIdAt(target.number)));
  assert.deepEqual([...sets], [0, 1, 2]);
  // Of set 0 nobody told: the genesis may be gone, where its voters stand.
  for (const {proof, target} of proven) {
    const isKnown = grandpa.sets.setIdAt(target.number) > 0;
    assert.equal(provesBlock(chain, grandpa, crypto, target, proof), isKnown, `${target.number}`);
  }
  const {proof, target} = proven.at(-1)!;
  const other = proven.at(-2)!.target;
  assert.equal(provesBlock(chain, grandpa, crypto, other, proof), false);
  const forged = proof.slice();
  // In the first signature: behind round, target and the length of the list, and a vote of 36 bytes.
  forged[8 + 36 + 1 + 36 + 5]! ^= 1;
  assert.equal(provesBlock(chain, grandpa, crypto, target, forged), false);
  assert.equal(provesBlock(chain, grandpa, crypto, target, Uint8Array.of(1, 2)), false);
});

test("what voters of another set signed proves nothing", async () => {
  const {chain, grandpa, crypto, proven} = await chainOfThreeSets();
  const {proof, target} = proven.find(one => grandpa.sets.setIdAt(one.target.number) === 0)!;
  const asIfCurrent = {sets: grandpa.sets, isFixed: true};
  assert.equal(provesBlock(chain, asIfCurrent, crypto, target, proof), false);
});
