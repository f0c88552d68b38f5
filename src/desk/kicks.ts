import {bytesToBinary, equalBytes} from "#base";
import type {Blockchain, BlockRef} from "#core";
import type {AccountId} from "#primitives";
import type {ChainFacts} from "./chain-facts.ts";
import type {SessionFacts} from "./facts/index.ts";
import {memberOf} from "./members.ts";
import type {Kick} from "./vocabulary.ts";

/** Sessions that are looked back on for why an account stands for nothing any more: on Khala, three days. */
const SESSIONS = 12;

export interface KicksDependencies {
  readonly chain: Pick<Blockchain, "hashOf">;
  readonly facts: Pick<ChainFacts, "set" | "removedAtStart">;
}

/**
 * Why an account is no candidate any more, where a change of sessions took it off the list for its silence. It is looked for
 * at the last changes, once a session, where the chain publishes when they are and the states are kept.
 */
export class Kicks {
  readonly #deps: KicksDependencies;
  #last: {readonly key: string; readonly kick: Kick | undefined} | undefined;

  constructor(dependencies: KicksDependencies) {
    this.#deps = dependencies;
  }

  /** Undefined, too, for who left by himself or was not there. */
  of(account: AccountId, session: SessionFacts | undefined, best: BlockRef): Kick | undefined {
    const {period, nextRotation} = session ?? {};
    if (period === undefined || nextRotation === undefined) return undefined;
    const began = nextRotation - period;
    const hash = this.#deps.chain.hashOf(Math.min(began, best.number));
    if (hash === undefined) return undefined;
    const key = bytesToBinary(account) + bytesToBinary(hash);
    if (this.#last?.key !== key) this.#last = {key, kick: this.#lookBack(account, began, period)};
    return this.#last.kick;
  }

  #lookBack(account: AccountId, began: number, period: number): Kick | undefined {
    for (let i = 0; i < SESSIONS; i++) {
      const block = began - i * period;
      if (block < 1) return undefined;
      const [hash, before] = [block, block - 1].map(number => this.#deps.chain.hashOf(number));
      if (hash === undefined || before === undefined) return undefined;
      // Who was a candidate still left later, and by himself.
      if (memberOf(this.#deps.facts.set(hash), account)?.kind === "Candidate") return undefined;
      const wasKicked = this.#deps.facts
        .removedAtStart(hash, before)
        .some(each => equalBytes(each, account));
      if (!wasKicked) continue;
      const set = this.#deps.facts.set(before);
      const lastAuthored = memberOf(set, account)?.lastAuthored;
      return {
        block,
        silentFor: lastAuthored === undefined ? undefined : block - lastAuthored,
        threshold: set?.kickThreshold,
      };
    }
    return undefined;
  }
}
