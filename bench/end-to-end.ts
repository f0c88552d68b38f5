/**
 * (d) Transfers submitted by RPC until they are in a block, sustained; (f) process start; (g) memory. The node is
 * the built program in its own process, preset dev with instant seal; the client is this process, on the same cores.
 */
import {type ChildProcess, spawn} from "node:child_process";
import {randomBytes} from "node:crypto";
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {createInterface} from "node:readline";
import {fileURLToPath} from "node:url";
import {WebSocket} from "ws";
import {bytesToHex, type Hex, hex} from "#base";
import {createNativeCrypto, createNativeHashing} from "#crypto-native";
import {formatChainSpec, genesisEntries} from "../src/node/chain-spec/index.ts";
import {benchGenesis} from "./bench-node.ts";
import type {Figure} from "./figure.ts";
import {makeSenders, signTransfer} from "./transfers.ts";

const BIN = join(dirname(fileURLToPath(import.meta.url)), "..", "bin", "khala.js");
const SENDERS = 1_000;
const ROUNDS = 20;
/** Transfers under way at once: enough to fill the pool's pipeline, few enough not to be refused. */
const IN_FLIGHT = 2_000;

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly toRpc: number;
  readonly toFirstBlock: Promise<number>;
}

async function start(args: readonly string[]): Promise<Started> {
  const began = performance.now();
  const child = spawn(process.execPath, [BIN, ...args], {stdio: ["ignore", "pipe", "inherit"]});
  let firstBlock!: (ms: number) => void;
  const toFirstBlock = new Promise<number>(resolve => {
    firstBlock = resolve;
  });
  const url = await new Promise<string>(resolve => {
    createInterface({input: child.stdout!}).on("line", line => {
      const match = /ws:\/\/[\d.]+:\d+/.exec(line);
      if (match !== null) resolve(match[0]);
      if (line.includes("[block] #1 ")) firstBlock(performance.now() - began);
    });
  });
  const client = await Client.connect(url);
  await client.call("system_health", []);
  const toRpc = performance.now() - began;
  client.close();
  return {child, url, toRpc, toFirstBlock};
}

/** Just enough of a JSON-RPC client to cost little. */
class Client {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<
    number,
    {resolve: (value: unknown) => void; reject: (error: Error) => void}
  >();
  #next = 0;
  onNotification: (result: unknown) => void = () => {};

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", data => {
      const message = JSON.parse(String(data));
      if (message.id === undefined) {
        this.onNotification(message.params.result);
        return;
      }
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.error === undefined) waiting?.resolve(message.result);
      else
        waiting?.reject(
          new Error(`${message.error.code} ${message.error.message} ${message.error.data ?? ""}`),
        );
    });
  }

  static connect(url: string): Promise<Client> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url, {perMessageDeflate: false});
      socket.on("open", () => resolve(new Client(socket)));
      socket.on("error", reject);
    });
  }

  call(method: string, params: unknown[]): Promise<unknown> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, {resolve, reject});
      this.#socket.send(JSON.stringify({jsonrpc: "2.0", id, method, params}));
    });
  }

  close(): void {
    this.#socket.close();
  }
}

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024;
}

async function stop({child}: Started): Promise<void> {
  const ended = new Promise(resolve => child.on("close", resolve));
  child.kill("SIGTERM");
  await ended;
}

export async function benchStart(): Promise<Figure[]> {
  const runs: {rpc: number; block: number}[] = [];
  let idle = 0;
  for (let i = 0; i < 5; i++) {
    const node = await start(["dev", "--rpc-port=0"]);
    runs.push({rpc: node.toRpc, block: await node.toFirstBlock});
    idle = residentMegabytes(node.child.pid!);
    await stop(node);
  }
  const middle = (pick: (run: {rpc: number; block: number}) => number) =>
    runs.map(pick).sort((a, b) => a - b)[2]!;
  return [
    {name: "(f) process start to RPC answer", value: middle(run => run.rpc), unit: "ms"},
    {
      name: "(f) process start to first block",
      value: middle(run => run.block),
      unit: "ms",
      aim: {value: 1_000, atMost: true, from: "aim"},
    },
    {name: "(g) memory at idle, after the first block", value: idle, unit: "MB"},
  ];
}

export async function benchEndToEnd(limit: number, from: string): Promise<Figure[]> {
  const crypto = await createNativeCrypto(randomBytes);
  const senders = makeSenders(crypto, SENDERS);
  const accounts = senders.map(sender => sender.publicKey);
  const directory = mkdtempSync(join(tmpdir(), "khala-bench-"));
  const spec = {
    name: "Benchmark",
    id: "bench",
    chainType: "Development" as const,
    bootNodes: [],
    protocolId: "bench",
    properties: {},
    genesis: {kind: "built" as const, ...benchGenesis({accounts})},
  };
  const top = genesisEntries(spec.genesis, await createNativeHashing());
  const file = join(directory, "spec.json");
  writeFileSync(file, formatChainSpec(spec, {top, code: new Uint8Array(0), raw: false}));
  const node = await start([
    `--chain=${file}`,
    "--alice",
    "--tmp",
    "--seal=instant",
    "--rpc-port=0",
    "--log=warn",
  ]);
  const client = await Client.connect(node.url);
  const genesis = hex((await client.call("chain_getBlockHash", [0])) as Hex);
  const transfers: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, sender] of senders.entries()) {
      transfers.push(
        bytesToHex(signTransfer(sender, accounts[(i + 1) % SENDERS]!, round, genesis)),
      );
    }
  }

  const idle = residentMegabytes(node.child.pid!);
  const began = performance.now();
  let next = 0;
  const submit = async (): Promise<void> => {
    for (let i = next++; i < transfers.length; i = next++) {
      await client.call("author_submitExtrinsic", [transfers[i]]);
    }
  };
  await Promise.all(Array.from({length: IN_FLIGHT}, submit));
  let left = 1;
  while (left > 0) left = ((await client.call("author_pendingExtrinsics", [])) as string[]).length;
  const seconds = (performance.now() - began) / 1_000;
  const head = (await client.call("chain_getHeader", [])) as {number: Hex};
  const loaded = residentMegabytes(node.child.pid!);
  client.close();
  await stop(node);
  rmSync(directory, {recursive: true, force: true});
  const perSecond = transfers.length / seconds;
  return [
    {
      name: `(d) submitted by RPC to in a block, in ${Number(head.number)} blocks`,
      value: perSecond,
      unit: "transfers/s",
      aim: {value: limit, from},
    },
    {name: "(g) memory before (d)", value: idle, unit: "MB"},
    {name: "(g) memory after (d)", value: loaded, unit: "MB"},
  ];
}
