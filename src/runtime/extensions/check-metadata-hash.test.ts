import assert from "node:assert/strict";
import {test} from "node:test";
import {concatBytes, unwrap} from "#base";
import {compactU32, decode, encode, Sink, u32} from "#codec";
import {createPortableCrypto} from "#crypto";
import {headerHash, type TransactionValidity, transactionValidity} from "#primitives";
import type {RuntimeHost} from "#runtime-api";
import {Overlay} from "#state";
import {chainCode, createRuntime} from "../chains/index.ts";
import {runCode} from "../code/index.ts";
import {KhalaTestChain} from "../test-kit/khala-test-chain.ts";

const crypto = createPortableCrypto(length => new Uint8Array(length).fill(7));
const bob = unwrap(crypto.keyPairs.fromUri("sr25519", "//Bob"));

const khala = new KhalaTestChain();
const dest = {type: "Id", value: bob.publicKey};
const gift = khala.call("Balances", "transfer_keep_alive", {dest, value: 10n ** 15n});
const genesisHash = headerHash(khala.head, crypto.hashing);
khala.advance([khala.signed(1, gift)]);
const parent = headerHash(khala.head, crypto.hashing);

/** A transfer from Bob: `mode` as the extrinsic says it, `signed` as the signature covers it. */
function transfer(mode: number, signed: Uint8Array): Uint8Array {
  const call = encode(khala.composition.runtimeCall, khala.transfer(2, 5n));
  const {specVersion, transactionVersion} = khala.composition.version;
  const extra = Uint8Array.of(0, 0, 0, mode);
  const versions = concatBytes(encode(u32, specVersion), encode(u32, transactionVersion));
  const payload = concatBytes(call, extra, versions, genesisHash, genesisHash, signed);
  const signature = concatBytes(Uint8Array.of(1), bob.sign(payload));
  const signer = concatBytes(Uint8Array.of(0x84, 0), bob.publicKey);
  const body = concatBytes(signer, signature, extra, call);
  const sink = new Sink();
  compactU32.encodeTo(body.length, sink);
  sink.raw(body);
  return sink.finish();
}

const host = (): RuntimeHost => ({
  state: new Overlay(khala.view),
  verifySignature: ({scheme, signature, message, account}) =>
    crypto.signatures.verify(scheme, signature, message, account),
});
const runtime = createRuntime(khala.chain);
const code = chainCode(khala.chain);

/** What the runtime says, and what light clients are told by the module. */
function judgements(extrinsic: Uint8Array): [TransactionValidity, TransactionValidity] {
  const name = "TaggedTransactionQueue_validate_transaction";
  const args = concatBytes(Uint8Array.of(2), extrinsic, parent);
  const byRuntime = unwrap(runtime.call(name, args, host()));
  const byModule = unwrap(
    runCode(code, name, args, {
      state: new Overlay(khala.view),
      hashing: crypto.hashing,
      signatures: crypto.signatures,
    }),
  );
  return [byRuntime, byModule].map(answer => unwrap(decode(transactionValidity, answer))) as [
    TransactionValidity,
    TransactionValidity,
  ];
}

const hash = khala.chain.metadataHash!();
const some = (value: Uint8Array) => concatBytes(Uint8Array.of(1), value);
const none = Uint8Array.of(0);

test("a signature holds that says nothing of metadata, or covers the hash of ours", () => {
  for (const extrinsic of [transfer(0, none), transfer(1, some(hash))]) {
    const [byRuntime, byModule] = judgements(extrinsic);
    assert.ok(byRuntime.ok);
    assert.deepEqual(byModule, byRuntime);
  }
});

test("a signature made for other metadata, or for a mode that the extrinsic does not say, does not hold", () => {
  const other = hash.slice();
  other[0]! ^= 1;
  const wrong = [
    transfer(1, some(other)),
    transfer(1, none),
    transfer(0, some(hash)),
    transfer(1, hash),
  ];
  for (const extrinsic of wrong) {
    for (const judgement of judgements(extrinsic)) {
      assert.ok(!judgement.ok);
      assert.equal(judgement.error.value.type, "BadProof");
    }
  }
});

test("a transaction that covers the hash goes into a block", () => {
  const before = khala.free(2);
  khala.advance([transfer(1, some(hash))]);
  assert.equal(khala.free(2), before + 5n);
});
