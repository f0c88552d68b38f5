/**
 * The collator's desk: for whom this node collates, how that goes, and why. Facts come from the runtime's own account of
 * set and session, from the keystore, from the journal of slots and from the standing among peers; each conclusion
 * (keys, kick, production, verdict) is a function of its own over plain facts.
 *
 * Out of scope: doing anything about it (`cli`, wallets), how a slot is recorded (`slots`).
 */

export {AlertWatch, alertsOf, createWebhook} from "./alerts/index.ts";
export {ChainFacts} from "./chain-facts.ts";
export {CollatorDesk, type CollatorDeskDependencies} from "./collator-desk.ts";
export {KeyHolder} from "./key-holder.ts";
export {areKeysMissing, describeStoppedKey} from "./key-status.ts";
export {memorySlotKeeper, openSlotFiles, SlotJournal, type SlotKeeper} from "./slots/index.ts";
export {
  type BlockReward,
  type CollatorSetView,
  type CollatorStatus,
  type KeysHeld,
  type KickForecast,
  type SetMember,
  SLOT_OUTCOMES,
  type SlotRecord,
  VERDICTS,
} from "./vocabulary.ts";
export {type KeyReadiness, keyReadiness, watchKeys} from "./watch-keys.ts";
