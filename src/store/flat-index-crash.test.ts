/**
 * Killed while rows of the index move from state to state. KILLS: how often (6 where not said), KILL_SEED: at which moments.
 */
import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {once} from "node:events";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {fileURLToPath} from "node:url";
import {seededRandom, unwrap} from "#base";
import {IndexedState} from "#state";
import {hash} from "./chain-for-tests.ts";
import {ChainStore} from "./chain-store.ts";
import {CheckedRows} from "./checked-rows.ts";
import {CRASH_PACE} from "./flat-index-crash-writer.ts";
import {chainFolders, lmdbFolder} from "./layout.ts";
import {openLmdbStore} from "./lmdb-store.ts";

const WRITER = fileURLToPath(new URL("flat-index-crash-writer.ts", import.meta.url));
const KILLS = Number(process.env.KILLS ?? 6);
const SEED = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);

/** Kills the writer after some more steps. */
async function writeAndKill(basePath: string, steps: number): Promise<void> {
  const child = spawn(process.execPath, ["--import", "tsx", WRITER, basePath], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let lines = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    lines += chunk.toString().split("\n").length - 1;
    if (lines > steps) child.kill("SIGKILL");
  });
  const [code, signal] = await once(child, "close");
  assert.equal(signal, "SIGKILL", `the writer ended by itself: ${code}`);
}

/** Every state that can be read by the index is what its trie says; gives how many can. */
function compareAll(chain: ChainStore): number {
  let compared = 0;
  for (let number = 0; number <= chain.best.number; number++) {
    for (const block of chain.blocks.hashesAt(number)) {
      const state = chain.stateAt(block);
      if (state === undefined) continue;
      const view = chain.indexed({hash: block, number}, state);
      if (!(view instanceof IndexedState)) continue;
      assert.deepEqual([...view.entries()], [...state.entries()]);
      compared++;
    }
  }
  return compared;
}

test("killed at any moment while rows move, the index says what the tries say, and every row is right", async t => {
  const random = seededRandom(SEED);
  const basePath = mkdtempSync(join(tmpdir(), "khala-index-crash-"));
  const folder = lmdbFolder(chainFolders(basePath, "test"));
  const found: Record<string, number> = {};
  let compared = 0;
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      await writeAndKill(basePath, 1 + Math.floor(random() * 300));
      const store = unwrap(openLmdbStore(folder));
      const chain = ChainStore.over(new CheckedRows(store), hash, {flatIndex: CRASH_PACE});
      const progress = chain.index!.progress();
      found[progress] = (found[progress] ?? 0) + 1;
      while (!chain.index!.isReady) {
        assert.ok(chain.index!.step(0), `seed ${SEED}, kill ${kill}: goes on`);
        await chain.flushed();
      }
      const here = compareAll(chain);
      assert.ok(here > 0, `seed ${SEED}, kill ${kill}: something is read by the index`);
      compared += here;
      for (const range of chain.index!.check(true)) assert.equal(range, undefined, `seed ${SEED}`);
      await chain.close();
    }
    t.diagnostic(`${KILLS} kills with seed ${SEED}: ${JSON.stringify(found)}, ${compared} states`);
  } finally {
    rmSync(basePath, {recursive: true});
  }
});
