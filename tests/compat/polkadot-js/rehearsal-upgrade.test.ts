import assert from "node:assert/strict";
import {test} from "node:test";
import {startKhala} from "../../support/khala-process.ts";
import {RawClient} from "../support/raw-client.ts";
import {rehearsedUpgrades} from "../support/rehearsed-chains.ts";
import {connectListening, follow, freeOf, pairOf} from "./kit.ts";

/** On any chain; more than an account has to have. */
const AMOUNT = 10n ** 12n;
const [bob, charlie] = ["//Bob", "//Charlie"].map(pairOf);

for (const {name, file, code} of await rehearsedUpgrades()) {
  test(`a connected polkadot.js goes over to the next runtime of a rehearsal: ${name}`, async () => {
    const node = await startKhala([
      "dev",
      `--chain=${file}`,
      "--rate=24",
      "--rpc-port=0",
      "--rpc-methods=unsafe",
    ]);
    const raw = await RawClient.open(node.url);
    const {api, errors} = await connectListening(node.url);
    try {
      assert.deepEqual(errors, []);
      const before = api.runtimeVersion.specVersion.toNumber();
      const gone = new Promise(resolve => api.once("decorated", resolve));
      const last = await raw.call<string>("dev_setCode", code);
      await gone;
      const {specVersion} = await raw.call<{specVersion: number}>("state_getRuntimeVersion");
      assert.ok(specVersion > before);
      assert.equal(api.runtimeVersion.specVersion.toNumber(), specVersion);
      assert.equal(api.runtimeMetadata.toHex(), (await api.rpc.state.getMetadata()).toHex());

      const free = await freeOf(api, charlie);
      const call = api.tx.balances.transferKeepAlive(charlie.address, AMOUNT);
      const {isFinalized, dispatchError} = (await follow(call, bob)).at(-1)!;
      assert.ok(isFinalized && dispatchError === undefined, String(dispatchError));
      assert.equal((await freeOf(api, charlie)) - free, AMOUNT);

      // What made it is asked of the block before: the one that brings the new code is the old one's still.
      const {number} = await api.rpc.chain.getHeader(last);
      for (const [height, version] of [
        [number.toNumber() - 1, before],
        [number.toNumber(), before],
        [number.toNumber() + 1, specVersion],
      ]) {
        const at = await api.at(await api.rpc.chain.getBlockHash(height));
        assert.equal(at.runtimeVersion.specVersion.toNumber(), version);
        const {block, extrinsics} = (await api.derive.chain.getBlockByNumber(height))!;
        assert.equal(block.header.number.toNumber(), height);
        assert.ok(extrinsics.every(({dispatchError}) => dispatchError === undefined));
      }
    } finally {
      await api.disconnect();
      await raw.close();
      await node.stop();
    }
  });
}
