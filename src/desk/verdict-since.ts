import {bytesToHex, type Millis, millis} from "#base";
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
  /** What was watched of whom; of another account nothing has been seen. */
  #watched: {readonly account: string; readonly verdicts: Watched<VerdictCode>} | undefined;
  #last: {readonly code: VerdictCode; readonly since: Since} | undefined;

  constructor(
    core: Pick<NodeCore, "chain" | "slots" | "time">,
    journal: Pick<SlotJournal, "runOf">,
  ) {
    this.#core = core;
    this.#journal = journal;
  }

  of(
    code: VerdictCode,
    situation: Omit<CollatorStatus, "verdict" | "since">,
    known: {readonly recent: readonly SlotRecord[]; readonly kicked: Kick | undefined},
  ): Since {
    const account = bytesToHex(situation.account ?? new Uint8Array());
    if (this.#watched?.account !== account) {
      this.#watched = {account, verdicts: new Watched()};
      this.#last = undefined;
    }
    const seen = this.#seen(this.#watched.verdicts, code, situation.time);
    const told = this.#told(code, situation, known) ?? seen;
    const since = this.#fromBefore(code, told);
    this.#last = {code, since};
    return since;
  }

  /** What the account is for a kick it has been since that, and slots are missed since the first of them was. */
  #fromBefore(code: VerdictCode, since: Since): Since {
    const last = this.#last;
    const goesOn =
      last !== undefined &&
      last.since.at < since.at &&
      ((code === "missing-slots" && last.code === code) ||
        (code === "not-registered" && (last.code === "kicked" || last.code === code)));
    return goesOn ? last.since : since;
  }

  #told(
    code: VerdictCode,
    {head, standing, stoppedKeys, keys}: Omit<CollatorStatus, "verdict" | "since">,
    {recent, kicked}: {readonly recent: readonly SlotRecord[]; readonly kicked: Kick | undefined},
  ): Since | undefined {
    const {time: clock} = this.#core;
    const shown = (at: Millis) => clock.shown(at);
    const run = keys?.now?.isHeld === false ? this.#journal.runOf("keys-missing") : undefined;
    return toldSince(code, {
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
  }

  /** What was watched lasted as long as the machine says: no time passed where the chain's was moved on. */
  #seen(
    verdicts: Watched<VerdictCode>,
    code: VerdictCode,
    {at, ahead, rate}: CollatorStatus["time"],
  ): Since {
    const moved = rate === 1 ? ahead : 0;
    const seen = verdicts.see(code, millis(at - moved));
    return {...seen, at: millis(seen.at + moved)};
  }
}
