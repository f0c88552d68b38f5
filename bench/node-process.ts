/** The built program in a process of its own, and a client of it that costs little. */

import {type ChildProcess, spawn} from "node:child_process";
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {createInterface} from "node:readline";
import {fileURLToPath} from "node:url";
import {WebSocket} from "ws";
import {createNativeHashing} from "#crypto-native";
import type {Parameters} from "#runtime";
import {unwrap} from "../src/base/index.ts";
import {formatChainSpec} from "../src/chain-spec/index.ts";
import {benchGenesis} from "./bench-node.ts";

const BIN = join(dirname(fileURLToPath(import.meta.url)), "..", "bin", "khala.js");

export interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly toRpc: number;
  readonly toFirstBlock: Promise<number>;
}

/** `engine`: arguments of node's own. */
export async function start(
  args: readonly string[],
  engine: readonly string[] = [],
): Promise<Started> {
  const began = performance.now();
  const child = spawn(process.execPath, [...engine, BIN, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let firstBlock!: (ms: number) => void;
  const toFirstBlock = new Promise<number>(resolve => {
    firstBlock = resolve;
  });
  const url = await new Promise<string>(resolve => {
    createInterface({input: child.stdout!}).on("line", line => {
      const match = /ws:\/\/[\d.]+:\d+/.exec(line);
      if (match !== null) resolve(match[0]);
    });
    createInterface({input: child.stderr!}).on("line", line => {
      if (line.includes("[block] #1 ")) firstBlock(performance.now() - began);
      else if (!/ (INFO|DEBUG) /.test(line)) process.stderr.write(`${line}\n`);
    });
  });
  const client = await Client.connect(url);
  await client.call("system_health", []);
  const toRpc = performance.now() - began;
  client.close();
  return {child, url, toRpc, toFirstBlock};
}

/** Just enough of a JSON-RPC client to cost little. */
export class Client {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<
    number,
    {resolve: (value: unknown) => void; reject: (error: Error) => void}
  >();
  #next = 0;
  onNotification: (result: unknown, subscription: string) => void = () => {};
  onClose: () => void = () => {};

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("close", () => this.onClose());
    socket.on("message", data => {
      const message = JSON.parse(String(data));
      if (message.id === undefined) {
        this.onNotification(message.params.result, message.params.subscription);
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

/**
 * Memory that is the process's own. The database is mapped into memory, and its pages are the system's to take back:
 * they grow with the chain, and are not counted here.
 */
export function ownMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/RssAnon:\s+(\d+)/.exec(status)?.[1]) / 1_024;
}

/** Processor time of a process's first thread, in microseconds: other work on the machine does not count. */
export function mainThreadMicros(pid: number): number {
  const [nanos] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, "utf8").split(" ");
  return Number(nanos) / 1_000;
}

export function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024;
}

export async function stop({child}: Started): Promise<void> {
  const ended = new Promise(resolve => child.on("close", resolve));
  child.kill("SIGTERM");
  await ended;
}

/** A chain spec file in which these accounts have something to spend; `remove` when done. */
export async function specFile(
  accounts: readonly Uint8Array[],
  parameters: Partial<Parameters> = {},
): Promise<{readonly file: string; remove(): void}> {
  const directory = mkdtempSync(join(tmpdir(), "khala-bench-"));
  const spec = {
    name: "Benchmark",
    id: "bench",
    chainType: "Development" as const,
    bootNodes: [],
    protocolId: "bench",
    properties: {},
    genesis: {kind: "built" as const, ...benchGenesis({accounts, parameters})},
  };
  const hashing = await createNativeHashing();
  const file = join(directory, "spec.json");
  writeFileSync(file, unwrap(formatChainSpec(spec, {isRaw: false}, {hashing})));
  return {file, remove: () => rmSync(directory, {recursive: true, force: true})};
}
