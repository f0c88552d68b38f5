import assert from "node:assert/strict";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {encodeAddress} from "@polkadot/util-crypto";
import {type KhalaProcess, runKhala, startKhala} from "../../support/khala-process.ts";
import {RawClient} from "../support/raw-client.ts";
import {connect} from "./kit.ts";

/** More than the page of 1000 in which the client reads. */
const STRANGERS = 1_100;

const folder = mkdtempSync(join(tmpdir(), "khala-entries-"));
let node: KhalaProcess;
before(async () => {
  const {stdout} = await runKhala(["build-spec", "--chain=dev"]);
  const spec = JSON.parse(stdout);
  const {balances} = spec.genesis.runtimeGenesis.patch.balances;
  for (let i = 1; i <= STRANGERS; i++) {
    const account = new Uint8Array(32).fill(i % 256);
    account[0] = i >> 8;
    balances.push([encodeAddress(account, 30), "1000000000000"]);
  }
  const file = join(folder, "spec.json");
  writeFileSync(file, JSON.stringify(spec));
  node = await startKhala([`--chain=${file}`, "--alice", "--tmp", "--rpc-port=0", "--seal=manual"]);
});
after(async () => {
  await node.stop();
  rmSync(folder, {recursive: true});
});

test("all entries of more than a page of accounts come, each once", async () => {
  const api = await connect(node.url);
  const entries = await api.query.system.account.entries();
  const accounts = entries.map(([key]) => key.args[0].toString());
  assert.equal(new Set(accounts).size, accounts.length);
  const funded = entries.filter(([, {data}]) => data.free.toBigInt() === 10n ** 12n);
  assert.equal(funded.length, STRANGERS);
  await api.disconnect();
});

test("a page of more than 1000 keys is refused, and one begins strictly after its start key", async () => {
  const client = await RawClient.open(node.url);
  const page = (...params: unknown[]) => client.call<string[]>("state_getKeysPaged", ...params);
  assert.deepEqual(await client.fail("state_getKeysPaged", "0x", 1_001), {
    code: 4_002,
    message: "count exceeds maximum value. value: 1001, max: 1000",
  });
  const first = await page("0x", 1_000);
  assert.equal(first.length, 1_000);
  const second = await page("0x", 1_000, first.at(-1));
  assert.ok(second.length > 100);
  const all = [...first, ...second];
  assert.deepEqual(all, [...new Set(all)].sort());
  assert.deepEqual(await page("0x", 1_000, all.at(-1)), []);
  await client.close();
});
