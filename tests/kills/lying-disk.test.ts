/**
 * A disk that lies: it says that a write is safe and loses it, writes in another order than it was told, or cuts off what it did last.
 * Pictures of a database's file before and after each of its steps are mixed page by page, as such a disk would leave them when
 * the power goes. Where the page that names the step is not there, the database is what it was before it, to the last answer.
 * Where it is there and others are not, that is told, or the answers are those of after. LIES: how many are tried (300); LIE_SEED.
 */
import assert from "node:assert/strict";
import {cpSync, mkdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {seededRandom, unwrap} from "#base";
import {TrieFault} from "#trie";
import {childBlock, hash, u32} from "../../src/store/chain-for-tests.ts";
import type {ChainStore} from "../../src/store/chain-store.ts";
import {StoreFault} from "../../src/store/failures.ts";
import {chainFolders, databaseFile} from "../../src/store/layout.ts";
import {openChainStore} from "../../src/store/open-chain-store.ts";
import {temporaryFolder} from "../support/temporary-folder.ts";
import {genesis, questions} from "./damage/written-chain.ts";

const LIES = Number(process.env.LIES ?? 300);
const SEED = Number(process.env.LIE_SEED ?? Math.floor(Math.random() * 1_000_000));

const PAGE = 4_096;
const META_PAGES = 2;
const STEPS = 25;

interface Picture {
  readonly file: Buffer;
  readonly hashes: readonly string[];
  readonly answers: readonly unknown[];
}

test("whatever of a step a lying disk keeps, the database is what it was, what it is, or refused", async t => {
  t.diagnostic(`LIE_SEED=${SEED}`);
  const folder = await temporaryFolder("lying-disk");
  const pictures = await picturesOf(join(folder, "sound"));
  const random = seededRandom(SEED);
  const below = (bound: number) => Math.floor(random() * bound);
  const count = {before: 0, after: 0, refused: 0, noticed: 0};
  for (let lie = 0; lie < LIES; lie++) {
    const step = 1 + below(pictures.length - 1);
    const [before, after] = [pictures[step - 1]!, pictures[step]!];
    const isNamed = random() < 0.5;
    const kept = random();
    const file = mixed(before.file, after.file, page =>
      page < META_PAGES ? isNamed : random() < kept,
    );
    const work = join(folder, "work");
    const outcome = await told(work, join(folder, "sound"), file, isNamed ? after : before);
    const place = `lie ${lie}: step ${step}, ${isNamed ? "named" : "not named"}, kept ${kept}`;
    assert.deepEqual(outcome.wrong, [], place);
    if (!isNamed) {
      assert.deepEqual([outcome.refused, outcome.noticed], [undefined, 0], place);
      count.before++;
    } else if (outcome.refused !== undefined) count.refused++;
    else if (outcome.noticed > 0) count.noticed++;
    else count.after++;
    rmSync(work, {recursive: true});
  }
  t.diagnostic(JSON.stringify(count));
  assert.ok(count.refused + count.noticed > LIES / 10);
});

/** The file after each step, with what it answers then. */
async function picturesOf(folder: string): Promise<Picture[]> {
  const folders = chainFolders(folder, "test");
  const {store, close} = unwrap(await openChainStore(folders, genesis(), hash));
  const pictures: Picture[] = [];
  const hashes: string[] = [];
  const note = () => {
    hashes.push(`0x${Buffer.from(store.best.hash).toString("hex")}`);
    const known = [...hashes];
    const answers = questions(known).map(({ask}) => ask(store));
    pictures.push({file: readFileSync(databaseFile(folders)), hashes: known, answers});
  };
  await store.flushed();
  note();
  for (let step = 1; step <= STEPS; step++) {
    unwrap(store.commit(childBlock(store.best, store.stateAt(store.best.hash)!), {best: true}));
    if (step % 3 === 0) unwrap(store.finalize(store.best.hash, u32(step)));
    await store.flushed();
    note();
  }
  await close();
  return pictures;
}

/** A file of pages from one picture and the other, as long as the longer one where a page from beyond the other is in it. */
function mixed(before: Buffer, after: Buffer, isAfter: (page: number) => boolean): Buffer {
  const pages = Math.max(before.length, after.length) / PAGE;
  const file = Buffer.alloc(pages * PAGE);
  for (let page = 0; page < pages; page++) {
    const from = page * PAGE;
    const isMeta = page < META_PAGES;
    const source = isAfter(isMeta ? 0 : page) ? after : before;
    // What never was written reads as nothing.
    if (from < source.length) source.copy(file, from, from, from + PAGE);
  }
  return file;
}

/** Opens what a process left that did not end well, and asks all there is to ask. */
async function told(work: string, sound: string, file: Buffer, expected: Picture) {
  cpSync(sound, work, {recursive: true});
  const folders = chainFolders(work, "test");
  mkdirSync(join(databaseFile(folders), ".."), {recursive: true});
  rmSync(join(databaseFile(folders), "..", "lock.mdb"), {force: true});
  writeFileSync(databaseFile(folders), file);
  writeFileSync(folders.lock, JSON.stringify({pid: 0x7fff_fff0, started: "never"}));
  const outcome = {refused: undefined as string | undefined, noticed: 0, wrong: [] as string[]};
  const opened = await openChainStore(folders, genesis(), hash);
  if (!opened.ok) return {...outcome, refused: opened.error.code};
  ask(opened.value.store, expected, outcome);
  await opened.value.close();
  return outcome;
}

function ask(
  store: ChainStore,
  {hashes, answers}: Picture,
  outcome: {noticed: number; wrong: string[]},
): void {
  for (const [i, {name, ask}] of questions(hashes).entries()) {
    try {
      if (ask(store) !== answers[i]) outcome.wrong.push(name);
    } catch (error) {
      if (!(error instanceof StoreFault || error instanceof TrieFault)) throw error;
      outcome.noticed++;
    }
  }
}
