import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {type NetProcess, startNet} from "../../support/net-process.ts";
import {until} from "../../support/network.ts";
import {connect, pairOf} from "./kit.ts";

/** Two collators, so that an author has to be told from another, and what polkadot.js Apps asks of them. */
let net: NetProcess;
let api: Awaited<ReturnType<typeof connect>>;
before(async () => {
  net = await startNet(["2", "--param=slot=250ms"]);
  api = await connect(net.nodes[0]!.url);
});
after(async () => {
  await api.disconnect();
  await net.stop("SIGTERM");
});

const [one, two] = [pairOf("//Collator//1"), pairOf("//Collator//2")];

test("the author that is named is the collator whose slot it was", async () => {
  const authors: [number, string][] = [];
  await new Promise<void>((resolve, reject) => {
    const stop = api.derive.chain.subscribeNewHeads(header => {
      if (header.number.toNumber() === 0) return;
      const [, preRuntime] = header.digest.logs[0]!.asPreRuntime;
      const slot = api.registry.createType("u64", preRuntime.toU8a(true)).toNumber();
      authors.push([slot, header.author!.toString()]);
      // On a busy machine one of them may miss several turns.
      if (authors.length >= 8 && new Set(authors.map(([, author]) => author)).size > 1)
        stop.then(unsubscribe => resolve(unsubscribe()), reject);
    });
    stop.catch(reject);
  });
  const validators = (await api.query.session.validators()).map(who => who.toString());
  assert.deepEqual(new Set(authors.map(([, author]) => author)), new Set(validators));
  for (const [slot, author] of authors) assert.equal(author, validators[slot % validators.length]);
});

test("health counts the peers that are listed, and type, roles and properties are those of chain and node", async () => {
  const {system} = api.rpc;
  await until("they have met", async () => (await system.health()).peers.toNumber() === 1);
  const peers = await system.peers();
  assert.equal(peers.length, 1);
  assert.equal(peers[0]!.roles.toString(), "AUTHORITY");
  assert.ok((await system.chainType()).isLocal);
  assert.deepEqual((await system.nodeRoles()).toJSON(), [{authority: null}]);
  assert.deepEqual((await system.properties()).toHuman(), {
    isEthereum: false,
    ss58Format: "30",
    tokenDecimals: ["12"],
    tokenSymbol: ["PHA"],
  });
});

test("Explorer: blocks with their authors, the session's progress, issuance, events of a block", async () => {
  const {derive, query} = api;
  const {sessionLength, currentIndex} = await derive.session.progress();
  assert.ok(currentIndex.toNumber() >= 0 && sessionLength !== undefined);
  assert.ok((await query.balances.totalIssuance()).toBigInt() > 0n);
  const hash = await api.rpc.chain.getBlockHash(2);
  const header = await derive.chain.getHeader(hash);
  assert.ok([one.address, two.address].includes(header.author!.toString()));
  const {block} = await api.rpc.chain.getBlock(hash);
  assert.equal(block.extrinsics[0]!.method.toString().length > 0, true);
  const events = await (await api.at(hash)).query.system.events();
  assert.ok(events.length > 0);
});

test("Node info: health, peers and waiting transactions, every ten seconds", async () => {
  const {system, author} = api.rpc;
  const [, , pending] = await Promise.all([
    system.health(),
    system.peers(),
    author.pendingExtrinsics(),
  ]);
  assert.equal(pending.length, 0);
  // Asked one after the other: a connection may come or go in between.
  await until(
    "as many are counted as are listed",
    async () => (await system.health()).peers.toNumber() === (await system.peers()).length,
  );
});

test("Collators: the page shows, with invulnerables, candidates and the last block of each", async () => {
  const {collatorSelection, system} = api.query;
  assert.ok(collatorSelection.candidacyBond, "this is what makes Apps show the page");
  const invulnerables = (await collatorSelection.invulnerables()).toJSON() as string[];
  assert.deepEqual(new Set(invulnerables), new Set([one.address, two.address]));
  assert.deepEqual((await collatorSelection.candidates()).toJSON(), []);
  assert.equal((await collatorSelection.desiredCandidates()).toJSON(), 0);
  const last = await collatorSelection.lastAuthoredBlock.multi(invulnerables);
  assert.ok(last.every(number => Number(number.toJSON()) > 0));
  assert.equal((await system.account.multi(invulnerables)).length, 2);
});

test("Accounts: balances, flags and the dialog's fee are derived", async () => {
  const {derive, tx, query} = api;
  const [sudo, other] = [one, two];
  const all = await derive.balances.all(other.address);
  assert.ok(all.freeBalance.toBigInt() > 0n);
  assert.equal(all.availableBalance.toBigInt(), all.freeBalance.toBigInt());
  assert.ok((await derive.accounts.flags(sudo.address)).isSudo);
  assert.ok(!(await derive.accounts.flags(other.address)).isSudo);
  const {partialFee} = await tx.balances.transferKeepAlive(other.address, 1).paymentInfo(sudo);
  assert.ok(partialFee.toBigInt() > 0n);
  assert.ok(tx.sudo.setKey, "with the account below, this opens the Sudo page");
  assert.equal((await query.sudo.key()).unwrap().toString(), sudo.address);
});

test("Settings: metadata at version 15 can be had, and calls only of what is loaded", async () => {
  const opaque = await api.call.metadata.metadataAtVersion(15);
  const metadata = api.registry.createType("Metadata", opaque.unwrap().toHex());
  assert.equal(metadata.version, 15);
  assert.ok(api.runtimeMetadata.asCallsOnly.toHex().length > 1_000);
});
