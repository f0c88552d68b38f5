import {bytesToHex, concatBytes, type Hex, hex} from "#base";
import {compactU64, encode, u64} from "#codec";
import {type CryptoSuite, verifyMultiSignature} from "#crypto";
import {type DigestItem, header} from "#primitives";
import {type CollatorChain, createRuntime} from "#runtime";
import type {RuntimeHost} from "#runtime-api";
import {Overlay, type StateView} from "#state";

/** What to try on top of a state. */
export interface Attempt {
  readonly number: number;
  readonly parentHash: Hex;
  /** One Aura digest item each. */
  readonly slots: readonly number[];
  readonly extrinsics: readonly Uint8Array[];
  readonly finalize: boolean;
}

/** Either the function that trapped, or what the extrinsics answered and the state that came of it. */
export type Attempted =
  | {readonly trap: string}
  | {readonly results: readonly Hex[]; readonly state: Overlay};

export function timestampSet(milliseconds: number): Uint8Array {
  const body = concatBytes(hex("0x040100"), encode(compactU64, BigInt(milliseconds)));
  return concatBytes(Uint8Array.of(body.length << 2), body);
}

export function hostOf(crypto: CryptoSuite, state: Overlay): RuntimeHost {
  return {
    state,
    verifySignature: ({scheme, signature, message, account}) =>
      verifyMultiSignature(crypto, scheme, signature, message, account),
  };
}

/** Builds a block, or as much of it as the runtime lets. */
export function attempt(
  chain: CollatorChain,
  crypto: CryptoSuite,
  parent: StateView,
  {number, parentHash, slots, extrinsics, finalize}: Attempt,
): Attempted {
  const runtime = createRuntime(chain);
  const state = new Overlay(parent);
  const zero = new Uint8Array(32);
  const digest = slots.map(
    (slot): DigestItem => ({
      type: "PreRuntime",
      value: [hex("0x61757261"), encode(u64, BigInt(slot))],
    }),
  );
  const opening = {
    parentHash: hex(parentHash),
    number,
    stateRoot: zero,
    extrinsicsRoot: zero,
    digest,
  };
  const steps: [name: string, args: Uint8Array][] = [
    ["Core_initialize_block", encode(header, opening)],
    ...extrinsics.map((bytes): [string, Uint8Array] => ["BlockBuilder_apply_extrinsic", bytes]),
  ];
  if (finalize) steps.push(["BlockBuilder_finalize_block", new Uint8Array(0)]);
  const results: Hex[] = [];
  for (const [name, args] of steps) {
    const answer = runtime.call(name, args, hostOf(crypto, state));
    if (!answer.ok) return {trap: name};
    if (name === "BlockBuilder_apply_extrinsic") results.push(bytesToHex(answer.value));
  }
  return {results, state};
}
