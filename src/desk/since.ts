import type {Millis} from "#base";
import type {Since, SlotRecord, VerdictCode} from "./vocabulary.ts";

/** What tells when a state began, beside having watched. All times as people know them. */
export interface SinceFacts {
  /** The slot of the last final block. */
  readonly finalizedAt: Millis | undefined;
  readonly kickedAt: Millis | undefined;
  /** The slot of the last block that the account made. */
  readonly lastAuthoredAt: Millis | undefined;
  /** When it was proved that another node signs with a key of this one. */
  readonly stoppedAt: Millis | undefined;
  /** The first of the own slots, up to the newest, that all passed without the key. */
  readonly keysMissing: Since | undefined;
  /** Of the last own slots those that were missed. */
  readonly missed: readonly Pick<SlotRecord, "at">[];
}

/** Since when a verdict holds, where chain or journal tell it; undefined: only who watched can say. */
export function toldSince(code: VerdictCode, facts: SinceFacts): Since | undefined {
  switch (code) {
    case "finality-stalled":
      return exactly(facts.finalizedAt);
    case "kicked":
      return exactly(facts.kickedAt);
    case "kicked-soon":
      return exactly(facts.lastAuthoredAt);
    case "key-stopped":
      return exactly(facts.stoppedAt);
    case "keys-missing":
      return facts.keysMissing;
    case "missing-slots":
      return exactly(facts.missed.at(-1)?.at);
    default:
      return undefined;
  }
}

const exactly = (at: Millis | undefined): Since | undefined =>
  at === undefined ? undefined : {at, isAtLeast: false};

/** When the state that is seen now was first seen, of states that come one after the other. */
export class Watched<T> {
  #state: {readonly value: T; readonly since: Since} | undefined;

  see(value: T, now: Millis): Since {
    const known = this.#state;
    if (known !== undefined && known.value === value) return known.since;
    const since = {at: now, isAtLeast: known === undefined};
    this.#state = {value, since};
    return since;
  }
}
