import assert from "node:assert/strict";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {startKhala} from "../support/khala-process.ts";
import {rpc} from "../support/rpc.ts";
import {knownChain, oldChain} from "./support/known-specs.ts";

const folder = mkdtempSync(join(tmpdir(), "khala-state-only-"));
after(() => rmSync(folder, {recursive: true, force: true}));

for (const [name, text, words, genesis] of [
  [
    "polkadot",
    oldChain("polkadot"),
    /authors of polkadot do not take turns by Aura but by BABE: its state and calls are served/,
    "0x91b171bb158e2d3848fa23a9f1c25182fb8e20313b2c1eb49219da7a70ce90c3",
  ],
  [
    "statemine",
    await knownChain("rococo_v2_2_asset_hub"),
    /statemine needs a relay chain: its state and calls are served/,
    "0x7c34d42fc815d392057c78b49f2755c753440ccd38bcb0405b3bcfb601d08734",
  ],
] as const) {
  test(`a node of ${name}'s published spec serves its state, makes no block even if asked to, and dials nobody`, async () => {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, text);
    const node = await startKhala([
      `--chain=${file}`,
      "--alice",
      "--force-authoring",
      "--tmp",
      "--rpc-port=0",
      "--no-prometheus",
    ]);
    try {
      assert.ok(
        node.lines.some(line => words.test(line)),
        node.lines.join("\n"),
      );
      assert.equal(await rpc(node.url, "chain_getBlockHash", [0]), genesis);
      assert.match(await rpc<string>(node.url, "state_getMetadata", []), /^0x6d657461/);
      const version = await rpc<{specName: string}>(node.url, "state_getRuntimeVersion", []);
      assert.equal(version.specName, name);
      const status = await rpc<{verdict: {code: string}}>(node.url, "collator_status", []);
      assert.equal(status.verdict.code, "state-only");
      assert.deepEqual(await rpc(node.url, "system_localListenAddresses", []), []);
      assert.deepEqual(await rpc(node.url, "system_peers", []), []);
      const header = await rpc<{number: string}>(node.url, "chain_getHeader", []);
      assert.equal(header.number, "0x0");
    } finally {
      assert.equal(await node.stop(), 0);
    }
  });
}
