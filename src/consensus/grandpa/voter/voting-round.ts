import {bytesToBinary, equalBytes, type Millis} from "#base";
import type {Hash} from "#primitives";
import type {BlockRef} from "../block-ref.ts";
import type {SignedMessage, VoteKind} from "../message.ts";
import type {Round} from "../round.ts";
import {type LoggedMessage, VoteLog} from "../vote-log.ts";
import type {Voter} from "../voter-set.ts";

/** A round as a node takes part in it: its count, its messages, and how far the node itself has come. */
export class VotingRound {
  readonly count: Round;
  /** Messages that are counted and told on. */
  readonly log = new VoteLog();
  /** Good messages about blocks that are not imported. */
  readonly #awaiting = new VoteLog();
  readonly #byBlock = new Map<string, LoggedMessage[]>();
  /** Our own messages, to be persisted. */
  readonly own: SignedMessage[] = [];
  /** Places of our own messages in the log. */
  readonly ownPlaces: number[] = [];
  /** The primary's proposal. */
  proposal: BlockRef | undefined;
  /** When this became the current round. */
  enteredAt: Millis | undefined;
  /** When there was first something to vote about: the voting times count from here. */
  wokenAt: Millis | undefined;
  proposed = false;
  prevoted = false;
  precommitted = false;
  /** When to tell all of it again, and how long to wait after that. */
  resend: {at: Millis; wait: number} | undefined;

  constructor(count: Round) {
    this.count = count;
  }

  get number(): number {
    return this.count.number;
  }

  /** Has anybody said anything in this round? */
  get isSilent(): boolean {
    return this.log.entries.length === 0 && this.#awaiting.entries.length === 0;
  }

  /** Has this voter, maybe one of ours before a crash, said anything of this kind? */
  hasSaid(kind: VoteKind, voter: Voter): boolean {
    const isOwn = ({message, id}: SignedMessage) =>
      message.type === kind && equalBytes(id, voter.id);
    return this.log.of(kind, voter).length > 0 || this.own.some(isOwn);
  }

  /** Marks a step as taken by us: it is not taken again. */
  markTaken(kind: VoteKind): void {
    if (kind === "PrimaryPropose") this.proposed = true;
    else if (kind === "Prevote") this.prevoted = true;
    else this.precommitted = true;
  }

  /** Is the message, or one that makes it useless, known? */
  isKnown(voter: Voter, {message}: SignedMessage): boolean {
    const {type: kind, value: target} = message;
    return [this.log, this.#awaiting].some(
      log => log.isFull(kind, voter) || log.find(kind, voter, target) !== undefined,
    );
  }

  /** False when known. */
  await(voter: Voter, signed: SignedMessage): boolean {
    const entry = this.#awaiting.append(voter, signed);
    if (entry === undefined) return false;
    const key = bytesToBinary(signed.message.value.hash);
    const waiting = this.#byBlock.get(key);
    if (waiting === undefined) this.#byBlock.set(key, [entry]);
    else waiting.push(entry);
    return true;
  }

  /** What waited for this block; it waits no longer. */
  awaited(block: Hash): readonly LoggedMessage[] {
    const key = bytesToBinary(block);
    const waiting = this.#byBlock.get(key) ?? [];
    this.#byBlock.delete(key);
    return waiting;
  }
}
