import {hostTrap} from "../host-trap.ts";
import type {Allocator} from "./allocator.ts";

/** Before each block: its order and that it is taken, or the next free header of that order. */
export const HEADER_SIZE = 8;
const ALIGNMENT = 8;
/** Blocks of 8 bytes, 16, … to 32 MiB. */
export const ORDERS = 23;
/** Of a block, bytes. */
export const SMALLEST = 8;
/** Bytes; what is larger is refused (sp-allocator, `MAX_POSSIBLE_ALLOCATION`). */
export const LARGEST_ALLOCATION = SMALLEST << (ORDERS - 1);
/** End of a list of free blocks. */
export const NIL = 0xffff_ffff;
/** The bit of a header's upper half that says so. */
export const TAKEN = 1;

/**
 * Upstream's freeing bump allocator, step by step (spec/wasm-engine §2.3): blocks in powers of two, a list of free ones for
 * each, never merged. A runtime that runs out of memory there has to run out here, in the same block, so nothing about it
 * may be better. After a refusal the call is over, and what it left behind is not looked at again.
 */
export class FreeingBumpAllocator implements Allocator {
  readonly #view: DataView;
  readonly #start: number;
  readonly #end: number;
  #bumper: number;
  readonly #free = new Array<number>(ORDERS).fill(NIL);

  /** `heapBase` and `end` in bytes; the memory does not grow. */
  constructor(memory: ArrayBuffer, heapBase: number, end = memory.byteLength) {
    this.#view = new DataView(memory);
    this.#start = Math.ceil(heapBase / ALIGNMENT) * ALIGNMENT;
    this.#end = end;
    this.#bumper = this.#start;
  }

  reset(): void {
    this.#bumper = this.#start;
    this.#free.fill(NIL);
  }

  allocate(size: number): number {
    if (size > LARGEST_ALLOCATION) hostTrap("an allocation is larger than one may be");
    const order = orderOf(size);
    const listed = this.#free[order]!;
    const header = listed === NIL ? this.#bump(order) : this.#take(order, listed);
    this.#view.setUint32(header, order, true);
    this.#view.setUint32(header + 4, TAKEN, true);
    return header + HEADER_SIZE;
  }

  free(address: number): void {
    const header = address - HEADER_SIZE;
    if (header < 0 || header + HEADER_SIZE > this.#end) hostTrap("what is freed is no memory");
    const order = this.#view.getUint32(header, true);
    if (!this.#isTaken(header)) hostTrap("what is freed was not allocated");
    if (order >= ORDERS) hostTrap("the header of what is freed was overwritten");
    this.#view.setUint32(header, this.#free[order]!, true);
    this.#view.setUint32(header + 4, 0, true);
    this.#free[order] = header;
  }

  #take(order: number, header: number): number {
    if (header + HEADER_SIZE + (SMALLEST << order) > this.#end || this.#isTaken(header)) {
      hostTrap("a list of free memory was overwritten");
    }
    this.#free[order] = this.#view.getUint32(header, true);
    return header;
  }

  #bump(order: number): number {
    const header = this.#bumper;
    const next = header + HEADER_SIZE + (SMALLEST << order);
    if (next > this.#end) hostTrap("out of memory");
    this.#bumper = next;
    return header;
  }

  #isTaken(header: number): boolean {
    return (this.#view.getUint32(header + 4, true) & TAKEN) !== 0;
  }
}

/** 0 up to eight bytes, and one more for each power of two above. */
const orderOf = (size: number): number => (size <= SMALLEST ? 0 : 29 - Math.clz32(size - 1));
