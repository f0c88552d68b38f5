import {OneAtATime} from "#base";
import {Broadcasts} from "../broadcast/index.ts";
import type {Holding, ProcessBudgets} from "../budgets/index.ts";
import {Follows} from "../chain-head/index.ts";

/** What one client has open beside its subscriptions. Ids in it mean nothing on another connection. */
export class Connection {
  readonly follows = new Follows();
  readonly broadcasts = new Broadcasts();
  /** Large answers being gathered for it. */
  readonly walks = new OneAtATime();
  /** Keys of the state that it follows, over all its subscriptions. */
  followedKeys = 0;
  /** What those keys cost, of what all clients may have. */
  readonly followedBytes: Holding;
  /** Undefined while the client takes what it is sent; else it resolves when it does again, or is gone. */
  readonly room: () => Promise<void> | undefined;
  #isClosed = false;

  constructor(
    {followedKeys}: Pick<ProcessBudgets, "followedKeys">,
    room: () => Promise<void> | undefined,
  ) {
    this.followedBytes = followedKeys.open();
    this.room = room;
  }

  /** Nobody takes any answer. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  close(): void {
    this.#isClosed = true;
    this.broadcasts.stopAll();
    this.followedBytes.release();
  }
}
