import assert from "node:assert/strict";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {after, before, test} from "node:test";
import {fileURLToPath} from "node:url";
import sqlite from "node-sqlite3-wasm";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {bestOf, finalizedOf, until} from "../../support/network.ts";
import {rpc} from "../../support/rpc.ts";
import {startProgram} from "../support/program.ts";
import {signedTransfer} from "../support/signed-transfer.ts";

const ALICE = "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";

const folder = mkdtempSync(join(tmpdir(), "khala-subsquid-"));
const database = join(folder, "index.sqlite");
let node: KhalaProcess;
before(async () => {
  node = await startKhala(["dev", "--rpc-port=0", "--param=slot=200ms", "--param=fees=burn"]);
});
after(async () => {
  await node.stop();
  rmSync(folder, {recursive: true});
});

async function transfer(): Promise<void> {
  await rpc(node.url, "author_submitExtrinsic", [(await signedTransfer(node.url)).bytes]);
}

const isProgress = (line: string) => line.startsWith("indexed");

/** Runs the indexer until it has followed the head for some blocks. */
async function index(): Promise<number> {
  const program = await startProgram(["indexer.js"], /indexed \d+ head/, {
    cwd: dirname(fileURLToPath(import.meta.url)),
    env: {NODE_URL: node.url, DATABASE: database},
  });
  await transfer();
  // Beyond the block in which the transfer is, however far behind the head finality is.
  const goal = (await bestOf(node)) + 6;
  const height = () => Number(/^indexed (\d+)/.exec(program.lines.findLast(isProgress)!)![1]);
  await until("it has followed the head", async () => height() >= goal);
  await program.stop();
  return height();
}

test("it indexes from block 0 to the head and beyond, with authors and fees, and goes on where it stood", async () => {
  await transfer();
  await until("there is some history", async () => (await finalizedOf(node)) >= 12);
  await index();
  const height = await index();

  const db = new sqlite.Database(database, {readOnly: true});
  const blocks = db.all("SELECT * FROM block ORDER BY height") as Record<string, unknown>[];
  assert.ok(blocks.length >= height);
  for (const [i, block] of blocks.entries()) {
    assert.equal(block.height, i);
    if (i > 0) assert.equal(block.parent, blocks[i - 1]!.hash);
    assert.equal(block.author, i === 0 ? null : ALICE);
    assert.ok(i === 0 || Number(block.timestamp) > Number(blocks[i - 1]!.timestamp));
  }
  const calls = db.all("SELECT * FROM call WHERE name = 'Balances.transfer_keep_alive'");
  const fees = db.all(
    "SELECT args FROM event WHERE name = 'TransactionPayment.TransactionFeePaid'",
  );
  assert.equal(calls.length, 3);
  assert.deepEqual(
    calls.map(({fee}) => String(fee)),
    fees.map(({args}) => JSON.parse(String(args)).actualFee),
  );
  for (const {args, signer} of calls) {
    assert.deepEqual(JSON.parse(String(signer)), {__kind: "Id", value: ALICE});
    assert.equal(JSON.parse(String(args)).value, "1000000000000");
  }
  db.close();
});
