import type {BinaryString} from "#base";
import {
  HELD_SIZE,
  HeldRows,
  indexInHeld,
  putHeld,
  type Slab,
  slabOver,
  valueInHeld,
} from "./held-block.ts";
import {ABSENT, IN_TRIE, type Known} from "./row.ts";
import type {BlockReader, RowRange} from "./row-block.ts";

/** Memory is taken in pieces of so many blocks: 1 MiB. */
const PIECE = 256;

/** Where all room is taken, of so many blocks that are read one is held in another's place: who goes through all would push out what is asked for. */
const ADMITTED = 4;

/** Values are cut from arrays of this size: an array of its own for each costs more than finding it. */
const VALUES = 8_192;

/**
 * Blocks of rows that are held in memory, by their numbers, up to so many bytes. What is held is what the disk has or is about
 * to have. Where there is no room, one goes that was not asked for since the last time round (clock).
 */
export class HeldBlocks {
  readonly #most: number;
  readonly #pieces: Slab[] = [];
  /** By number: one more than the slot, so that 0 is none. */
  #slots = new Uint32Array(1_024);
  /** By slot: the number, and whether it was asked for. */
  readonly #numbers: Uint32Array;
  readonly #asked: Uint8Array;
  #free: number[] = [];
  #taken = 0;
  #hand = 0;
  #refused = 0;
  #values = new Uint8Array(0);
  #used = 0;

  /** `bytes`: of memory at most, besides some for finding them, 1 in 400. */
  constructor(bytes: number) {
    this.#most = Math.floor(bytes / HELD_SIZE);
    this.#numbers = new Uint32Array(this.#most);
    this.#asked = new Uint8Array(this.#most);
  }

  get hasRoom(): boolean {
    return this.#free.length > 0 || this.#taken < this.#most;
  }

  /** Bytes of memory. */
  get bytes(): number {
    return this.#pieces.length * PIECE * HELD_SIZE;
  }

  has(number: number): boolean {
    return number < this.#slots.length && this.#slots[number] !== 0;
  }

  /** What a held block knows of a key; undefined where it is not held. */
  find(number: number, key: BinaryString): Known | undefined {
    const slot = number < this.#slots.length ? this.#slots[number]! - 1 : -1;
    if (slot < 0) return undefined;
    this.#asked[slot] = 1;
    const [slab, place] = this.#at(slot);
    const index = indexInHeld(slab, place, key);
    if (index < 0) return ABSENT;
    const [from, to] = valueInHeld(slab, place, index);
    return to < 0 ? IN_TRIE : this.#copied(slab.bytes, from, to);
  }

  /** A held block to go through, whatever becomes of it here; undefined where it is not held. */
  rows(number: number, range: RowRange): HeldRows | undefined {
    if (!this.has(number)) return undefined;
    const slot = this.#slots[number]! - 1;
    this.#asked[slot] = 1;
    return new HeldRows(...this.#at(slot), range);
  }

  #at(slot: number): [Slab, number] {
    return [this.#pieces[(slot / PIECE) | 0]!, (slot % PIECE) * HELD_SIZE];
  }

  /** For the caller to keep: what is held here changes. */
  #copied(bytes: Uint8Array, from: number, to: number): Uint8Array {
    const size = to - from;
    if (this.#used + size > this.#values.length) {
      this.#values = new Uint8Array(VALUES);
      this.#used = 0;
    }
    const at = this.#used;
    this.#used += size;
    const values = this.#values;
    for (let i = 0; i < size; i++) values[at + i] = bytes[from + i]!;
    return values.subarray(at, at + size);
  }

  /** Holds a sound block as it is now, where one of that number is held already or there is room. */
  update(number: number, block: BlockReader): void {
    if (this.has(number)) this.#put(this.#slots[number]! - 1, number, block);
    else if (this.hasRoom) this.#put(this.#freeSlot(), number, block);
  }

  /** Whether a block that was read from disk is to be held. */
  admits(): boolean {
    return this.#most > 0 && (this.hasRoom || this.#refused++ % ADMITTED === 0);
  }

  /** Holds a sound block that was read, in place of another where there is no room. */
  admit(number: number, block: BlockReader): void {
    if (this.#most === 0 || this.has(number)) return;
    this.#put(this.hasRoom ? this.#freeSlot() : this.#evicted(), number, block);
  }

  /** A block that is not there any more, or is another one. */
  drop(number: number): void {
    if (!this.has(number)) return;
    this.#free.push(this.#slots[number]! - 1);
    this.#slots[number] = 0;
  }

  /** All go; the memory is given back. */
  clear(): void {
    this.#slots = new Uint32Array(1_024);
    this.#pieces.length = 0;
    this.#free = [];
    this.#taken = 0;
    this.#hand = 0;
    this.#asked.fill(0);
  }

  #put(slot: number, number: number, block: BlockReader): void {
    const isHeld = putHeld(...this.#at(slot), block);
    if (number >= this.#slots.length) this.#grow(number);
    this.#slots[number] = isHeld ? slot + 1 : 0;
    if (isHeld) this.#numbers[slot] = number;
    else this.#free.push(slot);
  }

  #grow(number: number): void {
    const slots = new Uint32Array(Math.max(number + 1, 2 * this.#slots.length));
    slots.set(this.#slots);
    this.#slots = slots;
  }

  #freeSlot(): number {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.#taken % PIECE === 0) {
      this.#pieces.push(slabOver(new ArrayBuffer(PIECE * HELD_SIZE)));
    }
    return this.#taken++;
  }

  /** The slot of a block that was not asked for lately, which is not held from now on. */
  #evicted(): number {
    for (;;) {
      const slot = this.#hand;
      this.#hand = (slot + 1) % this.#most;
      if (this.#asked[slot] === 0) {
        this.#slots[this.#numbers[slot]!] = 0;
        return slot;
      }
      this.#asked[slot] = 0;
    }
  }
}
