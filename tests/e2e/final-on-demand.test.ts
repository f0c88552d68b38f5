import assert from "node:assert/strict";
import {test} from "node:test";
import {startKhala} from "../support/khala-process.ts";
import {rpc} from "../support/rpc.ts";

/** Milliseconds of a slot, of which votes would take a third. */
const SLOT = 60_000;

test("a block that is made on demand is final at once for whoever waits, however long the chain's slots are", async t => {
  const node = await startKhala(["dev", "--seal=manual", "--rpc-port=0", `--param=slot=${SLOT}ms`]);
  t.after(() => node.stop());
  const hash = await rpc<string>(node.url, "dev_newBlock", []);
  const began = Date.now();
  const final = () => rpc<string>(node.url, "chain_getFinalizedHead", []);
  while ((await final()) !== hash) {
    assert.ok(Date.now() - began < SLOT / 6, "not final after a sixth of a slot");
    await new Promise(resolve => setTimeout(resolve, 20));
  }
});
