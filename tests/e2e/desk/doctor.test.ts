import assert from "node:assert/strict";
import {once} from "node:events";
import {chmodSync, mkdtempSync, readdirSync, rmSync} from "node:fs";
import type {AddressInfo} from "node:net";
import {createServer} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {timeServer} from "../../../src/core/clock/test-kit/time-server.ts";
import {runKhala, startKhala} from "../../support/khala-process.ts";

const folder = mkdtempSync(join(tmpdir(), "khala-doctor-"));
after(() => rmSync(folder, {recursive: true, force: true}));

interface Finding {
  readonly check: string;
  readonly level: string;
  readonly what: string;
  readonly todo?: string;
}

async function examine(...args: string[]) {
  const {code, stdout, stderr} = await runKhala(["doctor", "--json", ...args]);
  assert.notEqual(stdout, "", stderr);
  const findings = JSON.parse(stdout) as Finding[];
  const of = (check: string) => findings.find(each => each.check === check);
  return {code, of, findings};
}

test("a machine with a node that is well is found well, and a key that others can read is not", async () => {
  const basePath = join(folder, "node");
  const node = await startKhala([
    "dev",
    `--base-path=${basePath}`,
    "--rpc-port=0",
    "--port=0",
    "--no-prometheus",
    "--param=slot=400ms",
  ]);
  const server = await timeServer(0);
  // Another program's port is not the node's, though a node runs.
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const {port} = taken.address() as AddressInfo;
  const rpcPort = new URL(node.url).port;
  const args = [
    `--rpc-port=${rpcPort}`,
    `--prometheus-port=${port}`,
    `--url=${node.url}`,
    `--base-path=${basePath}`,
    `--ntp-server=${server.host}:${server.port}`,
  ];
  const well = await examine(...args);
  // A busy machine misses slots as short as these, and then the node says so.
  const isMissed = ({check, what}: Finding) => check === "verdict" && /slots missed/.test(what);
  const bad = well.findings.filter(({level}) => level === "bad");
  assert.deepEqual(
    bad.filter(finding => !isMissed(finding)),
    [],
  );
  assert.equal(well.code, bad.length === 0 ? 0 : 1);
  for (const check of ["time server", "disk space", "keystore", "keys", "chain", "keys on chain"]) {
    assert.equal(well.of(check)?.level, "ok", JSON.stringify(well.of(check)));
  }
  if (process.platform === "linux") {
    assert.deepEqual(
      [well.of(`port ${rpcPort}`)?.level, well.of(`port ${port}`)?.level],
      ["ok", "warn"],
    );
    assert.match(well.of(`port ${port}`)!.what, /which is not the node that runs/);
  }
  taken.close();
  assert.match(well.of("100 blocks")!.what, /ms to import one of 20 transfers/);
  const keystore = join(basePath, "chains", "khala_dev", "keystore");
  // The base path alone says which node is meant, whatever runs at the usual port.
  const byPath = await examine(`--base-path=${basePath}`, `--prometheus-port=${port}`);
  assert.match(byPath.of("chain")!.what, /^best \d+, final \d+, 0 peers$/);
  chmodSync(join(keystore, readdirSync(keystore)[0]!), 0o644);
  const open = await examine(...args);
  assert.equal(open.code, 1);
  assert.equal(open.of("keys")?.level, "bad");
  assert.match(open.of("keys")!.todo!, /chmod 600/);
  server.close();
  await node.stop();
});

test("a node that was pointed at and does not answer is bad, none where none was named only a hint", async () => {
  const none = `--base-path=${join(folder, "nothing")}`;
  for (const args of [["--url=ws://127.0.0.1:1"], [`--socket=${join(folder, "rpc.sock")}`]]) {
    const {code, of} = await examine(none, ...args);
    assert.deepEqual([code, of("node")?.level], [1, "bad"]);
  }
  const {of} = await examine(none);
  assert.equal(of("node")?.level, "warn");
  assert.match(of("node")!.what, /^no node runs below /);
  const wrong = await runKhala(["doctor", "--port=banana"]);
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /^flag-invalid: --port banana/);
});

test("a clock that is off, a port that is taken and a node that is not there are named", async () => {
  const server = await timeServer(5_000);
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const {port} = taken.address() as AddressInfo;
  const {code, of} = await examine(
    "--url=ws://127.0.0.1:1",
    `--base-path=${join(folder, "none")}`,
    `--ntp-server=${server.host}:${server.port}`,
    `--rpc-port=${port}`,
  );
  assert.equal(code, 1);
  assert.equal(of("time server")?.level, "bad");
  assert.match(of("time server")!.what, /^[45]\d\d\d ms behind, by /);
  assert.equal(of(`port ${port}`)?.level, "warn");
  if (process.platform === "linux") {
    assert.match(of(`port ${port}`)!.what, new RegExp(`in use by .*process ${process.pid}`));
  }
  // It was named, and is not there.
  assert.equal(of("node")?.level, "bad");
  taken.close();
  server.close();
});
