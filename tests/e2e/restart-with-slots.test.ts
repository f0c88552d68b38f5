import assert from "node:assert/strict";
import {test} from "node:test";
import {startKhala} from "../support/khala-process.ts";
import {rpc} from "../support/rpc.ts";
import {temporaryFolder} from "../support/temporary-folder.ts";

const SLOT = 1_000;

async function bestNumber(url: string): Promise<number> {
  const {number} = await rpc<{number: string}>(url, "chain_getHeader", []);
  return Number(number);
}

test("a chain that ran ahead of the clock goes on by slots where it stands, and says so", async t => {
  const base = await temporaryFolder("restart");
  const flags = ["dev", "--rpc-port=0", `--param=slot=${SLOT}ms`, `--base-path=${base}`];
  const ahead = await startKhala([...flags, "--seal=manual"]);
  for (let block = 0; block < 100; block++) {
    await rpc(ahead.url, "engine_createBlock", [true, false]);
  }
  assert.equal(await ahead.stop(), 0);

  const slots = await startKhala(flags);
  t.after(() => slots.stop());
  while ((await bestNumber(slots.url)) < 102) {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  const blocks = slots.lines.find(line => line.trimStart().startsWith("blocks"));
  assert.match(blocks ?? "", /chain time is \d+(\.\d+)? s ahead of the clock/);
});
