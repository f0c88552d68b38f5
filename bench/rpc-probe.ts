/**
 * A process that asks a node something small a hundred times a second, and beside it a bare server that sends back what it gets,
 * whose answers take what the machine takes; it reports when told to.
 */
import {setTimeout as sleep} from "node:timers/promises";
import {Client} from "./node-process.ts";

/** Milliseconds between two questions. */
const EVERY = 10;

/** Milliseconds. */
export interface Waits {
  readonly median: number;
  readonly p99: number;
  readonly longest: number;
}

export interface ProbeReport {
  readonly node: Waits;
  readonly echo: Waits;
}

/** Timestamp.Now. */
const KEY = "0xf0c365c3cf59d671eb72da0e7a4113c49f1f0515f462cdcf84e0f1d6045dfcbb";

const [, , nodeUrl, echoUrl] = process.argv;
const asked = await Promise.all(
  [nodeUrl!, echoUrl!].map(async url => ({
    client: await Client.connect(url),
    took: [] as number[],
  })),
);
let isOver = false;

function ask({client, took}: (typeof asked)[number]): void {
  const began = performance.now();
  client.call("state_getStorage", [KEY]).then(
    () => took.push(performance.now() - began),
    error => {
      if (!isOver) throw error;
    },
  );
}

function waits(took: readonly number[]): Waits {
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
  return {median: at(0.5), p99: at(0.99), longest: sorted.at(-1)!};
}

process.on("message", what => {
  // What was asked before counts for nothing: the engine was compiling, and caches were empty.
  if (what === "begin") for (const {took} of asked) took.splice(0);
  if (what !== "report") return;
  isOver = true;
  const [node, echo] = asked.map(({took}) => waits(took));
  const report: ProbeReport = {node: node!, echo: echo!};
  process.send!(report);
});

while (!isOver) {
  for (const one of asked) ask(one);
  await sleep(EVERY);
}
