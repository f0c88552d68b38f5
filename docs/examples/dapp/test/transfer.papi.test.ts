import {sr25519CreateDerive} from "@polkadot-labs/hdkd";
import {DEV_MINI_SECRET} from "@polkadot-labs/hdkd-helpers";
import {khala} from "khala/testing/vitest";
import {createClient} from "polkadot-api";
import {getPolkadotSigner} from "polkadot-api/signer";
import {getWsProvider} from "polkadot-api/ws";
import {expect, test} from "vitest";

// A chain that is started by the first test that names it, and is as it began for each.
const it = khala(test, {accounts: ["shop"]});

const {publicKey, sign} = sr25519CreateDerive(DEV_MINI_SECRET)("//Alice");
const alice = getPolkadotSigner(publicKey, "Sr25519", sign);

it("a customer pays, and the shop has it", async ({chain}) => {
  const client = createClient(getWsProvider(chain.url));
  const api = client.getUnsafeApi();
  const shop = chain.addressOf("shop");
  const before = chain.at().balanceOf("shop").free;

  const transfer = api.tx.Balances.transfer_keep_alive({
    dest: {type: "Id", value: shop},
    value: 5_000_000_000_000n,
  });
  const paid = await transfer.signAndSubmit(alice);

  expect(paid.ok).toBe(true);
  expect(chain.at().balanceOf("shop").free - before).toBe(5_000_000_000_000n);
  expect(chain.at().events("Balances.Transfer")).toMatchObject([
    {fields: {from: "alice", to: "shop", amount: 5_000_000_000_000n}},
  ]);
  client.destroy();
});

it("the shop is told of a payment that fails", async ({chain}) => {
  const client = createClient(getWsProvider(chain.url));
  const api = client.getUnsafeApi();
  const transfer = api.tx.Balances.transfer_keep_alive({
    dest: {type: "Id", value: chain.addressOf("shop")},
    value: 10n ** 30n,
  });
  const paid = await transfer.signAndSubmit(alice);
  expect(paid.ok).toBe(false);
  client.destroy();
});
