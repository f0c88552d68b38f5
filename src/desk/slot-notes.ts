import {slotOf} from "#consensus";
import type {NodeCore} from "#core";
import type {ChainFacts} from "./chain-facts.ts";
import type {KeyHolder} from "./key-holder.ts";
import {memberOf} from "./members.ts";
import {outcomeOf} from "./outcome-of.ts";
import {type SlotJournal, SlotJudge} from "./slots/index.ts";

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
    const {chain, time, slots} = core;
    const judge = new SlotJudge({
      journal,
      header: hash => chain.header(hash),
      authorities: block => facts.authorities(block),
      slots,
      isOurs: key => holder.isOurs(key, () => facts.set(chain.best().hash)),
      isHeld: key => holder.holdsAura(key),
      keepsSlots: core.demand === undefined,
      since: time.now(),
      isLeapt: moment => time.leapt(moment),
    });
    this.#stops = [
      core.onBlockMade(({slot, number, hash}) => {
        const at = slots.startOf(chain.header(hash)!)!;
        const block = {number, hash};
        journal.note({slot, at, outcome: "produced", block, detail: undefined});
      }),
      core.onSlotMissed((slot, why, at) => {
        journal.note({slot, at, block: undefined, ...outcomeOf(why)});
      }),
      chain.on("finalized", block => judge.finalized(block)),
      chain.on("best", ({enacted}) => {
        // Who catches up had no part in what passed, and reads it when it is final.
        const isFollowing = core.membership?.isMajorSyncing() !== true;
        for (const block of isFollowing ? enacted : []) judge.passed(block);
        this.#noteWaiting();
      }),
    ];
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  /** Once a session, while the account's keys are on their way into the set. */
  #noteWaiting(): void {
    const {core, facts, holder, journal} = this.#deps;
    const best = core.chain.best();
    const session = facts.session(best.hash);
    if (session === undefined || session.index === this.#waitingNoted) return;
    this.#waitingNoted = session.index;
    const set = facts.set(best.hash);
    const account = holder.accountIn(set);
    const member = account && memberOf(set, account);
    if (member === undefined || member.isActive || member.kind === "Leaving") return;
    const header = core.chain.header(best.hash);
    const slot = header && slotOf(header.digest);
    const at = header && core.slots.startOf(header);
    if (slot === undefined || at === undefined) return;
    const from =
      member.isQueued === undefined ? undefined : session.index + (member.isQueued ? 1 : 2);
    const when = from === undefined ? "a later session" : `session ${from}`;
    const detail = `authors from ${when} on`;
    journal.note({slot, at, outcome: "not-in-set-yet", block: undefined, detail});
  }
}
