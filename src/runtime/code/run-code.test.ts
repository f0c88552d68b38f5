import assert from "node:assert/strict";
import {randomBytes} from "node:crypto";
import {test} from "node:test";
import {concatBytes, unwrap} from "#base";
import {compactU128, encode, Sink} from "#codec";
import {accountOf, verifyMultiSignature} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {headerHash, multiSignature, writeLengthPrefix} from "#primitives";
import {memoryState, Overlay} from "#state";
import {ModuleWriter} from "#wasm";
import {chainCode, createRuntime} from "../chains/index.ts";
import {account} from "../test-kit/accounts.ts";
import {KhalaTestChain} from "../test-kit/khala-test-chain.ts";
import {runCode} from "./index.ts";

const crypto = await createNativeCrypto(randomBytes);
const {hashing, signatures} = crypto;
const khala = new KhalaTestChain();
const code = chainCode(khala.chain);
const nothing = new Uint8Array(0);
const host = () => ({state: new Overlay(khala.view), hashing, signatures});

const VARIANTS = {ed25519: "Ed25519", sr25519: "Sr25519", ecdsa: "Ecdsa"} as const;

for (const scheme of ["ed25519", "sr25519", "ecdsa"] as const) {
  for (const size of [10, 1_000]) {
    test(`a genuine ${scheme} signature of ${size} bytes holds, a spoilt one does not`, () => {
      const pair = unwrap(crypto.keyPairs.fromSeed(scheme, new Uint8Array(32).fill(5)));
      const who = accountOf(scheme, pair.publicKey, hashing);
      const genesis = headerHash(khala.head, hashing);
      const {version} = khala.composition;
      const proof = new Uint8Array(size);
      const keys = {aura: account(1), grandpa: account(1)};
      const call = encode(
        khala.composition.runtimeCall,
        khala.call("Session", "set_keys", {keys, proof}),
      );
      const extra = concatBytes(Uint8Array.of(0, 0), encode(compactU128, 0n), Uint8Array.of(0));
      const numbers = new Uint8Array(8);
      new DataView(numbers.buffer).setUint32(0, version.specVersion, true);
      new DataView(numbers.buffer).setUint32(4, version.transactionVersion, true);
      const payload = concatBytes(call, extra, numbers, genesis, genesis, Uint8Array.of(0));
      const message = payload.length > 256 ? hashing.blake2b256(payload) : payload;
      const signature = pair.sign(message);

      const ask = (value: Uint8Array) => {
        const type = VARIANTS[scheme];
        const signed = encode(multiSignature, {type, value});
        const body = concatBytes(Uint8Array.of(0x84, 0), who, signed, extra, call);
        const sink = new Sink();
        sink.u8(2);
        writeLengthPrefix(body.length, sink);
        sink.raw(body);
        sink.raw(genesis);
        const args = sink.finish();
        const name = "TaggedTransactionQueue_validate_transaction";
        const typescript = createRuntime(khala.chain).call(name, args, {
          state: new Overlay(khala.view),
          verifySignature: request =>
            verifyMultiSignature(
              crypto,
              request.scheme,
              request.signature,
              request.message,
              request.account,
            ),
        });
        const answer = runCode(code, name, args, host());
        assert.deepEqual(unwrap(answer), unwrap(typescript));
        return unwrap(answer);
      };

      // Nobody has endowed the account: with a signature that holds, its fee is what it fails by.
      assert.deepEqual(ask(signature), Uint8Array.of(1, 0, 1));
      const spoilt = signature.slice();
      spoilt[7]! ^= 1;
      assert.deepEqual(ask(spoilt), Uint8Array.of(1, 0, 4));
    });
  }
}

test("all that a call reads goes through the state it was given", () => {
  const read: string[] = [];
  const state = new Overlay(khala.view);
  const recording = {
    get(key: string) {
      read.push(key);
      return state.get(key);
    },
    fenced: <T>(work: () => T) => state.fenced(work),
  };
  const asked = (name: string) => {
    read.length = 0;
    unwrap(runCode(code, name, nothing, {...host(), state: recording}));
    return [...read];
  };
  assert.deepEqual(asked("Core_version"), []);
  assert.deepEqual(asked("AuraApi_authorities"), [khala.chain.aura.storage.authorities.key]);
  assert.deepEqual(asked("GrandpaApi_grandpa_authorities"), [":grandpa_authorities"]);
});

test("what the module does not answer is not found", () => {
  for (const name of ["Core_execute_block", "SessionKeys_generate_session_keys", "memory"]) {
    assert.deepEqual(runCode(code, name, nothing, host()), {
      ok: false,
      error: {code: "function-not-found", name},
    });
  }
});

test("bytes that are no module are said to be unusable", () => {
  for (const bytes of [nothing, code.subarray(0, 1_000)]) {
    const run = runCode(bytes, "Core_version", nothing, host());
    assert.equal(!run.ok && run.error.code, "code-unusable");
  }
  const foreign = new ModuleWriter();
  foreign.importFunction("ext_offchain_timestamp_version_1", [], "i64");
  const run = runCode(foreign.finish(), "Core_version", nothing, host());
  assert.equal(!run.ok && run.error.code, "code-unusable");
});

test("a value larger than the module's memory is answered whole", () => {
  const large = new Uint8Array(1_000_000).fill(3);
  const key = khala.chain.aura.storage.authorities.key;
  const state = new Overlay(memoryState(new Map([[key, large]]), data => hashing.blake2b256(data)));
  assert.deepEqual(
    unwrap(runCode(code, "AuraApi_authorities", nothing, {...host(), state})),
    large,
  );
});
