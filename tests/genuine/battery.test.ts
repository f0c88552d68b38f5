import assert from "node:assert/strict";
import {test} from "node:test";
import {runBattery} from "./support/battery.ts";
import {knownChain, oldChain} from "./support/known-specs.ts";

test("a parachain's runtime makes blocks that it executes to the same roots, and goes on under the code that follows it", async () => {
  const spec = await knownChain("rococo_v2_2_asset_hub");
  const row = runBattery(spec, spec);
  assert.deepEqual(
    [row.runtime, row.versions, row.missing, row.blocks, row.upgrade],
    ["statemine 900", "6, 0", [], {ok: true, value: 3}, {ok: true, value: 900}],
  );
});

test("of a chain whose authors do not take turns by Aura no blocks are made, and it is said", () => {
  const {runtime, blocks, upgrade} = runBattery(oldChain("polkadot"));
  assert.match(runtime, /^polkadot /);
  assert.deepEqual(blocks, {ok: false, error: "authors do not take turns by Aura"});
  assert.equal(upgrade, undefined);
});
