/** (s) The test kit: a chain with a URL, once a process has made its first one. */
import {existsSync, readFileSync} from "node:fs";
import {call, startChain} from "#testing";
import {KNOWN_SPECS, knownChain} from "../tests/genuine/support/known-specs.ts";
import {type Figure, median} from "./figure.ts";

const STARTS = 60;
/** By then the engine has compiled what a start runs. */
const COLD = 10;

export async function benchTestKit(): Promise<Figure[]> {
  const starts: number[] = [];
  const paid: number[] = [];
  const began = performance.now();
  await (await startChain()).stop();
  const first = performance.now() - began;
  for (let i = 0; i < STARTS; i++) {
    const from = performance.now();
    const chain = await startChain();
    const ready = performance.now();
    await chain.submit("alice", call("Balances.transfer_keep_alive", {dest: "bob", value: 5n}));
    await chain.stop();
    if (i < COLD) continue;
    starts.push(ready - from);
    paid.push(performance.now() - from);
  }
  return [
    {name: "(s) startChain, the first of a process, and its end", value: first, unit: "ms"},
    {
      name: "(s) startChain, warm",
      value: median(starts),
      unit: "ms",
      aim: {value: 50, atMost: true, from: "aim"},
    },
    {name: "(s) a chain, a payment in a block, and its end", value: median(paid), unit: "ms"},
    ...(await rehearsals()),
  ];
}

/** Of a genuine parachain's runtime, as tests begin it again and again; none where its spec is not installed, which is said. */
async function rehearsals(): Promise<Figure[]> {
  const given = process.env.BENCH_GENUINE;
  if (given === undefined && !existsSync(KNOWN_SPECS)) {
    process.stdout.write("(s) rehearsals left out: `npm run test:genuine` installs the spec\n");
    return [];
  }
  const chain =
    given === undefined ? await knownChain("rococo_v2_2_asset_hub") : readFileSync(given, "utf8");
  const starts: number[] = [];
  for (let i = 0; i < STARTS / 2; i++) {
    const from = performance.now();
    const started = await startChain({chain});
    starts.push(performance.now() - from);
    await started.stop();
  }
  const [first = 0, ...warm] = starts;
  return [
    {name: "(s) startChain, a rehearsal, the first of a process", value: first, unit: "ms"},
    {
      name: "(s) startChain, a rehearsal, warm",
      value: median(warm),
      unit: "ms",
      aim: {value: 50, atMost: true, from: "aim"},
    },
  ];
}
