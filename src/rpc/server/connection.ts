import {OneAtATime} from "#base";
import {Broadcasts} from "../broadcast/index.ts";
import {Follows} from "../chain-head/index.ts";

/** What one client has open beside its subscriptions. Ids in it mean nothing on another connection. */
export class Connection {
  readonly follows = new Follows();
  readonly broadcasts = new Broadcasts();
  /** Large answers being gathered for it. */
  readonly walks = new OneAtATime();
  /** Keys of the state that it follows, over all its subscriptions. */
  followedKeys = 0;
  #isClosed = false;

  /** Nobody takes any answer. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  close(): void {
    this.#isClosed = true;
    this.broadcasts.stopAll();
  }
}
