/**
 * A chain for the tests of damage: forks, proofs of finality, values in and beside their nodes, child tries, values of the node's own; and all
 * that can be asked of it, as a list of answers that are to be equal or refused.
 */
import {createHash} from "node:crypto";
import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {bytesToHex, concatBytes, unwrap} from "#base";
import {Overlay, type StateView} from "#state";
import {
  childBlock,
  genesisBlock,
  hash,
  spreadKey,
  u32,
} from "../../../src/store/chain-for-tests.ts";
import type {ChainStore} from "../../../src/store/chain-store.ts";
import {chainFolders} from "../../../src/store/layout.ts";
import type {NewBlock} from "../../../src/store/new-block.ts";
import {type Genesis, openChainStore} from "../../../src/store/open-chain-store.ts";

const BLOCKS = 15;
const OWN = "own value";

export const genesis = (): Genesis => {
  const block = genesisBlock();
  return {hash: block.hash, build: () => block};
};

/** Writes it below a folder, and beside it what all questions are answered. */
export async function writeWholeChain(folder: string): Promise<void> {
  const folders = chainFolders(folder, "test");
  const first = unwrap(await openChainStore(folders, genesis(), hash));
  const hashes = await writeChain(first.store);
  await first.close();
  const second = unwrap(await openChainStore(folders, genesis(), hash));
  const answers = questions(hashes).map(({ask}) => ask(second.store));
  await second.close();
  writeFileSync(answersFile(folder), JSON.stringify({hashes, answers}));
}

export const answersFile = (folder: string): string => join(folder, "answers.json");

async function writeChain(store: ChainStore): Promise<string[]> {
  const hashes = [bytesToHex(store.genesis.hash)];
  for (let i = 1; i <= BLOCKS; i++) {
    const parent = store.best;
    for (const fork of i % 7 === 0 ? [1, 0] : [0]) {
      const block = blockOn(parent, store.stateAt(parent.hash)!, fork);
      unwrap(store.commit(block, {best: fork === 0}));
      hashes.push(bytesToHex(block.hash));
    }
    if (i % 3 === 0) unwrap(store.finalize(parent.hash, concatBytes(parent.hash, u32(i))));
    store.setValue(OWN, u32(i));
    if (i % 5 === 0) await store.flushed();
  }
  await store.flushed();
  return hashes;
}

/** Of state version 1, so that longer values stand beside their nodes. */
function blockOn(
  parent: {hash: Uint8Array; number: number},
  state: StateView,
  fork: number,
): NewBlock {
  const block = childBlock(parent, state, fork);
  const overlay = new Overlay(block.state);
  overlay.set(spreadKey(block.number * 3), new Uint8Array(200).fill(block.number));
  const after = overlay.outcome(1).state;
  const header = concatBytes(u32(block.number), parent.hash, after.root(), u32(fork));
  return {...block, hash: hash(header), header, state: after};
}

export interface Question {
  readonly name: string;
  ask(store: ChainStore): unknown;
}

const digest = (value: unknown): string =>
  createHash("sha256")
    .update(JSON.stringify([value], shown))
    .digest("hex");
const shown = (_key: string, value: unknown): unknown =>
  value instanceof Uint8Array ? bytesToHex(value) : value;

/** Whether the answer is the same after blocks were made on the best one. */
export const isAskedAgain = ({name}: Question): boolean =>
  !["best", "ranges"].includes(name) && !ABOVE.has(name);

const ABOVE = new Set(
  [1, 2, 3].flatMap(more => [`canonical ${BLOCKS + more}`, `hashes at ${BLOCKS + more}`]),
);

/** Asked in this order of the store. An answer is short: a digest of all that was given. */
export function questions(hashes: readonly string[]): Question[] {
  const bytes = hashes.map(hex => Uint8Array.from(Buffer.from(hex.slice(2), "hex")));
  const all: Question[] = [
    {name: "best", ask: store => store.best},
    {name: "finalized", ask: store => store.finalized},
    {name: "ranges", ask: store => store.pruning.ranges()},
    {name: "own value", ask: store => store.value(OWN)},
    ...Array.from({length: BLOCKS + 4}, (_, number): Question[] => [
      {name: `canonical ${number}`, ask: store => store.blocks.canonical(number)},
      {name: `hashes at ${number}`, ask: store => store.blocks.hashesAt(number)},
    ]).flat(),
    ...bytes.flatMap((block, i): Question[] => [
      {name: `record ${i}`, ask: store => store.blocks.record(block)},
      {name: `body ${i}`, ask: store => store.blocks.body(block)},
      {name: `proof ${i}`, ask: store => store.blocks.justifications(block)},
      {name: `entries ${i}`, ask: store => entries(store.stateAt(block))},
      {name: `value ${i}`, ask: store => store.stateAt(block)?.get(spreadKey(i * 3))},
    ]),
  ];
  return all.map(({name, ask}) => ({name, ask: store => digest(ask(store))}));
}

function entries(state: StateView | undefined): unknown {
  if (state === undefined) return undefined;
  const children = [...state.childNames()].map(name => [name, [...state.child(name).entries()]]);
  return [[...state.entries()], children];
}
