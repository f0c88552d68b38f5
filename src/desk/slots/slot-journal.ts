import {type Clock, Listeners, type Millis} from "#base";
import type {SlotOutcome, SlotRecord} from "../vocabulary.ts";
import type {SlotKeeper} from "./slot-keeper.ts";

const DAY = 86_400_000;
/** How long records are kept. */
const KEPT = 30 * DAY;
/** Records held in memory: a month of a slot every two minutes, or some hours of a dev chain on which all are ours. */
const IN_MEMORY = 20_000;

const rethrow = (fault: unknown): never => {
  throw fault;
};

/** All records of own slots, the newest of them at hand. */
export class SlotJournal {
  readonly #keeper: SlotKeeper;
  readonly #clock: Pick<Clock, "now">;
  readonly #records = new Map<number, SlotRecord>();
  /** Slots that have a record, in their own order. */
  #order: number[] = [];
  readonly #listeners: Listeners<[record: SlotRecord]>;
  readonly #onUnkept: (error: unknown) => void;
  #forgotAt = 0;
  #isKept = true;

  /**
   * `onUnkept` hears of the first record that cannot be written, and of the next such one after one that could;
   * `onFault` of listeners that throw.
   */
  constructor(
    keeper: SlotKeeper,
    clock: Pick<Clock, "now">,
    onUnkept: (error: unknown) => void,
    onFault: (fault: unknown) => void = rethrow,
  ) {
    this.#keeper = keeper;
    this.#listeners = new Listeners(onFault);
    this.#clock = clock;
    this.#onUnkept = onUnkept;
    const known = keeper.load(clock.now() - KEPT);
    // Of a slot with several lines the last one counts.
    for (const record of known) this.#keep(record);
    this.#trim();
  }

  get(slot: number): SlotRecord | undefined {
    return this.#records.get(slot);
  }

  /** Newest first; those that began before `before`. */
  newest(limit: number, before = Number.POSITIVE_INFINITY): SlotRecord[] {
    const found: SlotRecord[] = [];
    for (let i = this.#order.length - 1; i >= 0 && found.length < limit; i--) {
      const record = this.#records.get(this.#order[i]!);
      if (record !== undefined && record.at < before) found.push(record);
    }
    return found;
  }

  /** Of all slots after one, newest first. */
  after(slot: number): SlotRecord[] {
    let at = this.#order.length;
    while (at > 0 && this.#order[at - 1]! > slot) at--;
    return this.newest(this.#order.length - at);
  }

  /** Of all slots that began at a moment or later, newest first. */
  since(moment: number): SlotRecord[] {
    const found: SlotRecord[] = [];
    for (const record of this.#newestFirst()) {
      if (record.at < moment) break;
      found.push(record);
    }
    return found;
  }

  /** When the oldest slot began of which a record is at hand. */
  get oldest(): Millis | undefined {
    return this.#records.get(this.#order[0] ?? -1)?.at;
  }

  /** Since when all slots up to the newest ended the same way; undefined where the newest did not. */
  runOf(outcome: SlotOutcome): {readonly at: Millis; readonly isAtLeast: boolean} | undefined {
    let at: Millis | undefined;
    for (const record of this.#newestFirst()) {
      if (record.outcome !== outcome) return at === undefined ? undefined : {at, isAtLeast: false};
      at = record.at;
    }
    return at === undefined ? undefined : {at, isAtLeast: true};
  }

  *#newestFirst(): Generator<SlotRecord> {
    for (let i = this.#order.length - 1; i >= 0; i--) {
      const record = this.#records.get(this.#order[i]!);
      if (record !== undefined) yield record;
    }
  }

  /** What is known of a slot from now on. The same again is nothing new. */
  note(record: SlotRecord): void {
    const known = this.#records.get(record.slot);
    if (known?.outcome === record.outcome && known.block?.number === record.block?.number) return;
    this.#keep(record);
    this.#write(() => this.#keeper.add(record));
    this.#trim();
    this.#listeners.tell(record);
  }

  onNote(listener: (record: SlotRecord) => void): () => void {
    return this.#listeners.add(listener);
  }

  #keep(record: SlotRecord): void {
    if (!this.#records.has(record.slot)) this.#place(record.slot);
    this.#records.set(record.slot, record);
  }

  /** What the chain says in the end of an old slot comes after what the author says of new ones. */
  #place(slot: number): void {
    const order = this.#order;
    let at = order.length;
    while (at > 0 && order[at - 1]! > slot) at--;
    order.splice(at, 0, slot);
  }

  #trim(): void {
    // By a tenth at once, since an array is not shortened from its front for nothing.
    if (this.#order.length > 1.1 * IN_MEMORY) {
      for (const slot of this.#order.slice(0, -IN_MEMORY)) this.#records.delete(slot);
      this.#order = this.#order.slice(-IN_MEMORY);
    }
    const now = this.#clock.now();
    if (now < this.#forgotAt + DAY) return;
    this.#forgotAt = now;
    this.#write(() => this.#keeper.forget(now - KEPT));
  }

  /** A full disk costs the record of a slot, and not the slot. */
  #write(task: () => void): void {
    try {
      task();
      this.#isKept = true;
    } catch (error) {
      if (this.#isKept) this.#onUnkept(error);
      this.#isKept = false;
    }
  }
}
