import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {blake2AsHex} from "@polkadot/util-crypto";
import {RawClient} from "../support/raw-client.ts";
import {type Dev, pairOf, signedTransfer, startDev} from "./kit.ts";

/** Blocks are made when the test says so: what waits in the pool can be looked at. */
let dev: Dev;
let raw: RawClient;
before(async () => {
  dev = await startDev("--seal=manual");
  raw = await RawClient.open(dev.url);
});
after(async () => {
  await raw.close();
  await dev.close();
});

const seal = () => raw.call("engine_createBlock", true, true);
const watch = (bytes: string) =>
  raw.subscribe<string | Record<string, string>>("author_submitAndWatchExtrinsic", bytes);
const nextNonce = ({address}: {address: string}) =>
  raw.call<number>("system_accountNextIndex", address);

test("what is in the pool already, used, forged or unfunded is refused with the words clients know", async () => {
  const {api} = dev;
  const alice = pairOf("//Alice");
  const bytes = await signedTransfer(api, alice, {nonce: 0});
  await raw.call("author_submitExtrinsic", bytes);
  assert.deepEqual(await raw.fail("author_submitExtrinsic", bytes), {
    code: 1_013,
    message: "Transaction Already Imported",
    data: blake2AsHex(bytes),
  });
  await seal();
  const refused = async (extrinsic: string) => {
    const {code, message, data} = await raw.fail("author_submitExtrinsic", extrinsic);
    assert.deepEqual([code, message], [1_010, "Invalid Transaction"]);
    return data;
  };
  const used = await signedTransfer(api, alice, {nonce: 0, tip: 1});
  assert.equal(await refused(used), "Transaction is outdated");
  const good = await signedTransfer(api, alice, {nonce: 1});
  // Behind length, version and the sender lies the kind of signature, then the signature itself.
  const at = good.indexOf(Buffer.from(alice.publicKey).toString("hex")) + 64 + 2;
  const forged = `${good.slice(0, at)}${good[at] === "0" ? "1" : "0"}${good.slice(at + 1)}`;
  assert.equal(await refused(forged), "Transaction has a bad signature");
  const poor = await signedTransfer(api, pairOf("//Poor"), {nonce: 0});
  assert.equal(await refused(poor), "Inability to pay some fees (e.g. account balance too low)");
});

test("a gap in the nonces is future, and ready once it is filled; both bare words", async () => {
  const bob = pairOf("//Bob");
  const later = await watch(await signedTransfer(dev.api, bob, {nonce: 1}));
  assert.deepEqual(await later.items.take(1), ["future"]);
  const first = await watch(await signedTransfer(dev.api, bob, {nonce: 0}));
  assert.deepEqual(await first.items.take(1), ["ready"]);
  assert.deepEqual(await later.items.take(2), ["future", "ready"]);
  await seal();
  await later.items.find("it is final", item => typeof item === "object" && "finalized" in item);
});

test("the same nonce needs a higher tip, and whoever is outbid learns by whom", async () => {
  const charlie = pairOf("//Charlie");
  const first = await watch(await signedTransfer(dev.api, charlie, {nonce: 0, tip: 1_000}));
  for (const tip of [0, 1_000]) {
    const other = await signedTransfer(dev.api, charlie, {nonce: 0, tip}, pairOf("//Dave"));
    assert.equal((await raw.fail("author_submitExtrinsic", other)).code, 1_014);
  }
  const higher = await signedTransfer(dev.api, charlie, {nonce: 0, tip: 10n ** 9n});
  const hash = await raw.call("author_submitExtrinsic", higher);
  assert.deepEqual(await first.items.take(2), ["ready", {usurped: hash}]);
  await seal();
});

test("what was removed from the pool is gone, and banned for a while", async () => {
  const bytes = await signedTransfer(dev.api, pairOf("//Dave"), {nonce: 0});
  const hash = await raw.call("author_submitExtrinsic", bytes);
  assert.deepEqual(await raw.call("author_removeExtrinsic", [{hash}]), [hash]);
  assert.deepEqual(await raw.call("author_pendingExtrinsics"), []);
  assert.equal((await raw.fail("author_submitExtrinsic", bytes)).code, 1_012);
});

test("the next index counts what waits, the runtime's nonce does not; what waits is shown until it is in a block", async () => {
  const eve = pairOf("//Eve");
  const ofRuntime = async () =>
    (await dev.api.call.accountNonceApi.accountNonce(eve.address)).toNumber();
  const waiting: string[] = [];
  for (let nonce = 0; nonce < 3; nonce++) {
    assert.equal(await nextNonce(eve), nonce);
    waiting.push(await signedTransfer(dev.api, eve, {nonce}));
    await raw.call("author_submitExtrinsic", waiting[nonce]);
    assert.deepEqual(await raw.call("author_pendingExtrinsics"), waiting);
    assert.equal(await ofRuntime(), 0);
  }
  await seal();
  assert.deepEqual(await raw.call("author_pendingExtrinsics"), []);
  assert.deepEqual([await nextNonce(eve), await ofRuntime()], [3, 3]);
});

test("a mortal transaction is taken within its period and refused after it", async () => {
  const ferdie = pairOf("//Ferdie");
  const {hash, number} = await dev.api.rpc.chain.getHeader();
  const sign = (nonce: number) =>
    signedTransfer(dev.api, ferdie, {
      nonce,
      era: {current: number.toNumber(), period: 4},
      blockHash: hash,
    });
  const [within, after] = [await sign(0), await sign(1)];
  const watched = await watch(within);
  await seal();
  await watched.items.find(
    "it is in a block",
    item => typeof item === "object" && "inBlock" in item,
  );
  for (let block = 0; block < 5; block++) await seal();
  const {code, data} = await raw.fail("author_submitExtrinsic", after);
  // The era now names a later block, whose hash was not signed: Substrate finds the signature bad, too.
  assert.deepEqual([code, data], [1_010, "Transaction has a bad signature"]);
});
