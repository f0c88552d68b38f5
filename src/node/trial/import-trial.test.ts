import assert from "node:assert/strict";
import {test} from "node:test";
import {unwrap} from "#base";
import {createNativeCrypto} from "#crypto-native";
import {importTrial} from "./import-trial.ts";

test("a machine is measured by blocks that it makes and imports itself", async () => {
  const crypto = await createNativeCrypto();
  const wanted = {blocks: 3, transactionsEach: 5};
  const trial = unwrap(await importTrial(crypto, wanted, () => performance.now()));
  assert.equal(trial.blocks, 3);
  assert.ok(trial.slowest > 0 && trial.slowest <= trial.total);
});
