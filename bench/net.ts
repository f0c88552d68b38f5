/** (j) From the start of `khala net 4` to the first finalized block, as a client sees it: the built program. */
import {spawn} from "node:child_process";
import {dirname, join} from "node:path";
import {createInterface} from "node:readline";
import {fileURLToPath} from "node:url";
import {type Figure, median} from "./figure.ts";

const BIN = join(dirname(fileURLToPath(import.meta.url)), "..", "bin", "khala.js");
const RUNS = 5;

export async function benchNet(): Promise<Figure[]> {
  const runs: {ready: number; final: number}[] = [];
  for (let i = 0; i < RUNS; i++) runs.push(await once(["net", "4", "--rpc-port=0"]));
  const processes = await once(["net", "4", "--rpc-port=0", "--processes"]);
  return [
    {name: "(j) khala net 4 to ready", value: median(runs.map(run => run.ready)), unit: "ms"},
    {
      name: "(j) khala net 4 to the first finalized block",
      value: median(runs.map(run => run.final)),
      unit: "ms",
      aim: {value: 3_000, atMost: true, from: "the aim with slots of 500 ms"},
    },
    {
      name: "(j) the same with --processes, over TCP",
      value: processes.final,
      unit: "ms",
    },
  ];
}

async function once(args: readonly string[]): Promise<{ready: number; final: number}> {
  const began = performance.now();
  const child = spawn(process.execPath, [BIN, ...args], {stdio: ["ignore", "pipe", "inherit"]});
  const ended = new Promise(resolve => child.on("close", resolve));
  let url = "";
  const ready = await new Promise<number>(resolve => {
    createInterface({input: child.stdout}).on("line", line => {
      url ||= /ws:\/\/[\d.]+:\d+/.exec(line)?.[0] ?? "";
      if (line.startsWith("ready")) resolve(performance.now() - began);
    });
  });
  while ((await finalized(url)) < 1) await new Promise(resolve => setTimeout(resolve, 10));
  const final = performance.now() - began;
  child.kill("SIGTERM");
  await ended;
  return {ready, final};
}

async function finalized(url: string): Promise<number> {
  const ask = async (method: string, params: readonly unknown[]) => {
    const body = JSON.stringify({jsonrpc: "2.0", id: 1, method, params});
    const headers = {"content-type": "application/json"};
    const response = await fetch(url.replace(/^ws/, "http"), {method: "POST", headers, body});
    return ((await response.json()) as {result: unknown}).result;
  };
  const head = await ask("chain_getFinalizedHead", []);
  return Number(((await ask("chain_getHeader", [head])) as {number: string}).number);
}
