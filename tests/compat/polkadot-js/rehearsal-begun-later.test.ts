import assert from "node:assert/strict";
import {test} from "node:test";
import {startKhala} from "../../support/khala-process.ts";
import {until} from "../../support/network.ts";
import {RawClient} from "../support/raw-client.ts";
import {valuesProved} from "../support/read-proof.ts";
import {rehearsedChains} from "../support/rehearsed-chains.ts";
import {connectListening} from "./kit.ts";

const BEGIN = 1_700;
/** The hash that the pallet gives block 0 until it knows it. */
const NONE = `0x${"45".repeat(32)}`;

for (const {name, file} of await rehearsedChains()) {
  test(`a rehearsal of ${name} that begins at block ${BEGIN}: its first blocks, and the one they stand on, can be read`, async () => {
    const node = await startKhala([
      "dev",
      `--chain=${file}`,
      `--set=System.Number=${BEGIN}`,
      "--rate=24",
      "--rpc-port=0",
      "--rpc-methods=unsafe",
    ]);
    const raw = await RawClient.open(node.url);
    const {api, errors} = await connectListening(node.url);
    try {
      assert.deepEqual(errors, []);
      await until("it goes on", async () => (await api.query.system.number()).toNumber() > BEGIN);
      const hashOf = async (number: number) => (await api.rpc.chain.getBlockHash(number)).toHex();
      const zero = await hashOf(0);
      assert.equal(api.genesisHash.toHex(), zero);
      assert.equal(await raw.call("chain_getBlockHash", BEGIN - 1), null);
      for (const [height, number] of [
        [0, BEGIN],
        [BEGIN, BEGIN],
        [BEGIN + 1, BEGIN + 1],
      ]) {
        const hash = await hashOf(height);
        const at = await api.at(hash);
        assert.equal((await at.query.system.number()).toNumber(), number);
        assert.equal(at.runtimeVersion.toHex(), api.runtimeVersion.toHex());
        const {author, block} = (await api.derive.chain.getBlockByNumber(height))!;
        assert.equal(block.hash.toHex(), hash);
        assert.equal(author === undefined, height <= BEGIN, "nobody made what it begins with");
      }
      // What it answers is the state that its header names; who signs is bound to it from the first block on.
      const key = api.query.system.blockHash.key(0);
      const {stateRoot} = await api.rpc.chain.getHeader(zero);
      const {proof} = await api.rpc.state.getReadProof([key], zero);
      const nodes = proof.map(item => item.toU8a(true));
      assert.deepEqual(valuesProved(stateRoot.toHex(), nodes, [key]), [NONE]);
      const at = await api.at(await hashOf(BEGIN));
      assert.equal((await at.query.system.blockHash(0)).toHex(), zero);

      // Nothing is made on it, and nobody made the one that stands on it.
      assert.match((await raw.fail("dev_setHead", zero)).message, /nothing is made on it/);
      const first = await hashOf(BEGIN);
      const traced = await raw.call<{traceError: {error: string}}>("state_traceBlock", first);
      assert.equal(traced.traceError.error, "Block not found");
      const checked = await raw.call<{verdict: string; code: string}>("khala_checkBlock", first);
      assert.deepEqual([checked.verdict, checked.code], ["not-judged", "first-block"]);
      assert.equal(await raw.call("dev_setHead", first), first);
      await until("it goes on", async () => (await api.query.system.number()).toNumber() > BEGIN);
    } finally {
      await api.disconnect();
      await raw.close();
      await node.stop();
    }
  });
}
