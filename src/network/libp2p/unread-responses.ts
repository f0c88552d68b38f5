/** Bytes of all responses together that peers have not read yet: sixteen full ones. */
export const MOST_UNREAD = 128 * 1_024 * 1_024;

interface Response {
  readonly bytes: number;
  giveUp(): void;
}

/**
 * Responses that were sent and wait to be read. Each is bounded, and so are those of one connection; that all of them
 * together are, however many connections ask and do not read, is seen to here: the one that has waited longest makes
 * room.
 */
export class UnreadResponses {
  readonly #waiting = new Set<Response>();
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  /** Makes room for a response; the answer is to be called when it was read, or is of no use any more. */
  hold(bytes: number, giveUp: () => void): () => void {
    for (const oldest of this.#waiting) {
      if (this.#bytes + bytes <= MOST_UNREAD) break;
      this.#release(oldest);
      oldest.giveUp();
    }
    const response = {bytes, giveUp};
    this.#waiting.add(response);
    this.#bytes += bytes;
    return () => this.#release(response);
  }

  #release(response: Response): void {
    if (this.#waiting.delete(response)) this.#bytes -= response.bytes;
  }
}
