import assert from "node:assert/strict";
import {cpSync, existsSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {runKhala, startKhala} from "../support/khala-process.ts";
import {rpc} from "../support/rpc.ts";
import {temporaryFolder} from "../support/temporary-folder.ts";

const PAGE = 4_096;

test("a database that was damaged is named in all its parts, and mended with the help of a node that has the chain", async () => {
  const folder = await temporaryFolder("db-check");
  const [mine, other] = [join(folder, "mine"), join(folder, "other")];
  const dev = (basePath: string) => [
    "dev",
    "--rpc-port=0",
    "--seal=manual",
    `--base-path=${basePath}`,
  ];
  const first = await startKhala(dev(mine));
  await rpc(first.url, "dev_newBlock", [{count: 60}]);
  const hash = await rpc<string>(first.url, "chain_getBlockHash", [40]);
  const block = await rpc(first.url, "chain_getBlock", [hash]);
  const running = await runKhala(["db", "check", "--chain=dev", `--base-path=${mine}`]);
  assert.equal(running.code, 1);
  assert.match(running.stderr, /^database-locked: /);
  assert.equal(await first.stop(), 0);
  cpSync(mine, other, {recursive: true});

  const check = ["db", "check", "--chain=dev", `--base-path=${mine}`];
  const sound = await runKhala(check);
  assert.equal(sound.code, 0, sound.stderr);
  assert.match(sound.stdout, /whole +all of it, up to block 60/);

  const file = join(mine, "chains", "khala_dev", "db", "full", "data.mdb");
  const bytes = readFileSync(file);
  // Pages begin with what LMDB itself needs; what comes last in them are the rows.
  for (let page = 3; page < bytes.length / PAGE; page += 4) bytes[page * PAGE + 4_000]! ^= 0x55;
  writeFileSync(file, bytes);
  const found = JSON.parse((await runKhala([...check, "--json"])).stdout);
  assert.ok(found.pages !== null || found.damaged.length > 0);

  const helper = await startKhala(dev(other));
  const mended = await runKhala([...check, "--repair", `--from=${helper.url}`]);
  assert.equal(await helper.stop(), 0);
  assert.equal(mended.code, 0, mended.stdout + mended.stderr);
  assert.match(mended.stdout, /whole +all of it, up to block 60/);

  const again = await startKhala(dev(mine));
  assert.deepEqual(await rpc(again.url, "chain_getBlock", [hash]), block);
  await rpc(again.url, "dev_newBlock", [{count: 2}]);
  assert.equal(await again.stop(), 0);
  assert.ok(existsSync(file));
});

test("where there is no database that is said", async () => {
  const folder = await temporaryFolder("db-check-none");
  const {code, stderr} = await runKhala(["db", "check", "--chain=dev", `--base-path=${folder}`]);
  assert.equal(code, 1);
  assert.match(stderr, /^database-missing: /);
});
