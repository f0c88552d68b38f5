import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, unwrap} from "#base";
import {compactU32, decodePrefix} from "#codec";
import {createNativeCrypto} from "#crypto-native";
import {CODE_KEY, decodeRuntimeVersion, itemKey} from "#primitives";
import {createWasmEngine} from "#wasm-runtime";
import {GenuineChain, hashing, signatures} from "./support/genuine-chain.ts";
import {knownChain} from "./support/known-specs.ts";
import {statemine901} from "./support/statemine-901.ts";

const spec = await knownChain("rococo_v2_2_asset_hub");
const alice = unwrap((await createNativeCrypto()).keyPairs.fromUri("sr25519", "//Alice"));
const id = bytesToHex(alice.publicKey);
const data = {free: String(10n ** 15n), reserved: 0, miscFrozen: 0, feeFrozen: 0};
const account = {nonce: 0, consumers: 0, providers: 1, sufficients: 0, data};
const code = statemine901(new GenuineChain(spec).head.state.get(CODE_KEY)!);
const named = {
  System: {Account: [[[id], account]]},
  ParachainSystem: {PendingValidationCode: bytesToHex(code)},
};

test("statemine 900 becomes 901: the block that changes the code is 900's, the next one 901's, and what was signed for 900 is none of its", () => {
  const [maker, importer] = [new GenuineChain(spec, {named}), new GenuineChain(spec, {named})];
  let slot = Math.floor(1_700_000_000_000 / maker.slotDuration);
  const step = (transactions: readonly Uint8Array[] = [], goAhead = false) => {
    for (const chain of [maker, importer]) chain.goAhead = goAhead;
    const {block, after} = maker.makeBlock(slot++, transactions);
    importer.importBlock(block);
    maker.head = after;
    return importer.runtime.version.specVersion;
  };
  const lastRun = () => {
    const kept = importer.head.state.get(itemKey(hashing, "System", "LastRuntimeUpgrade"))!;
    return unwrap(decodePrefix(compactU32, kept)).value;
  };
  const remark = (nonce: number) => maker.sign(alice, nonce, "System.remark", {remark: "0x00"});
  assert.equal(step([remark(0)]), 900);
  const ofBefore = remark(1);
  assert.deepEqual([step([], true), lastRun()], [901, 900]);
  assert.deepEqual([step([remark(1)]), lastRun()], [901, 901]);
  const asked = unwrap(decodeRuntimeVersion(importer.call("Core_version")));
  assert.equal(asked.specVersion, 901);
  assert.throws(() => step([ofBefore]), /BadProof/);
});

test("code that a block brings is got ready while the thread has its turns, and is the same as when it is asked for unprepared", async () => {
  let turns = 0;
  const engine = createWasmEngine(
    {hashing, signatures},
    {
      async yieldThread() {
        turns++;
        await new Promise(resolve => setImmediate(resolve));
      },
    },
  );
  const packed = new GenuineChain(spec).head.state.get(CODE_KEY)!;
  const prepared = {bytes: packed, hash: hashing.blake2b256(packed)};
  await engine.prepare!(prepared);
  // After compiling it and with its instructions; unpacked it was for the chain above.
  assert.ok(turns > 4, `${turns}`);
  const {version} = unwrap(engine.runtimeOf(prepared, {get: () => undefined}));
  assert.equal(version.specVersion, 900);
});
