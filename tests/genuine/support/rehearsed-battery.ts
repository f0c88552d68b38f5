import assert from "node:assert/strict";
import {millis} from "#base";
import {parseChainSpec} from "#chain-spec";
import {createNativeCrypto} from "#crypto-native";
import {createRuntimes, rehearseChain} from "#node";
import {startNetwork} from "#testing";
import type {MemoryNetwork} from "../../../src/testing/network/memory-network.ts";
import {judgeBlocks} from "./judge-in-network.ts";
import {readSpec} from "./replay.ts";

/**
 * What networks of four collators on a chain spec's own runtime were seen to do: of each `ok`, or why not; `-` where the chain has
 * no such thing.
 */
export interface RehearsedRow {
  readonly runtime: string;
  /** All four make blocks, which become final. */
  readonly turns: string;
  /** A session ends, and those who made blocks go on. */
  readonly session: string;
  /** A candidate who was silent for long is taken off the list at that end, and has the bond back. */
  readonly kick: string;
  /** One of the four makes no blocks, and the others' become final. */
  readonly silent: string;
  /** A fifth node catches up block by block. */
  readonly full: string;
  /** A sixth by a proof of finality and a state. */
  readonly warp: string;
  /** How many blocks the runtime's `validate_block` took: all of the second network. */
  readonly judged: string;
}

const COLLATORS = ["alice", "bob", "charlie", "dave"];
/** More than the fewest that a chain wants to keep: of fewer nobody is kicked. */
const CANDIDATES = ["eve", "ferdie", "gina", "hank", "ivan", "//Candidate//6", "//Candidate//7"];
const KICKED = "ferdie";
/** Blocks before the end of a session at which the second network begins. */
const BEFORE = 10;
/** Blocks that it grows: more than a warp is worth. */
const GROWTH = 60;

/** The first end of a session, of so many blocks, that the second network does not begin after. */
const firstEnd = (length: number): number => Math.ceil((BEFORE + 1) / length) * length;

type Changes = NonNullable<NonNullable<Parameters<typeof startNetwork>[0]>["set"]>;

const messageOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, " ");

/** What came of a step, in a word or in those of its failure. */
async function seen(step: () => Promise<string>): Promise<string> {
  try {
    return await step();
  } catch (error) {
    return messageOf(error);
  }
}

async function start(chain: string, set?: Changes): Promise<MemoryNetwork> {
  const network = await startNetwork({
    chain,
    invulnerables: COLLATORS,
    observers: [],
    endowed: CANDIDATES,
    ...(set === undefined ? {} : {set}),
  });
  return network as MemoryNetwork;
}

/** Chains that hash by Keccak ask for roots of lists by it, and only their nodes know of the rest. */
function withHashing(text: string): string {
  const {imports} = readSpec(text).runtime;
  const isKeccak = [1, 2].some(version =>
    imports.has(`ext_trie_keccak_256_ordered_root_version_${version}`),
  );
  return isKeccak ? JSON.stringify({...JSON.parse(text), blockHashing: "keccak-256"}) : text;
}

/** Runs a chain spec's runtime in two networks: as it begins, and shortly before a session of it ends. */
export async function runRehearsed(text: string): Promise<RehearsedRow> {
  const chain = withHashing(text);
  const first = await start(chain);
  const {specName, specVersion} = first.shared.version;
  const runtime = `${specName} ${specVersion}`;
  const none = {runtime, session: "-", kick: "-", silent: "-", full: "-", warp: "-", judged: "-"};
  const {sessionLength} = first;
  const has = (pallet: string) =>
    first.shared.description.pallets.some(({name}) => name === pallet);
  const turns = await seen(() => takeTurns(first));
  const free = first.at().balanceOf(KICKED).free;
  const stakes = {free, bond: free / 1_000n, sessionLength};
  await first.stop();
  if (turns !== "ok") return {...none, turns};
  const hasCandidates = sessionLength > 0 && has("CollatorSelection");
  const number =
    sessionLength > 0 ? {System: {Number: firstEnd(sessionLength) - BEFORE}} : undefined;
  const second = await start(chain, hasCandidates ? withCandidates(first, stakes) : number);
  try {
    const from = second.at().number;
    return {
      runtime,
      turns,
      session: sessionLength > 0 ? await seen(() => changeSession(second)) : "-",
      kick: hasCandidates ? await seen(() => kick(second, stakes)) : "-",
      silent: await seen(() => fallSilent(second)),
      full: await seen(() => joinFully(second)),
      warp: await seen(() => joinByWarp(second, from + GROWTH)),
      judged: has("ParachainSystem")
        ? await seen(async () =>
            String(judgeBlocks(second, "alice", [from + 1, second.at("finalized").number])),
          )
        : "-",
    };
  } finally {
    await second.stop();
  }
}

interface Stakes {
  readonly free: bigint;
  readonly bond: bigint;
  /** Blocks. */
  readonly sessionLength: number;
}

/** Candidates with their bonds, of whom one has not made a block for long: as if all had registered. */
function withCandidates(network: MemoryNetwork, {bond, free, sessionLength}: Stakes): Changes {
  const isNew = network.shared.description.pallets
    .find(({name}) => name === "CollatorSelection")!
    .storage!.some(({name}) => name === "CandidateList");
  const uriOf = (name: string) => network.shared.accounts.known(name).uri;
  const list = CANDIDATES.map(name => ({who: uriOf(name), deposit: String(bond)}));
  const account = {
    providers: 1,
    consumers: 1,
    data: {free: String(free - bond), reserved: String(bond)},
  };
  return {
    System: {
      Number: firstEnd(sessionLength) - BEFORE,
      Account: CANDIDATES.map(name => [[uriOf(name)], account]),
    },
    CollatorSelection: {
      [isNew ? "CandidateList" : "Candidates"]: list,
      DesiredCandidates: 0,
      LastAuthoredBlock: CANDIDATES.map(name => [
        [uriOf(name)],
        name === KICKED ? 0 : sessionLength,
      ]),
    },
  };
}

/** Eight blocks by four in turn, all final. */
async function takeTurns(network: MemoryNetwork): Promise<string> {
  await network.advance({blocks: 8});
  const authors = COLLATORS.map(name => network.node("alice").authored(name).length);
  assert.ok(
    authors.every(count => count >= 1),
    `blocks of each: ${authors.join(", ")}`,
  );
  for (const {name, finalityLag} of network.nodes)
    assert.ok(finalityLag < 4, `${name} is ${finalityLag} behind`);
  return "ok";
}

async function changeSession(network: MemoryNetwork): Promise<string> {
  const end = firstEnd(network.sessionLength);
  await network.advanceTo(end + 2);
  const [event] = network.at(end).events("Session.NewSession");
  assert.ok(event !== undefined, `no session begins in ${end}`);
  assert.deepEqual([...network.at().validators()].sort(), COLLATORS);
  return "ok";
}

async function kick(network: MemoryNetwork, {bond, free}: Stakes): Promise<string> {
  const end = firstEnd(network.sessionLength);
  const kicked = network.at(end).kicks();
  assert.deepEqual(kicked, [KICKED]);
  assert.equal(network.at(end).parent.balanceOf(KICKED).reserved, bond);
  const {free: now, reserved} = network.at(end).balanceOf(KICKED);
  assert.deepEqual([now, reserved], [free, 0n]);
  return "ok";
}

async function follow(network: MemoryNetwork, name: string): Promise<void> {
  await network.advanceUntil(`${name} follows`, () => {
    const node = network.node(name);
    return node.best >= network.node("alice").best && node.finalityLag < 4 && node.finalized > 0;
  });
}

async function joinFully(network: MemoryNetwork): Promise<string> {
  await network.addNode("full");
  await follow(network, "full");
  network.assertSound();
  return "ok";
}

async function fallSilent(network: MemoryNetwork): Promise<string> {
  const [alice, dave] = [network.node("alice"), network.node("dave")];
  dave.silence();
  // What was under way when it was told.
  const since = alice.best + 1;
  await network.advance({blocks: 9});
  const own = alice.authored("dave").filter(number => number > since);
  assert.deepEqual(own, [], "blocks of the silent one");
  assert.ok(alice.finalized > since + 4, `final is ${alice.finalized}, silent since ${since}`);
  dave.speak();
  return "ok";
}

async function joinByWarp(network: MemoryNetwork, height: number): Promise<string> {
  await network.advanceTo(height);
  const node = (await network.addNode("warper", {sync: "warp"})) as ReturnType<
    MemoryNetwork["node"]
  >;
  await follow(network, "warper");
  const said = node.logs("info").map(({message}) => message);
  assert.ok(
    said.some(message => /warped/.test(message)),
    `it did not warp: ${said.join("; ")}`,
  );
  network.assertSound();
  return "ok";
}

const crypto = await createNativeCrypto();
/** Bytes. */
const KIT_ACCOUNT = 32;
/** Any moment after the chains began. */
const NOW = millis(1_800_000_000_000);

/** Why there is no rehearsal of a chain spec: a code and its words; undefined where there is one. */
export function refusalOf(text: string): string | undefined {
  const parsed = parseChainSpec(text);
  if (!parsed.ok) return `${parsed.error.key}: ${parsed.error.message}`;
  const tools = {crypto, runtimes: createRuntimes(crypto), now: NOW};
  const rehearsed = rehearseChain(parsed.value.spec, {}, tools);
  if (!rehearsed.ok) return `${rehearsed.error.code}: ${rehearsed.error.what}`;
  const {length} = rehearsed.value.wishes.collators[0]!.account;
  return length === KIT_ACCOUNT
    ? undefined
    : `accounts: of ${length} bytes, and the test kit's have 32`;
}
