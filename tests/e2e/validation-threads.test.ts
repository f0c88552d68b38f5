import assert from "node:assert/strict";
import {test} from "node:test";
import {ApiPromise, Keyring, WsProvider} from "@polkadot/api";
import type {ProviderInterface} from "@polkadot/rpc-provider/types";
import {cryptoWaitReady} from "@polkadot/util-crypto";
import {type KhalaProcess, startKhala} from "../support/khala-process.ts";
import {metricsUrl} from "../support/metrics-url.ts";

/** Transactions that are sent together: more than are validated on the node's own thread at a time. */
const BATCH = 150;

async function validatedOnThreads(node: KhalaProcess): Promise<number> {
  const text = await (await fetch(await metricsUrl(node))).text();
  return Number(/^khala_txpool_validations_on_threads_total(?:\{.*\})? (\d+)$/m.exec(text)?.[1]);
}

/** Sends batches of Alice's remarks until the condition holds, and returns how many were sent in all. */
async function sendUntil(
  api: ApiPromise,
  isEnough: (batches: number) => Promise<boolean>,
): Promise<number> {
  const alice = new Keyring({type: "sr25519", ss58Format: 30}).addFromUri("//Alice");
  let nonce = 0;
  for (let batches = 0; !(await isEnough(batches)); batches++) {
    const signed = await Promise.all(
      Array.from({length: BATCH}, () =>
        api.tx.system!.remark!("0x00").signAsync(alice, {nonce: nonce++}),
      ),
    );
    await Promise.all(signed.map(one => api.rpc.author.submitExtrinsic(one)));
  }
  return nonce;
}

for (const threads of [1, 0]) {
  test(`many transactions at once are in blocks, with ${threads} threads to validate them`, async t => {
    const node = await startKhala([
      ...["dev", "--rpc-port=0", "--prometheus-port=0", "--seal=instant"],
      `--validation-threads=${threads}`,
    ]);
    t.after(() => node.stop());
    await cryptoWaitReady();
    const provider = new WsProvider(node.url) as unknown as ProviderInterface;
    const api = await ApiPromise.create({provider, noInitWarn: true});
    t.after(() => api.disconnect());
    const sent = await sendUntil(api, async batches =>
      threads === 0 ? batches === 2 : (await validatedOnThreads(node)) > BATCH,
    );
    const pending = async () => (await api.rpc.author.pendingExtrinsics()).length;
    while ((await pending()) > 0);
    const {address} = new Keyring({type: "sr25519", ss58Format: 30}).addFromUri("//Alice");
    const account = (await api.query.system!.account!(address)).toJSON() as {nonce: number};
    assert.equal(account.nonce, sent);
    if (threads === 0) assert.equal(await validatedOnThreads(node), 0);
    assert.equal(await node.stop(), 0, "no thread holds up the end");
  });
}
