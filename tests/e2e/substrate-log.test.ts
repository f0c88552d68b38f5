import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {dirname, join} from "node:path";
import {createInterface} from "node:readline";
import {test} from "node:test";
import {fileURLToPath} from "node:url";

const BIN = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "bin", "khala.js");

/** What scripts and test networks for Substrate's nodes wait for. */
const WANTED = [
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d .*Local node identity is: 12D3Koo\w+$/,
  /Running JSON-RPC server: addr=127\.0\.0\.1:\d+$/,
  /Prepared block for proposing at 1 \(\d+ ms\) hash: 0x[0-9a-f]{64}; extrinsics_count: \d+$/,
  /Imported #1 \(0x[0-9a-f]{4}…[0-9a-f]{4} → 0x[0-9a-f]{4}…[0-9a-f]{4}\)$/,
  /Idle \(0 peers\), best: #[1-9]\d* \(0x\w{4}…\w{4}\), finalized #\d+ \(0x\w{4}…\w{4}\)$/,
];

test("with --log-format substrate a node writes the lines that scripts look for", async t => {
  const args = ["dev", "--rpc-port=0", "--no-prometheus", "--log-format=substrate"];
  const child = spawn(process.execPath, [BIN, ...args]);
  const ended = new Promise<number | null>(resolve => child.on("close", resolve));
  t.after(() => child.kill("SIGKILL"));
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    createInterface({input: child.stderr}).on("line", line => {
      lines.push(line);
      if (WANTED.every(pattern => lines.some(each => pattern.test(each)))) resolve();
    });
    void ended.then(() => reject(new Error(lines.join("\n"))));
  });
  assert.ok(lines.every(line => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /.test(line)));
  child.kill("SIGTERM");
  assert.equal(await ended, 0);
});
