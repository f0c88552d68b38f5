import {type BinaryString, bytesToBinary} from "#base";
import type {WriteBehind} from "./write-behind.ts";

/** Which step of the writer brings a block to the disk, for as long as it is not there. */
export class BlockTickets {
  readonly #writer: Pick<WriteBehind, "flushed">;
  readonly #tickets = new Map<BinaryString, number>();

  constructor(writer: Pick<WriteBehind, "flushed">) {
    this.#writer = writer;
  }

  note(hash: Uint8Array, ticket: number): void {
    const key = bytesToBinary(hash);
    this.#tickets.set(key, ticket);
    const forget = () => {
      if (this.#tickets.get(key) === ticket) this.#tickets.delete(key);
    };
    // A fault is told to whoever waits for the disk; here it only leaves the ticket behind.
    this.#writer.flushed(ticket).then(forget, () => {});
  }

  /** Resolves when the block is on disk, or is none that is on its way there. Rejects with a `StoreFault`. */
  flushed(hash: Uint8Array): Promise<void> {
    const ticket = this.#tickets.get(bytesToBinary(hash));
    return ticket === undefined ? Promise.resolve() : this.#writer.flushed(ticket);
  }
}
