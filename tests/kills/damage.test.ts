/**
 * A database whose file was damaged: a byte, a torn page, a page of nothing, an end that is missing. Whatever is asked of it is answered as if
 * nothing had happened, or refused; and a process that it ended by a signal is told why at its next start. DAMAGES: how many ways
 * are tried (1,000); DAMAGE_SEED: which.
 */
import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {availableParallelism} from "node:os";
import {join} from "node:path";
import {createInterface} from "node:readline";
import {test} from "node:test";
import {fileURLToPath} from "node:url";
import {temporaryFolder} from "../support/temporary-folder.ts";
import {writeWholeChain} from "./damage/written-chain.ts";

const WAYS = Number(process.env.DAMAGES ?? 1_000);
const SEED = Number(process.env.DAMAGE_SEED ?? Math.floor(Math.random() * 1_000_000));

const READER = fileURLToPath(new URL("./damage/damaged-reader.ts", import.meta.url));

interface Told {
  readonly way: number;
  readonly begins?: true;
  readonly what?: string;
  readonly refused?: string;
  readonly noticed?: number;
  readonly strange?: readonly string[];
  readonly wrong?: readonly string[];
  /** What opening it once more said, after a process ended within this way. */
  readonly again?: string;
}

test("no damage to a database becomes an answer, whatever it is and wherever", async t => {
  t.diagnostic(`DAMAGE_SEED=${SEED}`);
  const folder = await temporaryFolder("damage");
  const whole = join(folder, "whole");
  await writeWholeChain(whole);
  const readers = Math.min(availableParallelism(), WAYS);
  const share = Math.ceil(WAYS / readers);
  const told = await Promise.all(
    Array.from({length: readers}, (_, i) =>
      readAll(whole, join(folder, `work-${i}`), i * share + 1, Math.min((i + 1) * share, WAYS)),
    ),
  );
  const all = told.flat();
  const ways = all.filter(({what}) => what !== undefined);
  const bad = ways.filter(({wrong, strange}) => [...(wrong ?? []), ...(strange ?? [])].length > 0);
  assert.deepEqual(bad, []);
  const ended = all.filter(({again}) => again !== undefined);
  assert.deepEqual(
    ended.filter(({again}) => again !== "database-corrupt"),
    [],
  );
  assert.equal(ways.length + ended.length, WAYS);
  const noticed = ways.filter(({noticed, refused}) => noticed! > 0 || refused !== undefined);
  t.diagnostic(`${noticed.length} of ${WAYS} noticed, ${ended.length} ended the process`);
  // Most of the rest fell on free pages, which nothing reads.
  assert.ok(noticed.length > WAYS / 4, `${noticed.length} noticed`);
});

/** Goes on with the next way after one that ends the process. */
async function readAll(whole: string, work: string, first: number, last: number): Promise<Told[]> {
  const told: Told[] = [];
  for (let from = first; ; ) {
    const signal = await read([whole, work, `${SEED}`, `${from}`, `${last}`], told);
    if (signal === undefined) return told;
    assert.ok(["SIGSEGV", "SIGBUS", "SIGABRT"].includes(signal), signal);
    from = told.findLast(({begins}) => begins)!.way + 1;
  }
}

async function read(args: readonly string[], told: Told[]): Promise<string | undefined> {
  const reader = spawn(process.execPath, ["--import", "tsx", READER, ...args], {
    // LMDB says there what it came upon.
    stdio: ["ignore", "pipe", "ignore"],
  });
  createInterface(reader.stdout).on("line", line => told.push(JSON.parse(line)));
  const [code, signal] = await new Promise<[number | null, string | null]>(resolve =>
    reader.on("close", (...ended) => resolve(ended)),
  );
  if (code === 0) return undefined;
  return signal ?? assert.fail(`the reader ended with ${code}`);
}
