/**
 * (d) Transfers submitted by RPC until they are in a block, sustained; (f) process start; (g) memory. The node is
 * the built program in its own process, preset dev with instant seal; the client is this process, on the same cores.
 */
import {randomBytes} from "node:crypto";
import {bytesToHex, type Hex, hex} from "#base";
import {createNativeCrypto} from "#crypto-native";
import type {Figure} from "./figure.ts";
import {Client, residentMegabytes, specFile, start, stop} from "./node-process.ts";
import {makeSenders, signTransfer} from "./transfers.ts";

const SENDERS = 1_000;
const ROUNDS = 20;
/** Transfers under way at once: enough to fill the pool's pipeline, few enough not to be refused. */
const IN_FLIGHT = 2_000;

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
  const spec = await specFile(accounts);
  const node = await start([
    `--chain=${spec.file}`,
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
  spec.remove();
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
