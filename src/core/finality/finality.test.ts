import assert from "node:assert/strict";
import {test} from "node:test";
import {equalBytes, unwrap} from "#base";
import {decode} from "#codec";
import {justification} from "#consensus";
import {WELL_KNOWN_ACCOUNTS} from "#crypto";
import type {Blockchain} from "../chain/blockchain.ts";
import {coreForTests} from "../test-kit/core-for-tests.ts";
import {passTime} from "../test-kit/pass-time.ts";
import {restoreSets} from "./grandpa/restore.ts";
import {rewind} from "./rewind.ts";

const NAMES = ["Alice", "Bob", "Charlie", "Dave"];
const votesOf = (name: string) => ({
  id: WELL_KNOWN_ACCOUNTS.find(account => account.name === name)!.ed25519,
  weight: 1,
});

/** Resolves when that height is final and was announced. */
function isFinal(chain: Blockchain, number: number): Promise<void> {
  return new Promise(resolve => {
    const look = () => {
      if (chain.finalized().number >= number) resolve();
    };
    chain.on("finalized", look);
    look();
  });
}

test("at once: each best block is final, nobody votes, and nothing of voters exists", async () => {
  const {core, make} = await coreForTests(NAMES, {}, {finality: {kind: "at-once"}});
  unwrap(await core.start());
  assert.equal(core.finality.grandpa, undefined);
  await make(1);
  await make(2);
  await isFinal(core.chain, 2);
  assert.equal(core.finality.stall(), undefined);
  await core.stop();
});

test("at once: what is held back stays open until it is let go, and the chain can be put back", async () => {
  const {core, make} = await coreForTests(NAMES, {}, {finality: {kind: "at-once"}});
  const {chain, finality} = core;
  unwrap(await core.start());
  await make(1);
  await isFinal(chain, 1);
  finality.holdAt(1);
  await make(2);
  await make(3);
  assert.equal(chain.lastFinalized.number, 1);
  assert.match(finality.stall() ?? "", /nothing above block 1/);
  finality.holdAt(2);
  await isFinal(chain, 2);
  assert.equal(chain.lastFinalized.number, 2);
  finality.holdAt(undefined);
  await isFinal(chain, 3);
  await unwrap(rewind(chain, finality, chain.hashOf(1)!, new Map()));
  assert.deepEqual([chain.best().number, chain.lastFinalized.number], [1, 1]);
  await core.stop();
});

test("a committee outside of the runtime finalizes with its own votes, in set 0, and its proofs say so", async () => {
  // The runtime names Alice, Bob, Charlie and Dave; here Bob alone is asked.
  const finality = {kind: "committee", voters: [votesOf("Bob")]} as const;
  const {core, make, clock} = await coreForTests(NAMES, {}, {finality, collator: true});
  const {chain} = core;
  unwrap(await core.start());
  const {grandpa} = core.finality;
  assert.deepEqual(grandpa?.sets.authorities, finality.voters);
  const proofs: Uint8Array[] = [];
  grandpa.onJustification(proof => proofs.push(proof));
  await make(1);
  await passTime(clock, () => chain.finalized().number === 1);
  const [proof] = proofs;
  assert.ok(proof !== undefined);
  const {commit} = unwrap(decode(justification, proof));
  assert.deepEqual(
    commit.precommits.map(({id}) => equalBytes(id, votesOf("Bob").id)),
    [true],
  );
  assert.equal(grandpa.sets.setId, 0);
  await core.stop();
});

test("another committee than the one that a database was begun with is refused", async () => {
  const before = {kind: "committee", voters: [votesOf("Bob")]} as const;
  const {core, store, make, clock} = await coreForTests(
    NAMES,
    {},
    {finality: before, collator: true},
  );
  unwrap(await core.start());
  await make(1);
  await passTime(clock, () => core.chain.finalized().number === 1);
  await core.stop();
  store.setValue("grandpa-sets", core.finality.grandpa!.sets.encode());
  const host = {verifySignature: () => false};
  assert.ok(restoreSets(store, core.chain, before, host).ok);
  const after = {kind: "committee", voters: [votesOf("Alice")]} as const;
  const refused = restoreSets(store, core.chain, after, host);
  assert.ok(!refused.ok && refused.error.code === "committee-changed");
});
