import {equalBytes, type Millis, type Slot, slot as slotNumber} from "#base";
import {authorIndex, firstSlotAfter, slotOf, slotStart} from "#consensus";
import type {BlockRef, SlotTimes} from "#core";
import type {Hash, Header} from "#primitives";
import type {SlotRecord} from "../vocabulary.ts";
import type {SlotJournal} from "./slot-journal.ts";

/**
 * Slots between two blocks that are looked at one by one. In a longer gap the whole chain stood still, or ran on another
 * clock: a record for each would say the same a thousand times.
 */
const LONGEST_GAP = 1_000;

export interface SlotJudgeDependencies {
  readonly journal: SlotJournal;
  readonly header: (hash: Hash) => Header | undefined;
  /** The keys that author on top of a block, in the order of their turns; undefined where its state is gone. */
  readonly authorities: (block: Hash) => readonly Uint8Array[] | undefined;
  readonly slots: Pick<SlotTimes, "durationOf">;
  /** Whether a key is this node's or its account's. */
  readonly isOurs: (key: Uint8Array) => boolean;
  readonly isHeld: (key: Uint8Array) => boolean;
  /** Blocks are made by slots; where they are made on demand, those that nobody asked for a block in are nobody's. */
  readonly keepsSlots: boolean;
  /** When this process began to author; slots before it are the last run's, or nobody's. */
  readonly since: Millis;
  /** Whether the chain's time was pushed past a moment: a slot that would have begun then was nobody's. */
  readonly isLeapt: (moment: Millis) => boolean;
}

interface OwnSlot {
  readonly slot: Slot;
  readonly begins: Millis;
  /** Whether its key is in this node's keystore. */
  readonly isHeld: boolean;
  /** The block of it. */
  readonly made: SlotRecord["block"];
}

/**
 * Says what became of slots: of those that passed without this node's doing as soon as a block follows on them, for finality may
 * stand still when it matters most; and the last word once a block above them is final.
 */
export class SlotJudge {
  readonly #deps: SlotJudgeDependencies;

  constructor(dependencies: SlotJudgeDependencies) {
    this.#deps = dependencies;
  }

  /** A block became the best one: what this node could not have made of the slots before it, it will not have made on any fork. */
  passed(block: BlockRef): void {
    const {journal, since} = this.#deps;
    for (const own of this.#ownSlots(block)) {
      const isOthersDoing = !own.isHeld || own.begins < since;
      if (own.made === undefined && isOthersDoing && journal.get(own.slot) === undefined) {
        this.#judge(own);
      }
    }
  }

  /** A block became final: its slot, and those between its parent's and its own, will not change any more. */
  finalized(block: BlockRef): void {
    for (const own of this.#ownSlots(block)) this.#judge(own);
  }

  /** A block's slot, and those between its parent's and its own; of a chain made on demand those of which something was noted. */
  *#ownSlots({hash, number}: BlockRef): Generator<OwnSlot> {
    const {header, authorities, slots, journal, keepsSlots, isLeapt} = this.#deps;
    const block = header(hash);
    const parent = block && header(block.parentHash);
    const at = block && slotOf(block.digest);
    if (block === undefined || parent === undefined || at === undefined) return;
    const keys = authorities(block.parentHash);
    if (keys === undefined) return;
    const duration = slots.durationOf(block);
    const first = this.#firstAfter(parent, duration) ?? at;
    const from = first > at || at - first > LONGEST_GAP ? at : first;
    const holding = this.#holdingOf(keys);
    for (let slot = from; slot <= at; slot++) {
      if (slot !== at && !keepsSlots && journal.get(slot) === undefined) continue;
      const {isOurs, isHeld} = holding(authorIndex(slotNumber(slot), keys.length) ?? -1);
      if (!isOurs) continue;
      const begins = slotStart(slotNumber(slot), duration);
      if (slot !== at && isLeapt(begins) && journal.get(slot) === undefined) continue;
      const made = slot === at ? {number, hash} : undefined;
      yield {slot: slotNumber(slot), begins, isHeld, made};
    }
  }

  /** Whose the keys are, each looked at once, however many slots it has: a look goes to the disk. */
  #holdingOf(
    keys: readonly Uint8Array[],
  ): (index: number) => Pick<OwnSlot, "isHeld"> & {isOurs: boolean} {
    const {isOurs, isHeld} = this.#deps;
    const known: {readonly isOurs: boolean; readonly isHeld: boolean}[] = [];
    return index => {
      const key = keys[index];
      known[index] ??=
        key !== undefined && isOurs(key)
          ? {isOurs: true, isHeld: isHeld(key)}
          : {isOurs: false, isHeld: false};
      return known[index];
    };
  }

  /** Where slots became shorter, those within its parent's are nobody's. */
  #firstAfter(parent: Header, duration: number): Slot | undefined {
    const slot = slotOf(parent.digest);
    if (slot === undefined) return undefined;
    return firstSlotAfter({slot, duration: this.#deps.slots.durationOf(parent)}, duration);
  }

  #judge({slot, begins: at, isHeld, made: block}: OwnSlot): void {
    const {journal, since} = this.#deps;
    const known = journal.get(slot);
    const record = (outcome: SlotRecord["outcome"], more: Partial<SlotRecord> = {}) =>
      journal.note({slot, at, outcome, block: undefined, detail: undefined, ...more});
    if (block !== undefined) {
      const isSame = known?.block === undefined || equalBytes(known.block.hash, block.hash);
      record("final", {
        block,
        detail: isSame ? undefined : "another block of this slot than the one that was noted",
      });
    } else if (known?.outcome === "produced" || known?.outcome === "final") {
      record("lost", {block: known.block, detail: "the chain went on another way"});
    } else if (known === undefined) {
      if (!isHeld) record("keys-missing", {detail: "the key is not in this node's keystore"});
      else if (at < since) record("node-down");
      else record("out-of-time", {detail: "nothing was noted: the process was busy"});
    }
  }
}
