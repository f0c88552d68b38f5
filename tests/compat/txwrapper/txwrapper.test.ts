import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {Keyring} from "@polkadot/keyring";
import {cryptoWaitReady} from "@polkadot/util-crypto";
import {construct, decode, getRegistry, methods} from "@substrate/txwrapper-polkadot";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {until} from "../../support/network.ts";
import {rpc} from "../../support/rpc.ts";

let node: KhalaProcess;
before(async () => {
  await cryptoWaitReady();
  node = await startKhala(["dev", "--rpc-port=0", "--param=slot=200ms"]);
});
after(() => node.stop());

const ask = <T>(method: string, ...params: unknown[]) => rpc<T>(node.url, method, params);

test("a transfer is signed offline from what HTTP answered, and its hash is the one returned", async () => {
  const keyring = new Keyring({type: "sr25519", ss58Format: 30});
  const [alice, bob] = [keyring.addFromUri("//Alice"), keyring.addFromUri("//Bob")];
  const {block} = await ask<{block: {header: {number: string}}}>("chain_getBlock");
  const {specVersion, transactionVersion} =
    await ask<Record<string, number>>("state_getRuntimeVersion");
  const metadataRpc = await ask<`0x${string}`>("state_getMetadata");
  const registry = getRegistry({
    chainName: await ask<string>("system_chain"),
    // Any of those it knows: it picks presets by the name, and the properties below take their place.
    specName: "polkadot",
    specVersion,
    metadataRpc,
    properties: await ask("system_properties"),
  });
  const unsigned = methods.balances.transferKeepAlive(
    {dest: {id: bob.address}, value: "1000000000000"},
    {
      address: alice.address,
      blockHash: await ask<string>("chain_getBlockHash", block.header.number),
      blockNumber: registry.createType("BlockNumber", block.header.number).toNumber(),
      eraPeriod: 64,
      genesisHash: await ask<string>("chain_getBlockHash", 0),
      metadataRpc,
      nonce: await ask<number>("system_accountNextIndex", alice.address),
      specVersion,
      tip: 0,
      transactionVersion,
    },
    {metadataRpc, registry},
  );
  assert.equal(decode(unsigned, {metadataRpc, registry}).method.name, "transferKeepAlive");
  const payload = construct.signingPayload(unsigned, {registry});
  const {signature} = registry.createType("ExtrinsicPayload", payload, {version: 4}).sign(alice);
  const bytes = construct.signedTx(unsigned, signature, {metadataRpc, registry});
  const hash = construct.txHash(bytes);
  assert.equal(await ask("author_submitExtrinsic", bytes), hash);
  let seen = 0;
  await until("it is in a final block", async () => {
    const {number} = await ask<{number: string}>(
      "chain_getHeader",
      await ask("chain_getFinalizedHead"),
    );
    for (; seen < Number(number); ) {
      const at = await ask("chain_getBlockHash", ++seen);
      const {block} = await ask<{block: {extrinsics: string[]}}>("chain_getBlock", at);
      if (block.extrinsics.includes(bytes)) return true;
    }
    return false;
  });
});
