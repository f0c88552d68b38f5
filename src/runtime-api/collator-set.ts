import {err, type Result} from "#base";
import {
  bool,
  bytes,
  type Codec,
  decode,
  encode,
  option,
  struct,
  u32,
  u128,
  type ValueOf,
  vec,
} from "#codec";
import {accountId, plainVariant} from "#primitives";
import type {ApiFailure} from "./calls.ts";
import type {Runtime, RuntimeHost} from "./runtime.ts";

/** What somebody is to the set; `Leaving`: it authors still, and is neither any more. */
export type CollatorKind = "Invulnerable" | "Candidate" | "Leaving";

/** What the next session change does with it, were nothing authored before; `Spared`: it would leave too few. */
export type CollatorFate = "Safe" | "Stays" | "Appointed" | "Kicked" | "Spared";

const PATH = "khala_runtime::apis";

export const collatorMember = struct(
  {
    account: accountId,
    kind: plainVariant<CollatorKind>(
      ["Invulnerable", "Candidate", "Leaving"],
      `${PATH}::CollatorKind`,
    ),
    /** Reserved for being a candidate; 0 for others. */
    deposit: u128,
    /** 0: none that is known. */
    lastAuthored: u32,
    fate: plainVariant<CollatorFate>(
      ["Safe", "Stays", "Appointed", "Kicked", "Spared"],
      `${PATH}::CollatorFate`,
    ),
    /** Authors in this session. */
    isActive: bool,
    /** Authors in the next one. */
    isQueued: bool,
    /** The public half of the key that it seals blocks with in this session. */
    auraKey: option(bytes),
    /** All session keys of the next session, one after the other; and those that it registered last. */
    queuedKeys: option(bytes),
    nextKeys: option(bytes),
  },
  {path: `${PATH}::CollatorMember`},
);
export type CollatorMember = ValueOf<typeof collatorMember>;

/** Everybody who has to do with making blocks, and the rules by which they come and go. */
export const collatorSet = struct(
  {
    candidacyBond: u128,
    desiredCandidates: u32,
    /** Blocks without authoring after which a candidate is kicked at a session change. */
    kickThreshold: u32,
    /** Nobody is kicked or let go below so many candidates and invulnerables. */
    minEligible: u32,
    existentialDeposit: u128,
    /** Where fees wait for authors, and what is there. */
    pot: accountId,
    potBalance: u128,
    /** Invulnerables, then candidates in the order of their registration, then those who leave. */
    members: vec(collatorMember),
  },
  {path: `${PATH}::CollatorSet`},
);
export type CollatorSet = ValueOf<typeof collatorSet>;

export const accountStanding = struct(
  {free: u128, reserved: u128, nonce: u32, nextKeys: option(bytes)},
  {path: `${PATH}::AccountStanding`},
);
export type AccountStanding = ValueOf<typeof accountStanding>;

/** `CollatorApi_collator_set`. */
export const askCollatorSet = (runtime: Runtime, host: RuntimeHost) =>
  ask(runtime, host, "CollatorApi_collator_set", new Uint8Array(0), collatorSet);

/** `CollatorApi_account_standing`. */
export const askAccountStanding = (runtime: Runtime, host: RuntimeHost, account: Uint8Array) =>
  ask(runtime, host, "CollatorApi_account_standing", encode(accountId, account), accountStanding);

function ask<T>(
  runtime: Runtime,
  host: RuntimeHost,
  name: string,
  args: Uint8Array,
  codec: Codec<T>,
): Result<T, ApiFailure> {
  const answer = runtime.call(name, args, host);
  if (!answer.ok) return answer;
  const decoded = decode(codec, answer.value);
  return decoded.ok ? decoded : err({code: "answer-invalid", name, reason: decoded.error});
}
