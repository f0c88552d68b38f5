import assert from "node:assert/strict";
import {test} from "node:test";
import type {ApiPromise} from "@polkadot/api";
import type {HeaderExtended, SignedBlockExtended} from "@polkadot/api-derive/types";
import type {AccountId} from "@polkadot/types/interfaces";
import type {Codec} from "@polkadot/types/types";
import {blake2AsHex} from "@polkadot/util-crypto";
import {startNet} from "../../support/net-process.ts";
import {until} from "../../support/network.ts";
import {rehearsalOf} from "../support/genuine-specs.ts";
import {rehearsedChains} from "../support/rehearsed-chains.ts";
import {connectListening, follow, freeOf, pairOf} from "./kit.ts";

/** On any chain; more than an account has to have. */
const AMOUNT = 10n ** 12n;
/** Of `rehearsalOf`. */
const COLLATORS = 4;
/** Eve makes no blocks, for which some chains pay out of the fees. */
const [alice, bob, eve] = ["//Alice", "//Bob", "//Eve"].map(pairOf);

/** So many items of what polkadot.js subscribes to. */
function take<T>(
  count: number,
  subscribe: (listener: (item: T) => void) => Promise<() => void>,
  counts: (item: T) => boolean = () => true,
): Promise<T[]> {
  const items: T[] = [];
  return new Promise((resolve, reject) => {
    const stop = subscribe(item => {
      if (!counts(item) || items.push(item) !== count) return;
      stop.then(leave => {
        leave();
        resolve(items);
      }, reject);
    });
    stop.catch(reject);
  });
}

const textOf = (values: readonly unknown[]): string[] => values.map(String).sort();

/** A genesis, which a client that is quick meets, has no author and no events. */
const isMade = ({number}: HeaderExtended): boolean => !number.unwrap().isZero();
const isOfMade = ({block}: SignedBlockExtended): boolean => !block.header.number.unwrap().isZero();

/** Whose slot it was, by the authors that the block's parent names. */
async function authorInTurn(api: ApiPromise, header: HeaderExtended): Promise<string> {
  const [, preRuntime] = header.digest.logs[0].asPreRuntime;
  const slot = api.registry.createType("u64", preRuntime.toU8a(true)).toNumber();
  const before = await api.at(header.parentHash);
  const validators = (await before.query.session.validators()) as unknown as AccountId[];
  return validators[slot % validators.length].toString();
}

/** Each event is of a phase of this very block, and each extrinsic says once how it went. */
function checkEvents({block, extrinsics, events}: SignedBlockExtended): void {
  assert.equal(extrinsics.length, block.extrinsics.length);
  assert.ok(block.extrinsics.length >= 2 && events.length >= block.extrinsics.length);
  for (const {events, dispatchError} of extrinsics) {
    assert.equal(dispatchError, undefined);
    const ends = events.filter(({section, method}) => `${section}.${method}` === SUCCESS);
    assert.equal(ends.length, 1);
  }
}
const SUCCESS = "system.ExtrinsicSuccess";

async function explorer(api: ApiPromise): Promise<void> {
  const {chain, session} = api.derive;
  const seen = new Set<string>();
  const isNew = (header: HeaderExtended) =>
    isMade(header) && !seen.has(`${header.author}`) && seen.add(`${header.author}`) !== undefined;
  const [heads, blocks, final] = await Promise.all([
    take<HeaderExtended>(COLLATORS, listener => chain.subscribeNewHeads(listener), isNew),
    take<SignedBlockExtended>(3, listener => chain.subscribeNewBlocks(listener), isOfMade),
    take<SignedBlockExtended>(3, listener => chain.subscribeFinalizedBlocks(listener), isOfMade),
  ]);
  for (const header of heads) {
    assert.equal(header.author!.toString(), await authorInTurn(api, header));
  }
  for (const block of [...blocks, ...final]) checkEvents(block);
  const [{block: told, author}] = final;
  const number = told.header.number.unwrap();
  const again = await chain.getBlockByNumber(number);
  assert.equal(again!.block.hash.toHex(), told.hash.toHex());
  assert.equal(String(again!.author), String(author));
  // In this order: a block may come in between, and none that is final is above the best one of later.
  const finalized = await chain.bestNumberFinalized();
  const best = await chain.bestNumber();
  assert.ok(finalized.toNumber() > 0 && finalized.lte(best));
  const {currentIndex, sessionLength} = await session.progress();
  assert.ok(currentIndex.isZero() && !sessionLength.isZero());
  assert.ok((await session.info()).validatorCount.isZero(), "of Staking, which none of them has");
}

async function oldBlocks(api: ApiPromise): Promise<void> {
  for (const number of [0, 1, 2]) {
    const hash = await api.rpc.chain.getBlockHash(number);
    const at = await api.at(hash);
    assert.equal((await at.query.system.number()).toNumber(), number);
    assert.equal(at.runtimeVersion.toHex(), api.runtimeVersion.toHex());
    const header = await api.derive.chain.getHeader(hash);
    assert.equal(header.author === undefined, number === 0);
    const {block} = await api.rpc.chain.getBlock(hash);
    assert.equal(block.extrinsics.length > 0, number > 0);
    assert.equal(((await at.query.system.events()) as unknown as unknown[]).length > 0, number > 0);
  }
}

async function chainState(api: ApiPromise): Promise<void> {
  const {system, timestamp} = api.query;
  const seen = await take<Codec[]>(3, listener =>
    api.queryMulti([timestamp.now, system.number, [system.account, alice.address]], listener),
  );
  for (const [now, number, account] of seen) {
    // The block that they were told of, whichever fork goes on.
    const at = await api.at(number.createdAtHash!);
    assert.equal(String(await at.query.system.number()), String(number));
    assert.equal(String(await at.query.timestamp.now()), String(now));
    assert.equal((await at.query.system.account(alice.address)).toHex(), account.toHex());
  }
  const at = await api.at(await api.rpc.chain.getFinalizedHead());
  const all = (await at.query.system.account.entries()).map(([key]) => key.toHex());
  const paged: string[] = [];
  for (let startKey: string | undefined; ; startKey = paged.at(-1)) {
    const args = {args: [], pageSize: 2, ...(startKey === undefined ? {} : {startKey})};
    const page = await at.query.system.account.keysPaged(args);
    assert.ok(page.length <= 2);
    if (page.length === 0) break;
    paged.push(...page.map(key => key.toHex()));
  }
  assert.deepEqual(paged, all);
  assert.ok(all.length > 5 && new Set(all).size === all.length);
  const {account: accountThen} = at.query.system;
  const bytes = (await accountThen(bob.address)).toU8a();
  assert.equal((await accountThen.hash(bob.address)).toHex(), blake2AsHex(bytes));
  assert.equal((await accountThen.size(bob.address)).toNumber(), bytes.length);
}

async function accounts(api: ApiPromise): Promise<void> {
  const {derive, rpc, tx} = api;
  const all = await derive.balances.all(bob.address);
  assert.equal(all.freeBalance.toBigInt(), await freeOf(api, bob));
  assert.ok(all.availableBalance.toBigInt() > 0n);
  const info = await derive.accounts.info(bob.address);
  assert.equal(info.accountId!.toString(), all.accountId.toString());
  const key = (await api.query.sudo?.key()) as unknown as {unwrap(): AccountId} | undefined;
  const flags = await derive.accounts.flags(alice.address);
  assert.equal(flags.isSudo, key?.unwrap().eq(alice.address) ?? false);
  const nonce = await rpc.system.accountNextIndex(bob.address);
  assert.equal((await api.call.accountNonceApi.accountNonce(bob.address)).toString(), `${nonce}`);

  const transfer = tx.balances.transferKeepAlive(eve.address, AMOUNT);
  const signed = await transfer.signAsync(bob, {nonce});
  const bytes = signed.toU8a();
  const {partialFee} = await transfer.paymentInfo(bob);
  assert.ok(partialFee.toBigInt() > 0n);
  // The three ways to ask are of one block: with every block the multiplier moves the fee a little.
  const block = await rpc.chain.getBlockHash();
  // What polkadot.js reads it as has not been answered by any node since 2022.
  const asked = (await rpc.payment.queryInfo.raw(signed.toHex(), block)) as {partialFee: string};
  const at = await api.at(block);
  const called = await at.call.transactionPaymentApi.queryInfo(bytes, bytes.length);
  assert.equal(`${asked.partialFee}`, `${called.partialFee}`);
  const {inclusionFee} = await rpc.payment.queryFeeDetails(signed.toHex(), block);
  const {baseFee, lenFee, adjustedWeightFee} = inclusionFee.unwrap();
  assert.equal(`${baseFee.add(lenFee).add(adjustedWeightFee)}`, `${asked.partialFee}`);
  assert.ok((await rpc.system.dryRun(signed.toHex())).asOk.isOk);
  const broke = await tx.balances.transferKeepAlive(eve.address, 10n ** 30n).signAsync(bob);
  assert.ok((await rpc.system.dryRun(broke.toHex())).asOk.isErr);

  const before = await freeOf(api, eve);
  const results = await follow(transfer, bob);
  const {isFinalized, dispatchError, events} = results.at(-1)!;
  assert.ok(isFinalized && dispatchError === undefined, String(dispatchError));
  assert.ok(events.some(({event}) => api.events.balances.Transfer.is(event)));
  assert.equal((await freeOf(api, eve)) - before, AMOUNT);
  assert.equal(Number(await rpc.system.accountNextIndex(bob.address)), nonce.toNumber() + 1);
  assert.equal((await rpc.author.pendingExtrinsics()).length, 0);
}

/** Collators, and the pages of whatever governs the chain. */
async function government(api: ApiPromise): Promise<void> {
  const {query, derive} = api;
  const {collatorSelection} = query;
  assert.ok(collatorSelection.candidacyBond, "this is what makes Apps show the page");
  const invulnerables = (await collatorSelection.invulnerables()).toJSON() as string[];
  assert.equal(invulnerables.length, COLLATORS);
  const last = await collatorSelection.lastAuthoredBlock.multi(invulnerables);
  assert.ok(last.every(number => Number(number.toJSON()) > 0));
  assert.ok((await query.balances.totalIssuance()).toBigInt() > 0n);
  for (const name of ["council", "technicalCommittee"] as const) {
    if (query[name] === undefined) continue;
    const members = await derive[name].members();
    assert.deepEqual(textOf(members), textOf((await query[name].members()) as never));
    assert.ok(members.length > 0);
    assert.deepEqual(await derive[name].proposals(), []);
  }
  if (query.democracy !== undefined) {
    const [proposals, referendums, next, queue] = await Promise.all([
      derive.democracy.proposals(),
      derive.democracy.referendums(),
      derive.democracy.nextExternal(),
      derive.democracy.dispatchQueue(),
    ]);
    assert.deepEqual([proposals, referendums, next, queue], [[], [], null, []]);
    assert.ok((await derive.democracy.sqrtElectorate()).gtn(0));
  }
  if (query.treasury !== undefined) {
    assert.deepEqual((await derive.treasury.proposals()).proposals, []);
  }
  if (query.bounties !== undefined) assert.deepEqual(await derive.bounties.bounties(), []);
  if (query.phragmenElection !== undefined) {
    const {desiredSeats} = await derive.elections.info();
    assert.equal(Number(desiredSeats), Number(api.consts.phragmenElection.desiredMembers));
  }
}

async function nodeInfo(api: ApiPromise): Promise<void> {
  const {system} = api.rpc;
  const [chain, type, name, version, health, peers, properties, roles] = await Promise.all([
    system.chain(),
    system.chainType(),
    system.name(),
    system.version(),
    system.health(),
    system.peers(),
    system.properties(),
    system.nodeRoles(),
  ]);
  assert.match(`${chain}`, / \(rehearsal\)$/);
  assert.deepEqual([name.toString(), type.isLocal], ["khala", true]);
  assert.match(`${version}`, /^\d+\.\d+\.\d+/);
  assert.ok(health.peers.toNumber() > 0 && peers.length > 0);
  // A connection may come or go between two questions, and a node that had no turn for a while is behind for a moment.
  await until("it is with its peers, and counts those that it lists", async () => {
    const {peers: counted, isSyncing} = await system.health();
    return counted.eqn((await system.peers()).length) && !isSyncing.isTrue;
  });
  assert.deepEqual(roles.toJSON(), [{authority: null}]);
  const {ss58Prefix} = api.consts.system;
  assert.equal(Number(properties.ss58Format.unwrapOr(ss58Prefix)), Number(ss58Prefix));
  assert.equal(api.registry.chainSS58, Number(ss58Prefix));
  assert.deepEqual(api.registry.chainTokens, properties.tokenSymbol.unwrap().map(String));
  const opaque = await api.call.metadata.metadataAtVersion?.(15);
  const metadata = opaque?.isSome
    ? api.registry.createType("Metadata", opaque.unwrap().toHex())
    : await api.rpc.state.getMetadata();
  assert.equal(metadata.version, opaque === undefined ? 14 : 15);
  const names = api.runtimeMetadata.asLatest.pallets.map(({name}) => name.toString());
  assert.deepEqual(
    metadata.asLatest.pallets.map(({name}) => name.toString()),
    names,
  );
  assert.ok(api.runtimeMetadata.asCallsOnly.toHex().length > 1_000);
}

const HABITS: readonly (readonly [page: string, habits: (api: ApiPromise) => Promise<void>])[] = [
  ["Explorer: blocks with authors in turn, events, finality, session", explorer],
  ["the first blocks, genesis among them, are as readable as the last", oldBlocks],
  ["Chain state: several keys at once, as they change; pages of keys", chainState],
  ["Accounts: balances, flags, fees, a dry run, a transfer to its end", accounts],
  ["Collators, council, democracy, treasury: where the chain has them", government],
  ["Node info and Settings: what the node is, metadata as it was told", nodeInfo],
];

for (const {name, file} of await rehearsedChains()) {
  test(`polkadot.js Apps' habits on a rehearsal of ${name}`, async t => {
    const net = await startNet(rehearsalOf(file));
    try {
      const {api, errors} = await connectListening(net.nodes[0]!.url);
      try {
        assert.deepEqual(errors, []);
        for (const [page, habits] of HABITS) await t.test(page, () => habits(api));
      } finally {
        await api.disconnect();
      }
    } finally {
      await net.stop("SIGTERM");
    }
  });
}
