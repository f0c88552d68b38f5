import {equalBytes} from "#base";
import {type BlockRef, sameBlock} from "./block-ref.ts";
import type {SignedMessage, VoteKind} from "./message.ts";
import type {Voter} from "./voter-set.ts";

/** A message as it was taken, with its place in the order of arrival, which names it within its round. */
export interface LoggedMessage {
  readonly sequence: number;
  readonly voter: Voter;
  readonly signed: SignedMessage;
}

/** How many different messages of one kind by one voter are of use: two prove an equivocation, more prove nothing. */
const KEPT: Readonly<Record<VoteKind, number>> = {Prevote: 2, Precommit: 2, PrimaryPropose: 1};

/** All messages of a round in the order of arrival: at most five per voter, whatever is sent. */
export class VoteLog {
  readonly #entries: LoggedMessage[] = [];
  readonly #byVoter: Readonly<Record<VoteKind, Map<number, LoggedMessage[]>>> = {
    Prevote: new Map(),
    Precommit: new Map(),
    PrimaryPropose: new Map(),
  };

  get entries(): readonly LoggedMessage[] {
    return this.#entries;
  }

  of(kind: VoteKind, voter: Voter): readonly LoggedMessage[] {
    return this.#byVoter[kind].get(voter.index) ?? [];
  }

  find(kind: VoteKind, voter: Voter, target: BlockRef): LoggedMessage | undefined {
    return this.of(kind, voter).find(({signed}) => sameBlock(signed.message.value, target));
  }

  /** Is this very signature known as good? */
  holds(kind: VoteKind, voter: Voter, target: BlockRef, signature: Uint8Array): boolean {
    const found = this.find(kind, voter, target);
    return found !== undefined && equalBytes(found.signed.signature, signature);
  }

  /** Is there nothing more to learn from this voter about this kind? */
  isFull(kind: VoteKind, voter: Voter): boolean {
    return this.of(kind, voter).length >= KEPT[kind];
  }

  /** Undefined when the message, or one that makes it useless, is known. */
  append(voter: Voter, signed: SignedMessage): LoggedMessage | undefined {
    const {type: kind, value: target} = signed.message;
    if (this.isFull(kind, voter) || this.find(kind, voter, target) !== undefined) return undefined;
    const entry = {sequence: this.#entries.length, voter, signed};
    this.#entries.push(entry);
    const known = this.#byVoter[kind].get(voter.index);
    if (known === undefined) this.#byVoter[kind].set(voter.index, [entry]);
    else known.push(entry);
    return entry;
  }
}
