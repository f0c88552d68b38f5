/**
 * (b), (c) A block of 1,000 `transfer_keep_alive` from distinct accounts: authored, then imported by another node
 * whose signatures are cold, and by one that has seen them. (e) Empty blocks. Preset dev, made as with manual seal.
 */
import {millis} from "#base";
import {decode} from "#codec";
import {type Header, header as headerCodec} from "#primitives";
import {BlockImporter} from "../src/core/chain/block-importer.ts";
import type {SignatureChecks} from "../src/core/signatures/signature-checks.ts";
import {type BenchNode, makeBlock, openBenchNode} from "./bench-node.ts";
import {type Figure, median} from "./figure.ts";
import {warmUpThreads} from "./signatures.ts";
import {makeSenders, signTransfer} from "./transfers.ts";

const TRANSFERS = 1_000;
const BLOCKS = 12;
/** The first blocks are left out: the engine is still compiling. */
const WARM_UP = 4;
const EMPTY = 3_000;
const AIM = 7_000;

interface Recorded {
  readonly header: Header;
  readonly body: readonly Uint8Array[];
}

function recorded(node: BenchNode, from: number, to: number): Recorded[] {
  return Array.from({length: to - from + 1}, (_, i) => {
    const hash = node.chain.hashOf(from + i)!;
    const header = decode(headerCodec, node.chain.headerBytes(hash)!);
    if (!header.ok) throw new Error("a header of ours decodes");
    return {header: header.value, body: node.chain.body(hash)!};
  });
}

async function importAll(importer: BlockImporter, blocks: readonly Recorded[]): Promise<number> {
  const times: number[] = [];
  for (const {header, body} of blocks) {
    const began = performance.now();
    const imported = await importer.import(header, body);
    if (!imported.ok) throw new Error(imported.error.code);
    times.push(performance.now() - began);
    await imported.value.written;
  }
  return TRANSFERS / (median(times.slice(WARM_UP)) / 1_000);
}

export async function benchBlocks(workers: number): Promise<{authored: number; figures: Figure[]}> {
  const probe = await openBenchNode({accounts: [], workers});
  const senders = makeSenders(probe.crypto, TRANSFERS);
  await probe.close();
  const accounts = senders.map(sender => sender.publicKey);
  const author = await openBenchNode({accounts, workers});
  const times: number[] = [];
  for (let block = 0; block < BLOCKS; block++) {
    for (const [i, sender] of senders.entries()) {
      const to = accounts[(i + 1) % accounts.length]!;
      const transfer = signTransfer(sender, to, block, author.chain.genesisHash);
      const taken = await author.pool.submit("External", transfer);
      if (!taken.ok) throw new Error(taken.error.code);
    }
    const began = performance.now();
    const made = await makeBlock(author);
    times.push(performance.now() - began);
    if (made.transactions !== TRANSFERS)
      throw new Error(`${made.transactions} transfers in a block`);
  }
  const authored = TRANSFERS / (median(times.slice(WARM_UP)) / 1_000);
  const blocks = recorded(author, 1, BLOCKS);

  /** By a node of its own, which knows the signatures already, or none. */
  const imported = async (known?: SignatureChecks) => {
    const node = await openBenchNode({accounts, workers});
    node.time.now = author.time.now + 1_000;
    if (known === undefined) await warmUpThreads(node.threads, node.crypto);
    const importer = new BlockImporter({
      chain: node.chain,
      answers: node.answers,
      inherents: node.inherents,
      crypto: node.crypto,
      signatures: known ?? node.signatures,
      clock: {now: () => millis(node.time.now)},
    });
    const perSecond = await importAll(importer, blocks);
    await node.close();
    return perSecond;
  };
  // The engine compiles what executes a block meanwhile: whoever came first would pay for the other.
  await imported(author.signatures);
  const cold = await imported();
  const verified = await imported(author.signatures);
  await author.close();

  const aim = {value: AIM, from: "aim"};
  return {
    authored,
    figures: [
      {
        name: "(b) import, 1,000 transfers, signatures cold",
        value: cold,
        unit: "transfers/s",
      },
      {
        name: "(b) import, 1,000 transfers, signatures verified",
        value: verified,
        unit: "transfers/s",
        aim,
      },
      {
        name: "(c) authoring to disk, 1,000 transfers, verified",
        value: authored,
        unit: "transfers/s",
        aim,
      },
    ],
  };
}

export async function benchEmptyBlocks(workers: number): Promise<Figure[]> {
  const author = await openBenchNode({accounts: [], workers});
  for (let i = 0; i < EMPTY; i++) await makeBlock(author);
  const blocks = recorded(author, 1, EMPTY);
  const importer = await openBenchNode({accounts: [], workers});
  importer.time.now = author.time.now + 1_000;
  const began = performance.now();
  let written: Promise<void> = Promise.resolve();
  for (const {header, body} of blocks) {
    await importer.chain.room();
    const imported = await importer.importer.import(header, body);
    if (!imported.ok) throw new Error(imported.error.code);
    written = imported.value.written;
  }
  await written;
  const perSecond = EMPTY / ((performance.now() - began) / 1_000);
  await importer.close();
  await author.close();
  return [
    {
      name: "(e) empty blocks imported, commits batched",
      value: perSecond,
      unit: "blocks/s",
      aim: {value: 1_000, from: "aim"},
    },
  ];
}
