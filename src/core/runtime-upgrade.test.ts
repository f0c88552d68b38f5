import assert from "node:assert/strict";
import {test} from "node:test";
import {equalBytes, unwrap} from "#base";
import {slotOf} from "#consensus";
import {CODE_KEY} from "#primitives";
import {readCodeVersion} from "#runtime-api";
import {FOREIGN, foreignCode, UPGRADED} from "../runtime/test-kit/foreign/index.ts";
import {
  type CoreForTests,
  FIRST_SLOT,
  foreignCoreForTests,
  SLOT,
} from "./test-kit/core-for-tests.ts";
import {signedRemark} from "./test-kit/signed-call.ts";
import {signedUpgrade} from "./test-kit/upgrade.ts";

const NAMES = ["Alice", "Bob", "Charlie", "Dave"];

const versionAt = ({core: {chain}}: CoreForTests, hash: Uint8Array) =>
  unwrap(chain.runtimeOf(chain.state(hash)!)).version.specVersion;

/** An author with a block of its own, and the block that upgrades its chain. */
async function upgraded(): Promise<CoreForTests & {readonly upgrade: Uint8Array}> {
  const author = await foreignCoreForTests(NAMES);
  await author.make(1);
  unwrap(await author.core.pool.submit("External", signedUpgrade(author.core, author.crypto)));
  const {hash, transactions} = await author.make(2);
  assert.equal(transactions, 1);
  return {...author, upgrade: hash};
}

test("the block that changes the code is the old code's, the next one the new code's, for who makes and who takes it", async () => {
  const author = await upgraded();
  const importer = await foreignCoreForTests([]);
  // In the middle of a slot of before: there are twice as many now.
  await author.makeAt(2.5 * SLOT);
  await author.makeAt(3 * SLOT);
  const {chain} = author.core;
  assert.equal(author.core.slotDuration(), UPGRADED.slotDuration);
  for (let number = 1; number <= 4; number++) {
    const hash = chain.hashOf(number)!;
    importer.clock.advanceTo(author.clock.now());
    unwrap(await importer.takeFrom(author, hash));
    await importer.core.chain.settled();
    assert.equal(
      versionAt(importer, hash),
      number < 2 ? FOREIGN.specVersion : UPGRADED.specVersion,
    );
  }
  assert.ok(equalBytes(importer.core.chain.best().hash, chain.best().hash));
  assert.equal(importer.core.slotDuration(), UPGRADED.slotDuration);
  assert.deepEqual(
    [2, 3, 4].map(number => slotOf(chain.header(chain.hashOf(number)!)!.digest)),
    [FIRST_SLOT + 2, 2 * FIRST_SLOT + 5, 2 * FIRST_SLOT + 6],
  );
});

test("code of another name, of no higher version, or that says none is refused: the chain goes on with what it has", async () => {
  const author = await foreignCoreForTests(NAMES);
  const {core, crypto} = author;
  const codes = [
    foreignCode(crypto.hashing, {...UPGRADED, specName: "another"}),
    foreignCode(crypto.hashing, {...UPGRADED, specVersion: FOREIGN.specVersion}),
    Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0),
  ];
  for (const [nonce, code] of codes.entries()) {
    const signer = {uri: "//Alice", nonce};
    unwrap(await core.pool.submit("External", signedUpgrade(core, crypto, code, {signer})));
    assert.equal((await author.make(nonce + 1)).transactions, 1);
  }
  const {head, genesisHash} = core.chain;
  assert.deepEqual(head.state.get(CODE_KEY), core.chain.state(genesisHash)!.get(CODE_KEY));
});

test("what was signed for the version before is refused with a word on every node, and what is signed anew is taken at once", async () => {
  const author = await upgraded();
  const node = await foreignCoreForTests(NAMES);
  node.clock.advanceTo(author.clock.now());
  unwrap(await node.takeFrom(author, author.core.chain.hashOf(1)!));
  await node.core.chain.settled();
  const said: string[] = [];
  const [waiting, later, unsent] = [
    signedRemark(node.core, node.crypto, {uri: "//Bob"}),
    signedRemark(node.core, node.crypto, {uri: "//Bob", nonce: 7}),
    signedRemark(node.core, node.crypto, {uri: "//Charlie"}),
  ];
  for (const bytes of [waiting, later]) {
    unwrap(await node.core.pool.submit("External", bytes, ({kind}) => said.push(kind)));
  }
  unwrap(await node.takeFrom(author, author.upgrade));
  await node.core.chain.settled();
  const anew = signedRemark(node.core, node.crypto, {uri: "//Bob"});
  unwrap(await node.core.pool.submit("External", anew));
  await settled();
  assert.deepEqual(said, ["ready", "future", "invalid", "invalid"]);
  assert.deepEqual([node.core.pool.status.ready, node.core.pool.status.future], [1, 0]);
  const refused = await node.core.pool.submit("External", unsent);
  assert.ok(!refused.ok && refused.error.code === "invalid");
  assert.equal(refused.error.reason.type, "BadProof");
  const made = await node.makeAt(2.5 * SLOT);
  assert.deepEqual(
    node.core.chain.body(made.hash)!.filter(bytes => equalBytes(bytes, anew)).length,
    made.transactions,
  );
});

test("a fork without the upgrade that wins brings all back: code, slots, transactions; and its next block upgrades again", async () => {
  const author = await upgraded();
  const rival = await foreignCoreForTests(NAMES);
  rival.clock.advanceTo(author.clock.now());
  unwrap(await rival.takeFrom(author, author.core.chain.hashOf(1)!));
  await author.makeAt(2.5 * SLOT);
  const {core, crypto} = author;
  const said: string[] = [];
  const anew = signedRemark(core, crypto, {uri: "//Bob"});
  unwrap(await core.pool.submit("External", anew, ({kind}) => said.push(kind)));
  for (let slot = 3; slot <= 5; slot++) {
    const {hash} = await rival.make(slot);
    author.clock.advanceTo(rival.clock.now());
    unwrap(await author.takeFrom(rival, hash));
    await core.chain.settled();
  }
  await settled();
  assert.equal(core.chain.best().number, 4);
  assert.equal(core.slotDuration(), FOREIGN.slotDuration);
  // Of those that the other fork had, the upgrade may go in again; what was signed for its version may not.
  assert.equal(said.at(-1), "invalid");
  assert.equal(core.pool.status.ready, 1);
  const back = signedRemark(core, crypto, {uri: "//Bob"});
  unwrap(await core.pool.submit("External", back));
  assert.equal((await author.make(6)).transactions, 2);
  assert.equal(core.slotDuration(), UPGRADED.slotDuration);
  const {hash} = await author.makeAt(6.5 * SLOT);
  assert.equal(versionAt(author, hash), UPGRADED.specVersion);
});

test("when the slots of blocks were is told by the length that they had then, on either side of the upgrade", async () => {
  const author = await upgraded();
  await author.makeAt(2.5 * SLOT);
  const {chain, slots} = author.core;
  const began = [1, 2, 3].map(number => slots.startOf(chain.header(chain.hashOf(number)!)!)!);
  assert.deepEqual(
    began.map(at => at - FIRST_SLOT * SLOT),
    [SLOT, 2 * SLOT, 2.5 * SLOT],
  );
  assert.equal(slots.startOf(chain.header(chain.genesisHash)!), undefined);
});

test("who makes and who takes the block that brings code has it got ready before anybody is told of the block", async () => {
  const said: string[] = [];
  const node = () =>
    foreignCoreForTests(NAMES, {
      async prepare({bytes}) {
        said.push(`version ${unwrap(readCodeVersion(bytes)).specVersion}`);
        await settled();
        said.push("ready");
      },
    });
  const [author, importer] = [await node(), await node()];
  for (const {core} of [author, importer]) {
    core.chain.on("import", ({number}) => said.push(`block ${number}`));
  }
  await author.make(1);
  unwrap(await author.core.pool.submit("External", signedUpgrade(author.core, author.crypto)));
  await author.make(2);
  await author.makeAt(2.5 * SLOT);
  const made = ["block 1", "version 8", "ready", "block 2", "block 3"];
  assert.deepEqual(said, made);
  importer.clock.advanceTo(author.clock.now());
  for (let number = 1; number <= 3; number++) {
    unwrap(await importer.takeFrom(author, author.core.chain.hashOf(number)!));
    await importer.core.chain.settled();
  }
  assert.deepEqual(said, [...made, ...made]);
});

test("a block that is passed by while its code is got ready is not kept, and costs nothing more", async () => {
  let goOn = () => {};
  const held = new Promise<void>(resolve => {
    goOn = resolve;
  });
  const author = await upgraded();
  const rival = await foreignCoreForTests(NAMES);
  const node = await foreignCoreForTests(NAMES, {prepare: () => held});
  rival.clock.advanceTo(author.clock.now());
  for (const {takeFrom, clock} of [rival, node]) {
    clock.advanceTo(author.clock.now());
    unwrap(await takeFrom(author, author.core.chain.hashOf(1)!));
  }
  const {hash} = await rival.make(3);
  node.clock.advanceTo(rival.clock.now());
  unwrap(await node.core.pool.submit("External", signedUpgrade(node.core, node.crypto)));
  const [taken, made] = [node.takeFrom(author, author.upgrade), node.makeAt(4 * SLOT)];
  unwrap(await node.takeFrom(rival, hash));
  await unwrap(node.core.chain.finalize(hash, undefined));
  goOn();
  const outcome = await taken;
  assert.ok(!outcome.ok && outcome.error.code === "fork-abandoned");
  await assert.rejects(made, /became final meanwhile/);
  assert.deepEqual(node.core.chain.best().hash, hash);
});

/** Verdicts are on their way until other work had its turn. */
const settled = () => new Promise(resolve => setImmediate(resolve));
