/** (u) What the state costs as it grows: a read, a page of keys, a block of transfers; and reads of blocks long ago. */
import {bytesToBinary, equalBytes, unwrap} from "#base";
import {encode} from "#codec";
import {type Header, header as headerCodec} from "#primitives";
import {keysBelow, type StateView} from "#state";
import {INDEX_PACE} from "#store";
import type {Change} from "#trie";
import {type BenchNode, makeBlock, openBenchNode} from "./bench-node.ts";
import {type Figure, median} from "./figure.ts";
import {makeSenders, type Sender, signTransfer} from "./transfers.ts";

const TRANSFERS = 1_000;
const BLOCKS = 12;
const WARM_UP = 4;
const READS = 20_000;
const PAGES = 50;
const PAGE = 1_000;
/** Bytes of memory for the index, as --trie-cache-size; what a node takes if nothing is said. */
const STATE_MEMORY = Number(process.env.BENCH_STATE_MEMORY ?? INDEX_PACE.memory);
/** Accounts that one block of filler brings. */
const BATCH = 100_000;

/** Accounts that nobody has a key of: filler. */
function fillerAccount(i: number): Uint8Array {
  const account = new Uint8Array(32).fill(0xaa);
  new DataView(account.buffer).setUint32(0, i, true);
  return account;
}

const accountsPrefix = ({crypto: {hashing}}: BenchNode) =>
  bytesToBinary(hashing.twox128(Buffer.from("System"))) +
  bytesToBinary(hashing.twox128(Buffer.from("Account")));

function accountKey(node: BenchNode, prefix: string, account: Uint8Array): string {
  const key =
    prefix + bytesToBinary(node.crypto.hashing.blake2b128(account)) + bytesToBinary(account);
  // In one piece, as keys are that come by RPC.
  return Buffer.from(key, "latin1").toString("latin1");
}

/** Numbers of filler accounts in the order of their keys, so that what a block adds lies together. */
function inOrder(node: BenchNode, count: number): Float64Array {
  const {hashing} = node.crypto;
  const order = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const hash = hashing.blake2b128(fillerAccount(i));
    const high = (hash[0]! << 20) | (hash[1]! << 12) | (hash[2]! << 4) | (hash[3]! >> 4);
    order[i] = high * 2 ** 25 + i;
  }
  return order.sort();
}

/** Adds accounts by blocks that nobody executed, each of them with a part of the map. */
async function fill(node: BenchNode, count: number, value: Uint8Array): Promise<void> {
  const prefix = accountsPrefix(node);
  const order = inOrder(node, count);
  // The chain's identity comes into the state with the first block.
  await makeBlock(node);
  for (let from = 0; from < count; from += BATCH) {
    const changes: Change[] = [];
    for (let i = from; i < Math.min(from + BATCH, count); i++) {
      changes.push([accountKey(node, prefix, fillerAccount(order[i]! % 2 ** 25)), value.slice()]);
    }
    await appendChanged(node, changes);
  }
}

/** A block that nobody executed, whose state is that of the head with some changes. */
async function appendChanged(node: BenchNode, changes: Change[]): Promise<void> {
  changes.sort(([a], [b]) => (a < b ? -1 : 1));
  const {head} = node.chain;
  const state = head.state.update({top: changes, children: new Map()}, 0);
  const header: Header = {
    parentHash: head.hash,
    number: head.number + 1,
    stateRoot: state.root(),
    extrinsicsRoot: head.header.extrinsicsRoot,
    digest: [],
  };
  const headerBytes = encode(headerCodec, header);
  const hash = node.crypto.hashing.blockHash(headerBytes);
  await node.chain.room();
  await node.chain.append({hash, header, headerBytes, body: [], state}, "own");
}

/** Everything final, and all that is done in the background done; how long that took, in seconds. */
async function settle(node: BenchNode): Promise<number> {
  await unwrap(node.chain.finalize(node.chain.head.hash, undefined));
  const began = performance.now();
  while (node.store.pruning.step(256)) await node.chain.room();
  await node.store.flushed();
  return (performance.now() - began) / 1_000;
}

/** Accounts above which no map of the engine's is made beside the state: the memory of a small machine. */
const MOST_IN_MAP = 2_000_000;

interface MapReads {
  readonly first: number;
  readonly again: number;
}

/**
 * Microseconds of a read of the same keys from a `Map` of the engine's with as many entries: what memory costs in this language,
 * whatever stands before it. Undefined above `MOST_IN_MAP`.
 */
function mapReads(node: BenchNode, fillers: number, keys: readonly string[]): MapReads | undefined {
  if (fillers > MOST_IN_MAP) return undefined;
  const prefix = accountsPrefix(node);
  const map = new Map<string, Uint8Array>();
  for (let i = 0; i < fillers; i++) {
    map.set(accountKey(node, prefix, fillerAccount(i)), new Uint8Array(80).fill(i));
  }
  const view = {get: (key: string) => map.get(key)};
  // Keys come by RPC as strings of their own, whose hash nobody knows yet.
  const anew = () => keys.map(key => Buffer.from(key, "latin1").toString("latin1"));
  // As for the state: the engine has compiled what is measured.
  readAll(view, anew().slice(0, 4_000));
  return {first: readAll(view, anew()), again: readAll(view, anew())};
}

function readAll(view: Pick<StateView, "get">, keys: readonly string[]): number {
  const began = performance.now();
  for (const key of keys) if (view.get(key) === undefined) throw new Error("no such account");
  return ((performance.now() - began) * 1_000) / keys.length;
}

/** Milliseconds of a page of a thousand keys, from somewhere in the map. */
function readPages(view: StateView, prefix: string, starts: readonly string[]): number {
  const times = starts.map(start => {
    const began = performance.now();
    let count = 0;
    for (const _ of keysBelow(view, prefix, start)) if (++count === PAGE) break;
    return performance.now() - began;
  });
  return median(times);
}

async function transferBlocks(
  node: BenchNode,
  senders: readonly Sender[],
  receiver: (i: number) => Uint8Array,
): Promise<number> {
  const times: number[] = [];
  for (let block = 0; block < BLOCKS; block++) {
    for (const [i, sender] of senders.entries()) {
      const to = receiver(block * TRANSFERS + i);
      const transfer = signTransfer(sender, to, block, node.chain.genesisHash);
      unwrap(await node.pool.submit("External", transfer));
    }
    const began = performance.now();
    await makeBlock(node);
    await node.chain.settled();
    times.push(performance.now() - began);
    await settle(node);
  }
  return median(times.slice(WARM_UP));
}

interface Costs {
  readonly read: number;
  readonly again: number;
  readonly map: MapReads | undefined;
  readonly byTrie: number;
  readonly page: number;
  readonly pageByTrie: number;
  readonly block: number;
  readonly build: number;
  readonly fences: number;
  readonly size: number;
}

async function costsOf(
  workers: number,
  senders: readonly Sender[],
  accounts: number,
): Promise<Costs> {
  const own = senders.map(sender => sender.publicKey);
  const node = await openBenchNode({
    accounts: own,
    workers,
    flatIndex: {...INDEX_PACE, memory: STATE_MEMORY},
  });
  const prefix = accountsPrefix(node);
  const fillers = accounts - own.length;
  const sample = node.chain.head.state.get(accountKey(node, prefix, own[1]!))!;
  await fill(node, fillers, sample);
  const build = await settle(node);
  const status = node.store.index!.status();
  const some = (i: number) => fillerAccount((i * 7_919 + 13) % fillers);
  const keys = Array.from({length: READS}, (_, i) => accountKey(node, prefix, some(i)));
  const {head} = node.chain;
  const view = node.chain.view(head.hash)!;
  if (status.isReady !== (view !== head.state)) throw new Error("the index is not read");
  // Twice the first part, so that the engine has compiled what is measured.
  readAll(view, keys.slice(0, 4_000));
  const read = readAll(view, keys);
  const again = readAll(view, keys);
  const map = mapReads(node, fillers, keys);
  const starts = keys.slice(0, PAGES);
  const page = readPages(view, prefix, starts);
  const byTrie = readAll(node.store.stateAt(head.hash)!, keys);
  const pageByTrie = readPages(node.store.stateAt(head.hash)!, prefix, starts);
  for (const key of keys.slice(0, 500)) {
    if (!equalBytes(view.get(key)!, head.state.get(key)!)) throw new Error("index and trie differ");
  }
  const block = await transferBlocks(node, senders, i => some(i + READS));
  const size = node.size();
  await node.close();
  return {read, again, map, byTrie, page, pageByTrie, block, build, fences: status.bytes, size};
}

/** Accounts of the states on which empty blocks are made: enough for an index. */
const INDEXED = 100_000;

/** Empty blocks a second, made and final at once, by two nodes in turn: one keeps an index, one does not. */
async function emptyBlocks(workers: number, count: number): Promise<readonly [number, number]> {
  const TURN = 500;
  const nodes: BenchNode[] = [];
  for (const flatIndex of [true, false]) {
    const node = await openBenchNode({accounts: [], workers, flatIndex});
    await fill(node, INDEXED, new Uint8Array(80).fill(1));
    await settle(node);
    nodes.push(node);
  }
  if (!nodes[0]!.store.index!.isReady) throw new Error("the index is not ready");
  const spent = [0, 0];
  for (let turn = 0; turn < count / TURN; turn++) {
    // Who is first changes, so that neither has the better half of what the machine does besides.
    for (const i of turn % 2 === 0 ? [0, 1] : [1, 0]) {
      const node = nodes[i]!;
      const began = performance.now();
      for (let n = 0; n < TURN; n++) {
        await node.chain.room();
        await makeBlock(node);
        unwrap(node.chain.finalize(node.chain.head.hash, undefined)).catch(() => {});
        while (node.store.pruning.step(256));
      }
      await node.chain.settled();
      spent[i]! += performance.now() - began;
    }
  }
  const result = spent.map(ms => count / (ms / 1_000));
  for (const node of nodes) await node.close();
  return [result[0]!, result[1]!];
}

/** Blocks below the head within which a read is to take a twentieth of what it may take further down. */
const NEAR = 10_000;
/** Accounts that each block changes: so a million blocks come in minutes, and lie in the database as executed ones do. */
const CHANGED = 4;

/** Microseconds of a read of a few accounts at depths below the head, each of a block that nobody looked at before. */
async function historicReads(workers: number, accounts: number, depth: number): Promise<number> {
  const node = await openBenchNode({accounts: [], workers});
  const prefix = accountsPrefix(node);
  const sample = new Uint8Array(80).fill(1);
  await fill(node, accounts, sample);
  for (let n = 0; n < depth; n++) {
    const changes = Array.from({length: CHANGED}, (_, i): Change => {
      const account = fillerAccount((n * CHANGED * 7_919 + i * 7_919) % accounts);
      return [accountKey(node, prefix, account), new Uint8Array(80).fill(1 + (n % 255))];
    });
    await appendChanged(node, changes);
    const final = node.chain.finalize(node.chain.head.hash, undefined);
    if (!final.ok) throw new Error(final.error.code);
  }
  await settle(node);
  const times: number[] = [];
  for (let n = 0; n < 200; n++) {
    const key = accountKey(node, prefix, fillerAccount((n * 7_919) % accounts));
    const number = node.chain.head.number - depth + (n % 100);
    const began = performance.now();
    const state = node.chain.view(node.chain.hashOf(number)!)!;
    if (state.get(key) === undefined) throw new Error("no such account");
    times.push((performance.now() - began) * 1_000);
  }
  await node.close();
  return median(times);
}

export async function* benchState(
  workers: number,
  sizes: readonly number[],
  depth: number,
): AsyncGenerator<Figure[]> {
  const probe = await openBenchNode({accounts: [], workers});
  const senders = makeSenders(probe.crypto, TRANSFERS);
  await probe.close();
  let first: Costs | undefined;
  for (const accounts of sizes) {
    const costs = await costsOf(workers, senders, accounts);
    const label = `${accounts.toLocaleString("en-US")} accounts`;
    const small = first;
    const {map} = costs;
    const beside = (value: number | undefined) =>
      value === undefined
        ? {}
        : {aim: {value, from: "a Map of the engine, the limit of memory here"}};
    if (map === undefined) {
      process.stdout.write(
        `(u) no Map of ${label} beside it: above ${MOST_IN_MAP.toLocaleString("en-US")} it is left out\n`,
      );
    }
    const against = (name: "read" | "page" | "block", times: number) =>
      small && {
        aim: {
          value: times * small[name],
          atMost: true,
          from: `${times} times ${sizes[0]} accounts`,
        },
      };
    yield [
      {name: `(u) one read, ${label}`, value: costs.read, unit: "µs", ...against("read", 1.5)},
      ...(map === undefined
        ? []
        : [
            {
              name: "(u) the same against a Map",
              value: costs.read,
              unit: "µs",
              ...beside(map.first),
            },
          ]),
      {name: "(u) the same once more", value: costs.again, unit: "µs", ...beside(map?.again)},
      {name: "(u) the same by the trie", value: costs.byTrie, unit: "µs"},
      {
        name: `(u) a page of 1,000 keys, ${label}`,
        value: costs.page,
        unit: "ms",
        ...against("page", 1.5),
      },
      {name: "(u) the same by the trie", value: costs.pageByTrie, unit: "ms"},
      {
        name: `(u) block of 1,000 transfers, ${label}`,
        value: costs.block,
        unit: "ms",
        ...against("block", 1.3),
      },
      {name: "(u) index made in the background", value: costs.build, unit: "s"},
      {name: "(u) memory of the index", value: costs.fences / 1e6, unit: "MB"},
      {name: "(u) database", value: costs.size / 1e6, unit: "MB"},
    ];
    first ??= costs;
  }
  const [withIndex, without] = await emptyBlocks(workers, 10_000);
  yield [
    {
      name: "(u) empty blocks made and final, 100,000 accounts, no index",
      value: without,
      unit: "blocks/s",
    },
    {
      name: "(u) the same with an index",
      value: withIndex,
      unit: "blocks/s",
      aim: {value: without, from: "without"},
    },
  ];
  const label = `${depth.toLocaleString("en-US")} blocks below`;
  yield [
    {
      name: `(u) one read, 100,000 accounts, ${label}`,
      value: await historicReads(workers, 100_000, depth),
      unit: "µs",
      aim:
        depth <= NEAR
          ? {value: 1_000, atMost: true, from: "1 ms"}
          : {value: 20_000, atMost: true, from: "20 ms"},
    },
  ];
}
