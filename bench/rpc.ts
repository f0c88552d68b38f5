/**
 * (n) Reads of storage by WebSocket beside what a bare server that echoes can do, same client, same run; (o) two hundred
 * clients that follow the chain while blocks of 1,000 transfers are made, on slots of real time.
 */
import {type ChildProcess, fork, spawn} from "node:child_process";
import {randomBytes} from "node:crypto";
import {dirname, join} from "node:path";
import {createInterface} from "node:readline";
import {setTimeout as sleep} from "node:timers/promises";
import {fileURLToPath} from "node:url";
import {bytesToHex, type Hex, hex} from "#base";
import {createNativeCrypto} from "#crypto-native";
import type {Figure} from "./figure.ts";
import type {ClientsReport} from "./following-clients.ts";
import {Client, ownMegabytes, specFile, start, stop} from "./node-process.ts";
import type {ProbeReport} from "./rpc-probe.ts";
import {makeSenders, signTransfer} from "./transfers.ts";

const HERE = dirname(fileURLToPath(import.meta.url));
const CONNECTIONS = 4;
/** Calls under way on each. */
const IN_FLIGHT = 16;
const READ_SECONDS = 4;

/** Timestamp.Now. */
const KEY = "0xf0c365c3cf59d671eb72da0e7a4113c49f1f0515f462cdcf84e0f1d6045dfcbb";

interface RoundTrips {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p99: number;
}

async function roundTrips(url: string): Promise<RoundTrips> {
  const clients = await Promise.all(Array.from({length: CONNECTIONS}, () => Client.connect(url)));
  const took: number[] = [];
  const ends = performance.now() + READ_SECONDS * 1_000;
  const ask = async (client: Client): Promise<void> => {
    while (performance.now() < ends) {
      const began = performance.now();
      await client.call("state_getStorage", [KEY]);
      took.push(performance.now() - began);
    }
  };
  await Promise.all(clients.flatMap(client => Array.from({length: IN_FLIGHT}, () => ask(client))));
  for (const client of clients) client.close();
  took.sort((a, b) => a - b);
  return {perSecond: took.length / READ_SECONDS, p99: took[Math.floor(took.length * 0.99)]!};
}

async function echoServer(): Promise<{child: ChildProcess; url: string}> {
  const child = spawn(process.execPath, [join(HERE, "echo-server.js")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>(resolve => {
    createInterface({input: child.stdout!}).once("line", resolve);
  });
  return {child, url};
}

async function benchReads(): Promise<Figure[]> {
  const echo = await echoServer();
  const node = await start(["dev", "--rpc-port=0", "--log=warn"]);
  // Once each for the compilers; what counts is the second time.
  await roundTrips(echo.url);
  await roundTrips(node.url);
  const limit = await roundTrips(echo.url);
  const reads = await roundTrips(node.url);
  echo.child.kill();
  await stop(node);
  const from = `0.6 of ${Math.round(limit.perSecond)}, a bare echo`;
  return [
    {name: "(n) bare WebSocket echo", value: limit.perSecond, unit: "/s"},
    {name: "(n) bare WebSocket echo, p99", value: limit.p99, unit: "ms"},
    {
      name: "(n) state_getStorage",
      value: reads.perSecond,
      unit: "/s",
      aim: {value: 0.6 * limit.perSecond, from},
    },
    {name: "(n) state_getStorage, p99", value: reads.p99, unit: "ms"},
  ];
}

const SENDERS = 1_000;
const SLOT = 2_000;
const LOAD_SECONDS = Number(process.env.BENCH_LOAD_SECONDS ?? 60);
const WARM_SECONDS = 20;

async function benchLoad(): Promise<Figure[]> {
  const crypto = await createNativeCrypto(randomBytes);
  const senders = makeSenders(crypto, SENDERS);
  const accounts = senders.map(({publicKey}) => publicKey);
  const spec = await specFile(accounts, {slotDuration: BigInt(SLOT)});
  const node = await start([
    `--chain=${spec.file}`,
    "--alice",
    "--tmp",
    "--rpc-port=0",
    "--rpc-max-connections=1000",
    "--log=warn",
  ]);
  const client = await Client.connect(node.url);
  const genesis = hex((await client.call("chain_getBlockHash", [0])) as Hex);
  const clients = fork(join(HERE, "following-clients.ts"), [node.url], {
    execArgv: ["--import", "tsx"],
  });
  const told = new Promise<ClientsReport>(resolve =>
    clients.once("message", report => resolve(report as ClientsReport)),
  );
  const echo = await echoServer();
  const probe = fork(join(HERE, "rpc-probe.ts"), [node.url, echo.url], {
    execArgv: ["--import", "tsx"],
  });
  const probed = new Promise<ProbeReport>(resolve =>
    probe.once("message", report => resolve(report as ProbeReport)),
  );

  const memory: number[] = [];
  const ends = performance.now() + (WARM_SECONDS + LOAD_SECONDS) * 1_000;
  const measuring = (async () => {
    await sleep(WARM_SECONDS * 1_000);
    probe.send("begin");
    while (performance.now() < ends) {
      memory.push(ownMegabytes(node.child.pid!));
      await sleep(1_000);
    }
  })();
  let sent = 0;
  for (let nonce = 0; performance.now() < ends; nonce++) {
    const began = performance.now();
    for (const [i, sender] of senders.entries()) {
      const transfer = signTransfer(sender, accounts[(i + 1) % SENDERS]!, nonce, genesis);
      // Not awaited one by one: the pool checks signatures on its own threads.
      client.call("author_submitExtrinsic", [bytesToHex(transfer)]).catch(error => {
        process.stderr.write(`${error}\n`);
      });
      sent++;
      if (i % 50 === 49) await sleep(1);
    }
    await sleep(Math.max(0, began + SLOT - performance.now()));
  }
  await measuring;
  probe.send("report");
  const waits = await probed;
  clients.send("report");
  const report = await told;
  for (const child of [clients, probe, echo.child]) child.kill();
  client.close();
  await stop(node);
  spec.remove();
  const third = Math.floor(memory.length / 3);
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  // The first third fills caches. Between collections memory rises in any case: what is left after them tells.
  const [middle, last] = [memory.slice(third, 2 * third), memory.slice(-third)];
  const [early, late] = [Math.min(...middle), Math.min(...last)];
  return [
    {name: `(o) load: clients over ${LOAD_SECONDS} s`, value: report.clients, unit: ""},
    {name: "(o) transfers sent", value: sent, unit: ""},
    {name: "(o) transfers in blocks, a block", value: report.transfersPerBlock, unit: ""},
    {
      name: "(o) finalized heads missed, of all clients",
      value: report.missed,
      unit: "",
      aim: {value: 1, atMost: true, from: "none"},
    },
    {name: "(o) clients cut off", value: report.closed, unit: ""},
    {name: "(o) slots without a block", value: report.emptySlots, unit: ""},
    {name: "(o) blocks told of later than their slot", value: report.late, unit: ""},
    {
      name: "(o) slowest block, from the start of its slot",
      value: report.slowest,
      unit: "ms",
      aim: {value: SLOT, atMost: true, from: "a slot"},
    },
    {name: "(o) a small RPC call meanwhile, median", value: waits.node.median, unit: "ms"},
    {
      name: "(o) a small RPC call meanwhile, p99",
      value: waits.node.p99,
      unit: "ms",
      aim: {
        value: 20,
        atMost: true,
        from: `aim; of a bare echo meanwhile ${waits.echo.p99.toFixed(1)} ms`,
      },
    },
    {name: "(o) a small RPC call meanwhile, longest", value: waits.node.longest, unit: "ms"},
    {name: "(o) the same of a bare echo, median", value: waits.echo.median, unit: "ms"},
    {name: "(o) the same of a bare echo, p99", value: waits.echo.p99, unit: "ms"},
    {name: "(o) the same of a bare echo, longest", value: waits.echo.longest, unit: "ms"},
    {
      name: "(o) least own memory, last third against middle",
      value: late / early,
      unit: "",
      aim: {value: 1.1, atMost: true, from: `${Math.round(early)} and ${Math.round(late)} MB`},
    },
    {name: "(o) own memory on average, middle third", value: mean(middle), unit: "MB"},
    {name: "(o) own memory on average, last third", value: mean(last), unit: "MB"},
  ];
}

export async function benchRpc(): Promise<Figure[]> {
  return [...(await benchReads()), ...(await benchLoad())];
}
