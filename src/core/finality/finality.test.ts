import assert from "node:assert/strict";
import {test} from "node:test";
import {equalBytes, type Logger, unwrap} from "#base";
import {decode} from "#codec";
import {justification} from "#consensus";
import {WELL_KNOWN_ACCOUNTS} from "#crypto";
import type {ChainStore} from "#store";
import type {Blockchain} from "../chain/blockchain.ts";
import {coreForTests} from "../test-kit/core-for-tests.ts";
import {passTime} from "../test-kit/pass-time.ts";
import {signedCall} from "../test-kit/signed-call.ts";
import type {FinalityChoice} from "./finality-choice.ts";
import {rewind} from "./rewind.ts";

const NAMES = ["Alice", "Bob", "Charlie", "Dave"];
const known = (name: string) => WELL_KNOWN_ACCOUNTS.find(account => account.name === name)!;
const accountOf = (name: string) => known(name).sr25519;
const votesOf = (name: string) => ({id: known(name).ed25519, weight: 1});

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

/** A core over a store that was used before. */
async function again(store: ChainStore, finality: FinalityChoice) {
  return coreForTests(NAMES, {}, {finality, collator: true}, async () => store).then(
    () => undefined,
    (error: unknown) => String(error),
  );
}

test("what makes blocks final is kept with the chain: another committee, or another kind, is refused", async () => {
  const bob = {kind: "committee", voters: [votesOf("Bob")]} as const;
  const {core, store, make, clock} = await coreForTests(NAMES, {}, {finality: bob, collator: true});
  unwrap(await core.start());
  await make(1);
  await passTime(clock, () => core.chain.finalized().number === 1);
  await core.stop();
  assert.equal(await again(store, bob), undefined);
  const alice = {kind: "committee", voters: [votesOf("Alice")]} as const;
  for (const other of [alice, {kind: "runtime"}, {kind: "at-once"}] as const) {
    assert.match((await again(store, other)) ?? "", /finality-changed/);
  }
});

test("that finality stands still is said once voters had time, also after a start and after the chain was put back", async () => {
  const said: string[] = [];
  const logger: Logger = {
    log: (_, __, what) => void (/stands still/.test(what) && said.push(what)),
  };
  // Nobody here has that key.
  const finality = {kind: "committee", voters: [votesOf("Ferdie")]} as const;
  const {core, make} = await coreForTests(NAMES, {}, {finality, logger});
  unwrap(await core.start());
  const makeFor = async (from: number, seconds: number) => {
    for (let slot = from; slot < from + seconds; slot++) await make(slot);
  };
  // Of slots of a second.
  await makeFor(1, 28);
  assert.ok(core.finality.stall() !== undefined);
  assert.deepEqual(said, []);
  await makeFor(29, 5);
  assert.equal(said.length, 1);
  await makeFor(34, 24);
  const {grandpa} = core.finality;
  grandpa!.goOnWith(grandpa!.sets);
  await makeFor(58, 28);
  assert.equal(said.length, 1);
  await makeFor(86, 4);
  assert.equal(said.length, 2);
  await core.stop();
});

test("a database from before there was a choice goes by its runtime", async () => {
  const {core, store, make} = await coreForTests(NAMES);
  await make(1);
  await core.chain.settled();
  store.setValue("finality-kind", undefined);
  assert.match((await again(store, {kind: "at-once"})) ?? "", /finality-changed/);
  assert.equal(await again(store, {kind: "runtime"}), undefined);
});

test("a committee by which nothing could be final is refused", async () => {
  const bob = votesOf("Bob");
  for (const voters of [
    [],
    [bob, bob],
    [{...bob, weight: 0}],
    [{...bob, weight: 1.5}],
    [{...bob, id: bob.id.slice(1)}],
  ]) {
    const made = coreForTests(NAMES, {}, {finality: {kind: "committee", voters}});
    await assert.rejects(made, /committee-invalid/);
  }
});

test("at once: a higher rival that comes before the first block is on disk ends nobody's node", async () => {
  const a = await coreForTests(NAMES, {}, {finality: {kind: "at-once"}});
  const b = await coreForTests(NAMES);
  unwrap(await a.core.start());
  const {hash: first} = await b.make(1);
  const rivals = await coreForTests(NAMES);
  const {hash: second} = await rivals.make(2);
  const {hash: third} = await rivals.make(3);
  a.clock.advanceTo(rivals.clock.now());
  await Promise.all([a.takeFrom(b, first), a.takeFrom(rivals, second)]);
  await a.takeFrom(rivals, third);
  await a.core.chain.settled();
  const {chain} = a.core;
  assert.ok(chain.isDescendant(chain.head, chain.lastFinalized));
  await a.core.stop();
});

test("what headers announce does not change a committee outside of the runtime", async () => {
  const bob = {kind: "committee", voters: [votesOf("Bob")]} as const;
  // Invulnerables vote on this chain, so that a set without Dave is announced when a session takes him off.
  const parameters = {sessionPeriod: 2, kickThreshold: 2, finalityVoters: "Invulnerables"} as const;
  const {core, make, clock} = await coreForTests(NAMES, parameters, {
    finality: bob,
    collator: true,
  });
  const byRuntime = await coreForTests(NAMES, parameters, {collator: true});
  unwrap(await core.start());
  unwrap(await byRuntime.core.start());
  const sudo = (to: typeof core) =>
    signedCall(
      to,
      byRuntime.crypto,
      {uri: "//Alice"},
      {
        call: "Sudo.sudo",
        args: {
          call: {
            call: "CollatorSelection.set_invulnerables",
            args: {new: NAMES.slice(0, 3).map(name => accountOf(name))},
          },
        },
      },
    );
  unwrap(await core.pool.submit("External", sudo(core)));
  unwrap(await byRuntime.core.pool.submit("External", sudo(byRuntime.core)));
  for (let slot = 1; slot <= 8; slot++) {
    await make(slot);
    await byRuntime.make(slot);
  }
  const {chain} = byRuntime.core;
  await passTime(byRuntime.clock, () => chain.finalized().number === 8);
  assert.ok(
    byRuntime.core.finality.grandpa!.sets.setId > 0,
    "the runtime did announce another set",
  );
  await passTime(clock, () => core.chain.finalized().number === 8);
  assert.equal(core.finality.grandpa!.sets.setId, 0);
  assert.deepEqual(core.finality.grandpa!.sets.authorities, bob.voters);
  await core.stop();
  await byRuntime.core.stop();
});
