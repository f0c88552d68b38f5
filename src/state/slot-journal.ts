import {invariant} from "#base";
import {AppendList} from "./append-list.ts";
import type {StorageKey} from "./externalities.ts";
import {SortedKeys} from "./sorted-keys.ts";

/** The overlay says nothing about the key: the state below counts. */
export const UNTOUCHED = Symbol("untouched");

/** `undefined`: removed. */
export type SlotValue = Uint8Array | AppendList | undefined | typeof UNTOUCHED;

type Slot = {
  value: SlotValue;
  /** The transaction that last noted in the journal what stood here before it. */
  notedBy: number;
};

type Note = {slot: Slot; value: SlotValue; listLength: number; notedBy: number};

/**
 * The transactions over what was written, in however many tries: a journal of what stood in each slot before. Opening
 * and keeping one cost next to nothing, undoing one costs what it wrote.
 */
export class SlotJournal {
  #notes: Note[] = [];
  /** Of each open transaction: its number, and where in the journal it began. */
  #open: {id: number; from: number}[] = [];
  #lastId = 0;
  /** Grows with every change, also with an undone one. */
  revision = 0;

  get depth(): number {
    return this.#open.length;
  }

  begin(): void {
    this.#open.push({id: ++this.#lastId, from: this.#notes.length});
  }

  commit(): void {
    invariant(this.#open.pop() !== undefined, "a transaction is open where one is committed");
    if (this.#open.length === 0) this.#notes.length = 0;
  }

  rollback(): void {
    const transaction = this.#open.pop();
    invariant(transaction !== undefined, "a transaction is open where one is rolled back");
    while (this.#notes.length > transaction.from) {
      const {slot, value, listLength, notedBy} = this.#notes.pop()!;
      if (value instanceof AppendList) value.truncate(listLength);
      slot.value = value;
      slot.notedBy = notedBy;
      this.revision++;
    }
  }

  /** Notes what stands in a slot that is about to be written. */
  note(slot: Slot): void {
    this.revision++;
    const transaction = this.#open.at(-1);
    if (transaction === undefined || slot.notedBy === transaction.id) return;
    const {value, notedBy} = slot;
    const listLength = value instanceof AppendList ? value.length : 0;
    this.#notes.push({slot, value, listLength, notedBy});
    slot.notedBy = transaction.id;
  }
}

/** What was written in one trie, one slot a key. A slot, once made, stays, so that keys need sorting once. */
export class Slots {
  readonly keys = new SortedKeys();
  readonly #journal: SlotJournal;
  readonly #slots = new Map<StorageKey, Slot>();

  constructor(journal: SlotJournal) {
    this.#journal = journal;
  }

  value(key: StorageKey): SlotValue {
    const slot = this.#slots.get(key);
    return slot === undefined ? UNTOUCHED : slot.value;
  }

  write(key: StorageKey, value: SlotValue): void {
    this.#slotForWriting(key).value = value;
  }

  /** The list under `key`, about to be appended to; made by `create` where no list is being written yet. */
  list(key: StorageKey, create: (value: SlotValue) => AppendList): AppendList {
    const slot = this.#slotForWriting(key);
    if (slot.value instanceof AppendList) return slot.value;
    const list = create(slot.value);
    slot.value = list;
    return list;
  }

  #slotForWriting(key: StorageKey): Slot {
    let slot = this.#slots.get(key);
    if (slot === undefined) {
      slot = {value: UNTOUCHED, notedBy: 0};
      this.#slots.set(key, slot);
      this.keys.add(key);
    }
    this.#journal.note(slot);
    return slot;
  }
}
