/** (h) What a block of 1,000 transfers and a single read cost in a state of a million accounts, against a small one. */
import {bytesToBinary} from "#base";
import {type BenchNode, makeBlock, openBenchNode} from "./bench-node.ts";
import type {Figure} from "./figure.ts";
import {median} from "./figure.ts";
import {makeSenders, type Sender, signTransfer} from "./transfers.ts";

const TRANSFERS = 1_000;
const BLOCKS = 10;
const WARM_UP = 4;
const READS = 20_000;

/** Accounts that nobody has a key of: filler. */
function filler(count: number): Uint8Array[] {
  return Array.from({length: count}, (_, i) => {
    const account = new Uint8Array(32).fill(0xaa);
    new DataView(account.buffer).setUint32(0, i, true);
    return account;
  });
}

/** Milliseconds of a block and microseconds of a read; receivers differ from block to block, so that reads are new. */
async function measure(
  node: BenchNode,
  senders: readonly Sender[],
  receivers: readonly Uint8Array[],
) {
  const times: number[] = [];
  for (let block = 0; block < BLOCKS; block++) {
    for (const [i, sender] of senders.entries()) {
      const to = receivers[(block * TRANSFERS + i * 7) % receivers.length]!;
      const taken = await node.pool.submit(
        "External",
        signTransfer(sender, to, block, node.chain.genesisHash),
      );
      if (!taken.ok) throw new Error(taken.error.code);
    }
    const began = performance.now();
    await makeBlock(node);
    times.push(performance.now() - began);
  }
  const {hashing} = node.crypto;
  const prefix =
    bytesToBinary(hashing.twox128(Buffer.from("System"))) +
    bytesToBinary(hashing.twox128(Buffer.from("Account")));
  const keys = Array.from({length: READS}, (_, i) => {
    const account = receivers[(i * 7_919) % receivers.length]!;
    return prefix + bytesToBinary(hashing.blake2b128(account)) + bytesToBinary(account);
  });
  const {state} = node.chain.head;
  const readAll = () => {
    const began = performance.now();
    for (const key of keys) {
      if (state.get(key) === undefined) throw new Error("an account is missing");
    }
    return ((performance.now() - began) * 1_000) / READS;
  };
  return {block: median(times.slice(WARM_UP)), read: readAll(), again: readAll()};
}

export async function benchLargeState(workers: number, accounts: number): Promise<Figure[]> {
  const probe = await openBenchNode({accounts: [], workers});
  const senders = makeSenders(probe.crypto, TRANSFERS);
  await probe.close();
  const own = senders.map(sender => sender.publicKey);

  const few = filler(2_000);
  const small = await openBenchNode({accounts: [...own, ...few], workers});
  const smallCost = await measure(small, senders, few);
  await small.close();

  const many = filler(accounts);
  const large = await openBenchNode({accounts: [...own, ...many], workers});
  const largeCost = await measure(large, senders, many);
  await large.close();

  const label = `${accounts.toLocaleString("en-US")} accounts`;
  return [
    {name: "(h) block of 1,000 transfers, 3,000 accounts", value: smallCost.block, unit: "ms"},
    {
      name: `(h) block of 1,000 transfers, ${label}`,
      value: largeCost.block,
      unit: "ms",
      aim: {value: 1.5 * smallCost.block, atMost: true, from: "1.5 times the small state"},
    },
    {name: "(h) one read, 3,000 accounts", value: smallCost.read, unit: "µs"},
    {
      name: `(h) one read, ${label}`,
      value: largeCost.read,
      unit: "µs",
      aim: {value: 1.5 * smallCost.read, atMost: true, from: "1.5 times the small state"},
    },
    {
      name: "(h) the same read again",
      value: largeCost.again,
      unit: "µs",
      aim: {value: 1.5 * smallCost.again, atMost: true, from: "1.5 times the small state"},
    },
  ];
}
