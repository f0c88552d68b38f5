import {equalBytes, err, ok, type Result} from "#base";
import {decode, encode, option, struct, u32, u64, vec} from "#codec";
import type {Header} from "#primitives";
import type {BlockRef, ChainView} from "./chain-view.ts";
import {announcedChange} from "./digest-logs.ts";
import {voteTarget} from "./messages.ts";
import {type AuthorityList, authorityList} from "./voter-set.ts";

/** A change that a block announced and that has not taken effect. */
interface PendingChange {
  readonly announcedIn: BlockRef;
  /** The height at which it takes effect, on the forks of the announcing block. */
  readonly effectiveAt: number;
  readonly next: AuthorityList;
  readonly medianFinalized: number | undefined;
}

/** The end of a set: the last block that it finalized, by which the next one was made known. */
export interface SetEnd {
  readonly setId: number;
  readonly block: BlockRef;
}

export interface SetChange {
  readonly setId: number;
  readonly authorities: AuthorityList;
  /** What the new voters begin with: final already, or to be taken as final where the change was forced. */
  readonly base: BlockRef;
  readonly isForced: boolean;
}

const pendingChange = struct({
  announcedIn: voteTarget,
  effectiveAt: u32,
  next: authorityList,
  medianFinalized: option(u32),
});

const stored = struct({
  setId: u64,
  authorities: authorityList,
  pending: vec(pendingChange),
  ends: vec(struct({setId: u64, block: voteTarget})),
  /** Sets before this one cannot be proved from genesis: a forced change cut the chain of proofs. */
  provableFrom: u64,
});

/**
 * Which voters are in charge, and which changes are on their way on which fork (spec/network §2.6). A scheduled
 * change takes effect when the block at its height is final; a forced one when such a block is imported.
 */
export class AuthoritySets {
  #setId: number;
  #authorities: AuthorityList;
  #pending: PendingChange[];
  readonly #ends: SetEnd[];
  #provableFrom: number;

  private constructor(state: {
    setId: number;
    authorities: AuthorityList;
    pending: PendingChange[];
    ends: SetEnd[];
    provableFrom: number;
  }) {
    this.#setId = state.setId;
    this.#authorities = state.authorities;
    this.#pending = state.pending;
    this.#ends = state.ends;
    this.#provableFrom = state.provableFrom;
  }

  /** A chain's first voters, or those of a set that was proved. */
  static begin(authorities: AuthorityList, setId = 0): AuthoritySets {
    return new AuthoritySets({setId, authorities, pending: [], ends: [], provableFrom: setId});
  }

  static decode(bytes: Uint8Array): Result<AuthoritySets, string> {
    const decoded = decode(stored, bytes);
    if (!decoded.ok) return err(decoded.error.message);
    const {setId, authorities, pending, ends, provableFrom} = decoded.value;
    return ok(
      new AuthoritySets({
        setId: Number(setId),
        authorities,
        pending: [...pending],
        ends: ends.map(end => ({setId: Number(end.setId), block: end.block})),
        provableFrom: Number(provableFrom),
      }),
    );
  }

  encode(): Uint8Array {
    return encode(stored, {
      setId: BigInt(this.#setId),
      authorities: this.#authorities,
      pending: this.#pending,
      ends: this.#ends.map(end => ({setId: BigInt(end.setId), block: end.block})),
      provableFrom: BigInt(this.#provableFrom),
    });
  }

  get setId(): number {
    return this.#setId;
  }

  get authorities(): AuthorityList {
    return this.#authorities;
  }

  /** The ends of all sets so far, in their order. */
  get ends(): readonly SetEnd[] {
    return this.#ends;
  }

  /** The first set from which on each change was final by the votes of the set before it. */
  get provableFrom(): number {
    return this.#provableFrom;
  }

  /** The block that ended a set; undefined for the one in charge. */
  endOf(setId: number): BlockRef | undefined {
    return this.#ends.find(end => end.setId === setId)?.block;
  }

  /**
   * Takes note of a block that was imported: what it announces, and a forced change that is due with it. True first:
   * something is to be persisted.
   */
  blockImported(
    block: BlockRef,
    header: Pick<Header, "digest">,
    chain: ChainView,
    finalized: BlockRef,
  ): {changed: boolean; forced: SetChange | undefined} {
    const announced = announcedChange(header);
    if (announced !== undefined && !this.#isKnown(block)) {
      const {next, delay, medianFinalized} = announced;
      const effectiveAt = block.number + delay;
      this.#pending.push({announcedIn: block, effectiveAt, next, medianFinalized});
    }
    const due = this.#pending.find(
      change =>
        change.medianFinalized !== undefined &&
        block.number >= change.effectiveAt &&
        isAtOrAbove(chain, block, change.announcedIn),
    );
    if (due === undefined) return {changed: announced !== undefined, forced: undefined};
    const median = due.medianFinalized!;
    const hash = median > finalized.number ? chain.ancestorAt(block, median) : undefined;
    const base = hash === undefined ? finalized : {hash, number: median};
    // The set ends here without a proof; what was scheduled before is overtaken.
    this.#pending = [];
    this.#enter(due.next);
    this.#provableFrom = this.#setId;
    return {
      changed: true,
      forced: {setId: this.#setId, authorities: due.next, base, isForced: true},
    };
  }

  /** Whether finality of this very block ends the set: a proof of it must be kept for ever. */
  isSetEnd(block: BlockRef, chain: ChainView): boolean {
    return this.#dueAt(block, chain) !== undefined;
  }

  /** A block became final: the change that is thereby made, if any. Changes on dead forks are forgotten. */
  blockFinalized(block: BlockRef, chain: ChainView): SetChange | undefined {
    const due = this.#dueAt(block, chain);
    this.#pending = this.#pending.filter(
      change =>
        change !== due &&
        (change.announcedIn.number > block.number
          ? isAtOrAbove(chain, change.announcedIn, block)
          : change.effectiveAt > block.number && isAtOrAbove(chain, block, change.announcedIn)),
    );
    if (due === undefined) return undefined;
    this.#ends.push({setId: this.#setId, block});
    this.#enter(due.next);
    return {setId: this.#setId, authorities: due.next, base: block, isForced: false};
  }

  /** The highest block that may be voted for on the way to a target: none beyond one that changes the voters. */
  limit(target: BlockRef, chain: ChainView): BlockRef {
    let limited = target;
    for (const {announcedIn, effectiveAt, medianFinalized} of this.#pending) {
      if (medianFinalized !== undefined || effectiveAt >= limited.number) continue;
      if (!isAtOrAbove(chain, limited, announcedIn)) continue;
      const hash = chain.ancestorAt(limited, effectiveAt);
      if (hash !== undefined) limited = {hash, number: effectiveAt};
    }
    return limited;
  }

  /** While a forced change is on its way the old voters are silent: they are thought to be gone. */
  isAwaitingForcedChange(best: BlockRef, chain: ChainView): boolean {
    return this.#pending.some(
      ({medianFinalized, announcedIn}) =>
        medianFinalized !== undefined && isAtOrAbove(chain, best, announcedIn),
    );
  }

  /** Goes on with voters that a proof showed, at a block that it showed to be final. */
  leapTo(setId: number, authorities: AuthorityList, ends: readonly SetEnd[]): void {
    this.#setId = setId;
    this.#authorities = authorities;
    this.#pending = [];
    this.#ends.push(...ends.filter(end => this.endOf(end.setId) === undefined));
  }

  /** The lowest scheduled change on the way down from a block that is to be final, and due with it. */
  #dueAt(block: BlockRef, chain: ChainView): PendingChange | undefined {
    return this.#pending
      .filter(
        ({medianFinalized, effectiveAt, announcedIn}) =>
          medianFinalized === undefined &&
          effectiveAt <= block.number &&
          isAtOrAbove(chain, block, announcedIn),
      )
      .sort((a, b) => a.effectiveAt - b.effectiveAt)[0];
  }

  #enter(next: AuthorityList): void {
    this.#setId++;
    this.#authorities = next;
  }

  #isKnown({hash}: BlockRef): boolean {
    return this.#pending.some(({announcedIn}) => equalBytes(announcedIn.hash, hash));
  }
}

export function isAtOrAbove(chain: ChainView, block: BlockRef, ancestor: BlockRef): boolean {
  if (block.number < ancestor.number) return false;
  const hash = chain.ancestorAt(block, ancestor.number);
  return hash !== undefined && equalBytes(hash, ancestor.hash);
}
