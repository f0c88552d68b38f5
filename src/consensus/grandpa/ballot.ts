import {sameBlock} from "./block-ref.ts";
import type {SignedVote} from "./message.ts";
import type {Node, Tally, VoteGraph} from "./vote-graph.ts";
import type {Voter} from "./voter-set.ts";

interface Cast {
  readonly voter: Voter;
  readonly node: Node;
  readonly first: SignedVote;
  second?: SignedVote;
}

export type BallotOutcome =
  | {readonly code: "counted" | "duplicate" | "ignored"}
  | {readonly code: "equivocation"; readonly first: SignedVote; readonly second: SignedVote};

/**
 * The prevotes or the precommits of a round. A voter's first vote is in the graph; with its second, different one
 * its weight leaves the graph and counts for every block instead (spec/network §2.3).
 */
export class Ballot {
  readonly #graph: VoteGraph;
  readonly #tally: Tally;
  readonly #casts = new Map<number, Cast>();
  /** Weight of all who voted. */
  total = 0;
  /** Weight of those who voted twice. */
  equivocated = 0;

  constructor(graph: VoteGraph, tally: Tally) {
    this.#graph = graph;
    this.#tally = tally;
  }

  get voters(): number {
    return this.#casts.size;
  }

  hasCast({index}: Voter): boolean {
    return this.#casts.has(index);
  }

  cast(voter: Voter, vote: SignedVote): BallotOutcome {
    const known = this.#casts.get(voter.index);
    if (known === undefined) return this.#first(voter, vote);
    if (known.second !== undefined) return {code: "ignored"};
    if (sameBlock(known.first.target, vote.target)) return {code: "duplicate"};
    known.second = vote;
    this.#graph.add(known.node, this.#tally, -voter.weight);
    this.equivocated += voter.weight;
    return {code: "equivocation", first: known.first, second: vote};
  }

  #first(voter: Voter, vote: SignedVote): BallotOutcome {
    const node = this.#graph.place(vote.target);
    if (node === undefined) return {code: "ignored"};
    this.#casts.set(voter.index, {voter, node, first: vote});
    this.#graph.add(node, this.#tally, voter.weight);
    this.total += voter.weight;
    return {code: "counted"};
  }

  /** Weight for a block: votes for it and its descendants, and all equivocators. */
  weight(node: Node): number {
    return this.#graph.weight(node, this.#tally) + this.equivocated;
  }

  /** All votes, both of who voted twice: what completes a round for somebody else. */
  votes(): SignedVote[] {
    return [...this.#casts.values()].flatMap(({first, second}) =>
      second === undefined ? [first] : [first, second],
    );
  }

  /**
   * The votes that prove a block without trusting anybody: those for it or its descendants. An equivocator's votes
   * elsewhere prove nothing, so `weight` here may be below what the round knows.
   */
  votesFor(node: Node): {votes: SignedVote[]; weight: number} {
    const votes: SignedVote[] = [];
    let weight = 0;
    for (const {voter, node: at, first, second} of this.#casts.values()) {
      const before = votes.length;
      if (this.#graph.isAncestor(node, at)) votes.push(first);
      if (second !== undefined) {
        const other = this.#graph.nodeOf(second.target);
        if (other !== undefined && this.#graph.isAncestor(node, other)) votes.push(second);
      }
      if (votes.length > before) weight += voter.weight;
    }
    return {votes, weight};
  }
}
