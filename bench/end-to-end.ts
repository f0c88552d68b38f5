/**
 * (d) Transfers submitted by RPC until they are in a block, sustained; (f) process start; (g) memory. The node is
 * the built program in its own process, preset dev with instant seal; the client is this process, on the same cores.
 */
import {randomBytes} from "node:crypto";
import {blake2b} from "@noble/hashes/blake2.js";
import {bytesToHex, concatBytes, type Hex, hex} from "#base";
import {createNativeCrypto} from "#crypto-native";
import {monotonicMicros, type Span} from "./cpu-profile.ts";
import type {Figure} from "./figure.ts";
import {
  Client,
  mainThreadMicros,
  residentMegabytes,
  specFile,
  start,
  stop,
} from "./node-process.ts";
import {makeSenders, signTransfer} from "./transfers.ts";

const SENDERS = 1_000;
/** A stream of some twenty seconds: in one of five, the engine is still compiling what carries it for much of the time. */
const ROUNDS = 100;
/** Calls under way at once: enough to fill the pool's pipeline. */
const IN_FLIGHT = 2_000;
/** Rounds of all senders that are not in blocks yet: a client that outruns them fills the pool, and loses what it pushes out. */
const ROUNDS_AHEAD = 7;
/** Of one connection, subscriptions that are open at once: the default limit is 1,024. */
const MOST_WATCHED = 1_000;
/** Of authoring in the same run. */
const AIM = 0.5;

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

/** What a node is given to make blocks of. */
export interface Load {
  readonly args: readonly string[];
  /** Public keys of those who send. */
  readonly senders: readonly Uint8Array[];
  /** Signed, in the order in which they are to be sent: in each round one of each sender. */
  transactions(genesis: Uint8Array): readonly Hex[];
  remove(): void;
}

/** A chain of our own runtime, and transfers of many senders on it. */
export async function ownLoad(rounds = ROUNDS): Promise<Load> {
  const crypto = await createNativeCrypto(randomBytes);
  const senders = makeSenders(crypto, SENDERS);
  const accounts = senders.map(sender => sender.publicKey);
  const spec = await specFile(accounts);
  return {
    args: [`--chain=${spec.file}`, "--alice", "--tmp"],
    senders: accounts,
    transactions: genesis =>
      Array.from({length: rounds}, (_, nonce) =>
        senders.map((sender, i) =>
          bytesToHex(signTransfer(sender, accounts[(i + 1) % SENDERS]!, nonce, genesis)),
        ),
      ).flat(),
    remove: spec.remove,
  };
}

export interface Carried {
  readonly transactions: number;
  readonly blocks: number;
  /** Of the monotonic clock, in microseconds. */
  readonly span: Span;
  /** Processor time of the node's one thread for all but signatures, in microseconds. */
  readonly mainThread: number;
  readonly megabytesBefore: number;
  readonly megabytesAfter: number;
}

/**
 * Submits all of a load to a node of its own until none is pending; `watched`: each with a subscription to what becomes of it, until
 * it is final.
 */
export async function carry(
  load: Load,
  {engine = [], watched = false}: {engine?: readonly string[]; watched?: boolean} = {},
): Promise<Carried> {
  const node = await start([...load.args, "--seal=instant", "--rpc-port=0", "--log=warn"], engine);
  const client = await Client.connect(node.url);
  const genesis = hex((await client.call("chain_getBlockHash", [0])) as Hex);
  const transactions = load.transactions(genesis);
  const megabytesBefore = residentMegabytes(node.child.pid!);
  const spent = mainThreadMicros(node.child.pid!);
  const from = monotonicMicros();
  let next = 0;
  const finalized = watched ? new Finalized(client) : undefined;
  const included = new Included(client, load.senders);
  const submit = async (): Promise<void> => {
    for (let i = next++; i < transactions.length; i = next++) {
      await included.whenNear(i);
      if (finalized === undefined) await submitUntilTaken(client, transactions[i]!);
      else await finalized.submit(transactions[i]!);
    }
  };
  await Promise.all(Array.from({length: watched ? MOST_WATCHED : IN_FLIGHT}, submit));
  let left = 1;
  while (left > 0) left = ((await client.call("author_pendingExtrinsics", [])) as string[]).length;
  const to = monotonicMicros();
  await included.assertAll(transactions.length);
  const mainThread = mainThreadMicros(node.child.pid!) - spent;
  const head = (await client.call("chain_getHeader", [])) as {number: Hex};
  const megabytesAfter = residentMegabytes(node.child.pid!);
  client.close();
  await stop(node);
  const blocks = Number(head.number);
  return {
    transactions: transactions.length,
    blocks,
    span: {from, to},
    mainThread,
    megabytesBefore,
    megabytesAfter,
  };
}

/** Milliseconds after which a client tries again for whom there was no room. */
const PAUSE = 20;
const NO_ROOM = /^1016 /;
/** Milliseconds after which it looks again how far the blocks are. */
const LOOK_AGAIN = 5;

/** A pool that is full is full of what goes into the next blocks: its node does not keep up, and a client waits. */
async function submitUntilTaken(client: Client, transaction: Hex): Promise<void> {
  for (;;) {
    try {
      await client.call("author_submitExtrinsic", [transaction]);
      return;
    } catch (error) {
      if (!(error instanceof Error) || !NO_ROOM.test(error.message)) throw error;
      await new Promise(resolve => setTimeout(resolve, PAUSE));
    }
  }
}

/** What is in blocks, by the nonces of those who sent it. */
class Included {
  readonly #client: Client;
  readonly #keys: readonly Hex[];
  /** Of the one who sends last in each round. */
  #rounds = 0;
  #looking: Promise<void> | undefined;

  constructor(client: Client, senders: readonly Uint8Array[]) {
    this.#client = client;
    this.#keys = senders.map(accountKey);
  }

  /** Resolves when a transaction is no further ahead of the blocks than a client should be. */
  async whenNear(index: number): Promise<void> {
    while (index >= (this.#rounds + ROUNDS_AHEAD) * this.#keys.length) {
      this.#looking ??= this.#look();
      await this.#looking;
    }
  }

  async #look(): Promise<void> {
    const before = this.#rounds;
    const value = await this.#client.call("state_getStorage", [this.#keys.at(-1)]);
    this.#rounds = nonceOf(value as Hex);
    if (this.#rounds === before) await new Promise(resolve => setTimeout(resolve, LOOK_AGAIN));
    this.#looking = undefined;
  }

  /** Throws where a transaction is in no block. */
  async assertAll(transactions: number): Promise<void> {
    const [set] = (await this.#client.call("state_queryStorageAt", [this.#keys])) as {
      changes: [Hex, Hex][];
    }[];
    const sum = set!.changes.reduce((all, [, value]) => all + nonceOf(value), 0);
    if (sum !== transactions) throw new Error(`${sum} of ${transactions} are in blocks`);
  }
}

/** `System.Account` of a public key. */
const accountKey = (publicKey: Uint8Array): Hex =>
  bytesToHex(
    concatBytes(
      hex("0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9"),
      blake2b(publicKey, {dkLen: 16}),
      publicKey,
    ),
  );

/** The first field of an account. */
const nonceOf = (account: Hex): number => new DataView(hex(account).buffer).getUint32(0, true);

/** Waits for what a node says of transactions. */
class Finalized {
  readonly #client: Client;
  readonly #waiting = new Map<string, () => void>();
  /** Told before who asked knew its subscription. */
  readonly #early = new Set<string>();

  constructor(client: Client) {
    this.#client = client;
    client.onNotification = (status, subscription) => {
      if (typeof status !== "object" || status === null || !("finalized" in status)) return;
      if (this.#waiting.has(subscription)) this.#waiting.get(subscription)!();
      else this.#early.add(subscription);
      this.#waiting.delete(subscription);
    };
  }

  async submit(transaction: Hex): Promise<void> {
    const id = await this.#client.call("author_submitAndWatchExtrinsic", [transaction]);
    if (this.#early.delete(id as string)) return;
    await new Promise<void>(resolve => this.#waiting.set(id as string, resolve));
  }
}

export async function benchEndToEnd(authored: number, limit: number): Promise<Figure[]> {
  const load = await ownLoad();
  const carried = await carry(load);
  load.remove();
  const {transactions, blocks, span} = carried;
  const perSecond = transactions / ((span.to - span.from) / 1_000_000);
  const name = `(d) submitted by RPC to in a block, in ${blocks} blocks`;
  const limits = `0.7 of ${Math.round(limit)}, what (a) and (c) allow`;
  return [
    {name, value: perSecond, unit: "transfers/s", aim: {value: 0.7 * limit, from: limits}},
    {
      name: "(d) the same, of what the node authors",
      value: perSecond / authored,
      unit: "",
      aim: {value: AIM, from: "aim"},
    },
    {
      name: "(d) processor time of the main thread, each",
      value: carried.mainThread / transactions,
      unit: "µs",
    },
    {name: "(g) memory before (d)", value: carried.megabytesBefore, unit: "MB"},
    {name: "(g) memory after (d)", value: carried.megabytesAfter, unit: "MB"},
  ];
}
