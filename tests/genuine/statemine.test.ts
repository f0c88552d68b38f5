import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToBinary, unwrap} from "#base";
import {bytes, decode, encode} from "#codec";
import {decodeRuntimeVersion} from "#primitives";
import {stateViewOf} from "#state";
import {openProof, ProofRecorder} from "#trie";
import {GenuineChain, hashing} from "./support/genuine-chain.ts";
import {knownChain} from "./support/known-specs.ts";
import {readSpec} from "./support/replay.ts";

const spec = await knownChain("rococo_v2_2_asset_hub");

test("statemine 900 says its version, whichever way it is asked, and its metadata", () => {
  const chain = new GenuineChain(spec);
  const asked = unwrap(decodeRuntimeVersion(chain.call("Core_version")));
  assert.deepEqual([asked.specName, asked.specVersion, asked.stateVersion], ["statemine", 900, 0]);
  assert.deepEqual(chain.runtime.version, asked);
  const metadata = unwrap(decode(bytes, chain.call("Metadata_metadata")));
  assert.equal(bytesToBinary(metadata.subarray(0, 5)), "meta\x0e");
});

test("statemine 900 imports nothing that we lack", () => {
  const {runtime} = readSpec(spec);
  assert.deepEqual(runtime.missing, []);
});

test("statemine 900 makes blocks from its own genesis, and executing them comes to the same roots", () => {
  const [maker, importer] = [new GenuineChain(spec), new GenuineChain(spec)];
  const first = Math.floor(1_700_000_000_000 / maker.slotDuration);
  for (let slot = first; slot < first + 3; slot++) {
    const {block, after} = maker.makeBlock(slot);
    assert.deepEqual(importer.checkInherents(block, slot), {
      okay: true,
      fatalError: false,
      errors: new Map(),
    });
    importer.importBlock(block);
    maker.head = after;
  }
  assert.equal(importer.head.header.number, 3);
});

test("a proof of what statemine 900 looked at is all that a light client needs to come to the same answer", () => {
  const chain = new GenuineChain(spec);
  const {state} = chain.head;
  const account = new Uint8Array(32);
  for (const [name, args] of [
    ["AuraApi_authorities", new Uint8Array(0)],
    ["AccountNonceApi_account_nonce", account],
    ["SessionKeys_decode_session_keys", encode(bytes, new Uint8Array(32))],
  ] as const) {
    const recorder = new ProofRecorder();
    const recorded = chain.host(state.recorded(recorder));
    const answer = unwrap(chain.runtime.call(name, args, recorded));
    const prove = (nodes: Iterable<Uint8Array>) =>
      chain.runtime.call(
        name,
        args,
        chain.host(stateViewOf(openProof(data => hashing.blake2b256(data), state.root(), nodes))),
      );
    const proof = [...recorder.proof()];
    assert.deepEqual(unwrap(prove(proof)), answer, name);
    assert.ok(proof.length > 0 || name.startsWith("SessionKeys"), name);
    if (proof.length === 0) continue;
    const short = prove(proof.slice(0, -1));
    assert.equal(short.ok, false, name);
    assert.equal(short.error.code, "state-missing", name);
  }
});
