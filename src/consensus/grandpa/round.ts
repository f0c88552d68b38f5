import {Ballot, type BallotOutcome} from "./ballot.ts";
import type {BlockRef} from "./block-ref.ts";
import type {ChainView} from "./chain-view.ts";
import type {Commit} from "./commit.ts";
import type {SignedVote} from "./message.ts";
import {BASE, type Node, VoteGraph} from "./vote-graph.ts";
import type {Voter, VoterSet} from "./voter-set.ts";

/** What the votes of a round say so far (spec/network §2.3). */
export interface RoundState {
  /** Prevote-GHOST: the highest block that the threshold of prevotes agrees on. */
  readonly ghost: BlockRef | undefined;
  /** The highest block that ghost and the threshold of precommits agree on. */
  readonly finalized: BlockRef | undefined;
  /** The highest block that this round may yet finalize for somebody. */
  readonly estimate: BlockRef | undefined;
  /** No vote still to come can lift the estimate: the next round may build on it. */
  readonly completable: boolean;
}

/** The state before the first round: all is settled. */
export function settledState(block: BlockRef): RoundState {
  return {ghost: block, finalized: block, estimate: block, completable: true};
}

export type Phase = "prevote" | "precommit";

/** Counts the votes of one round. Signatures are somebody else's business; who votes twice is noticed here. */
export class Round {
  readonly number: number;
  readonly voters: VoterSet;
  readonly #graph: VoteGraph;
  readonly prevotes: Ballot;
  readonly precommits: Ballot;
  #ghost: Node | undefined;
  #finalized: Node | undefined;
  #estimate: Node | undefined;
  #completable = false;

  /** `base`: a finalized block; votes that are not for it or its descendants count for nothing above it. */
  constructor(params: {
    readonly number: number;
    readonly voters: VoterSet;
    readonly base: BlockRef;
    readonly chain: Pick<ChainView, "header">;
  }) {
    this.number = params.number;
    this.voters = params.voters;
    this.#graph = new VoteGraph(params.base, params.chain);
    this.prevotes = new Ballot(this.#graph, "prevotes");
    this.precommits = new Ballot(this.#graph, "precommits");
  }

  get base(): BlockRef {
    return this.#graph.base;
  }

  get state(): RoundState {
    return {
      ghost: this.#block(this.#ghost),
      finalized: this.#block(this.#finalized),
      estimate: this.#block(this.#estimate),
      completable: this.#completable,
    };
  }

  #block(node: Node | undefined): BlockRef | undefined {
    return node === undefined ? undefined : this.#graph.block(node);
  }

  /** `ignored`: for a block that is not imported, or by a voter who voted twice before. */
  cast(phase: Phase, voter: Voter, vote: SignedVote): BallotOutcome {
    const ballot = phase === "prevote" ? this.prevotes : this.precommits;
    const outcome = ballot.cast(voter, vote);
    if (outcome.code === "counted" || outcome.code === "equivocation") this.#update();
    return outcome;
  }

  #update(): void {
    const {threshold} = this.voters;
    if (this.prevotes.total < threshold) return;
    // Weights only grow, so the search goes on from the last answer; the base has every prevote.
    this.#ghost = this.#graph.highest(
      this.#ghost ?? BASE,
      node => this.prevotes.weight(node) >= threshold,
    );
    const ghost = this.#ghost;
    if (this.precommits.total < threshold) {
      this.#estimate = ghost;
      return;
    }
    this.#finalized = this.#graph.nearestBelow(
      ghost,
      node => this.precommits.weight(node) >= threshold,
    );
    this.#estimate = this.#graph.nearestBelow(ghost, node => this.#couldCommit(node));
    this.#completable =
      this.#estimate !== undefined &&
      (this.#estimate !== ghost ||
        !this.#graph.children(ghost).some(child => this.#couldCommit(child)));
  }

  /** May the threshold precommit this block, if all who are silent do and as many as may lie do? */
  #couldCommit(node: Node): boolean {
    const {total, faulty, threshold} = this.voters;
    const cast = this.precommits.weight(node);
    const unseen = total - this.precommits.total;
    const mayTurn = Math.max(0, faulty - this.precommits.equivocated);
    const elsewhere = this.precommits.total - cast;
    return cast + unseen + Math.min(elsewhere, mayTurn) >= threshold;
  }

  /**
   * The precommits that prove what the round finalized, or the highest block below it that they prove: who
   * equivocates may help to finalize a block with votes that nobody else can take as proof of it.
   */
  commit(): Commit | undefined {
    if (this.#finalized === undefined) return undefined;
    for (let node = this.#finalized; node > BASE; node = this.#graph.parent(node)) {
      const {votes, weight} = this.precommits.votesFor(node);
      if (weight >= this.voters.threshold) {
        return {target: this.#graph.block(node), precommits: votes};
      }
    }
    return undefined;
  }
}
