/** Room on the heap of a runtime, above `__heap_base`. All of it is free again at each call. */
export interface Allocator {
  /** Address of so many bytes, a multiple of eight. Throws `HostTrap` where there is no room. */
  allocate(size: number): number;
  /** Throws `HostTrap` for what was not allocated. */
  free(address: number): void;
  /** Forgets everything. */
  reset(): void;
}
