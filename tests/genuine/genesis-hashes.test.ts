import assert from "node:assert/strict";
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {bytesToHex} from "#base";
import {GenuineChain} from "./support/genuine-chain.ts";
import {knownChain, oldChain} from "./support/known-specs.ts";

/** As these chains' nodes publish them (`chain_getBlockHash(0)`), with the version that their first runtime says it has. */
const PUBLISHED = [
  ["polkadot", "0x91b171bb158e2d3848fa23a9f1c25182fb8e20313b2c1eb49219da7a70ce90c3", "polkadot", 0],
  ["kusama", "0xb0a8d493285c2df73290dfb7e61f870f17b41801197a149ca93654499ea3dafe", "kusama", 1020],
  ["westend", "0xe143f23803ac50e8f6f8e62695d1ce9e4e1d68aa36c1cd2cfd15340213f3423e", "westend", 1],
] as const;

for (const [name, hash, specName, specVersion] of PUBLISHED) {
  test(`the genesis of ${name} has the hash that is published`, () => {
    const chain = new GenuineChain(oldChain(name));
    const {genesis, runtime} = chain;
    assert.equal(bytesToHex(chain.hashOf(genesis.header)), hash);
    assert.deepEqual(
      [runtime.version.specName, runtime.version.specVersion],
      [specName, specVersion],
    );
  });
}

/** Chains that hash by Keccak, by their ids; npm has none, and a folder of chain specs may. */
const BY_KECCAK = [
  ["nexus", "0x61ea8a51fd4a058ee8c0e86df0a89cc85b8b67a0a66432893d09719050c9f540"],
  ["gargantua", "0x5388faf792c5232566d21493929b32c1f20a9c2b03e95615eefec2aa26d64b73"],
] as const;

const folder = process.env.KHALA_GENUINE;
const texts = (folder === undefined ? [] : readdirSync(folder))
  .filter(file => file.endsWith(".json"))
  .map(file => readFileSync(join(folder!, file), "utf8"));

for (const [id, hash] of BY_KECCAK) {
  const text = texts.find(one =>
    new RegExp(`^\\s*\\{[^{]*"id":\\s*"${id}"`).test(one.slice(0, 1_000)),
  );
  if (text === undefined) {
    process.stdout.write(
      `the genesis of ${id} is made where KHALA_GENUINE names a folder with its chain spec\n`,
    );
    continue;
  }
  test(`the genesis of ${id}, which hashes by Keccak, has the hash that is published`, () => {
    const chain = new GenuineChain(text, {blockHashing: "keccak-256"});
    assert.equal(bytesToHex(chain.hashOf(chain.genesis.header)), hash);
  });
}

test("so has that of the asset hub of Rococo", async () => {
  const chain = new GenuineChain(await knownChain("rococo_v2_2_asset_hub"));
  const published = "0x7c34d42fc815d392057c78b49f2755c753440ccd38bcb0405b3bcfb601d08734";
  assert.equal(bytesToHex(chain.hashOf(chain.genesis.header)), published);
});
