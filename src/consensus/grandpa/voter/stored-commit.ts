import type {Millis} from "#base";
import {encode} from "#codec";
import {type Commit, compactOf} from "../commit.ts";
import {gossipMessage} from "../gossip-message.ts";

/** A commit that somebody may need, with the bytes by which it is told, made when first needed. */
export class StoredCommit {
  readonly setId: number;
  readonly round: number;
  readonly commit: Commit;
  readonly at: Millis;
  #message: Uint8Array | undefined;

  constructor(setId: number, round: number, commit: Commit, at: Millis) {
    this.setId = setId;
    this.round = round;
    this.commit = commit;
    this.at = at;
  }

  get number(): number {
    return this.commit.target.number;
  }

  get message(): Uint8Array {
    this.#message ??= encode(gossipMessage, {
      type: "Commit",
      value: {setId: this.setId, round: this.round, commit: compactOf(this.commit)},
    });
    return this.#message;
  }
}
