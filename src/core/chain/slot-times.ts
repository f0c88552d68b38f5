import {invariant, type Millis} from "#base";
import {slotOf, slotStart} from "#consensus";
import type {Header} from "#primitives";
import type {BlockAnswers} from "./block-answers.ts";
import type {Blockchain} from "./blockchain.ts";

/**
 * When the slots of blocks were. A slot is a number that means nothing without the length of slots at its time, and an upgrade
 * of the runtime may change that: a block's slot is one of the runtime that made it, its parent's. Read with the length of
 * today, a slot of before would lie decades away.
 */
export class SlotTimes {
  readonly #chain: Pick<Blockchain, "head" | "state">;
  readonly #answers: Pick<BlockAnswers, "slotDuration">;
  #last: number | undefined;

  constructor(
    chain: Pick<Blockchain, "head" | "state">,
    answers: Pick<BlockAnswers, "slotDuration">,
    /** Where no head says it and none has to: nobody's slots. */
    unsaid?: number,
  ) {
    this.#last = unsaid;
    this.#chain = chain;
    this.#answers = answers;
  }

  /** Milliseconds of a slot, for a block on the head. One that does not say ends the node; until it has, it is as before. */
  get current(): number {
    const said = this.#answers.slotDuration(this.#chain.head);
    if (said.ok) this.#last = said.value;
    invariant(this.#last !== undefined, "a chain is opened on a head that says how long slots are");
    return this.#last;
  }

  /** Milliseconds of the slot that a block was made for; as long as on the head, where its parent's state is not at hand. */
  durationOf({parentHash}: Pick<Header, "parentHash">): number {
    const state = this.#chain.state(parentHash);
    const said =
      state === undefined ? undefined : this.#answers.slotDuration({hash: parentHash, state});
    return said?.ok === true ? said.value : this.current;
  }

  /** When that slot began; undefined for a block of none, as the first one is. */
  startOf(header: Pick<Header, "parentHash" | "digest">): Millis | undefined {
    const slot = slotOf(header.digest);
    return slot === undefined ? undefined : slotStart(slot, this.durationOf(header));
  }
}
