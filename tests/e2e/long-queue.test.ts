import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {ApiPromise, Keyring, WsProvider} from "@polkadot/api";
import type {ProviderInterface} from "@polkadot/rpc-provider/types";
import {cryptoWaitReady} from "@polkadot/util-crypto";
import {type KhalaProcess, startKhala} from "../support/khala-process.ts";
import {rpc} from "../support/rpc.ts";

/** More transfers of one account than a block of this length takes. */
const QUEUED = 60;
const BLOCK_LENGTH = 8_192;

let node: KhalaProcess;
let api: ApiPromise;

before(async () => {
  await cryptoWaitReady();
  const params = ["--param=session=3", `--param=max-length=${BLOCK_LENGTH}`];
  node = await startKhala(["dev", "--rpc-port=0", "--seal=manual", ...params]);
  const provider = new WsProvider(node.url) as unknown as ProviderInterface;
  api = await ApiPromise.create({provider, noInitWarn: true});
});

after(async () => {
  await api.disconnect();
  await node.stop();
});

test("one account's queue longer than a block goes into several, rotation blocks in between, and none is lost", async () => {
  const keyring = new Keyring({type: "sr25519", ss58Format: 30});
  const alice = keyring.addFromUri("//Alice");
  const bob = keyring.addFromUri("//Bob").address;
  const statuses: string[][] = [];
  const final: Promise<void>[] = [];
  for (let nonce = 0; nonce < QUEUED; nonce++) {
    const own: string[] = [];
    statuses.push(own);
    const signed = await api.tx.balances!.transferKeepAlive!(bob, 10 ** 12).signAsync(alice, {
      nonce,
    });
    await new Promise<void>(submitted => {
      final.push(
        new Promise(resolve => {
          signed
            .send(({status}) => {
              own.push(status.type);
              submitted();
              if (status.isFinalized || status.isInvalid || status.isDropped) resolve();
            })
            .catch(assert.ifError);
        }),
      );
    });
  }
  const sizes: number[] = [];
  for (let block = 1; block <= 9; block++) {
    await rpc(node.url, "engine_createBlock", [true, true]);
    const made = await rpc<{block: {extrinsics: string[]}}>(node.url, "chain_getBlock", []);
    sizes.push(made.block.extrinsics.length - 1);
  }
  await Promise.all(final);
  assert.equal(
    sizes.reduce((sum, size) => sum + size),
    QUEUED,
  );
  assert.ok(sizes.filter(size => size > 0).length > 1, `in more than one block: ${sizes}`);
  // The client drops a status whose block it is still reading when the next one comes.
  const told = statuses.map(own => own.filter(status => status !== "InBlock"));
  for (const own of told) assert.deepEqual(own, ["Ready", "Finalized"]);
});
