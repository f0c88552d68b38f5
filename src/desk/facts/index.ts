/**
 * What a chain says of its sessions, of those who make its blocks and of an account, as plain data, the same for every
 * runtime. There are two ways to it. A chain of ours answers all of it at once (`CollatorApi`: `…OfApi`), with the fate of
 * each candidate as its own pallet judges it. Any other is read by its description (`readSession`, `readSet`,
 * `readAccount`): the items of pallet_session, pallet_aura and pallet_collator_selection in versions 0, 1 and 2, by their
 * names. These need nothing but values under keys, so that they run over a state on disk and over one that is fetched
 * alike. Where both ways know something they say the same.
 *
 * Much of what decides about a collator is compiled into a runtime and published nowhere: how long a session is, after how
 * much silence somebody is kicked, where fees wait. What is not published is undefined, and so is what would follow from it;
 * nothing is filled in from how such chains mostly are. `validators[i]` has the key `authorities[i]` where pallet_session
 * hands its sets to pallet_aura, which shows in their lengths: where these differ nobody knows whose key is whose.
 *
 * Out of scope: what follows from the facts (the desk above), and how a state or a description is come by.
 */
export type {
  AccountFacts,
  MemberFacts,
  SessionFacts,
  SessionKeys,
  SetFacts,
  UnpublishedRules,
} from "./facts.ts";
export {accountOfApi, sessionOfApi, setOfApi} from "./facts-of-api.ts";
export {fatesOf, type KickFacts} from "./fates.ts";
export {readAccount} from "./read-account.ts";
export {readKeyOwner} from "./read-key-owner.ts";
export {readPayAtStart} from "./read-pay.ts";
export {readRemovedAtStart} from "./read-removed.ts";
export {readSession} from "./read-session.ts";
export {readPot, readSet} from "./read-set.ts";
export {askKeyLayout, type KeyLayout, type SplitKeys, splitBy} from "./session-keys.ts";
