/**
 * Killed while it prunes. KILLS: how often (6 where not said), KILL_SEED: at which moments.
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
import {heldPlaces, type Place} from "#trie";
import {CHILD, genesisBlock, hash, NUMBER_KEY, spreadKey, u32} from "./chain-for-tests.ts";
import {ChainStore} from "./chain-store.ts";
import {CheckedRows} from "./checked-rows.ts";
import type {KeyValueStore} from "./key-value-store.ts";
import {keys} from "./keys.ts";
import {chainFolders, lmdbFolder} from "./layout.ts";
import {openLmdbStore} from "./lmdb-store.ts";

const WRITER = fileURLToPath(new URL("pruning-crash-writer.ts", import.meta.url));
const KILLS = Number(process.env.KILLS ?? 6);
const SEED = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);

/** Kills the writer after some more steps; gives the last block that it said is on disk. */
async function writeAndKill(basePath: string, steps: number): Promise<number> {
  const child = spawn(process.execPath, ["--import", "tsx", WRITER, basePath], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString();
    if (text.split("\n").length > steps) child.kill("SIGKILL");
  });
  const [code, signal] = await once(child, "close");
  assert.equal(signal, "SIGKILL", `the writer ended by itself: ${code}`);
  return Number(text.slice(0, text.lastIndexOf("\n")).split("\n").at(-1));
}

/** Every state that is not refused is whole, and none that has to be there is refused. */
function assertStatesWhole(chain: ChainStore): void {
  const {floor} = chain.pruning.status();
  assert.ok(floor <= chain.finalized.number);
  for (let number = 0; number <= chain.best.number; number++) {
    for (const block of chain.blocks.hashesAt(number)) {
      const state = chain.stateAt(block);
      const isBest = chain.blocks.isCanonical({hash: block, number});
      if (number < floor) assert.equal(state, undefined, `${number} is below ${floor}`);
      else if (isBest) assert.ok(state !== undefined, `${number} is kept, from ${floor} on`);
      if (state === undefined) continue;
      assert.deepEqual(state.get(NUMBER_KEY), u32(number));
      if (number > 0 && isBest)
        assert.deepEqual(state.get(spreadKey(number * 7)), u32(number * 1_000));
      const child = state.child(CHILD);
      assert.deepEqual(child.get(NUMBER_KEY), u32(number));
      assert.ok([...state.entries()].length > 100 && [...child.entries()].length > 100);
    }
  }
}

/** All that is stored is part of a state that is kept. */
function assertNothingLeft(chain: ChainStore, store: KeyValueStore): void {
  const source = {
    node: (place: Place) => store.get(keys.node(place)),
    value: (_key: string, _hash: Uint8Array, place: Place) => store.get(keys.value(place)),
  };
  const places = new Set<Place>();
  for (let number = 0; number <= chain.best.number; number++) {
    for (const block of chain.blocks.hashesAt(number)) {
      const record = chain.blocks.record(block)!;
      if (!chain.pruning.hasState(record)) continue;
      const top = {place: record.statePlace, root: record.stateRoot};
      for (const {place} of heldPlaces(source, top, () => false)) places.add(place);
    }
  }
  const stored = [...store.range({from: "s", to: "t"}), ...store.range({from: "w", to: "x"})];
  assert.equal(stored.length, places.size);
}

test("killed at any moment while it narrows, no state that is kept lacks anything, and nothing is left over", async t => {
  const random = seededRandom(SEED);
  const basePath = mkdtempSync(join(tmpdir(), "khala-pruning-crash-"));
  const {hash: genesisHash} = genesisBlock();
  let narrowed = 0;
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      const acknowledged = await writeAndKill(basePath, 1 + Math.floor(random() * 200));
      const store = unwrap(openLmdbStore(lmdbFolder(chainFolders(basePath, "test"))));
      const chain = ChainStore.over(new CheckedRows(store), hash);
      assert.deepEqual(chain.genesis.hash, genesisHash);
      assert.ok(chain.best.number >= acknowledged, `seed ${SEED}, kill ${kill}`);
      assertStatesWhole(chain);
      if (chain.pruning.status().behind > 0) narrowed++;
      // Every other time the next process is to go on with what this one had not done.
      if (kill % 2 === 1) {
        chain.pruning.setPolicy({
          ...chain.pruning.policy,
          states: {kind: "window", blocks: 3},
        });
        while (chain.pruning.step(1_000)) await chain.flushed();
        assertStatesWhole(chain);
        assertNothingLeft(chain, store);
      }
      await chain.close();
    }
    t.diagnostic(`${KILLS} kills with seed ${SEED}, ${narrowed} while states were removed`);
  } finally {
    rmSync(basePath, {recursive: true});
  }
});
