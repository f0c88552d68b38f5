import {BoundedQueue} from "#base";

/**
 * What may wait for one peer on one substream. Substrate holds 2,048 messages and disconnects on overflow; the
 * number of bytes is ours, since a message may have megabytes (spec §4).
 */
export const SEND_QUEUE_LIMITS = {messages: 256, bytes: 4 * 1_024 * 1_024} as const;

/** Messages that wait for a substream to take them: bounded in number and in bytes. */
export class SendQueue {
  readonly #messages = new BoundedQueue<Uint8Array>(SEND_QUEUE_LIMITS.messages);
  #bytes = 0;

  get length(): number {
    return this.#messages.length;
  }

  /**
   * False when there is no room: the peer does not keep up. One message always fits into an empty queue, or
   * those near a protocol's limit could never be sent.
   */
  push(message: Uint8Array): boolean {
    if (this.length > 0 && this.#bytes + message.length > SEND_QUEUE_LIMITS.bytes) return false;
    if (!this.#messages.push(message)) return false;
    this.#bytes += message.length;
    return true;
  }

  shift(): Uint8Array | undefined {
    const message = this.#messages.shift();
    this.#bytes -= message?.length ?? 0;
    return message;
  }
}
