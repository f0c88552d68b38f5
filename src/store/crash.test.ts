import assert from "node:assert/strict";
import {type ChildProcess, spawn} from "node:child_process";
import {once} from "node:events";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {fileURLToPath} from "node:url";
import {unwrap} from "#base";
import {CHILD, genesisBlock, hash, NUMBER_KEY, PASSING, spreadKey, u32} from "./chain-for-tests.ts";
import type {ChainStore} from "./chain-store.ts";
import {chainFolders} from "./layout.ts";
import {openChainStore} from "./open-chain-store.ts";

const WRITER = fileURLToPath(new URL("crash-writer.ts", import.meta.url));
const KILLS = 6;

/** Kills the writer once it has acknowledged some more blocks; gives the last one it acknowledged. */
async function writeAndKill(basePath: string, acknowledgements: number): Promise<number> {
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", WRITER, basePath], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout!.on("data", (chunk: Buffer) => {
    text += chunk.toString();
    if (text.split("\n").length > acknowledgements) child.kill("SIGKILL");
  });
  const [code, signal] = await once(child, "close");
  assert.equal(signal, "SIGKILL", `the writer ended by itself: ${code}`);
  return Number(text.slice(0, text.lastIndexOf("\n")).split("\n").at(-1));
}

function assertWholeChain(chain: ChainStore): void {
  for (let number = 1; number <= chain.best.number; number++) {
    const record = chain.blocks.record(chain.blocks.canonical(number)!)!;
    assert.equal(record.number, number);
    assert.deepEqual(record.parentHash, chain.blocks.canonical(number - 1));
    assert.deepEqual(chain.blocks.body(record.hash)?.[0], u32(number));
    const state = chain.stateAt(record.hash)!;
    assert.deepEqual(state.get(NUMBER_KEY), u32(number));
    assert.deepEqual(state.get(spreadKey(number * 7)), u32(number * 1_000));
    const child = state.child(CHILD);
    assert.deepEqual(child.get(NUMBER_KEY), u32(number));
    assert.deepEqual(child.get(spreadKey(number * 5)), u32(number));
    assert.equal(state.child(PASSING).has(spreadKey(0)), number % 3 !== 0);
    if (chain.best.number - number < 5) assert.ok([...child.entries()].length >= 100);
    if (chain.best.number - number < 5) assert.ok([...state.entries()].length >= 101);
  }
  assert.equal(chain.blocks.canonical(chain.best.number + 1), undefined);
  assert.equal(chain.blocks.hashesAt(chain.best.number + 1).length, 0);
  assert.ok(chain.blocks.isCanonical(chain.finalized));
  assert.ok(chain.best.number - chain.finalized.number <= 4);
}

test("killed at any moment, the database holds a whole chain with all that was acknowledged", async () => {
  const basePath = mkdtempSync(join(tmpdir(), "khala-crash-"));
  const genesis = genesisBlock();
  let last = 0;
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      const acknowledged = await writeAndKill(basePath, 1 + kill * 37);
      assert.ok(acknowledged > last);
      const opened = unwrap(
        await openChainStore(
          chainFolders(basePath, "test"),
          {hash: genesis.hash, build: () => assert.fail("the chain has begun")},
          hash,
        ),
      );
      assert.ok(opened.store.best.number >= acknowledged);
      assertWholeChain(opened.store);
      last = opened.store.best.number;
      await opened.close();
    }
  } finally {
    rmSync(basePath, {recursive: true});
  }
});
