import type {Millis} from "#base";
import type {
  BlockReward,
  CollatorHistory,
  CollatorSetView,
  CollatorStatus,
  SlotRecord,
} from "#desk";
import type {AccountId} from "#primitives";
import type {Stop} from "./chain.ts";

/** The collator's desk: for whom this node collates, how that goes, and why. */
export interface CollatorQuestions {
  status(): CollatorStatus;
  /** Remembers for whom this node collates; undefined: whoever the chain names as owner of the keystore's keys. */
  watch(account: AccountId | undefined): void;
  /** Newest first, those that began before `before`. */
  slots(limit: number, before?: Millis): readonly SlotRecord[];
  set(): CollatorSetView;
  /** How it went in the last so many milliseconds. */
  history(range: number): CollatorHistory;
  /** Of the account's blocks among the last `blocks` of the best chain, newest first. */
  rewards(account: AccountId, blocks: number): Promise<readonly BlockReward[] | undefined>;
  /** Told when the status may be another: at every new head, session, slot of ours. */
  onChange(listener: () => void): Stop;
}
