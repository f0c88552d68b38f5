import assert from "node:assert/strict";
import {after, before, describe, test} from "node:test";
import {Keyring} from "@polkadot/keyring";
import {cryptoWaitReady} from "@polkadot/util-crypto";
import {DedotClient, LegacyClient, WsProvider} from "dedot";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {finalizedOf, until} from "../../support/network.ts";
import {rpc} from "../../support/rpc.ts";

const PHA = 10n ** 12n;
const ALICE = "45R2pfjQUW2s9PQRHU48HQKLKHVMaDja7N3wpBtmF28UYDs2";
const BOB = "43qsYbZGLn2xzNuurY6BY4QNDSUU7gLEcXuckpm6B3DEmEx9";

let node: KhalaProcess;
before(async () => {
  await cryptoWaitReady();
  node = await startKhala(["dev", "--rpc-port=0", "--param=slot=200ms"]);
  await until("block 3 is final", async () => (await finalizedOf(node)) >= 3);
});
after(() => node.stop());

for (const [name, Client, path] of [
  ["DedotClient", DedotClient, "//Charlie"],
  ["LegacyClient", LegacyClient, "//Dave"],
] as const) {
  describe(`dedot's ${name}`, () => {
    let client: DedotClient | LegacyClient;
    before(async () => {
      client = await Client.new(new WsProvider(node.url));
    });
    after(() => client.disconnect());

    const signer = () => new Keyring({type: "sr25519", ss58Format: 30}).addFromUri(path);
    const transfer = () => client.tx.balances.transferKeepAlive(BOB, PHA);

    test("it knows the chain and its runtime", async () => {
      assert.equal(client.rpcVersion, name === "DedotClient" ? "v2" : "legacy");
      assert.equal(await client.chainSpec.chainName(), "Khala Development");
      assert.equal(client.genesisHash, await rpc(node.url, "chain_getBlockHash", [0]));
      assert.equal((await client.getRuntimeVersion()).specName, "khala-ts");
    });

    test("values, several values, entries, constants and runtime calls are read", async () => {
      const account = await client.query.system.account(ALICE);
      assert.ok(account.data.free > 900_000n * PHA);
      assert.equal((await client.query.system.account.multi([ALICE, BOB])).length, 2);
      const entries = await client.query.system.account.entries();
      assert.ok(entries.some(([key]) => key.address(30) === ALICE));
      assert.equal(client.consts.balances.existentialDeposit, PHA / 100n);
      assert.equal(await client.call.accountNonceApi.accountNonce(ALICE), account.nonce);
    });

    test("a value is subscribed to, and comes as it changes", async () => {
      const seen = new Set<bigint>();
      await new Promise<void>((resolve, reject) => {
        const stop = client.query.timestamp.now((now: bigint) => {
          if (seen.add(now).size === 3) stop.then(unsubscribe => resolve(unsubscribe()), reject);
        });
        stop.catch(reject);
      });
    });

    test("an old block is read", async () => {
      const hash = await rpc<`0x${string}`>(node.url, "chain_getBlockHash", [1]);
      const at = await client.at(hash);
      assert.equal(await at.query.system.number(), 1);
      assert.equal((await at.query.system.account(ALICE)).data.free, 1_000_000n * PHA);
    });

    test("a transfer's fee is foretold, and it is sent and followed to its end", async () => {
      const {partialFee} = await transfer().paymentInfo(ALICE);
      assert.ok(partialFee > 0n);
      const seen: string[] = [];
      const send = () =>
        transfer()
          .signAndSend(signer(), result => seen.push(result.status.type))
          .untilFinalized();
      const {status, events, dispatchError} = await send();
      assert.equal(status.type, "Finalized");
      assert.equal(dispatchError, undefined);
      // The client looks into blocks as they come: one that becomes final before it has looked is told as final only.
      for (let more = 0; !seen.includes("BestChainBlockIncluded"); more++) {
        assert.ok(more < 5, seen.join());
        await send();
      }
      const paid = events
        .map(({event}) => event)
        .find(event => client.events.transactionPayment.TransactionFeePaid.is(event));
      assert.ok(Math.abs(Number(paid!.palletEvent.data.actualFee) / Number(partialFee) - 1) < 0.01);
    });

    test("a used nonce is refused", async () => {
      await transfer().signAndSend(signer()).untilFinalized();
      await assert.rejects(transfer().signAndSend(signer(), {nonce: 1}), /Stale|1010/);
    });
  });
}
