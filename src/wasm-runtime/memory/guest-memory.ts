import {type BinaryString, bytesToBinary} from "#base";
import {hostTrap} from "../host-trap.ts";
import type {Allocator} from "./allocator.ts";

/** A runtime's memory as its host sees it. Addresses and lengths are unsigned; what lies outside is a trap. */
export class GuestMemory {
  readonly #bytes: Uint8Array;
  readonly #allocator: Allocator;

  /** The memory must not grow. */
  constructor(buffer: ArrayBuffer, allocator: Allocator) {
    this.#bytes = new Uint8Array(buffer);
    this.#allocator = allocator;
  }

  /** The bytes where they lie: to be done with before the runtime goes on. */
  view(address: number, length: number): Uint8Array {
    this.#check(address, length);
    return this.#bytes.subarray(address, address + length);
  }

  copy(address: number, length: number): Uint8Array {
    this.#check(address, length);
    return this.#bytes.slice(address, address + length);
  }

  key(address: number, length: number): BinaryString {
    return bytesToBinary(this.view(address, length));
  }

  /** Puts bytes into memory that the runtime is to free, and says where. */
  place(bytes: Uint8Array): number {
    const address = this.#allocator.allocate(bytes.length);
    this.#bytes.set(bytes, address);
    return address;
  }

  write(address: number, bytes: Uint8Array): void {
    this.#check(address, bytes.length);
    this.#bytes.set(bytes, address);
  }

  allocate(size: number): number {
    return this.#allocator.allocate(size);
  }

  free(address: number): void {
    this.#allocator.free(address);
  }

  #check(address: number, length: number): void {
    if (address + length > this.#bytes.length)
      hostTrap(`${length} bytes at ${address} are no memory`);
  }
}
