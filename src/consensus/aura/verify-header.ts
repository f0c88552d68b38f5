import {err, type Millis, ok, type Result, type Slot} from "#base";
import {encode} from "#codec";
import type {Hashing, SignatureScheme, SignatureVerifier} from "#crypto";
import {AURA_ENGINE, type Hash, type Header, header as headerCodec, isEngine} from "#primitives";
import {slotOf} from "./digests.ts";
import {authorIndex, slotAt} from "./slots.ts";

/** Why a header is not one of Aura's (spec/network §2.1). */
export type AuraHeaderFailure =
  | {readonly code: "unsealed"}
  | {readonly code: "bad-seal"; readonly reason: string}
  | {readonly code: "no-slot"}
  | {readonly code: "slot-in-future"; readonly slot: Slot; readonly now: Slot}
  | {readonly code: "slot-not-after-parent"; readonly slot: Slot; readonly parent: Slot}
  | {readonly code: "no-authorities"}
  | {readonly code: "wrong-author"; readonly slot: Slot; readonly expected: Uint8Array};

export interface VerifiedHeader {
  readonly slot: Slot;
  readonly authority: Uint8Array;
  /** The header without its seal, as the runtime executes it. */
  readonly unsealed: Header;
}

/** Of either scheme that Aura has: sr25519 and ed25519. */
const SEAL_LENGTH = 64;

/**
 * Checks slot, author and seal of a header against the authorities in its parent's state. Whether a slot from
 * the near future is set aside or refused is the caller's: `slot-in-future` says both slots.
 */
export function verifyHeader(
  header: Header,
  context: {
    readonly authorities: readonly Uint8Array[];
    /** Of the authorities' keys. */
    readonly scheme: SignatureScheme;
    readonly parentSlot: Slot | undefined;
    readonly now: Millis;
    readonly slotDuration: number;
    readonly hashing: Pick<Hashing, "blockHash">;
    readonly signatures: Pick<SignatureVerifier, "verify">;
  },
): Result<VerifiedHeader, AuraHeaderFailure> {
  const seal = header.digest.at(-1);
  if (seal?.type !== "Seal") return err({code: "unsealed"});
  const [engine, signature] = seal.value;
  if (!isEngine(engine, AURA_ENGINE)) return err({code: "bad-seal", reason: "not of engine aura"});
  if (signature.length !== SEAL_LENGTH) {
    return err({code: "bad-seal", reason: `${signature.length} bytes, not ${SEAL_LENGTH}`});
  }
  const unsealed: Header = {...header, digest: header.digest.slice(0, -1)};
  const at = slotOf(unsealed.digest);
  if (at === undefined) return err({code: "no-slot"});
  const now = slotAt(context.now, context.slotDuration);
  if (at > now) return err({code: "slot-in-future", slot: at, now});
  if (context.parentSlot !== undefined && at <= context.parentSlot) {
    return err({code: "slot-not-after-parent", slot: at, parent: context.parentSlot});
  }
  const index = authorIndex(at, context.authorities.length);
  const authority = index === undefined ? undefined : context.authorities[index];
  if (authority === undefined) return err({code: "no-authorities"});
  const message = sealMessage(unsealed, context.hashing);
  if (!context.signatures.verify(context.scheme, signature, message, authority)) {
    return err({code: "wrong-author", slot: at, expected: authority});
  }
  return ok({slot: at, authority, unsealed});
}

/** What a seal signs: the hash of the header without it. */
export function sealMessage(unsealed: Header, hashing: Pick<Hashing, "blockHash">): Hash {
  return hashing.blockHash(encode(headerCodec, unsealed));
}
