import type {Slot} from "#base";
import {slotOf, slotStart} from "#consensus";
import type {NodeCore} from "#core";
import type {ChainFacts} from "./chain-facts.ts";
import type {KeyHolder} from "./key-holder.ts";
import {memberOf} from "./members.ts";
import {outcomeOf} from "./outcome-of.ts";
import {type SlotJournal, SlotJudge} from "./slots/index.ts";
import type {SlotOutcome, SlotRecord} from "./vocabulary.ts";

export interface SlotNotesDependencies {
  readonly core: NodeCore;
  readonly facts: ChainFacts;
  readonly holder: KeyHolder;
  readonly journal: SlotJournal;
}

/** Notes what becomes of own slots: as the author says it, and in the end as the chain does. */
export class SlotNotes {
  readonly #deps: SlotNotesDependencies;
  readonly #stops: (() => void)[];
  /** The session of which a record says that the account is not in the set yet. */
  #waitingNoted = -1;

  constructor(dependencies: SlotNotesDependencies) {
    this.#deps = dependencies;
    const {core, facts, holder, journal} = dependencies;
    const {chain, time, slotDuration} = core;
    const judge = new SlotJudge({
      journal,
      header: hash => chain.header(hash),
      authorities: block => facts.authorities(block),
      slotDuration,
      isOurs: key => holder.isOurs(key, () => facts.set(chain.best().hash)),
      isHeld: key => holder.holdsAura(key),
      since: time.now(),
    });
    this.#stops = [
      core.onBlockMade(({slot, number, hash}) =>
        this.#note(slot, "produced", undefined, {number, hash}),
      ),
      core.onSlotMissed((slot, why) => {
        const {outcome, detail} = outcomeOf(why);
        this.#note(slot, outcome, detail);
      }),
      chain.on("finalized", block => judge.finalized(block)),
      chain.on("best", () => this.#noteWaiting()),
    ];
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  #note(slot: Slot, outcome: SlotOutcome, detail?: string, block?: SlotRecord["block"]): void {
    const at = slotStart(slot, this.#deps.core.slotDuration());
    this.#deps.journal.note({slot, at, outcome, block, detail});
  }

  /** Once a session, while the account's keys are on their way into the set. */
  #noteWaiting(): void {
    const {core, facts, holder} = this.#deps;
    const best = core.chain.best();
    const session = facts.session(best.hash);
    if (session === undefined || session.index === this.#waitingNoted) return;
    this.#waitingNoted = session.index;
    const set = facts.set(best.hash);
    const account = holder.accountIn(set);
    const member = account && memberOf(set, account);
    if (member === undefined || member.isActive || member.kind === "Leaving") return;
    const slot = slotOf(core.chain.header(best.hash)?.digest ?? []);
    if (slot === undefined) return;
    const from =
      member.isQueued === undefined ? undefined : session.index + (member.isQueued ? 1 : 2);
    this.#note(
      slot,
      "not-in-set-yet",
      from === undefined ? "authors from a later session on" : `authors from session ${from} on`,
    );
  }
}
