import assert from "node:assert/strict";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {runKhala, startKhala} from "../../support/khala-process.ts";

const folder = mkdtempSync(join(tmpdir(), "khala-config-"));
after(() => rmSync(folder, {recursive: true, force: true}));
const NODE_KEY = "11".repeat(32);

function fileOf(name: string, toml: string): string {
  const file = join(folder, name);
  writeFileSync(file, toml);
  return `--config=${file}`;
}

test("config show says where each value is from, and masks secrets", async () => {
  const file = fileOf("show.toml", `chain = "dev"\nnode-key = "${NODE_KEY}"\n[rpc]\nport = 9955\n`);
  const {code, stdout} = await runKhala(["config", "show", file, "--port=1234"], {
    env: {KHALA_NAME: "from-env"},
  });
  assert.equal(code, 0);
  assert.match(stdout, /^port +1234 +command line$/m);
  assert.match(stdout, /^name +from-env +environment, KHALA_NAME$/m);
  assert.match(stdout, /^rpc-port +9955 +.*show\.toml$/m);
  assert.match(stdout, /^seal +slots +default$/m);
  assert.match(stdout, /^node-key +\*{8} +.*show\.toml$/m);
  assert.ok(!stdout.includes(NODE_KEY));
});

test("config check names the unknown key and the nearest known one, and bad values", async () => {
  const check = (file: string) => runKhala(["config", "check", file]);
  const unknown = await check(fileOf("unknown.toml", 'chain = "dev"\n[rpc]\nprot = 1\n'));
  assert.equal(unknown.code, 1);
  assert.match(
    unknown.stderr,
    /^config-invalid: rpc\.prot: there is no such setting[\s\S]*did you mean rpc-port\?/,
  );
  const bad = await check(fileOf("bad.toml", 'chain = "dev"\nrpc-port = 99999\n'));
  assert.equal(bad.code, 1);
  assert.match(bad.stderr, /^flag-invalid: --rpc-port 99999: [\s\S]*from +.*bad\.toml/);
  const twice = await check(fileOf("twice.toml", 'chain = "dev"\nrpc-port = 1\n[rpc]\nport = 2\n'));
  assert.match(twice.stderr, /^config-invalid: rpc\.port: rpc-port is set twice in this file/);
  const time = await check(fileOf("time.toml", 'chain = "dev"\nntp-server = "bad host"\n'));
  assert.match(time.stderr, /^flag-invalid: --ntp-server bad host: [\s\S]*HOST:PORT/);
  const both = await runKhala(["config", "check", "--chain=dev", "--tmp", "--base-path=x"]);
  assert.match(both.stderr, /^flag-invalid: --base-path x: /);
  const good = await check(fileOf("good.toml", 'chain = "dev"\ncollator = true\n'));
  assert.equal(good.code, 0, good.stderr);
  assert.match(good.stdout, /^3 settings, and nothing wrong with them$/m);
});

test("a node starts by its file alone, and the desk finds it by the same file", async () => {
  const file = fileOf(
    "node.toml",
    `chain = "dev"\nalice = true\nbase-path = "${join(folder, "data")}"\nparam = ["slot=200ms"]\nlisten-addr = "none"\nno-prometheus = true\n[rpc]\nport = 0\n`,
  );
  const node = await startKhala([file]);
  const port = /:(\d+)$/.exec(node.url)![1]!;
  const status = await runKhala(["collator", "status", "--json", file], {
    env: {KHALA_RPC_PORT: port},
  });
  assert.equal(JSON.parse(status.stdout).session.period, 40);
  assert.equal(await node.stop(), 0);
  const refused = await runKhala([fileOf("wrong.toml", "colator = true\n")]);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /^config-invalid: colator: [\s\S]*did you mean collator\?/);
});
