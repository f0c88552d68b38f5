/**
 * Consensus without input or output. `aura` are functions over headers: whose slot it is, how a header is sealed, how a seal is
 * checked, and two seals of one slot. `grandpa` is a state machine over messages, blocks and time: who votes for what, what is
 * final, what has to be on disk before it is said, and proofs of all that. Time and keys come in as arguments, decisions go
 * out as values; there is no clock and no disk here.
 *
 * Out of scope: executing blocks (`runtime`), when to author and what to do about decisions (`core`), networks and disks.
 */
export {shouldBackOff} from "./aura/back-off.ts";
export {preDigest, sealDigest, slotOf} from "./aura/digests.ts";
export {type AuraEquivocation, auraEquivocation, EquivocationWatch} from "./aura/equivocation.ts";
export {FUTURE_SLOT_TOLERANCE} from "./aura/future-slots.ts";
export {
  authorIndex,
  firstSlotAfter,
  type MeasuredSlot,
  nextOwnSlot,
  slotAt,
  slotStart,
} from "./aura/slots.ts";
export {
  type AuraHeaderFailure,
  sealMessage,
  type VerifiedHeader,
  verifyHeader,
} from "./aura/verify-header.ts";
export * from "./grandpa/index.ts";
