import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, concatBytes, unwrap} from "#base";
import {createNativeCrypto} from "#crypto-native";
import {findCall, signExtrinsic, signerOf} from "#description";
import {GenuineChain, hashing} from "./support/genuine-chain.ts";
import {knownChain} from "./support/known-specs.ts";

const crypto = await createNativeCrypto();
const alice = unwrap(crypto.keyPairs.fromUri("sr25519", "//Alice"));
const data = {free: String(10n ** 16n), reserved: 0, miscFrozen: 0, feeFrozen: 0};
const account = {nonce: 0, consumers: 0, providers: 1, sufficients: 0, data};
const named = {System: {Account: [[[bytesToHex(alice.publicKey)], account]]}};
const spec = await knownChain("rococo_v2_2_asset_hub");

/** A batch of one batch of one batch …, so many of them around a remark. */
function nested(chain: GenuineChain, depth: number): Uint8Array {
  const indices = (name: string) => {
    const {pallet, variant} = findCall(chain.description, name)!;
    return Uint8Array.of(pallet.index, variant.index);
  };
  const one = concatBytes(indices("Utility.batch"), Uint8Array.of(4));
  const batches = Array.from({length: depth}, () => one);
  return concatBytes(...batches, indices("System.remark"), Uint8Array.of(0));
}

/** What applying it on a fresh chain comes to: the answer's bytes, or how it failed. */
function applied(depth: number): string {
  const chain = new GenuineChain(spec, {named});
  const slot = Math.floor(1_700_000_000_000 / chain.slotDuration);
  const {block} = chain.makeBlock(slot);
  const {version} = chain.runtime;
  const facts = {
    nonce: 0,
    genesisHash: chain.hashOf(chain.genesis.header),
    specVersion: version.specVersion,
    transactionVersion: version.transactionVersion,
  };
  const signer = signerOf(alice, hashing);
  const call = nested(chain, depth);
  const extrinsic = unwrap(signExtrinsic(chain.description, call, signer, facts, hashing));
  chain.importBlock(block);
  const host = chain.host(chain.head.state);
  const answer = chain.runtime.call("BlockBuilder_apply_extrinsic", extrinsic, host);
  return answer.ok
    ? bytesToHex(answer.value)
    : `${answer.error.code}: ${JSON.stringify(answer.error)}`;
}

/** Upstream's bound on calls within calls, `MAX_EXTRINSIC_DEPTH`: what is deeper does not decode. */
const DEEPEST = 256;

test("calls within calls end at the runtime's own stack or at what decodes, never at that of this process", () => {
  assert.equal(applied(1), "0x0000");
  let [runs, fails] = [1, DEEPEST];
  assert.match(applied(fails), /memory access out of bounds/);
  while (fails - runs > 1) {
    const middle = (runs + fails) >> 1;
    const answer = applied(middle);
    if (answer === "0x0000") runs = middle;
    else fails = middle;
    assert.match(answer, /^0x0000$|memory access out of bounds/, `depth ${middle}`);
  }
  assert.match(applied(DEEPEST + 1), /Bad input data/);
  // A mebibyte of it holds so many batches; what counts is that it is the mebibyte that ends.
  assert.ok(runs > 50, `${runs} batches`);
});
