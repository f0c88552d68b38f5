import assert from "node:assert/strict";
import {after, before, describe, test} from "node:test";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {finalizedOf, until} from "../../support/network.ts";
import {rpc} from "../../support/rpc.ts";
import {startLegacyProxy} from "../support/legacy-proxy.ts";
import {type Account, ALICE, BOB, connect, first, PHA, signerOf} from "./kit.ts";

const NATIVE = ["chainHead_v1_follow", "chainSpec_v1_genesisHash", "transaction_v1_broadcast"];

let node: KhalaProcess;
let proxy: Awaited<ReturnType<typeof startLegacyProxy>>;
before(async () => {
  node = await startKhala(["dev", "--rpc-port=0", "--param=slot=200ms"]);
  proxy = await startLegacyProxy(node.url);
  await until("block 2 is final", async () => (await finalizedOf(node)) >= 2);
});
after(async () => {
  await proxy.close();
  await node.stop();
});

for (const [name, urlOf, path] of [
  ["all groups native", () => node.url, "//Charlie"],
  ["legacy methods only", () => proxy.url, "//Dave"],
] as const) {
  describe(`polkadot-api with ${name}`, () => {
    let papi: ReturnType<typeof connect>;
    before(() => {
      papi = connect(urlOf());
    });
    after(() => papi.client.destroy());

    const isNative = name === "all groups native";
    const transfer = (value = PHA) =>
      papi.api.tx.Balances.transfer_keep_alive({dest: {type: "Id", value: BOB}, value});

    test("it knows the chain and follows its blocks", async () => {
      const {client} = papi;
      const spec = await client.getChainSpecData();
      // Without chainSpec_v1_chainName it takes the name of the program for that of the chain.
      assert.equal(spec.name, isNative ? "Khala Development" : "khala");
      assert.equal(spec.genesisHash, await rpc(node.url, "chain_getBlockHash", [0]));
      assert.equal(spec.properties.tokenSymbol, "PHA");
      const {number} = await client.getFinalizedBlock();
      await first(client.finalizedBlock$, block => block.number >= number + 2);
      const best = await first(client.bestBlocks$, blocks => blocks[0]!.number > number);
      assert.ok(best.length >= 1);
      // Or the client lets go of it when later ones are final.
      const release = client.hodlBlock(best[0]!.hash);
      const body = await client.getBlockBody(best[0]!.hash);
      assert.equal(body.length, 1);
      const header = await client.getBlockHeader(best[0]!.hash);
      assert.equal(header.number, best[0]!.number);
      release();
    });

    test("values, several values, entries, constants and runtime calls are read", async () => {
      const {query, constants, apis} = papi.api;
      const alice = (await query.System.Account.getValue(ALICE)) as Account;
      assert.ok(alice.data.free > 900_000n * PHA);
      const both = await query.System.Account.getValues([[ALICE], [BOB]]);
      assert.equal(both.length, 2);
      const entries = await query.System.Account.getEntries();
      assert.ok(entries.some(({keyArgs}) => keyArgs[0] === ALICE));
      assert.equal(await constants.Balances.ExistentialDeposit(), PHA / 100n);
      assert.equal(await apis.AccountNonceApi.account_nonce(ALICE), alice.nonce);
      const version = (await apis.Core.version()) as {spec_name: string};
      assert.equal(version.spec_name, "khala-ts");
    });

    test("a value is watched as it changes", async () => {
      const seen = new Set<bigint>();
      await first(
        papi.api.query.Timestamp.Now.watchValue({at: "best"}),
        ({value}) => seen.add(value as bigint).size >= 3,
      );
    });

    test("old blocks are read, block 1 and genesis", async () => {
      for (const number of [0, 1]) {
        const at = await rpc<string>(node.url, "chain_getBlockHash", [number]);
        const account = await papi.api.query.System.Account.getValue(ALICE, {at});
        assert.equal((account as Account).data.free, 1_000_000n * PHA);
        assert.equal(await papi.api.query.System.Number.getValue({at}), number);
      }
    });

    test("a transfer's fee is foretold, and it is sent and followed to its end", async () => {
      const signer = signerOf(path);
      const fees = await transfer().getEstimatedFees(ALICE);
      assert.ok(fees > 0n);
      const events: string[] = [];
      await first(transfer().signSubmitAndWatch(signer), event => {
        events.push(event.type);
        return event.type === "finalized";
      });
      assert.deepEqual(
        [...new Set(events)],
        ["signed", "broadcasted", "txBestBlocksState", "finalized"],
      );
      const result = await transfer().signAndSubmit(signer);
      assert.ok(result.ok);
      const paid = result.events.find(({value}) => value.type === "TransactionFeePaid");
      const fee = paid!.value.value.actual_fee;
      assert.ok(Math.abs(Number(fee) / Number(fees) - 1) < 0.01);
    });

    test("a used nonce is refused as stale", async () => {
      await assert.rejects(transfer().signAndSubmit(signerOf(path), {nonce: 0}), error => {
        assert.deepEqual((error as {error: unknown}).error, {
          type: "Invalid",
          value: {type: "Stale", value: undefined},
        });
        return true;
      });
    });

    test("it asked for what this mode has, and was never disconnected", () => {
      const {asked, statuses} = papi;
      for (const method of NATIVE) assert.equal(asked.has(method), isNative, method);
      assert.equal(asked.has("chain_subscribeFinalizedHeads"), !isNative);
      assert.deepEqual(statuses, ["CONNECTING", "CONNECTED"]);
    });
  });
}
