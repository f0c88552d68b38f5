import {bytesToBinary} from "#base";
import type {Blockchain, BlockRef} from "#core";
import type {Hash} from "#primitives";
import type {ChainFacts} from "./chain-facts.ts";
import type {SessionFacts} from "./facts/index.ts";

export interface SessionStartDependencies {
  readonly chain: Pick<Blockchain, "hashOf">;
  readonly facts: Pick<ChainFacts, "session">;
}

/**
 * The block with which a session began. It follows from the next rotation where the chain publishes that; of other chains
 * it is looked for in their past, where the session's index went up: a few states are read, once a session.
 */
export class SessionStart {
  readonly #deps: SessionStartDependencies;
  #found: {readonly index: number; readonly number: number; readonly hash: Hash} | undefined;

  constructor(dependencies: SessionStartDependencies) {
    this.#deps = dependencies;
  }

  /** Undefined where states back to it are not kept. */
  of(session: SessionFacts, best: BlockRef): number | undefined {
    const {index, period, nextRotation} = session;
    if (period !== undefined && nextRotation !== undefined) return nextRotation - period;
    const found = this.#found;
    if (found?.index === index && this.#isOnChain(found)) return found.number;
    const number = this.#lookBack(index, best.number);
    const hash = number === undefined ? undefined : this.#deps.chain.hashOf(number);
    this.#found = number === undefined || hash === undefined ? undefined : {index, number, hash};
    return number;
  }

  #isOnChain({number, hash}: BlockRef): boolean {
    const now = this.#deps.chain.hashOf(number);
    return now !== undefined && bytesToBinary(now) === bytesToBinary(hash);
  }

  /** Steps back ever further to a block of another session, then halves what lies between. */
  #lookBack(index: number, best: number): number | undefined {
    let inside = best;
    let outside: number | undefined;
    for (let step = 1; outside === undefined; step *= 2) {
      const at = Math.max(0, inside - step);
      const there = this.#indexAt(at);
      if (there === undefined) return undefined;
      if (there !== index) outside = at;
      else if (at === 0) return 0;
      else inside = at;
    }
    while (inside - outside > 1) {
      const middle = Math.floor((inside + outside) / 2);
      const there = this.#indexAt(middle);
      if (there === undefined) return undefined;
      if (there === index) inside = middle;
      else outside = middle;
    }
    return inside;
  }

  #indexAt(number: number): number | undefined {
    const hash = this.#deps.chain.hashOf(number);
    return hash === undefined ? undefined : this.#deps.facts.session(hash)?.index;
  }
}
