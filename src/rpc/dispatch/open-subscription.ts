import type {ItemSink, Subscription} from "../declare/index.ts";
import {writeJson} from "../json-rpc/raw-json.ts";
import {notificationHead} from "../json-rpc/reply.ts";
import type {Stop} from "../questions/chain.ts";

export interface OpenSubscriptionOptions {
  /** Puts a notification on its way to the client. */
  readonly notify: (text: string) => void;
  /** As `ItemSink.room`. */
  readonly room: () => Promise<void> | undefined;
  readonly onEnd: (id: string) => void;
}

/**
 * A subscription that a client has. Items are held back until the reply with its id is on the way, because
 * clients drop what comes for an id that they do not know yet.
 */
export class OpenSubscription implements ItemSink {
  readonly id: string;
  readonly declaration: Subscription;
  readonly #head: string;
  readonly #notify: (text: string) => void;
  readonly #onEnd: (id: string) => void;
  readonly #room: () => Promise<void> | undefined;
  #held: string[] | undefined = [];
  #ended = false;
  #stop: Stop | undefined;

  constructor(
    id: string,
    declaration: Subscription,
    {notify, room, onEnd}: OpenSubscriptionOptions,
  ) {
    this.id = id;
    this.declaration = declaration;
    this.#head = notificationHead(declaration.notification, id);
    this.#notify = notify;
    this.#room = room;
    this.#onEnd = onEnd;
  }

  send(item: unknown): void {
    if (this.#ended) return;
    const text = `${this.#head}${writeJson(item)}}}`;
    if (this.#held === undefined) this.#notify(text);
    else this.#held.push(text);
  }

  room(): Promise<void> | undefined {
    return this.#room();
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#onEnd(this.id);
    this.#stop?.();
  }

  /** What ends the source; at once, if the subscription is over already. */
  onStop(stop: Stop): void {
    if (this.#ended) stop();
    else this.#stop = stop;
  }

  /** The reply is out: what was held back follows, also that of a subscription which has ended meanwhile. */
  activate(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const text of held) this.#notify(text);
  }
}
