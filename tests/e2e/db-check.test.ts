import assert from "node:assert/strict";
import {once} from "node:events";
import {cpSync, existsSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {WebSocket, WebSocketServer} from "ws";
import {unwrap} from "#base";
import {openLmdbStore} from "../../src/store/lmdb-store.ts";
import {runKhala, startKhala} from "../support/khala-process.ts";
import {rpc} from "../support/rpc.ts";
import {temporaryFolder} from "../support/temporary-folder.ts";

test("a database that was damaged is named in all its parts, and mended with the help of a node that has the chain", async () => {
  const folder = await temporaryFolder("db-check");
  const [mine, other] = [join(folder, "mine"), join(folder, "other")];
  const dev = (basePath: string) => [
    "dev",
    "--rpc-port=0",
    "--seal=manual",
    // A voter's memory of its votes, which nobody else has, may name any block.
    "--finality=at-once",
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
  // Wherever the block is named: in its own key, as another one's parent, at its height.
  const name = Buffer.from(hash.slice(2), "hex");
  let changed = 0;
  for (let at = bytes.indexOf(name); at >= 0; at = bytes.indexOf(name, at)) {
    bytes[at + 9]! ^= 0x55;
    changed++;
  }
  assert.ok(changed >= 4, `${changed} changed`);
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

/** Stands before a node and hands on so many questions, then goes without a word. */
async function leavingAfter(url: string, answers: number) {
  const server = new WebSocketServer({port: 0, host: "127.0.0.1"});
  await once(server, "listening");
  let left = answers;
  server.on("connection", client => {
    const node = new WebSocket(url);
    const opened = once(node, "open");
    client.on("message", async question => {
      await opened;
      if (left-- > 0) node.send(String(question));
      else client.terminate();
    });
    node.on("message", answer => client.send(String(answer)));
    client.on("close", () => node.close());
  });
  const {port} = server.address() as {port: number};
  return {url: `ws://127.0.0.1:${port}`, close: () => server.close()};
}

test("whoever is asked for what is lost has to be of the same chain, and may leave in the midst of it", async () => {
  const folder = await temporaryFolder("db-check-from");
  const [mine, other] = [join(folder, "mine"), join(folder, "other")];
  const dev = (path: string, ...more: string[]) => [
    "dev",
    "--rpc-port=0",
    "--seal=manual",
    `--base-path=${path}`,
    ...more,
  ];
  const first = await startKhala(dev(mine));
  await rpc(first.url, "dev_newBlock", [{count: 30}]);
  assert.equal(await first.stop(), 0);
  cpSync(mine, other, {recursive: true});
  const check = ["db", "check", "--chain=dev", `--base-path=${mine}`];
  const lost = unwrap(openLmdbStore(join(mine, "chains", "khala_dev", "db", "full")));
  const bodies = [...lost.range({from: "e", to: "f"})].map(([key]) => key);
  await lost.write(bodies.map(key => [key, undefined]));
  await lost.close();

  const unused = await runKhala([...check, "--from=ws://127.0.0.1:1"]);
  assert.equal(unused.code, 2);
  assert.match(unused.stderr, /^flag-invalid: --from .* without --repair nothing is mended/);
  const dead = await runKhala([...check, "--repair", "--from=ws://127.0.0.1:1"]);
  assert.equal(dead.code, 1);
  assert.match(
    dead.stderr,
    /^node-unreachable: [\s\S]+do +see whether that node runs .* --from URL/,
  );
  assert.doesNotMatch(dead.stderr, /--url|--socket/);

  const foreign = await startKhala(dev(join(folder, "foreign"), "--param=session=80"));
  const refused = await runKhala([...check, "--repair", `--from=${foreign.url}`]);
  assert.equal(await foreign.stop(), 0);
  assert.equal(refused.code, 1);
  assert.match(
    refused.stderr,
    /^genesis-mismatch: the node of --from has another chain\n +there +0x/,
  );

  const helper = await startKhala(dev(other));
  // Which chain it is of is the first question.
  const leaving = await leavingAfter(helper.url, 6);
  const half = await runKhala([...check, "--repair", `--from=${leaving.url}`, "--json"]);
  leaving.close();
  assert.equal(half.code, 1, half.stderr);
  const found = JSON.parse(half.stdout);
  assert.match(found.gone, /has closed the connection/);
  assert.equal(found.mended.length, 5);
  assert.equal(found.damaged.length, bodies.length - 5);
  const again = await runKhala([...check, "--repair", `--from=${helper.url}`]);
  assert.equal(await helper.stop(), 0);
  assert.equal(again.code, 0, again.stdout + again.stderr);
  assert.match(again.stdout, /whole +all of it, up to block 30/);
});

test("where no check can help, what does is said", async () => {
  const folder = await temporaryFolder("db-check-beyond");
  const node = await startKhala(["dev", "--rpc-port=0", "--seal=manual", `--base-path=${folder}`]);
  await rpc(node.url, "dev_newBlock", [{count: 3}]);
  assert.equal(await node.stop(), 0);
  const full = join(folder, "chains", "khala_dev", "db", "full");
  const file = join(full, "data.mdb");
  const whole = readFileSync(file);
  const check = ["db", "check", "--chain=dev", `--base-path=${folder}`];
  writeFileSync(file, Buffer.concat([Buffer.alloc(8_192), whole.subarray(8_192)]));
  for (const more of [[], ["--repair"]]) {
    const {code, stdout, stderr} = await runKhala([...check, ...more]);
    assert.equal(code, 1);
    assert.match(stdout + stderr, /do +restore the file from a copy; or khala purge-chain/);
    assert.doesNotMatch(stdout + stderr, /khala db check/);
  }
  rmSync(full, {recursive: true});
  await unwrap(openLmdbStore(full)).close();
  for (const more of [[], ["--repair"]]) {
    const {code, stderr} = await runKhala([...check, ...more]);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^database-missing: this chain was begun here, and its database is gone or empty/,
    );
  }
});

test("what a database is made of, and what some blocks changed, by pallet and item", async () => {
  const folder = await temporaryFolder("db-stats");
  const node = await startKhala(["dev", "--rpc-port=0", "--seal=manual", `--base-path=${folder}`]);
  await rpc(node.url, "dev_newBlock", [{count: 5}]);
  assert.equal(await node.stop(), 0);
  const run = async (...args: string[]) => {
    const {code, stdout, stderr} = await runKhala([...args, `--base-path=${folder}`, "--json"]);
    return code === 0 ? JSON.parse(stdout) : {code, stderr};
  };
  const stats = await run("db", "stats", "--all");
  assert.equal(stats.state.height, 5);
  const of = (name: string) => stats.state.items.find((item: {item: string}) => item.item === name);
  assert.equal(of("System.BlockHash").entries, 5);
  assert.ok(of("System.Account").bytes > of("System.Account").entries * 80);
  assert.ok(of(":code").bytes > 1_000);
  assert.equal(stats.kinds.find((each: {kind: string}) => each.kind === "headers").entries, 6);
  assert.ok(stats.used > 0 && stats.used < stats.size);
  const diff = await run("db", "diff", "2", "5");
  const hashes = diff.items.find((item: {item: string}) => item.item === "System.BlockHash");
  assert.deepEqual([hashes.added, hashes.removed, hashes.changed], [3, 0, 0]);
  const none = await run("db", "diff", "2", "50");
  assert.equal(none.code, 1);
  assert.match(
    none.stderr,
    /^block-unknown: there is no block 50\n +best +block 5\n +kept +0 to 5\n/,
  );
  const far = await run("db", "stats", "--at=99999999999");
  assert.match(far.stderr, /^block-unknown: there is no block 99999999999\n +best +block 5\n/);
  const out = join(folder, "blocks.json");
  const exported = await run("export-blocks", out, "--to=99999999999");
  assert.match(exported.stderr, /up to 5, which is the best block's/);
  assert.ok(!existsSync(out));
  const file = join(folder, "chains", "khala_dev", "db", "full", "data.mdb");
  const bytes = readFileSync(file);
  writeFileSync(
    file,
    Buffer.concat([bytes.subarray(0, 8_192), Buffer.alloc(bytes.length - 8_192)]),
  );
  const broken = await run("db", "diff", "2", "5");
  assert.match(broken.stderr, /^database-corrupt: the database file is damaged\n +file +/);
  assert.equal(broken.stderr.match(/database-corrupt/g).length, 1);
});

test("where there is no database that is said", async () => {
  const folder = await temporaryFolder("db-check-none");
  const {code, stderr} = await runKhala(["db", "check", "--chain=dev", `--base-path=${folder}`]);
  assert.equal(code, 1);
  assert.match(stderr, /^database-missing: /);
});

test("the file of a node that keeps less than before becomes smaller, and the node goes on with it", async () => {
  const basePath = await temporaryFolder("db-compact");
  const dev = [
    "dev",
    "--rpc-port=0",
    "--seal=manual",
    "--finality=at-once",
    `--base-path=${basePath}`,
  ];
  const compact = ["db", "compact", "--chain=dev", `--base-path=${basePath}`];
  const wide = await startKhala([...dev, "--state-pruning=archive"]);
  await rpc(wide.url, "dev_newBlock", [{count: 300}]);
  const running = await runKhala(compact);
  assert.equal(running.code, 1);
  assert.match(running.stderr, /^database-locked: /);
  assert.equal(await wide.stop(), 0);
  const narrow = await startKhala([...dev, "--state-pruning=16"]);
  type Pruning = {readonly statesToRemove: number; readonly entriesRemoved: number};
  const isNarrow = async () => {
    const {statesToRemove, entriesRemoved} = await rpc<Pruning>(narrow.url, "khala_pruning", []);
    return statesToRemove === 0 && entriesRemoved > 0;
  };
  while (!(await isNarrow()));
  assert.equal(await narrow.stop(), 0);

  const {code, stdout, stderr} = await runKhala([...compact, "--json"]);
  assert.equal(code, 0, stderr);
  const {before, after} = JSON.parse(stdout);
  assert.ok(after < before / 2, stdout);
  const said = await runKhala(compact);
  assert.match(said.stdout, /^ *rows +\d+\n *before +\d+ KiB\n *now +\d+ KiB\n$/);
  const again = await startKhala(dev);
  await rpc(again.url, "dev_newBlock", [{count: 2}]);
  assert.equal((await rpc<{number: string}>(again.url, "chain_getHeader", [])).number, "0x12e");
  assert.equal(await again.stop(), 0);
});
