/**
 * Run by the test of damage in processes of their own, since a damaged file can end one: damages a copy of a database in one way after
 * the other, asks all of it, writes to it and asks again, and says for each way what came of it, a line of JSON each.
 * Arguments: folder of the whole one, folder to work in, seed, first and last of the ways. Where the folder to work in was left by
 * such a process that ended within a way, it is first said whether opening it once more is refused.
 */
import {cpSync, existsSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {seededRandom, unwrap} from "#base";
import {createNativeHashing} from "#crypto-native";
import {TrieFault} from "#trie";
import {childBlock} from "../../../src/store/chain-for-tests.ts";
import type {ChainStore} from "../../../src/store/chain-store.ts";
import {StoreFault} from "../../../src/store/failures.ts";
import {type ChainFolders, chainFolders, databaseFile} from "../../../src/store/layout.ts";
import {openChainStore} from "../../../src/store/open-chain-store.ts";
import {damage} from "./damage.ts";
import {answersFile, genesis, isAskedAgain, type Question, questions} from "./written-chain.ts";

const [whole, work, seed, first, last] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
];
const {hashes, answers} = JSON.parse(readFileSync(answersFile(whole), "utf8"));
const asked = questions(hashes);
/** Ten times as fast as the one that tests make blocks with: most of a way is hashing. */
const {blake2b256: hash} = await createNativeHashing();
const chainGenesis = genesis();
const sound = readFileSync(databaseFile(chainFolders(whole, "test")));
const say = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`);

/** Of a way: a file of its own as long as the process runs, since LMDB goes on with one that it could not close. */
const foldersOf = (way: number) => chainFolders(join(work, `${way}`), "test");

const left = foldersOf(Number(first) - 1);
if (existsSync(left.lock)) {
  const opened = await openChainStore(left, chainGenesis, hash);
  say({way: Number(first) - 1, again: opened.ok ? "opened" : opened.error.code});
  if (opened.ok) await opened.value.close();
}
rmSync(work, {recursive: true, force: true});
for (let way = Number(first); way <= Number(last); way++) {
  say({way, begins: true});
  const {bytes, what} = damage(sound, seededRandom(Number(seed) * 1_000_003 + way));
  const folders = foldersOf(way);
  cpSync(whole, join(work, `${way}`), {recursive: true});
  writeFileSync(databaseFile(folders), bytes);
  say({way, what, ...(await outcome(folders))});
  rmSync(join(work, `${way}`), {recursive: true});
}

interface Answers {
  noticed: number;
  /** Errors that say nothing of damage. */
  readonly strange: string[];
  readonly wrong: string[];
}

async function outcome(folders: ChainFolders) {
  const found: Answers = {noticed: 0, strange: [], wrong: []};
  for (const isAgain of [false, true]) {
    const opened = await openChainStore(folders, chainGenesis, hash);
    if (!opened.ok) return {refused: opened.error.code, ...found};
    const {store} = opened.value;
    ask(store, isAgain ? asked.map(q => (isAskedAgain(q) ? q : undefined)) : asked, found);
    if (!isAgain) await noting(found, "writing", () => extend(store));
    await noting(found, "closing", () => opened.value.close());
  }
  return found;
}

function ask(store: ChainStore, wanted: readonly (Question | undefined)[], found: Answers): void {
  for (const [i, question] of wanted.entries()) {
    if (question === undefined) continue;
    try {
      if (question.ask(store) !== answers[i]) found.wrong.push(question.name);
    } catch (error) {
      note(found, question.name, error);
    }
  }
}

async function extend(store: ChainStore): Promise<void> {
  for (let i = 0; i < 3; i++) {
    const state = store.stateAt(store.best.hash);
    if (state === undefined) throw new StoreFault("database-corrupt", "no state");
    unwrap(store.commit(childBlock(store.best, state), {best: true}));
    await store.flushed();
  }
}

async function noting(found: Answers, name: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    note(found, name, error);
  }
}

function note(found: Answers, name: string, error: unknown): void {
  const isTold = error instanceof StoreFault || error instanceof TrieFault;
  if (isTold) found.noticed++;
  else found.strange.push(`${name}: ${(error as Error).stack}`);
}
