import assert from "node:assert/strict";
import {basename} from "node:path";
import {test} from "node:test";
import {Keyring} from "@polkadot/keyring";
import {cryptoWaitReady} from "@polkadot/util-crypto";
import {DedotClient, LegacyClient, WsProvider} from "dedot";
import {startNet} from "../../support/net-process.ts";
import {rpc} from "../../support/rpc.ts";
import {genuineSpecs, rehearsalOf} from "../support/genuine-specs.ts";

/** Its id: BLAKE2b-64 of `Metadata`. */
const METADATA_API = "0x37e397fc7c91f5e4";
/** On any chain; more than an account has to have. */
const AMOUNT = 10n ** 12n;
const specs = genuineSpecs();
if (specs.length === 0)
  process.stdout.write("KHALA_GENUINE names no folder with genuine runtimes\n");

for (const file of specs) {
  test(`dedot's clients on a rehearsal of ${basename(file)}: constants, storage, a transfer to its end, where it can connect`, async t => {
    await cryptoWaitReady();
    const net = await startNet(rehearsalOf(file));
    t.after(() => net.stop("SIGTERM"));
    const {apis} = await rpc<{apis: [string, number][]}>(
      net.nodes[0]!.url,
      "state_getRuntimeVersion",
      [],
    );
    const isNew = apis.some(([id, version]) => id === METADATA_API && version >= 2);
    for (const Client of [DedotClient, LegacyClient]) {
      const provider = new WsProvider(net.nodes[0]!.url);
      if (!isNew) {
        // It asks each runtime for the versions of its metadata, which those of before mid 2023 do not know: on any node.
        await assert.rejects(Client.new(provider), /[mM]etadata_versions/);
        await provider.disconnect();
        continue;
      }
      const client = await Client.new(provider);
      try {
        const deposit = client.consts.balances.existentialDeposit;
        assert.ok(deposit > 0n && deposit < AMOUNT);
        const keyring = new Keyring({type: "sr25519", ss58Format: client.consts.system.ss58Prefix});
        // Eve makes no blocks, for which some chains pay out of the fees.
        const [bob, eve] = ["//Bob", "//Eve"].map(uri => keyring.addFromUri(uri));
        const balance = async () => (await client.query.system.account(eve!.address)).data.free;
        const before = await balance();
        const {status, dispatchError} = await client.tx.balances
          .transferKeepAlive(eve!.address, AMOUNT)
          .signAndSend(bob!)
          .untilFinalized();
        assert.equal(status.type, "Finalized");
        assert.equal(dispatchError, undefined);
        assert.equal((await balance()) - before, AMOUNT);
      } finally {
        await client.disconnect();
      }
    }
  });
}
