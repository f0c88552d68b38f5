import {Broadcasts} from "../broadcast/index.ts";
import {Follows} from "../chain-head/index.ts";

/** What one client has open beside its subscriptions. Ids in it mean nothing on another connection. */
export class Connection {
  readonly follows = new Follows();
  readonly broadcasts = new Broadcasts();

  close(): void {
    this.broadcasts.stopAll();
  }
}
