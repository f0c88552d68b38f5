/** (s) The test kit: a chain with a URL, once a process has made its first one. */
import {call, startChain} from "#testing";
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
  ];
}
