import fc from "fast-check";
import {compactU128, MAX_U64, MAX_U128, Sink} from "#codec";
import {
  type Era,
  era,
  IMMORTAL,
  type MultiAddress,
  type MultiSignature,
  mortalEra,
  multiAddress,
  multiSignature,
  writeLengthPrefix,
} from "#primitives";
import type {RuntimeCall} from "../frame/index.ts";
import {account, address} from "./accounts.ts";
import {khala, states} from "./light-client-states.ts";

/** An extrinsic in parts, good or bad. */
export interface Shape {
  readonly call: RuntimeCall;
  readonly signer: MultiAddress | undefined;
  readonly signature: MultiSignature;
  readonly era: Era;
  readonly nonce: number;
  readonly tip: bigint;
  readonly mode: number;
}

export function extrinsicOf(shape: Shape): Uint8Array {
  const body = new Sink();
  body.u8(shape.signer === undefined ? 4 : 0x84);
  if (shape.signer !== undefined) {
    multiAddress.encodeTo(shape.signer, body);
    multiSignature.encodeTo(shape.signature, body);
    era.encodeTo(shape.era, body);
    writeLengthPrefix(shape.nonce, body);
    compactU128.encodeTo(shape.tip, body);
    body.u8(shape.mode);
  }
  khala.composition.runtimeCall.encodeTo(shape.call, body);
  const bytes = body.finish();
  const framed = new Sink();
  writeLengthPrefix(bytes.length, framed);
  framed.raw(bytes);
  return framed.finish();
}

export const remark = (length: number) =>
  khala.call("System", "remark", {remark: new Uint8Array(length).fill(7)});
const keysOf = (n: number) => ({aura: account(n), grandpa: account(n)});

/** Calls of which the module knows weight and class, of every class and of each pallet that has some. */
export const FIXED: readonly RuntimeCall[] = [
  khala.transfer(2, 1n),
  khala.call("Balances", "transfer_allow_death", {
    dest: {type: "Raw", value: new Uint8Array(300)},
    value: MAX_U128,
  }),
  khala.call("Balances", "transfer_all", {dest: address(3), keepAlive: true}),
  khala.call("Session", "set_keys", {keys: keysOf(4), proof: new Uint8Array(70)}),
  khala.call("Session", "purge_keys"),
  khala.call("CollatorSelection", "register_as_candidate"),
  khala.call("CollatorSelection", "set_candidacy_bond", {bond: 5n}),
  khala.call("System", "set_heap_pages", {pages: 5n}),
  khala.call("System", "set_code", {code: new Uint8Array(20_000)}),
  khala.call("Timestamp", "set", {now: 1n << 40n}),
  khala.call("Sudo", "set_key", {new: address(1)}),
  khala.call("Grandpa", "note_stalled", {delay: 5, bestFinalizedBlockNumber: 3}),
];

/** Calls whose weight or class depends on their arguments. */
export const DEPENDENT: readonly RuntimeCall[] = [
  remark(3),
  remark(70_000),
  khala.call("Utility", "batch", {calls: [khala.transfer(2, 1n), remark(1)]}),
  khala.call("Sudo", "sudo", {call: khala.call("Timestamp", "set", {now: 1n})}),
  khala.call("CollatorSelection", "set_invulnerables", {new: [account(1), account(2)]}),
  khala.call("System", "set_storage", {items: [[Uint8Array.of(1), Uint8Array.of(2)]]}),
];

const anySigner: fc.Arbitrary<MultiAddress | undefined> = fc.oneof(
  {weight: 12, arbitrary: fc.constantFrom(1, 2, 3, 4, 6, 0).map(address)},
  fc.constant(undefined),
  fc.constant({type: "Index"} as const),
  fc.constant({type: "Address20", value: new Uint8Array(20)} as const),
);
const anySignature: fc.Arbitrary<MultiSignature> = fc
  .tuple(fc.constantFrom("Sr25519", "Ed25519", "Ecdsa"), fc.constantFrom(0, 1, 1, 1))
  .map(([type, good]) => ({
    type: type as "Sr25519",
    value: new Uint8Array(type === "Ecdsa" ? 65 : 64).fill(good, 1, 2),
  }));
const anyEra: fc.Arbitrary<Era> = fc.oneof(
  fc.constant(IMMORTAL),
  fc.tuple(fc.integer({min: 4, max: 70_000}), fc.nat(100)).map(([wish, at]) => mortalEra(wish, at)),
);
const anyTip = fc.oneof(
  fc.constantFrom(0n, 1n, 1n << 60n, MAX_U64, MAX_U64 + 1n, MAX_U128),
  fc.bigInt(0n, 1n << 60n),
);

export const shapeOf = (calls: readonly RuntimeCall[]): fc.Arbitrary<Shape> =>
  fc.record({
    call: fc.constantFrom(...calls),
    signer: anySigner,
    signature: anySignature,
    era: anyEra,
    nonce: fc.oneof(fc.nat(4), fc.constantFrom(100, 70_000, 0xffff_ffff)),
    tip: anyTip,
    mode: fc.constantFrom(0, 0, 0, 0, 1),
  });
export const anyState = fc.constantFrom(...states.values());
