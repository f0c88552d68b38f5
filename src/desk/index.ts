/**
 * The collator's desk: for whom this node collates, how that goes, and why. Facts come from what the chain tells of set and
 * session (`facts`), from the keystore, from the journal of slots and from the standing among peers; each conclusion (keys,
 * kick, production, verdict) is a function of its own over plain facts. It works on any runtime: what a chain does not
 * publish is undefined here, and "unknown" in the sentences.
 *
 * Out of scope: doing anything about it (`cli`, wallets), how a slot is recorded (`slots`).
 */

export {AlertWatch, alertsOf, createWebhook} from "./alerts/index.ts";
export {ChainFacts} from "./chain-facts.ts";
export {CollatorDesk, type CollatorDeskDependencies} from "./collator-desk.ts";
export * from "./facts/index.ts";
export {KeyHolder} from "./key-holder.ts";
export {areKeysMissing, describeStoppedKey} from "./key-status.ts";
export {SessionStart} from "./session-start.ts";
export {memorySlotKeeper, openSlotFiles, SlotJournal, type SlotKeeper} from "./slots/index.ts";
export * from "./trials/index.ts";
export {
  type AlertsView,
  type BlockReward,
  type CollatorHistory,
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
