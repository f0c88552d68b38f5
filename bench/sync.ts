/**
 * (i) Sync over TCP loopback between two processes of the built program: one has the blocks on disk, the other is
 * fresh. Counts from the first block that the fresh one has to the last, as its RPC shows them.
 */

import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {createNativeHashing} from "#crypto-native";
import {unwrap} from "../src/base/index.ts";
import {formatChainSpec} from "../src/chain-spec/index.ts";
import {type KhalaProcess, startKhala} from "../tests/support/khala-process.ts";
import {rpc} from "../tests/support/rpc.ts";
import {benchGenesis, makeBlock, openBenchNode} from "./bench-node.ts";
import type {Figure} from "./figure.ts";
import {makeSenders, signTransfer} from "./transfers.ts";

const TRANSFERS = 1_000;

interface Case {
  readonly name: string;
  readonly blocks: number;
  readonly transfers: number;
  /** Blocks a second. */
  readonly aim: number;
}

const CASES: readonly Case[] = [
  {name: "(i) sync of empty blocks over TCP", blocks: 6_000, transfers: 0, aim: 1_000},
  {
    name: "(i) sync of blocks of 1,000 transfers over TCP",
    blocks: 60,
    transfers: TRANSFERS,
    aim: 5,
  },
];

async function heightOf({url}: KhalaProcess): Promise<number> {
  const {number} = await rpc<{number: string}>(url, "chain_getHeader", []);
  return Number(number);
}

/** Blocks a second between the first sighting of a block and the last block. */
async function watch(node: KhalaProcess, last: number): Promise<number> {
  let first: {height: number; at: number} | undefined;
  for (;;) {
    const height = await heightOf(node);
    const at = performance.now();
    if (height > 0) first ??= {height, at};
    if (height >= last) return (height - first!.height) / ((at - first!.at) / 1_000);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

async function benchCase({name, blocks, transfers, aim}: Case, workers: number): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), "khala-bench-sync-"));
  const source = join(folder, "source");
  const probe = await openBenchNode({accounts: [], workers});
  const senders = makeSenders(probe.crypto, TRANSFERS);
  await probe.close();
  const accounts = senders.map(sender => sender.publicKey);
  const author = await openBenchNode({accounts, workers, basePath: source});
  for (let block = 0; block < blocks; block++) {
    for (let i = 0; i < transfers; i++) {
      const to = accounts[(i + 1) % accounts.length]!;
      const transfer = signTransfer(senders[i]!, to, block, author.chain.genesisHash);
      const taken = await author.pool.submit("External", transfer);
      if (!taken.ok) throw new Error(taken.error.code);
    }
    await makeBlock(author);
  }
  await author.close();
  const spec = join(folder, "spec.json");
  writeFileSync(spec, await specOf(accounts));
  const common = [`--chain=${spec}`, "--rpc-port=0", "--listen-addr=/ip4/127.0.0.1/tcp/0"];
  const giver = await startKhala([...common, `--base-path=${source}`]);
  const [address] = await rpc<string[]>(giver.url, "system_localListenAddresses", []);
  const taker = await startKhala([
    ...common,
    `--base-path=${join(folder, "fresh")}`,
    `--bootnodes=${address}`,
  ]);
  const perSecond = await watch(taker, blocks);
  await Promise.all([giver.stop(), taker.stop()]);
  rmSync(folder, {recursive: true, force: true});
  return {name, value: perSecond, unit: "blocks/s", aim: {value: aim, from: "aim"}};
}

async function specOf(accounts: readonly Uint8Array[]): Promise<string> {
  const hashing = await createNativeHashing();
  const genesis = {kind: "built", ...benchGenesis({accounts})} as const;
  const head = {
    name: "Bench",
    id: "bench",
    chainType: "Local",
    bootNodes: [],
    protocolId: "khala-bench",
    properties: {},
  } as const;
  return unwrap(formatChainSpec({...head, genesis}, {isRaw: true}, {hashing}));
}

export async function benchSync(workers: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const one of CASES) figures.push(await benchCase(one, workers));
  return figures;
}
