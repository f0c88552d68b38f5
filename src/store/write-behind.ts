import type {BinaryString} from "#base";
import {StoreFault} from "./failures.ts";
import type {KeyValueStore, Write} from "./key-value-store.ts";

/**
 * What is given here at most before `room` makes one wait: about eight full blocks with their state, so a burst of
 * small blocks shares one transaction, and a slow disk is felt before memory is.
 */
const DEFAULT_BOUND = 64 * 1024 * 1024;

/** What an entry costs besides its bytes, roughly. */
const ENTRY_OVERHEAD = 128;

export type WriteBehindOptions = {
  /** Bytes not yet on disk from which `room` waits. */
  maxPendingBytes?: number;
};

type Pending = {value: Uint8Array | undefined; ticket: number};
type Waiter = {ticket: number; resolve: () => void; reject: (fault: unknown) => void};

/**
 * Writes that are visible at once and on disk soon after. Each `add` is one atomic step; steps reach the disk in
 * their order, those that piled up meanwhile in one transaction, so the disk always holds a prefix of the steps.
 */
export class WriteBehind {
  readonly #store: KeyValueStore;
  readonly #maxPendingBytes: number;
  #pending = new Map<BinaryString, Pending>();
  /** Not yet given to the store: the last write of each key. */
  #queued = new Map<BinaryString, Uint8Array | undefined>();
  #queuedBytes = 0;
  #writingBytes = 0;
  #lastTicket = 0;
  #flushedTicket = 0;
  #waiters: Waiter[] = [];
  #roomWaiters: Omit<Waiter, "ticket">[] = [];
  #writing: Promise<void> | undefined;
  #fault: {error: unknown} | undefined;

  constructor(store: KeyValueStore, options: WriteBehindOptions = {}) {
    this.#store = store;
    this.#maxPendingBytes = options.maxPendingBytes ?? DEFAULT_BOUND;
  }

  get(key: BinaryString): Uint8Array | undefined {
    const pending = this.#pending.get(key);
    return pending === undefined ? this.#store.get(key) : pending.value;
  }

  /** Takes one atomic step; gives the ticket by which to wait for it. */
  add(batch: readonly Write[]): number {
    if (this.#fault !== undefined) throw this.#fault.error;
    if (batch.length === 0) return this.#lastTicket;
    const ticket = ++this.#lastTicket;
    for (const [key, value] of batch) {
      this.#pending.set(key, {value, ticket});
      this.#queued.set(key, value);
      this.#queuedBytes += ENTRY_OVERHEAD + key.length + (value?.length ?? 0);
    }
    this.#writing ??= this.#drain();
    return ticket;
  }

  /** Resolves when the step, or all steps so far, are on disk; rejects with the store's fault. */
  flushed(ticket = this.#lastTicket): Promise<void> {
    if (ticket <= this.#flushedTicket) return Promise.resolve();
    return this.#wait((resolve, reject) => this.#waiters.push({ticket, resolve, reject}));
  }

  /** Resolves when less than the bound is waiting for the disk: to be awaited before making more. */
  room(): Promise<void> {
    if (this.#pendingBytes < this.#maxPendingBytes) return Promise.resolve();
    return this.#wait((resolve, reject) => this.#roomWaiters.push({resolve, reject}));
  }

  /** Waits for the disk, then closes the store. */
  async close(): Promise<void> {
    await this.#writing;
    await this.#store.close();
  }

  get #pendingBytes(): number {
    return this.#queuedBytes + this.#writingBytes;
  }

  #wait(add: (resolve: () => void, reject: (fault: unknown) => void) => void): Promise<void> {
    if (this.#fault !== undefined) return Promise.reject(this.#fault.error);
    return new Promise(add);
  }

  async #drain(): Promise<void> {
    try {
      while (this.#queued.size > 0) await this.#writeQueued();
    } catch (error) {
      this.#fail(error);
    }
    this.#writing = undefined;
  }

  async #writeQueued(): Promise<void> {
    // Lets the steps of this turn of the event loop come together.
    await Promise.resolve();
    const batch = [...this.#queued];
    const ticket = this.#lastTicket;
    this.#queued.clear();
    this.#writingBytes = this.#queuedBytes;
    this.#queuedBytes = 0;
    await this.#store.write(batch);
    this.#writingBytes = 0;
    this.#settle(batch, ticket);
  }

  #settle(batch: readonly Write[], ticket: number): void {
    for (const [key] of batch) {
      if (this.#pending.get(key)!.ticket <= ticket) this.#pending.delete(key);
    }
    this.#flushedTicket = ticket;
    const done = this.#waiters.filter(waiter => waiter.ticket <= ticket);
    this.#waiters = this.#waiters.filter(waiter => waiter.ticket > ticket);
    for (const waiter of done) waiter.resolve();
    if (this.#pendingBytes < this.#maxPendingBytes) {
      for (const waiter of this.#roomWaiters.splice(0)) waiter.resolve();
    }
  }

  /** Nothing after a failed write may reach the disk: there would be a gap. */
  #fail(error: unknown): void {
    const fault =
      error instanceof StoreFault ? error : new StoreFault("database-failed", String(error));
    this.#fault = {error: fault};
    for (const waiter of this.#waiters.splice(0)) waiter.reject(fault);
    for (const waiter of this.#roomWaiters.splice(0)) waiter.reject(fault);
  }
}
