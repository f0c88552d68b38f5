import assert from "node:assert/strict";
import {test} from "node:test";
import {err, unwrap} from "#base";
import {composeKhala, PRESET_PARAMETERS} from "#runtime";
import {signedExtrinsic} from "../../runtime/test-kit/signed-extrinsic.ts";
import {SignatureChecks} from "../signatures/signature-checks.ts";
import {coreForTests, SLOT} from "../test-kit/core-for-tests.ts";
import {BlockImporter} from "./block-importer.ts";

test("when the threads that check signatures fail, nothing is said of the block, and it may come again", async () => {
  const NAMES = ["Alice", "Bob", "Charlie", "Dave"];
  const [a, b] = [await coreForTests(NAMES), await coreForTests(NAMES)];
  const parameters = {...PRESET_PARAMETERS.local, slotDuration: BigInt(SLOT)};
  const runtime = composeKhala(parameters, a.crypto.hashing);
  const alice = unwrap(a.crypto.keyPairs.fromUri("sr25519", "//Alice"));
  const system = runtime.composition.pallets.find(({name}) => name === "System")!;
  const remark = system.calls!.find(({name}) => name === "remark")!;
  const call = {pallet: system, call: remark, args: {remark: new Uint8Array(3)}};
  const genesisHash = a.core.chain.hashOf(0)!;
  const bytes = signedExtrinsic(runtime, alice, call, {nonce: 0, tip: 0n, genesisHash});
  unwrap(await a.core.pool.submit("External", bytes));
  const {hash} = await a.make(1);
  b.clock.advanceTo(a.clock.now());
  const {chain} = b.core;
  const broken = {verifyBatch: async () => err({code: "signature-worker-lost"} as const)};
  const importer = new BlockImporter({
    chain,
    answers: b.core.answers,
    inherents: b.core.inherents,
    crypto: b.crypto,
    clock: b.clock,
    signatures: new SignatureChecks(b.crypto, broken),
  });
  const imported = await importer.import(a.core.chain.header(hash)!, a.core.chain.body(hash)!);
  const failure = {code: "signatures-unchecked", reason: "signature-worker-lost"};
  assert.deepEqual(imported, err(failure));
  assert.equal(unwrap(await b.takeFrom(a, hash)).wasKnown, false);
});
