import assert from "node:assert/strict";
import {test} from "node:test";
import {REGRESSIONS} from "./regressions.ts";
import {runScenario} from "./run-scenario.ts";
import {scenarioOf} from "./scenario.ts";

/** Runs in every test run; `npm run test:sim` asks for more, `SIM_SEED=7` for one alone. */
const USUAL_RUNS = 6;
const FIRST_SEED = 1_000;

const seeds =
  process.env.SIM_SEED === undefined
    ? [
        ...REGRESSIONS.map(({seed}) => seed),
        ...Array.from(
          {length: Number(process.env.SIM_RUNS ?? USUAL_RUNS)},
          (_, i) => Number(process.env.SIM_FIRST ?? FIRST_SEED) + i,
        ),
      ]
    : [Number(process.env.SIM_SEED)];

for (const seed of seeds) {
  test(`whatever befalls the network of seed ${seed}, it stays one chain`, async t => {
    const outcome = await runScenario(scenarioOf(seed));
    t.diagnostic(JSON.stringify(outcome));
  });
}

test("the same seed makes the same blocks", async () => {
  const [seed = FIRST_SEED] = seeds;
  const runs = [await runScenario(scenarioOf(seed)), await runScenario(scenarioOf(seed))];
  assert.deepEqual(runs[0], runs[1]);
});
