/**
 * The memory of a runtime: what its host reads and writes there, and who gives out its heap. In Substrate that is the
 * host, by an algorithm that decides when a block runs out of memory, and so is part of consensus.
 *
 * Out of scope: how large a memory is (`instance`), and what is written there.
 */
export type {Allocator} from "./allocator.ts";
export {
  FreeingBumpAllocator,
  HEADER_SIZE,
  LARGEST_ALLOCATION,
  NIL,
  ORDERS,
  SMALLEST,
  TAKEN,
} from "./freeing-bump-allocator.ts";
export {GuestMemory} from "./guest-memory.ts";
