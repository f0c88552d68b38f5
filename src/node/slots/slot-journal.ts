import type {Clock} from "#base";
import type {SlotRecord} from "#rpc";
import type {SlotKeeper} from "./slot-keeper.ts";

const DAY = 86_400_000;
/** How long records are kept. */
const KEPT = 30 * DAY;
/** Records held in memory: a month of a slot every two minutes, or some hours of a dev chain on which all are ours. */
const IN_MEMORY = 20_000;

/** All records of own slots, the newest of them at hand. */
export class SlotJournal {
  readonly #keeper: SlotKeeper;
  readonly #clock: Pick<Clock, "now">;
  readonly #records = new Map<number, SlotRecord>();
  /** Slots that have a record, in the order in which they were first noted. */
  #order: number[] = [];
  readonly #listeners = new Set<(record: SlotRecord) => void>();
  #forgotAt = 0;

  constructor(keeper: SlotKeeper, clock: Pick<Clock, "now">) {
    this.#keeper = keeper;
    this.#clock = clock;
    const known = keeper.load(clock.now() - KEPT);
    // Of a slot with several lines the last one counts, where the first one stood.
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

  /** What is known of a slot from now on. The same again is nothing new. */
  note(record: SlotRecord): void {
    const known = this.#records.get(record.slot);
    if (known?.outcome === record.outcome && known.block?.number === record.block?.number) return;
    this.#keep(record);
    this.#keeper.add(record);
    this.#trim();
    for (const listener of this.#listeners) listener(record);
  }

  onNote(listener: (record: SlotRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #keep(record: SlotRecord): void {
    if (!this.#records.has(record.slot)) this.#order.push(record.slot);
    this.#records.set(record.slot, record);
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
    this.#keeper.forget(now - KEPT);
  }
}
