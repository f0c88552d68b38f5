/**
 * Consensus as functions over headers: whose slot it is, how a header is sealed and how a seal is checked. Time
 * and keys come in as arguments, decisions go out as values; there is no clock and no disk here.
 *
 * Out of scope: executing blocks (`runtime`), when to author (`node`), networks and disks.
 */
export {shouldBackOff} from "./aura/back-off.ts";
export {preDigest, sealDigest, slotOf} from "./aura/digests.ts";
export {type AuraEquivocation, auraEquivocation, EquivocationWatch} from "./aura/equivocation.ts";
export {FUTURE_SLOT_TOLERANCE} from "./aura/future-slots.ts";
export {authorIndex, nextOwnSlot, slotAt, slotStart} from "./aura/slots.ts";
export {
  type AuraHeaderFailure,
  sealMessage,
  type VerifiedHeader,
  verifyHeader,
} from "./aura/verify-header.ts";
export * from "./grandpa/index.ts";
