import type {Holding} from "../budgets/index.ts";
import type {Subscription} from "../declare/index.ts";
import {OpenSubscription} from "./open-subscription.ts";

export interface SubscriptionsOptions {
  readonly limit: number;
  /** What the connection has of those that all clients may have. */
  readonly share: Pick<Holding, "resize">;
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

  /** By the methods that they were asked for with. */
  get names(): readonly string[] {
    return [...this.#open.values()].map(({declaration}) => declaration.name);
  }

  /** `too-many` when the client has as many as it may, `busy` when all clients together have. */
  open(declaration: Subscription): OpenSubscription | "too-many" | "busy" {
    if (this.#open.size >= this.limit) return "too-many";
    const {nextId, notify, room, share} = this.#options;
    if (!share.resize(this.#open.size + 1)) return "busy";
    const onEnd = (id: string) => {
      this.#open.delete(id);
      share.resize(this.#open.size);
    };
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
