/**
 * (v) Where the time of one transaction goes between the socket and its final block: the node of (d) under V8's own profiler,
 * which looks at the stack every half a millisecond. The product has no timers for it, and pays nothing.
 */
import {existsSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {bytesToHex, millis, unwrap} from "#base";
import {formatChainSpec, parseChainSpec} from "#chain-spec";
import {createNativeCrypto} from "#crypto-native";
import {encodeCall, readNamedState, signExtrinsic, signerOf} from "#description";
import {createRuntimes, readyChain} from "#node";
import {GenuineChain} from "../tests/genuine/support/genuine-chain.ts";
import {KNOWN_SPECS, knownChain} from "../tests/genuine/support/known-specs.ts";
import {readProfiles, type ThreadProfile} from "./cpu-profile.ts";
import {carry, type Load, ownLoad} from "./end-to-end.ts";
import {byStage, STAGES, type Stage} from "./path-stages.ts";

/** Microseconds between two looks: half of V8's default, which costs the node a tenth of its time. */
const INTERVAL = 500;
const SENDERS = 1_000;
const ROUNDS = 20;
const GENUINE_ROUNDS = 5;
const UNIT = 1_000_000_000_000n;

/** What one transaction took, in microseconds: by stages of the main thread, and of those that validate and check signatures. */
interface Path {
  readonly name: string;
  readonly main: ReadonlyMap<Stage, number>;
  readonly threads: number;
}

/** Prints the table of (v): a column for each load. */
export async function profilePath(): Promise<void> {
  const own = await ownLoad(ROUNDS);
  const paths = [await pathOf("ours", own, false), await pathOf("ours, watched", own, true)];
  own.remove();
  const genuine = await genuineLoad();
  if (genuine === undefined) {
    process.stdout.write(
      "(v) statemine left out: `npm run test:genuine` installs the chain spec\n",
    );
  } else {
    paths.push(await pathOf(genuine.name, genuine, false));
    genuine.remove();
  }
  print(paths);
}

async function pathOf(name: string, load: Load, watched: boolean): Promise<Path> {
  const folder = mkdtempSync(join(tmpdir(), "khala-bench-"));
  try {
    const engine = ["--cpu-prof", `--cpu-prof-dir=${folder}`, `--cpu-prof-interval=${INTERVAL}`];
    const {transactions, span} = await carry(load, {engine, watched});
    const profiles = readProfiles(folder, span);
    const each = (micros: number) => micros / transactions;
    const main = profiles.find(({isMain}) => isMain);
    if (main === undefined) throw new Error("the node left no profile of its main thread");
    const threads = profiles.filter(({isMain}) => !isMain).reduce((sum, one) => sum + busy(one), 0);
    const stages = [...byStage(main)].map(([stage, micros]) => [stage, each(micros)] as const);
    return {name, main: new Map(stages), threads: each(threads)};
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

function busy(profile: ThreadProfile): number {
  return [...byStage(profile)].reduce(
    (sum, [stage, micros]) => (stage === "idle" ? sum : sum + micros),
    0,
  );
}

function print(paths: readonly Path[]): void {
  const row = (name: string, values: readonly string[]) =>
    process.stdout.write(`${name.padEnd(44)}${values.map(value => value.padStart(16)).join("")}\n`);
  const micros = (of: (path: Path) => number) => paths.map(path => `${of(path).toFixed(1)} µs`);
  const sum = ({main}: Path) => [...main.values()].reduce((all, each) => all + each, 0);
  row(
    "(v) one transaction, from socket to block",
    paths.map(({name}) => name),
  );
  for (const stage of STAGES)
    row(
      `    ${stage}`,
      micros(({main}) => main.get(stage) ?? 0),
    );
  row("    all of it, under the profiler", micros(sum));
  row(
    "    beside it, threads that validate and check",
    micros(({threads}) => threads),
  );
}

/** Statemine 900 in the hands of many development accounts. Undefined where its package is not installed. */
async function genuineLoad(): Promise<(Load & {readonly name: string}) | undefined> {
  if (!existsSync(KNOWN_SPECS)) return undefined;
  const text = await knownChain("rococo_v2_2_asset_hub");
  const {description, runtime} = new GenuineChain(text);
  const crypto = await createNativeCrypto();
  const {hashing, keyPairs} = crypto;
  const pairs = Array.from({length: SENDERS}, (_, i) =>
    unwrap(keyPairs.fromUri("sr25519", `//bench/${i}`)),
  );
  const data = {free: String(10_000n * UNIT), reserved: 0, miscFrozen: 0, feeFrozen: 0};
  const account = {nonce: 0, consumers: 0, providers: 1, sufficients: 0, data};
  const named = {System: {Account: pairs.map(({publicKey}) => [[bytesToHex(publicKey)], account])}};
  const {spec} = unwrap(parseChainSpec(text));
  const tools = {crypto, runtimes: createRuntimes(crypto), now: millis(Date.now())};
  const rehearsed = unwrap(readyChain(spec, {collators: 1}, tools)).spec;
  if (rehearsed.genesis.kind !== "raw") throw new Error("a rehearsal's first state is raw");
  const top = new Map(rehearsed.genesis.top);
  for (const change of unwrap(readNamedState(description, named, hashing))) {
    if (change.kind === "set") top.set(change.key, change.value);
  }
  const funded = {...rehearsed, genesis: {...rehearsed.genesis, top}};
  const folder = mkdtempSync(join(tmpdir(), "khala-bench-"));
  const file = join(folder, "spec.json");
  writeFileSync(file, unwrap(formatChainSpec(funded, {isRaw: true}, crypto)));
  const {specName, specVersion, transactionVersion} = runtime.version;
  return {
    name: `${specName} ${specVersion}`,
    args: ["dev", `--chain=${file}`, "--no-prometheus"],
    senders: pairs.map(({publicKey}) => publicKey),
    transactions: genesisHash =>
      Array.from({length: GENUINE_ROUNDS}, (_, nonce) =>
        pairs.map((pair, i) => {
          const args = {dest: pairs[(i + 1) % SENDERS]!.publicKey, value: UNIT / 1_000n};
          const call = unwrap(
            encodeCall(description, {call: "Balances.transfer_keep_alive", args}),
          );
          const facts = {nonce, genesisHash, specVersion, transactionVersion};
          const signer = signerOf(pair, hashing);
          return bytesToHex(unwrap(signExtrinsic(description, call, signer, facts, hashing)));
        }),
      ).flat(),
    remove: () => rmSync(folder, {recursive: true, force: true}),
  };
}
