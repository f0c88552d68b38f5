/**
 * (l) Ten, a hundred and a thousand authorities, each of them with turns, for three sessions: one node that holds all
 * keys makes the blocks, a second one imports them, on a clock that is moved by hand. All are invulnerables, so the
 * set is chosen anew at each rotation and is the same. Bounds are raised by parameters; a session is four turns each.
 */
import {equalBytes, millis, seededRandom, unwrap} from "#base";
import {slotOf, verifyHeader} from "#consensus";
import {auraAuthorities} from "#runtime-api";
import {createTestCrypto} from "../src/testing/accounts/test-crypto.ts";
import {type BenchNode, makeBlock, openBenchNode} from "./bench-node.ts";
import {type Figure, median} from "./figure.ts";

const SIZES = (process.env.BENCH_AUTHORITIES ?? "10,100,1000").split(",").map(Number);
const TURNS = 4;
const SESSIONS = 3;
const MEBIBYTE = 1_048_576;

export async function benchAuthorities(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const size of SIZES) figures.push(...(await benchSize(size)));
  return figures;
}

async function benchSize(size: number): Promise<Figure[]> {
  const session = TURNS * size;
  const authors = Array.from({length: size}, (_, i) => `//Collator//${i + 1}`);
  const parameters = {
    sessionPeriod: session,
    kickThreshold: session,
    maxInvulnerables: size,
    maxAuthorities: size,
    finalityVoters: "Invulnerables",
  } as const;
  // Not the kit's memory of checked signatures: the importer has to check for itself.
  const maker = await openBenchNode({
    accounts: [],
    parameters,
    authors,
    crypto: await createTestCrypto(seededRandom(1)),
  });
  const importer = await openBenchNode({
    accounts: [],
    parameters,
    authors,
    crypto: await createTestCrypto(seededRandom(2)),
  });
  importer.time.now = maker.time.now;
  const made: {rotation: number[]; other: number[]} = {rotation: [], other: []};
  const imported: typeof made = {rotation: [], other: []};
  const checks: number[] = [];
  global.gc?.();
  const before = process.memoryUsage().rss;
  for (let number = 1; number <= SESSIONS * session; number++) {
    const kind = number % session === 0 ? "rotation" : "other";
    const began = performance.now();
    await makeBlock(maker);
    made[kind].push(performance.now() - began);
    importer.time.now = maker.time.now;
    if (number % 50 === 0) checks.push(headerCheck(maker, importer));
    imported[kind].push(await take(maker, importer));
    for (const node of [maker, importer]) await finalize(node);
  }
  global.gc?.();
  const used = (process.memoryUsage().rss - before) / MEBIBYTE;
  await maker.close();
  await importer.close();
  const figure = (name: string, value: number, unit: string): Figure => ({
    name: `(l) ${size} authorities: ${name}`,
    value,
    unit,
  });
  return [
    figure("rotation block, made", median(made.rotation), "ms"),
    figure("rotation block, imported", median(imported.rotation), "ms"),
    figure("other block, made", median(made.other), "ms"),
    figure("other block, imported", median(imported.other), "ms"),
    figure("check of a header", median(checks), "ms"),
    figure(`memory for ${SESSIONS * session} blocks, both nodes`, used, "MiB"),
  ];
}

async function take(from: BenchNode, to: BenchNode): Promise<number> {
  const {hash, header} = from.chain.head;
  const body = from.chain.body(hash) ?? [];
  const began = performance.now();
  const outcome = await to.importer.import(header, body);
  const took = performance.now() - began;
  const imported = unwrap(outcome);
  await imported.written;
  if (!equalBytes(imported.hash, to.chain.head.hash)) throw new Error("not the same chain");
  return took;
}

/** Finding the authorities in the state, and slot, author and seal: what a block costs before it is executed. */
function headerCheck(from: BenchNode, to: BenchNode): number {
  const {header} = from.chain.head;
  const {head} = to.chain;
  const began = performance.now();
  const runtime = unwrap(to.chain.runtimeOf(head.state));
  const host = to.chain.host(head.state, {verifySignature: () => false});
  const authorities = unwrap(auraAuthorities(runtime, host));
  const verified = verifyHeader(header, {
    authorities,
    scheme: "sr25519",
    parentSlot: slotOf(head.header.digest),
    now: millis(to.time.now),
    slotDuration: 500,
    hashing: to.crypto.hashing,
    signatures: from.crypto.signatures,
  });
  if (!verified.ok) throw new Error(verified.error.code);
  return performance.now() - began;
}

/** The block before the best becomes final, as with a committee that keeps up. */
async function finalize({chain}: BenchNode): Promise<void> {
  const {number} = chain.head;
  if (number < 2) return;
  await unwrap(chain.finalize(chain.hashOf(number - 1)!, undefined));
}
