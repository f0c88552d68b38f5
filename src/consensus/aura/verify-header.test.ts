import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, equalBytes, millis, slot} from "#base";
import {encode} from "#codec";
import {createPortableHashing, type SignatureVerifier} from "#crypto";
import {AURA_ENGINE, type DigestItem, digestItem, type Header} from "#primitives";
import {preDigest, sealDigest, sealMessage, slotOf, verifyHeader} from "../index.ts";

const hashing = createPortableHashing();
const AUTHORITIES = [1, 2, 3].map(n => new Uint8Array(32).fill(n));

/** Stands for sr25519: who signs writes the message's hash and its own key. */
const sign = (message: Uint8Array, key: Uint8Array) =>
  Uint8Array.from([...hashing.blake2b256(message), ...key]);
const signatures: Pick<SignatureVerifier, "verify"> = {
  verify: (scheme, signature, message, key) =>
    scheme === "sr25519" && equalBytes(signature, sign(message, key)),
};

const unsealed = (digest: readonly DigestItem[]): Header => ({
  parentHash: new Uint8Array(32),
  number: 7,
  stateRoot: new Uint8Array(32),
  extrinsicsRoot: new Uint8Array(32),
  digest,
});

function sealed(digest: readonly DigestItem[], key: Uint8Array = AUTHORITIES[1]!): Header {
  const header = unsealed(digest);
  const seal = sealDigest(sign(sealMessage(header, hashing), key));
  return {...header, digest: [...digest, seal]};
}

const verify = (
  header: Header,
  context: {authorities?: Uint8Array[]; parentSlot?: number; now?: number} = {},
) => {
  const {authorities = AUTHORITIES, parentSlot = 3, now = 5_000} = context;
  return verifyHeader(header, {
    authorities,
    scheme: "sr25519",
    parentSlot: slot(parentSlot),
    now: millis(now),
    slotDuration: 1_000,
    hashing,
    signatures,
  });
};

function failure(...args: Parameters<typeof verify>): string {
  const result = verify(...args);
  return result.ok ? "verified" : result.error.code;
}

const GOOD = sealed([preDigest(slot(4))]);

test("a header sealed by the authority whose slot it is passes, and comes back without its seal", () => {
  const result = verify(GOOD);
  assert.ok(result.ok);
  assert.equal(result.value.slot, 4);
  assert.deepEqual(result.value.authority, AUTHORITIES[1]);
  assert.deepEqual(result.value.unsealed, unsealed([preDigest(slot(4))]));
});

test("a header without a seal at its end is unsealed", () => {
  assert.equal(failure(unsealed([preDigest(slot(4))])), "unsealed");
  const reversed = {...GOOD, digest: [...GOOD.digest].reverse()};
  assert.equal(failure(reversed), "unsealed");
});

test("a seal of another engine or another length is bad", () => {
  const seal = (engine: Uint8Array, length: number): DigestItem => ({
    type: "Seal",
    value: [engine, new Uint8Array(length)],
  });
  const other = Uint8Array.of(1, 2, 3, 4);
  for (const bad of [seal(other, 64), seal(AURA_ENGINE, 63), seal(AURA_ENGINE, 65)]) {
    assert.equal(failure(unsealed([preDigest(slot(4)), bad])), "bad-seal");
  }
});

test("a header that names no slot, or two, has none", () => {
  assert.equal(failure(sealed([])), "no-slot");
  assert.equal(failure(sealed([preDigest(slot(4)), preDigest(slot(4))])), "no-slot");
  const broken: DigestItem = {type: "PreRuntime", value: [AURA_ENGINE, Uint8Array.of(4)]};
  assert.equal(failure(sealed([broken])), "no-slot");
  const beyond: DigestItem = {
    type: "PreRuntime",
    value: [AURA_ENGINE, new Uint8Array(8).fill(255)],
  };
  assert.equal(failure(sealed([beyond])), "no-slot");
});

test("a slot that has not begun is in the future", () => {
  assert.equal(failure(GOOD, {now: 3_999}), "slot-in-future");
  assert.equal(failure(GOOD, {now: 4_000}), "verified");
});

test("a slot must be after the parent's", () => {
  assert.equal(failure(GOOD, {parentSlot: 4}), "slot-not-after-parent");
  assert.equal(failure(GOOD, {parentSlot: 5}), "slot-not-after-parent");
  assert.equal(failure(GOOD, {parentSlot: 3}), "verified");
});

test("without authorities nobody can author", () => {
  assert.equal(failure(GOOD, {authorities: []}), "no-authorities");
});

test("a seal by anybody but the slot's authority is by the wrong author", () => {
  assert.equal(failure(sealed([preDigest(slot(4))], AUTHORITIES[0])), "wrong-author");
  assert.equal(failure({...GOOD, number: 8}), "wrong-author", "the seal covers the whole header");
});

test("slot and seal have their known bytes in the digest", () => {
  const hexOf = (item: DigestItem) => bytesToHex(encode(digestItem, item));
  assert.equal(hexOf(preDigest(slot(258))), "0x0661757261200201000000000000");
  assert.equal(hexOf(sealDigest(new Uint8Array(64))), `0x05617572610101${"00".repeat(64)}`);
  assert.equal(slotOf([preDigest(slot(258))]), 258);
});
