import assert from "node:assert/strict";
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

test("so has that of the asset hub of Rococo", async () => {
  const chain = new GenuineChain(await knownChain("rococo_v2_2_asset_hub"));
  const published = "0x7c34d42fc815d392057c78b49f2755c753440ccd38bcb0405b3bcfb601d08734";
  assert.equal(bytesToHex(chain.hashOf(chain.genesis.header)), published);
});
