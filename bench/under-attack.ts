/** What a node does while it is attacked, seen from outside. */
import {setTimeout as pause} from "node:timers/promises";
import type {KhalaProcess} from "../tests/support/khala-process.ts";
import {rpc} from "../tests/support/rpc.ts";
import {type Figure, median} from "./figure.ts";
import {residentMegabytes} from "./node-process.ts";

/** Between two small calls of an honest client, in milliseconds. */
const PAUSE = 20;

async function heightOf({url}: KhalaProcess): Promise<number> {
  const {number} = await rpc<{number: string}>(url, "chain_getHeader", []);
  return Number(number);
}

/** `attack` resolves when it is over. `slot` in milliseconds. */
export async function underAttack(
  node: KhalaProcess,
  {name, slot}: {readonly name: string; readonly slot: number},
  attack: Promise<unknown>,
): Promise<Figure[]> {
  const waits: number[] = [];
  let peak = 0;
  let refused = 0;
  let isOver = false;
  const from = {height: await heightOf(node), at: Date.now()};
  const watchMemory = (async () => {
    while (!isOver) {
      peak = Math.max(peak, residentMegabytes(node.child.pid!));
      await pause(PAUSE);
    }
  })();
  const ask = (async () => {
    while (!isOver) {
      const began = performance.now();
      await rpc(node.url, "system_chain", []).catch(() => refused++);
      waits.push(performance.now() - began);
      await pause(PAUSE);
    }
  })();
  await attack;
  isOver = true;
  await Promise.all([watchMemory, ask]);
  const slots = Math.floor((Date.now() - from.at) / slot);
  const missed = Math.max(0, slots - ((await heightOf(node)) - from.height) - 1);
  waits.sort((a, b) => a - b);
  return [
    {name: `${name}: an RPC answer, median`, value: median(waits), unit: "ms"},
    {name: `${name}: an RPC answer, longest`, value: waits.at(-1) ?? 0, unit: "ms"},
    {name: `${name}: calls of others refused`, value: refused, unit: `of ${waits.length}`},
    {
      name: `${name}: memory at its highest`,
      value: peak,
      unit: "MB",
      aim: {value: 600, atMost: true, from: "the bound"},
    },
    {name: `${name}: slots without a block`, value: missed, unit: `of ${slots}`},
  ];
}
