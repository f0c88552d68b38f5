/**
 * (q) A runtime that others built, beside ours, both through the seam and nothing else: no database, no network. Statemine
 * 900 from npm, or the raw chain spec that `BENCH_GENUINE` names.
 */
import {execFileSync} from "node:child_process";
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {bytesToHex, unwrap} from "#base";
import {firstState, formatChainSpec, parseChainSpec, presetSpec} from "#chain-spec";
import type {CryptoSuite, KeyPair} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {genesisMakers} from "#node";
import {CODE_KEY} from "#primitives";
import {createKhalaEngine} from "#runtime";
import {type RuntimeEngine, type RuntimeHost, unpackCode} from "#runtime-api";
import {memoryState, Overlay} from "#state";
import {createRuntime} from "#wasm-runtime";
import {GenuineChain} from "../tests/genuine/support/genuine-chain.ts";
import {KNOWN_SPECS, knownChain} from "../tests/genuine/support/known-specs.ts";
import {type Figure, median} from "./figure.ts";

const TRANSFERS = 1_000;
const BLOCKS = 12;
/** The first blocks are left out: the engine is still compiling. */
const WARM_UP = 4;
const EMPTY = 400;
const CALLS = 1_000;
const PHA = 1_000_000_000_000n;
const FIRST_MILLIS = 1_700_000_000_000;
const AIM = 10_000;
const AIM_EMPTY = 400;
/** Milliseconds from a chain spec to its first block, of a runtime of 1.5 MB. */
const AIM_START = 1_000;
/** An hour of blocks: 600 slots of six seconds. */
const HOUR = Number(process.env.BENCH_GENUINE_BLOCKS ?? 600);

/** With plenty to give away; the fields of an account's data have had two sets of names. */
const ACCOUNT_DATA = [
  {free: String(10_000n * PHA), reserved: 0, miscFrozen: 0, feeFrozen: 0},
  {free: String(10_000n * PHA), reserved: 0, frozen: 0, flags: String(1n << 127n)},
];

const timed = <T>(work: () => T): [T, number] => {
  const began = performance.now();
  const value = work();
  return [value, performance.now() - began];
};

function fundedChain(
  text: string,
  pairs: readonly KeyPair[],
  options: {engine?: RuntimeEngine; verifySignature: RuntimeHost["verifySignature"]},
): GenuineChain {
  const withData = (data: object) => ({
    System: {
      Account: pairs.map(({publicKey}) => [
        [bytesToHex(publicKey)],
        {nonce: 0, consumers: 0, providers: 1, sufficients: 0, data},
      ]),
    },
  });
  for (const data of ACCOUNT_DATA) {
    try {
      return new GenuineChain(text, {...options, named: withData(data)});
    } catch (error) {
      if (data === ACCOUNT_DATA.at(-1)) throw error;
    }
  }
  throw new Error("an account has data of one of two kinds");
}

interface Measured {
  readonly known: number;
  readonly cold: number;
  readonly authored: number;
  readonly empty: number;
}

function measure(text: string, crypto: CryptoSuite, engine?: RuntimeEngine): Measured {
  const pairs = Array.from({length: TRANSFERS}, (_, i) => {
    const seed = new Uint8Array(32);
    new DataView(seed.buffer).setUint32(0, i + 1, true);
    return unwrap(crypto.keyPairs.fromSeed("sr25519", seed));
  });
  let isCold = false;
  const verifySignature: RuntimeHost["verifySignature"] = ({scheme, signature, message, account}) =>
    !isCold || crypto.signatures.verify(scheme, signature, message, account);
  const runs = engine === undefined ? {} : {engine};
  const chain = fundedChain(text, pairs, {verifySignature, ...runs});
  let slot = Math.floor(FIRST_MILLIS / chain.slotDuration);
  const times = {known: [] as number[], cold: [] as number[], authored: [] as number[]};
  for (let nonce = 0; nonce < BLOCKS; nonce++) {
    const transfers = pairs.map((pair, i) =>
      chain.sign(pair, nonce, "Balances.transfer_keep_alive", {
        dest: pairs[(i + 1) % TRANSFERS]!.publicKey,
        value: PHA / 1_000n,
      }),
    );
    const [{block}, authored] = timed(() => chain.makeBlock(slot++, transfers));
    const parent = chain.head;
    isCold = true;
    const [, cold] = timed(() => chain.importBlock(block));
    isCold = false;
    chain.head = parent;
    const [, known] = timed(() => chain.importBlock(block));
    times.authored.push(authored);
    times.cold.push(cold);
    times.known.push(known);
  }
  const [, empty] = timed(() => {
    for (let i = 0; i < EMPTY; i++) chain.importBlock(chain.makeBlock(slot++).block);
  });
  const perSecond = (of: readonly number[]) => TRANSFERS / (median(of.slice(WARM_UP)) / 1_000);
  return {
    known: perSecond(times.known),
    cold: perSecond(times.cold),
    authored: perSecond(times.authored),
    empty: EMPTY / (empty / 1_000),
  };
}

/** Milliseconds from the text of a chain spec to its first block, made and executed, in a process that never saw it. */
function startUp(text: string): number {
  const folder = mkdtempSync(join(tmpdir(), "khala-bench-"));
  try {
    const file = join(folder, "spec.json");
    writeFileSync(file, text);
    const program = fileURLToPath(new URL("./genuine-start.ts", import.meta.url));
    const times = [1, 2, 3].map(() =>
      Number(
        execFileSync(process.execPath, ["--import", "tsx", program, file], {encoding: "utf8"}),
      ),
    );
    return median(times);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

/** MB that this process grew by, from a third of an hour of blocks to its end; negative: it shrank. */
function growth(text: string): number {
  const chain = new GenuineChain(text);
  const first = Math.floor(FIRST_MILLIS / chain.slotDuration);
  let third = 0;
  for (let i = 0; i < HOUR; i++) {
    chain.importBlock(chain.makeBlock(first + i).block);
    if (i === Math.floor(HOUR / 3)) third = process.memoryUsage.rss();
  }
  return (process.memoryUsage.rss() - third) / 1_000_000;
}

/** The dev chain of this program, as raw as the other one. */
function ours(crypto: CryptoSuite): string {
  const spec = presetSpec("dev")!;
  return unwrap(formatChainSpec(spec, {isRaw: true}, crypto));
}

/** Figures of (q); none where the packages with chain specs are not installed, which is said. */
export async function benchGenuine(): Promise<Figure[]> {
  const given = process.env.BENCH_GENUINE;
  if (given === undefined && !existsSync(KNOWN_SPECS)) {
    process.stdout.write("(q) left out: `npm run test:genuine` installs the chain spec\n");
    return [];
  }
  const text =
    given === undefined ? await knownChain("rococo_v2_2_asset_hub") : readFileSync(given, "utf8");
  const crypto = await createNativeCrypto();
  const {spec} = unwrap(parseChainSpec(text));
  const started = startUp(text);
  const code = unwrap(firstState(spec.genesis, genesisMakers(crypto))).top.get(CODE_KEY)!;
  const [module, unpacking] = timed(() => unwrap(unpackCode(code)));
  const [runtime, preparing] = timed(() => unwrap(createRuntime(module, crypto)));
  const state = new Overlay(memoryState([], data => crypto.hashing.blake2b256(data)));
  const call = () =>
    unwrap(runtime.call("Core_version", new Uint8Array(0), {state, verifySignature: () => false}));
  const [, first] = timed(call);
  const [, calls] = timed(() => {
    for (let i = 0; i < CALLS; i++) call();
  });
  const name = `${runtime.version.specName} ${runtime.version.specVersion}`;
  const genuine = measure(text, crypto);
  const typescript = measure(ours(crypto), crypto, createKhalaEngine(crypto));
  const grown = growth(text);
  const figures = (
    of: string,
    {known, cold, authored, empty}: Measured,
    aims: boolean,
  ): Figure[] => {
    const aim = aims ? {aim: {value: AIM, from: "aim"}} : {};
    const perSecond = {unit: "transfers/s"};
    return [
      {name: `(q) ${of}: executed, signatures known`, value: known, ...perSecond, ...aim},
      {name: `(q) ${of}: executed, signatures cold`, value: cold, ...perSecond},
      {name: `(q) ${of}: made, signatures known`, value: authored, ...perSecond, ...aim},
      {
        name: `(q) ${of}: empty blocks, made and executed`,
        value: empty,
        unit: "blocks/s",
        ...(aims ? {aim: {value: AIM_EMPTY, from: "aim"}} : {}),
      },
    ];
  };
  return [
    {
      name: `(q) ${name}: chain spec to first block`,
      value: started,
      unit: "ms",
      aim: {value: AIM_START, atMost: true, from: "aim"},
    },
    {name: `(q) ${name}: unpacked`, value: unpacking, unit: "ms"},
    {name: `(q) ${name}: compiled and read`, value: preparing, unit: "ms"},
    {name: `(q) ${name}: first call`, value: first, unit: "ms"},
    {name: `(q) ${name}: a call`, value: (calls / CALLS) * 1_000, unit: "µs"},
    ...figures(name, genuine, true),
    ...figures("ours", typescript, false),
    {name: `(q) ${name}: growth over ${HOUR} blocks`, value: grown, unit: "MB"},
  ];
}
