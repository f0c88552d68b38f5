import assert from "node:assert/strict";
import {chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {type KhalaProcess, runKhala, startKhala} from "../support/khala-process.ts";
import {until} from "../support/network.ts";
import {rpc} from "../support/rpc.ts";

const directory = mkdtempSync(join(tmpdir(), "khala-e2e-"));
after(() => rmSync(directory, {recursive: true, force: true}));

interface Header {
  readonly number: string;
  readonly parentHash: string;
}

/** Resolves once the best block has this number. */
async function reach(node: KhalaProcess, number: number): Promise<void> {
  for (;;) {
    const header = await rpc<Header>(node.url, "chain_getHeader", []);
    if (Number(header.number) >= number) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

test("after kill -9 at any moment the chain goes on from a whole block that was announced or later", async () => {
  const basePath = join(directory, "killed");
  const args = ["dev", "--rpc-port=0", "--param=slot=50ms", `--base-path=${basePath}`];
  let known: {number: number; hash: string} | undefined;
  for (let round = 1; round <= 5; round++) {
    const node = await startKhala(args);
    const best = await rpc<Header>(node.url, "chain_getHeader", []);
    if (known !== undefined) {
      assert.ok(Number(best.number) >= known.number, "an announced block is still there");
      assert.equal(await rpc(node.url, "chain_getBlockHash", [known.number]), known.hash);
    }
    await reach(node, Number(best.number) + 5 * round);
    const header = await rpc<Header>(node.url, "chain_getHeader", []);
    const number = Number(header.number);
    const hash = await rpc<string>(node.url, "chain_getBlockHash", [number]);
    known = {number, hash};
    await node.stop("SIGKILL");
  }
  const node = await startKhala(args);
  const best = await rpc<Header>(node.url, "chain_getHeader", []);
  let parent = best.parentHash;
  for (let number = Number(best.number) - 1; number >= 0; number--) {
    assert.equal(await rpc(node.url, "chain_getBlockHash", [number]), parent);
    const header = await rpc<Header>(node.url, "chain_getHeader", [parent]);
    assert.equal(Number(header.number), number);
    const version = await rpc(node.url, "state_getRuntimeVersion", [parent]);
    assert.ok(version, "the state of every block can be read");
    parent = header.parentHash;
  }
  assert.equal(await node.stop(), 0);
});

test("a restart goes on, a second process is kept out, another genesis is refused, purge-chain begins anew", async () => {
  const basePath = join(directory, "shared");
  const args = ["dev", "--rpc-port=0", "--seal=instant", `--base-path=${basePath}`];
  const first = await startKhala([...args, "--seal=manual"]);
  // Ahead of the clock: three slots in no time, which nobody waits to be final.
  for (let i = 0; i < 3; i++) await rpc(first.url, "engine_createBlock", [true, false]);
  const second = await runKhala(args);
  assert.equal(second.code, 1);
  assert.match(second.stderr, /^database-locked: /m);
  assert.match(second.stderr, new RegExp(`${first.child.pid}`));
  assert.equal((await runKhala(["purge-chain", "-y", `--base-path=${basePath}`])).code, 1);
  assert.equal(await first.stop(), 0);

  const again = await startKhala([...args, "--seal=manual"]);
  assert.equal(Number((await rpc<Header>(again.url, "chain_getHeader", [])).number), 3);
  // The greeting comes in several lines; the URL is not the last of them.
  await until("the virtual clock's offset is kept and said", async () =>
    again.lines.some(line => line.includes("ahead of the clock")),
  );
  await rpc(again.url, "dev_newBlock", [{count: 2}]);
  assert.equal(Number((await rpc<Header>(again.url, "chain_getHeader", [])).number), 5);
  assert.equal(await again.stop(), 0);

  const other = await runKhala([...args, "--param=bond=17PHA"]);
  assert.equal(other.code, 1);
  assert.match(other.stderr, /^genesis-mismatch: /m);
  assert.equal(other.stderr.match(/0x[0-9a-f]{64}/g)?.length, 2);

  const keys = readdirSync(join(basePath, "chains", "khala_dev", "keystore"));
  const purged = await runKhala(["purge-chain", "-y", `--base-path=${basePath}`]);
  assert.equal(purged.code, 0, purged.stderr);
  assert.deepEqual(readdirSync(join(basePath, "chains", "khala_dev", "keystore")), keys);
  const anew = await startKhala([...args, "--param=bond=17PHA", "--seal=manual"]);
  assert.equal(Number((await rpc<Header>(anew.url, "chain_getHeader", [])).number), 0);
  assert.equal(await anew.stop(), 0);
});

test("a corrupt database, an exposed key and a corrupt key are named, and nothing of them is changed", async () => {
  const basePath = join(directory, "broken");
  const args = ["dev", "--rpc-port=0", "--seal=manual", `--base-path=${basePath}`];
  const node = await startKhala(args);
  await rpc(node.url, "author_rotateKeys", []);
  assert.equal(await node.stop(), 0);
  const keystore = join(basePath, "chains", "khala_dev", "keystore");
  const [key] = readdirSync(keystore);
  assert.ok(key);

  chmodSync(join(keystore, key), 0o644);
  const exposed = await runKhala(args);
  assert.equal(exposed.code, 1, exposed.stderr);
  assert.match(exposed.stderr, /^key-file-exposed: .*chmod 600/ms);
  chmodSync(join(keystore, key), 0o600);

  const database = join(basePath, "chains", "khala_dev", "db", "full", "data.mdb");
  writeFileSync(database, "this is no database");
  const corrupt = await runKhala(args);
  assert.equal(corrupt.code, 1, corrupt.stderr);
  assert.match(corrupt.stderr, /^database-corrupt: /m);
  assert.ok(corrupt.stderr.includes(database));

  writeFileSync(join(keystore, key), "no json");
  const spoilt = await runKhala(["purge-chain", "-y", `--base-path=${basePath}`]);
  assert.equal(spoilt.code, 0, spoilt.stderr);
  const badKey = await runKhala(args);
  assert.equal(badKey.code, 1, badKey.stderr);
  assert.match(badKey.stderr, /^key-file-corrupt: /m);
});
