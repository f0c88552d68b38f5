import type {Subscription} from "../declare/index.ts";
import {OpenSubscription} from "./open-subscription.ts";

export interface SubscriptionsOptions {
  readonly limit: number;
  /** A fresh id. */
  readonly nextId: () => string;
  /** Puts a notification on its way to the client. */
  readonly notify: (text: string) => void;
  /** As `ItemSink.room`. */
  readonly room: () => Promise<void> | undefined;
}

/** Those of one connection. */
export class Subscriptions {
  readonly limit: number;
  readonly #options: SubscriptionsOptions;
  readonly #open = new Map<string, OpenSubscription>();

  constructor(options: SubscriptionsOptions) {
    this.#options = options;
    this.limit = options.limit;
  }

  get size(): number {
    return this.#open.size;
  }

  /** Undefined when the client has as many as it may. */
  open(declaration: Subscription): OpenSubscription | undefined {
    if (this.#open.size >= this.limit) return undefined;
    const {nextId, notify, room} = this.#options;
    const onEnd = (id: string) => this.#open.delete(id);
    const opened = new OpenSubscription(nextId(), declaration, {notify, room, onEnd});
    this.#open.set(opened.id, opened);
    return opened;
  }

  /** False when there is none of this kind with this id. */
  close(declaration: Subscription, id: string): boolean {
    const opened = this.#open.get(id);
    if (opened === undefined || opened.declaration !== declaration) return false;
    opened.end();
    return true;
  }

  closeAll(): void {
    for (const opened of [...this.#open.values()]) opened.end();
  }
}
