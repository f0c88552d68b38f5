import assert from "node:assert/strict";
import {basename} from "node:path";
import {test} from "node:test";
import {AccountId} from "polkadot-api";
import {startNet} from "../../support/net-process.ts";
import {genuineSpecs, rehearsalOf} from "../support/genuine-specs.ts";
import {type Account, connect, signerOf} from "./kit.ts";

/** On any chain; more than an account has to have. */
const AMOUNT = 10n ** 12n;
const specs = genuineSpecs();
if (specs.length === 0)
  process.stdout.write("KHALA_GENUINE names no folder with genuine runtimes\n");

for (const file of specs) {
  test(`polkadot-api on a rehearsal of ${basename(file)}: constants, storage, a transfer to its end`, async t => {
    const net = await startNet(rehearsalOf(file));
    t.after(() => net.stop("SIGTERM"));
    const {client, api} = connect(net.nodes[0]!.url);
    t.after(() => client.destroy());
    const deposit = (await api.constants.Balances!.ExistentialDeposit!()) as bigint;
    assert.ok(deposit > 0n && deposit < AMOUNT);
    // Eve makes no blocks, for which some chains pay out of the fees.
    const [bob, eve] = ["//Bob", "//Eve"].map(signerOf);
    const to = AccountId().dec(eve!.publicKey);
    const balanceOf = async (who: string) =>
      ((await api.query.System!.Account!.getValue(who, {at: "best"})) as Account).data.free;
    const before = await balanceOf(to!);
    const value = {type: "Id", value: to};
    const call = api.tx.Balances!.transfer_keep_alive!({dest: value, value: AMOUNT});
    const sent = await call.signAndSubmit(bob!);
    assert.ok(sent.ok, JSON.stringify(sent.dispatchError));
    assert.equal((await balanceOf(to!)) - before, AMOUNT);
    const {number} = await client.getFinalizedBlock();
    assert.ok(number >= sent.block.number);
  });
}
