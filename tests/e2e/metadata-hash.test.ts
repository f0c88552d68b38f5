import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {ApiPromise} from "@polkadot/api";
import {merkleizeMetadata} from "@polkadot-api/merkleize-metadata";
import {bytesToHex} from "#base";
import {type KhalaProcess, startKhala} from "../support/khala-process.ts";
import {connect, pairs} from "../support/polkadot.ts";

let node: KhalaProcess;
let api: ApiPromise;

before(async () => {
  node = await startKhala(["dev", "--rpc-port=0", "--seal=instant"]);
  api = await connect(node.url);
});
after(async () => {
  await api.disconnect();
  await node.stop();
});

test("a wallet binds its signature to the metadata the node serves; to other metadata it does not hold", async () => {
  const alice = (await pairs())("//Alice");
  const served = await api.call.metadata!.metadataAtVersion!(15);
  const metadata = (served as unknown as {unwrap(): Uint8Array}).unwrap();
  const {digest} = merkleizeMetadata(metadata, {decimals: 12, tokenSymbol: "PHA"});
  const send = (metadataHash: `0x${string}`) =>
    new Promise<void>((resolve, reject) => {
      api.tx.system!.remark!("0x01")
        .signAndSend(alice, {nonce: -1, mode: 1, metadataHash}, ({status}) => {
          if (status.isInBlock || status.isFinalized) resolve();
        })
        .catch(reject);
    });
  const other = new Uint8Array(32).fill(1);
  await assert.rejects(send(bytesToHex(other)), /bad signature/i);
  await send(bytesToHex(digest()));
  assert.equal((await api.rpc.chain.getHeader()).number.toNumber(), 1);
});
