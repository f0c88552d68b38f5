import {type BinaryString, bytesToBinary, equalBytes} from "#base";
import type {BlockRef, ChainView} from "./chain-view.ts";
import type {SignedTarget} from "./messages.ts";
import type {Voter, VoterSet} from "./voter-set.ts";

export type Phase = "prevote" | "precommit";

/** What became of a vote that was to be counted. */
export type Counted =
  | {readonly kind: "new"}
  | {readonly kind: "duplicate"}
  | {readonly kind: "equivocation"; readonly first: SignedTarget; readonly second: SignedTarget}
  /** It does not descend from the round's base. */
  | {readonly kind: "not-in-round"}
  | {readonly kind: "block-unknown"};

/** Where a round stands (spec/network §2.3). */
export interface RoundState {
  readonly ghost: BlockRef | undefined;
  readonly finalized: BlockRef | undefined;
  readonly estimate: BlockRef | undefined;
  readonly isCompletable: boolean;
}

interface Node extends BlockRef {
  readonly parent: Node | undefined;
  readonly children: Node[];
  readonly weight: Record<Phase, number>;
}

/** Who voted in one phase, for what. */
class Tally {
  readonly first = new Map<number, SignedTarget>();
  /** The second vote of those who cast two; their weight then counts for every block. */
  readonly second = new Map<number, SignedTarget>();
  weight = 0;
  doubleWeight = 0;
}

/**
 * The votes of one round, counted as they come. Each block between the round's base and a vote's target holds the
 * weight of all votes at or above it, so a vote costs a step a block and a question none. Whoever votes twice is
 * counted for every block, and further votes of his are not looked at.
 */
export class Round {
  readonly number: number;
  readonly voters: VoterSet;
  readonly #chain: ChainView;
  readonly #base: Node;
  readonly #nodes = new Map<BinaryString, Node>();
  readonly #tallies: Record<Phase, Tally> = {prevote: new Tally(), precommit: new Tally()};
  #ghost: Node | undefined;
  #state: RoundState | undefined;

  constructor(number: number, voters: VoterSet, base: BlockRef, chain: ChainView) {
    this.number = number;
    this.voters = voters;
    this.#chain = chain;
    this.#base = this.#addNode(base, undefined);
  }

  get base(): BlockRef {
    return this.#base;
  }

  /** Signed votes of a phase, both of those who cast two. */
  votes(phase: Phase): SignedTarget[] {
    const {first, second} = this.#tallies[phase];
    return [...first.values(), ...second.values()];
  }

  /** Whether this very vote was counted. */
  hasVote(phase: Phase, voter: Voter, signature: Uint8Array): boolean {
    const {first, second} = this.#tallies[phase];
    const isIt = (vote: SignedTarget | undefined) =>
      vote !== undefined && equalBytes(vote.signature, signature);
    return isIt(first.get(voter.index)) || isIt(second.get(voter.index));
  }

  /** Weight of those who voted in a phase. */
  weight(phase: Phase): number {
    return this.#tallies[phase].weight;
  }

  /** Counts a vote whose signature was checked. */
  count(phase: Phase, voter: Voter, vote: SignedTarget): Counted {
    const tally = this.#tallies[phase];
    const first = tally.first.get(voter.index);
    if (first === undefined) return this.#countFirst(phase, voter, vote);
    const isSame = (one: SignedTarget) => equalBytes(one.target.hash, vote.target.hash);
    if (isSame(first) || tally.second.has(voter.index)) return {kind: "duplicate"};
    tally.second.set(voter.index, vote);
    tally.doubleWeight += voter.weight;
    const node = this.#nodes.get(bytesToBinary(first.target.hash));
    for (let at = node; at !== undefined; at = at.parent) at.weight[phase] -= voter.weight;
    this.#changed();
    return {kind: "equivocation", first, second: vote};
  }

  #countFirst(phase: Phase, voter: Voter, vote: SignedTarget): Counted {
    const node = this.#nodeOf(vote.target);
    if (node === "block-unknown" || node === "not-in-round") return {kind: node};
    const tally = this.#tallies[phase];
    tally.first.set(voter.index, vote);
    tally.weight += voter.weight;
    for (let at: Node | undefined = node; at !== undefined; at = at.parent) {
      at.weight[phase] += voter.weight;
    }
    this.#changed();
    return {kind: "new"};
  }

  get state(): RoundState {
    this.#state ??= this.#compute();
    return this.#state;
  }

  /**
   * The precommits that make a block final: one of each voter who voted for it or for what follows from it. Only
   * where these do not suffice come both votes of those who cast two, as not every reader takes such pairs.
   */
  precommitsFor(block: BlockRef): SignedTarget[] {
    const {first, second} = this.#tallies.precommit;
    const chosen: SignedTarget[] = [];
    const pairs: SignedTarget[] = [];
    let weight = 0;
    for (const [index, vote] of first) {
      const other = second.get(index);
      const supporting = [vote, ...(other === undefined ? [] : [other])].find(one =>
        this.#isAtOrAbove(one.target, block),
      );
      if (supporting !== undefined) {
        chosen.push(supporting);
        weight += this.voters.voters[index]!.weight;
      } else if (other !== undefined) {
        pairs.push(vote, other);
      }
    }
    return weight >= this.voters.threshold ? chosen : [...chosen, ...pairs];
  }

  #isAtOrAbove(target: BlockRef, block: BlockRef): boolean {
    let node = this.#nodes.get(bytesToBinary(target.hash));
    while (node !== undefined && node.number > block.number) node = node.parent;
    return node !== undefined && equalBytes(node.hash, block.hash);
  }

  #changed(): void {
    this.#state = undefined;
  }

  #addNode({hash, number}: BlockRef, parent: Node | undefined): Node {
    const node: Node = {hash, number, parent, children: [], weight: {prevote: 0, precommit: 0}};
    this.#nodes.set(bytesToBinary(hash), node);
    parent?.children.push(node);
    return node;
  }

  /** The node of a block, with those between it and the ones that are known. */
  #nodeOf(target: BlockRef): Node | "block-unknown" | "not-in-round" {
    const missing: BlockRef[] = [];
    let at: BlockRef = target;
    for (;;) {
      const known = this.#nodes.get(bytesToBinary(at.hash));
      if (known !== undefined) {
        let node = known;
        for (const block of missing.reverse()) node = this.#addNode(block, node);
        return node;
      }
      const header = this.#chain.header(at.hash);
      if (header === undefined) return "block-unknown";
      if (header.number !== at.number || at.number <= this.#base.number) return "not-in-round";
      missing.push(at);
      at = {hash: header.parentHash, number: at.number - 1};
    }
  }

  #weightOf(node: Node, phase: Phase): number {
    return node.weight[phase] + this.#tallies[phase].doubleWeight;
  }

  #compute(): RoundState {
    const {threshold, total} = this.voters;
    const none = {
      ghost: undefined,
      finalized: undefined,
      estimate: undefined,
      isCompletable: false,
    };
    if (this.#tallies.prevote.weight < threshold) return none;
    const ghost = this.#findGhost();
    const precommits = this.#tallies.precommit;
    if (precommits.weight < threshold) {
      return {ghost, finalized: undefined, estimate: ghost, isCompletable: false};
    }
    const finalized = ancestorWhere(ghost, node => this.#weightOf(node, "precommit") >= threshold);
    const unseen = total - precommits.weight;
    const moreDouble = Math.max(0, total - threshold - precommits.doubleWeight);
    const mayBeCommitted = (node: Node) => {
      const cast = this.#weightOf(node, "precommit");
      return cast + unseen + Math.min(precommits.weight - cast, moreDouble) >= threshold;
    };
    const estimate = ancestorWhere(ghost, mayBeCommitted);
    const isCompletable =
      estimate !== undefined && (estimate !== ghost || !ghost.children.some(mayBeCommitted));
    return {ghost, finalized, estimate, isCompletable};
  }

  /** Weights never fall (who votes twice counts for all), so the search goes on from where it last ended. */
  #findGhost(): Node {
    const {threshold} = this.voters;
    let ghost = this.#ghost ?? this.#base;
    for (;;) {
      const next = ghost.children.find(child => this.#weightOf(child, "prevote") >= threshold);
      if (next === undefined) break;
      ghost = next;
    }
    this.#ghost = ghost;
    return ghost;
  }
}

function ancestorWhere(from: Node, holds: (node: Node) => boolean): Node | undefined {
  let node: Node | undefined = from;
  while (node !== undefined && !holds(node)) node = node.parent;
  return node;
}
