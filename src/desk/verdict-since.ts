import {type Millis, millis} from "#base";
import type {NodeCore} from "#core";
import {startOf} from "./head-status.ts";
import {toldSince, Watched} from "./since.ts";
import type {SlotJournal} from "./slots/index.ts";
import {isMade} from "./verdict.ts";
import type {CollatorStatus, Kick, Since, SlotRecord, VerdictCode} from "./vocabulary.ts";

/** Since when the verdict holds that is given now: as chain and journal tell it, and else as it was watched. */
export class VerdictSince {
  readonly #core: Pick<NodeCore, "chain" | "slots" | "time">;
  readonly #journal: Pick<SlotJournal, "runOf">;
  readonly #verdicts = new Watched<VerdictCode>();

  constructor(
    core: Pick<NodeCore, "chain" | "slots" | "time">,
    journal: Pick<SlotJournal, "runOf">,
  ) {
    this.#core = core;
    this.#journal = journal;
  }

  of(
    code: VerdictCode,
    {head, standing, stoppedKeys, keys, time}: Omit<CollatorStatus, "verdict" | "since">,
    {recent, kicked}: {readonly recent: readonly SlotRecord[]; readonly kicked: Kick | undefined},
  ): Since {
    const {time: clock} = this.#core;
    const seen = this.#watched(code, time);
    const shown = (at: Millis) => clock.shown(at);
    const run = keys?.now?.isHeld === false ? this.#journal.runOf("keys-missing") : undefined;
    const told = toldSince(code, {
      finalizedAt: head.finalizedAt,
      kickedAt: kicked?.at,
      lastAuthoredAt: standing?.lastAuthored
        ? startOf(this.#core, standing.lastAuthored)
        : undefined,
      stoppedAt: stoppedKeys[0] && millis(stoppedKeys[0].at),
      keysMissing: run && {...run, at: shown(run.at)},
      missed: recent
        .filter(({outcome}) => outcome !== "not-in-set-yet" && !isMade(outcome))
        .map(({at}) => ({at: shown(at)})),
    });
    return told ?? seen;
  }

  /** What was watched lasted as long as the machine says: no time passed where the chain's was moved on. */
  #watched(code: VerdictCode, {at, ahead, rate}: CollatorStatus["time"]): Since {
    const moved = rate === 1 ? ahead : 0;
    const seen = this.#verdicts.see(code, millis(at - moved));
    return {...seen, at: millis(seen.at + moved)};
  }
}
