import assert from "node:assert/strict";
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {bytesToHex, unwrap} from "#base";
import {createNativeCrypto} from "#crypto-native";
import {CODE_KEY, itemKey} from "#primitives";
import {GenuineChain, hashing} from "./support/genuine-chain.ts";

/** A folder with chain specs of educhain, of two versions: npm has no two of one chain. */
const specs = process.env.KHALA_GENUINE;
const [FROM, TO] = [2, 5];

const alice = unwrap((await createNativeCrypto()).keyPairs.fromUri("sr25519", "//Alice"));
const id = bytesToHex(alice.publicKey);
const data = {free: String(10n ** 18n), reserved: 0, frozen: 0, flags: String(1n << 127n)};
const account = {nonce: 0, consumers: 0, providers: 1, sufficients: 0, data};
const named = {Sudo: {Key: id}, System: {Account: [[[id], account]]}};

const texts = (specs === undefined ? [] : readdirSync(specs)).map(file =>
  readFileSync(join(specs!, file), "utf8"),
);
const specOf = (version: number) =>
  texts.find(text => {
    if (!text.includes("duchain")) return false;
    return new GenuineChain(text).runtime.version.specVersion === version;
  });
const [before, after] = [specOf(FROM), specOf(TO)];

if (before === undefined || after === undefined) {
  process.stdout.write(
    "an upgrade is made where KHALA_GENUINE names a folder with educhain's chain specs of versions 2 and 5\n",
  );
} else {
  test(`educhain ${FROM} becomes ${TO}: when its relay chain says so, from the next block on, with its migrations`, () => {
    const [maker, importer] = [before, before].map(text => new GenuineChain(text, {named})) as [
      GenuineChain,
      GenuineChain,
    ];
    const code = new GenuineChain(after).head.state.get(CODE_KEY)!;
    let slot = Math.floor(1_700_000_000_000 / maker.slotDuration);
    const step = (transactions: readonly Uint8Array[] = [], goAhead = false) => {
      for (const chain of [maker, importer]) chain.goAhead = goAhead;
      const made = maker.makeBlock(slot++, transactions);
      importer.importBlock(made.block);
      maker.head = made.after;
      return importer.runtime.version.specVersion;
    };
    const migrated = () =>
      importer.head.state.get(itemKey(hashing, "System", "LastRuntimeUpgrade"))![0]! >> 2;
    const call = {type: "System", value: {type: "set_code", value: {code}}};
    assert.equal(step([maker.sign(alice, 0, "Sudo.sudo", {call})]), FROM);
    assert.equal(step(), FROM);
    // The block that changes the code is still the old code's.
    assert.deepEqual([step([], true), migrated()], [TO, FROM]);
    assert.deepEqual([step(), migrated()], [TO, TO]);
    assert.equal(step(), TO);
  });
}
