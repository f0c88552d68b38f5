import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {u128} from "@polkadot/types";
import type {ExtrinsicStatus} from "@polkadot/types/interfaces";
import type {ISubmittableResult} from "@polkadot/types/types";
import {type Dev, follow, freeOf, PHA, pairOf, signedTransfer, startDev} from "./kit.ts";

const alice = pairOf("//Alice");
const bob = pairOf("//Bob");
const [charlie, dave] = ["//Charlie", "//Dave"].map(pairOf);

let dev: Dev;
before(async () => {
  // Alice is the author too: what she pays must not come back to her.
  dev = await startDev("--param=slot=200ms", "--param=fees=burn");
});
after(() => dev.close());

const transfer = () => dev.api.tx.balances.transferKeepAlive(bob.address, PHA);

function feePaid(result: ISubmittableResult): bigint {
  const {event} = result.findRecord("transactionPayment", "TransactionFeePaid")!;
  return (event.data[1] as u128).toBigInt();
}

/** What the node tells of a transaction, which is more than what the client makes of it. */
function toldOf(signed: string): Promise<ExtrinsicStatus[]> {
  const told: ExtrinsicStatus[] = [];
  return new Promise((resolve, reject) => {
    dev.api.rpc.author
      .submitAndWatchExtrinsic(signed, status => {
        told.push(status);
        if (status.isFinalized) resolve(told);
      })
      .catch(reject);
  });
}

test("a transfer is ready, in a block, and final; amount and fee have moved; its events are told", async () => {
  const {api} = dev;
  const before = [await freeOf(api, alice), await freeOf(api, bob)];
  const [results, told] = await Promise.all([
    follow(transfer(), alice),
    toldOf(await signedTransfer(api, charlie, {nonce: 0}, dave)),
  ]);
  const statuses = results.map(({status}) => status);
  // The client drops this status where the block is final before it has read it.
  const [others, inBlock] = [statuses.filter(({isInBlock}) => !isInBlock), results.at(-2)!];
  assert.deepEqual(
    others.map(({type}) => type).filter(type => type !== "Broadcast"),
    ["Ready", "Finalized"],
  );
  assert.deepEqual(
    told.map(({type}) => type).filter(type => type !== "Broadcast"),
    ["Ready", "InBlock", "Finalized"],
  );
  const [earlier, last] = told.slice(-2);
  assert.equal(last.asFinalized.toHex(), earlier.asInBlock.toHex());
  const finalized = results.at(-1)!;
  for (const {events} of inBlock.isInBlock ? [inBlock, finalized] : [finalized]) {
    const names = events.map(({event}) => `${event.section}.${event.method}`);
    assert.ok(names.includes("balances.Transfer"), names.join());
    assert.equal(names.at(-1), "system.ExtrinsicSuccess");
  }
  const fee = feePaid(finalized);
  assert.ok(fee > 0n);
  const after = [await freeOf(api, alice), await freeOf(api, bob)];
  assert.deepEqual([before[0] - after[0], after[1] - before[1]], [PHA + fee, PHA]);
});

test("the fee that a block's parent foretold is the fee that was paid in it", async () => {
  const {api} = dev;
  const signed = await transfer().signAsync(alice, {nonce: -1});
  const {partialFee: roughly} = await transfer().paymentInfo(alice);
  const finalized = (await follow(transfer(), alice)).at(-1)!;
  const {parentHash} = await api.rpc.chain.getHeader(finalized.status.asFinalized);
  const at = await api.at(parentHash);
  const bytes = signed.toU8a();
  const {partialFee} = await at.call.transactionPaymentApi.queryInfo(bytes, bytes.length);
  assert.equal(feePaid(finalized), partialFee.toBigInt());
  // What the wallet showed some blocks earlier is off by no more than the multiplier has moved since.
  assert.ok(Math.abs(roughly.toNumber() / partialFee.toNumber() - 1) < 0.001);
});

test("a dry run says how it would go and changes nothing", async () => {
  const before = await freeOf(dev.api, bob);
  assert.ok((await transfer().dryRun(alice)).asOk.isOk);
  const tooMuch = dev.api.tx.balances.transferKeepAlive(bob.address, 10n ** 30n);
  assert.ok((await tooMuch.dryRun(alice)).asOk.isErr);
  assert.equal(await freeOf(dev.api, bob), before);
});

test("a call that fails is final with the name of its error", async () => {
  const tooMuch = dev.api.tx.balances.transferKeepAlive(bob.address, 2_000_000n * PHA);
  const {dispatchError} = (await follow(tooMuch, alice)).at(-1)!;
  assert.deepEqual(dispatchError?.toHuman(), {Token: "FundsUnavailable"});
});

test("a transaction sent without watching has the hash that the client computed", async () => {
  const signed = await transfer().signAsync(alice, {nonce: -1});
  assert.equal((await signed.send()).toHex(), signed.hash.toHex());
});
