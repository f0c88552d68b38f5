import assert from "node:assert/strict";
import {test} from "node:test";
import {concatBytes, millis, unwrap, utf8Bytes} from "#base";
import {WELL_KNOWN_ACCOUNTS} from "#crypto";
import {encodeCall, signExtrinsic, signerOf} from "#description";
import {coreForTests, foreignCoreForTests, SLOT} from "../core/test-kit/core-for-tests.ts";
import {signedUpgrade} from "../core/test-kit/upgrade.ts";
import {CollatorJson} from "../rpc/shapes/collator-json.ts";
import {FOREIGN} from "../runtime/test-kit/foreign/index.ts";
import {alertsOf} from "./alerts/index.ts";
import {SessionStart} from "./session-start.ts";
import {deskForTests, makeNext} from "./test-kit/desk-for-tests.ts";

const known = (name: string) => WELL_KNOWN_ACCOUNTS.find(account => account.name === name)!;

/** No value of it is a number that is none, and no text speaks of a value that is not there. */
function assertTellable(json: unknown): void {
  const text = JSON.stringify(json, (_, value) => {
    if (typeof value === "number") assert.ok(Number.isFinite(value), `${value}`);
    return value;
  });
  assert.doesNotMatch(text, /NaN|undefined|Infinity/);
}

test("a chain that is not ours has its set and session told as far as it publishes them", async () => {
  const kit = await foreignCoreForTests(["Alice"]);
  const {desk, journal, facts} = deskForTests(kit);
  const {chain} = kit.core;
  for (let i = 0; i < 14; i++) await makeNext(kit, journal);
  const best = chain.best().number;
  assert.equal(best, 14);
  const status = desk.status();
  assert.deepEqual(status.account, known("Alice").sr25519);
  const {nextRotationAt, ...session} = status.session;
  assert.equal(nextRotationAt, kit.core.time.now() + (2 * FOREIGN.period - best) * SLOT);
  assert.deepEqual(session, {
    index: 1,
    // Found out by trying: metadata does not say it.
    period: FOREIGN.period,
    // When it began is in the chain's past.
    blocksInto: best % FOREIGN.period,
    nextRotationBlock: 2 * FOREIGN.period,
  });
  assert.deepEqual(status.authorities, {count: 4, held: 1});
  const {turns, made, expected} = status.production;
  assert.deepEqual([turns, made, expected], [4, 4, 1]);
  assert.equal(status.keys?.verdict, "match");
  assert.deepEqual(status.keys?.next?.byType, [
    {keyType: "aura", publicKey: known("Alice").sr25519},
  ]);
  assert.deepEqual(
    [status.standing?.kind, status.standing?.candidacyBond, status.standing?.lastAuthored],
    ["Invulnerable", 10n ** 12n, best],
  );
  assert.equal(status.verdict.code, "producing");
  assert.match(
    status.verdict.sentence,
    /^Producing normally: 4 of 4 slots this session; next slot/,
  );
  assert.equal(status.balance?.free, 10n ** 15n);
  const set = desk.set();
  assert.deepEqual(set.members!.map(({isOurs}) => isOurs).sort(), [false, false, false, true]);
  assert.deepEqual(
    [set.candidacyBond, set.desiredCandidates, set.kickThreshold, set.minEligible],
    [10n ** 12n, 5, FOREIGN.period, 1],
  );
  assert.deepEqual(
    set.members!.map(({kind, isActive, authored, expected: share, isOurs}) => [
      kind,
      isActive,
      authored,
      share,
      isOurs,
    ]),
    set.members!.map(({isOurs}) => ["Invulnerable", true, isOurs ? 4 : 0, 1, isOurs]),
  );
  const json = new CollatorJson(FOREIGN.ss58Prefix);
  assertTellable(json.status(status));
  assertTellable(json.set(set));
  assert.equal(json.status(status).session.period, FOREIGN.period);
  const [reward] = (await desk.rewards(known("Alice").sr25519, 3))!;
  assert.deepEqual(
    [reward?.number, reward?.amount, reward?.potBefore, reward?.potAfter],
    [best, 0n, undefined, undefined],
  );
  assert.equal(facts.description(chain.best().hash).ok, true);
});

test("what the blocks of another chain brought is what their events say, and what came into the account", async () => {
  const kit = await foreignCoreForTests(["Alice"]);
  const {desk, journal, facts} = deskForTests(kit);
  const {chain, pool} = kit.core;
  const {hashing, keyPairs} = kit.crypto;
  const description = unwrap(facts.description(chain.best().hash));
  const pot = concatBytes(utf8Bytes("modltoy/pot0"), new Uint8Array(20));
  const payment = {dest: {type: "Id", value: pot}, value: 1_000_000_000n};
  const call = unwrap(
    encodeCall(description, {call: "Balances.transfer_keep_alive", args: payment}),
  );
  const bob = signerOf(unwrap(keyPairs.fromUri("sr25519", known("Bob").uri)), hashing);
  const {specVersion, transactionVersion} = FOREIGN;
  const {genesisHash} = chain;
  const signing = {nonce: 0, genesisHash, specVersion, transactionVersion};
  const signed = unwrap(signExtrinsic(description, call, bob, signing, hashing));
  unwrap(await pool.submit("External", signed));
  await makeNext(kit, journal);
  const alice = known("Alice").sr25519;
  const freeBefore = facts.account(chain.best().hash, alice)!.free!;
  await makeNext(kit, journal);
  const [second, first] = (await desk.rewards(alice, 2))!;
  assert.deepEqual([first!.amount, second!.amount], [0n, 500_000_000n]);
  assert.equal(facts.account(chain.best().hash, alice)!.free! - freeBefore, second!.amount);
});

test("an account that the foreign chain does not know of is told so, and is not given a place", async () => {
  const kit = await foreignCoreForTests(["Alice"]);
  const {desk, journal} = deskForTests(kit);
  await makeNext(kit, journal);
  desk.watch(known("Eve").sr25519);
  const {verdict, standing, keys} = desk.status();
  assert.deepEqual(
    [verdict.code, standing?.kind, keys?.verdict],
    ["not-registered", "None", "not-registered"],
  );
  assert.match(standing!.kick.sentence, /^No candidate/);
});

test("a chain of sessions without candidates tells who authors, and not of what kind anybody is", async () => {
  const kit = await foreignCoreForTests(["Alice"], {unpublished: ["CollatorSelection"]});
  const {desk, journal} = deskForTests(kit);
  for (let i = 0; i < 2; i++) await makeNext(kit, journal);
  const {standing, verdict, authorities} = desk.status();
  assert.deepEqual(
    [standing?.kind, standing?.isActive, standing?.deposit, standing?.candidates],
    [undefined, true, undefined, undefined],
  );
  assert.match(standing!.kick.sentence, /^Unknown/);
  assert.deepEqual([verdict.code, authorities?.held], ["producing", 1]);
  desk.watch(known("Eve").sr25519);
  const eve = desk.status();
  assert.deepEqual(
    [
      eve.standing?.kind,
      eve.standing?.isActive,
      eve.standing?.kick.fate,
      eve.standing?.lastAuthored,
    ],
    [undefined, false, undefined, undefined],
  );
  assert.equal(eve.verdict.code, "set-unpublished");
  assertTellable(new CollatorJson(FOREIGN.ss58Prefix).status(eve));
});

for (const [what, gone] of [
  ["of Aura alone", ["Session", "CollatorSelection"]],
  // Who stands for collating says nothing of who authors.
  ["of candidates without sessions", ["Session"]],
] as const) {
  test(`a chain ${what} tells who authors, head, finality, and clock, and that it publishes no set`, async () => {
    const kit = await foreignCoreForTests(["Alice"], {unpublished: gone});
    const {desk, journal} = deskForTests(kit);
    for (let i = 0; i < 3; i++) await makeNext(kit, journal);
    const status = desk.status();
    assert.deepEqual(
      [status.account, status.standing, status.keys, status.session.index],
      [undefined, undefined, undefined, undefined],
    );
    assert.deepEqual(status.authorities, {count: 4, held: 1});
    assert.equal(status.head.best, 3);
    assert.equal(status.clock.isPaused, false);
    assert.deepEqual([status.verdict.code, status.verdict.level], ["set-unpublished", "good"]);
    assert.match(
      status.verdict.sentence,
      /^Producing normally with a key of the 4 that author; next slot in \d+ s\. This chain does not publish a set of collators\.$/,
    );
    assert.equal(desk.set().members, undefined);
    assert.equal(await desk.rewards(known("Alice").sr25519, 10), undefined);
    desk.watch(known("Alice").sr25519);
    assert.deepEqual(
      [desk.status().verdict.code, desk.status().verdict.level],
      ["set-unpublished", "good"],
    );
    desk.watch(undefined);
    const json = new CollatorJson(FOREIGN.ss58Prefix);
    assertTellable(json.status(status));
    assertTellable(json.set(desk.set()));
    // Its own missed slots are told all the same.
    const now = kit.clock.now();
    for (const ago of [4, 8, 12]) {
      const at = millis(now - ago * SLOT);
      journal.note({
        slot: at / SLOT,
        at,
        outcome: "out-of-time",
        block: undefined,
        detail: undefined,
      });
    }
    assert.equal(desk.status().verdict.code, "missing-slots");
    const facts = {isCollator: true, freeSpace: 1e9, minFreeSpace: 1, equivocations: 0};
    assert.deepEqual(
      alertsOf({status: desk.status(), recent: desk.recent(), ...facts}).map(({code}) => code),
      ["missed-slots"],
    );
  });
}

test("a node without keys on a chain of Aura alone is told that nothing of it authors", async () => {
  const kit = await foreignCoreForTests([], {unpublished: ["Session", "CollatorSelection"]});
  const {desk} = deskForTests(kit);
  const {verdict} = desk.status();
  assert.deepEqual([verdict.code, verdict.level], ["set-unpublished", "bad"]);
  assert.match(verdict.sentence, /no key in this node's keystore is among the 4 that author\.$/);
});

test("when a session began is found in the chain's past, after every block the same as its length says", async () => {
  const kit = await coreForTests(["Alice", "Bob", "Charlie", "Dave"], {
    sessionPeriod: 5,
    kickThreshold: 5,
  });
  const {facts} = deskForTests(kit);
  const {chain} = kit.core;
  let asked = 0;
  const starts = new SessionStart({
    chain,
    facts: {
      session(block) {
        asked++;
        return facts.session(block);
      },
    },
  });
  for (let slot = 1; slot <= 23; slot++) {
    await kit.make(slot);
    const best = chain.best();
    const session = facts.session(best.hash)!;
    const unsaid = {...session, period: undefined, nextRotation: undefined};
    assert.equal(starts.of(unsaid, best), session.nextRotation! - session.period!, `block ${slot}`);
  }
  // It is looked for once a session: at the most twice as often as halving takes.
  assert.ok(asked <= 5 * 6, `${asked}`);
});

test("over an upgrade the head's age and when own blocks were are told by the slots of then", async () => {
  const kit = await foreignCoreForTests(["Alice", "Bob", "Charlie", "Dave"]);
  const {core, crypto} = kit;
  const {desk} = deskForTests(kit);
  const began = kit.clock.now();
  await kit.make(1);
  unwrap(await core.pool.submit("External", signedUpgrade(core, crypto)));
  await kit.make(2);
  assert.deepEqual([desk.status().head.age, desk.status().head.slotDuration], [0, 500]);
  await kit.makeAt(2.5 * SLOT);
  await kit.makeAt(4 * SLOT);
  assert.equal(desk.status().head.age, 0);
  const rewards = await Promise.all(
    ["Alice", "Bob", "Charlie", "Dave"].map(name => desk.rewards(known(name).sr25519, 100)),
  );
  const at = rewards.flatMap(of => of!.map(reward => (reward.at - began) / SLOT));
  assert.deepEqual(at.sort(), [1, 2, 2.5, 4]);
});
