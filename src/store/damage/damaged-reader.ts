/**
 * Run by the test of damage in processes of their own, since a damaged file can end one: damages a copy of a database in one way after
 * the other, asks all of it, and says for each what came of it.
 * Arguments: folder of the whole one, folder to work in, seed, first and last of the ways.
 */
import {cpSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {seededRandom} from "#base";
import {TrieFault} from "#trie";
import {hash} from "../chain-for-tests.ts";
import {StoreFault} from "../failures.ts";
import {chainFolders, databaseFile} from "../layout.ts";
import {openChainStore} from "../open-chain-store.ts";
import {genesis, questions} from "./written-chain.ts";

const [whole, work, seed, first, last] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
];
const {hashes, answers} = JSON.parse(readFileSync(join(whole, "answers.json"), "utf8"));
const asked = questions(hashes);
const sound = readFileSync(databaseFile(chainFolders(whole, "test")));
cpSync(whole, work, {recursive: true});
const folders = chainFolders(work, "test");
const file = databaseFile(folders);

for (let way = Number(first); way <= Number(last); way++) {
  process.stdout.write(`${way} begins\n`);
  const random = seededRandom(Number(seed) * 1_000_003 + way);
  const bytes = Buffer.from(sound);
  const at = Math.floor(random() * bytes.length);
  bytes[at]! ^= 1 + Math.floor(random() * 255);
  rmSync(`${file.slice(0, -8)}lock.mdb`, {force: true});
  writeFileSync(file, bytes);
  process.stdout.write(`${way} ${JSON.stringify(await outcome(at))}\n`);
}

async function outcome(at: number) {
  const page = `page ${Math.floor(at / 4096)} at ${at % 4096}`;
  const opened = await openChainStore(folders, genesis(), hash);
  if (!opened.ok)
    return {page, refused: opened.error.code, detail: (opened.error as {detail?: string}).detail};
  const noticed: string[] = [];
  const strange: string[] = [];
  const wrong: string[] = [];
  for (const [i, {name, ask}] of asked.entries()) {
    try {
      if (ask(opened.value.store) !== answers[i]) wrong.push(name);
    } catch (error) {
      if (error instanceof StoreFault || error instanceof TrieFault)
        noticed.push(`${name}: ${error.code}`);
      else strange.push(`${name}: ${(error as Error).stack?.split("\n").slice(0, 3).join(" ")}`);
    }
  }
  await opened.value.close();
  return {page, noticed: noticed.length, strange: strange.slice(0, 2), wrong: wrong.slice(0, 4)};
}
