import assert from "node:assert/strict";
import {test} from "node:test";
import {storageLines} from "./storage-lines.ts";

const text = (facts: Partial<Parameters<typeof storageLines>[0]>) =>
  storageLines({kept: null, size: null, growthPerDay: null, damages: null, ...facts}).join("\n");

test("what is kept and what it takes is told, as far as the node says", () => {
  assert.equal(text({}), "");
  const kept = {bodies: [{from: 0, to: 90}], states: [{from: 80, to: 90}]};
  assert.match(text({kept}), /^ *kept +states 80 to 90; bodies 0 to 90$/);
  assert.match(text({size: 5_000}), /database +5 KiB; how fast it grows is not known yet$/);
  const grown = text({size: 3 * 1024 ** 3, growthPerDay: 20 * 1024 ** 2, damages: 1});
  assert.match(grown, /database +3\.00 GiB, \+20\.0 MiB a day\n +damaged +1 thing: stop the node/);
  const ranges = [1, 3, 5, 7, 9].map(at => ({from: at, to: at}));
  assert.match(
    text({kept: {bodies: [], states: ranges}}),
    /states 1, 3, 5 and 2 more ranges; bodies none/,
  );
});
