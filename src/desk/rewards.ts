import {
  bytesToBinary,
  equalBytes,
  LruCache,
  OneAtATime,
  Slices,
  type SlicesDependencies,
} from "#base";
import type {Blockchain, SlotTimes} from "#core";
import type {AccountId, Hash} from "#primitives";
import type {AuthoredBlock, BlockAuthors} from "./block-authors.ts";
import type {ChainFacts} from "./chain-facts.ts";
import type {BlockReward} from "./vocabulary.ts";

/** Own blocks remembered: what is looked back on at once (`collator_rewards`) if all of it is ours, and as many again. */
const REMEMBERED = 20_000;
/** Milliseconds of looking back at a time: many clients may ask for it, and a share of work so small is not seen in answers. */
const SLICE = 4;

export interface RewardBookDependencies {
  readonly chain: Pick<Blockchain, "best" | "header" | "state">;
  readonly facts: Pick<ChainFacts, "authors" | "set" | "paidAtStart">;
  readonly authors: BlockAuthors;
  readonly slots: Pick<SlotTimes, "startOf">;
  readonly thread: SlicesDependencies;
}

/**
 * What blocks brought their authors when they began. On our own chain the author gets half of what the pot holds above the
 * existential deposit, so the pot before and after the block says all of it but the fees that came in. How another chain
 * pays is its own affair: there its events say what came to the author before any transaction ran.
 *
 * Each block costs one to three questions to the runtime, and any client may ask for thousands of them. So what a block
 * brought is found out once, in slices, and for one client after the other: the second finds what the first looked up.
 */
export class RewardBook {
  readonly #deps: RewardBookDependencies;
  readonly #rewards = new LruCache<string, BlockReward>(REMEMBERED);
  readonly #lookUps = new OneAtATime();

  constructor(dependencies: RewardBookDependencies) {
    this.#deps = dependencies;
  }

  /**
   * Of an account's blocks among the last ones of the best chain, newest first; as far back as states are kept. Undefined where
   * the chain does not publish who makes its blocks.
   */
  of(account: AccountId, blocks: number): Promise<readonly BlockReward[] | undefined> {
    return this.#lookUps.run(() => this.#lookBack(account, blocks));
  }

  async #lookBack(account: AccountId, blocks: number): Promise<readonly BlockReward[] | undefined> {
    if (this.#deps.facts.authors(this.#deps.chain.best().hash) === undefined) return undefined;
    const slices = new Slices(this.#deps.thread, SLICE);
    const rewards: BlockReward[] = [];
    let {hash, number} = this.#deps.chain.best();
    for (let i = 0; i < blocks && number > 0; i++) {
      if (slices.isOver) await slices.next();
      const block = this.#deps.authors.of(hash);
      if (block === undefined) break;
      if (equalBytes(block.author, account)) {
        const reward = this.#reward(hash, number, block);
        if (reward === undefined) break;
        rewards.push(reward);
      }
      hash = block.parentHash;
      number--;
    }
    return rewards;
  }

  #reward(hash: Hash, number: number, block: AuthoredBlock): BlockReward | undefined {
    const key = bytesToBinary(hash);
    const known = this.#rewards.get(key);
    if (known !== undefined) return known;
    const {chain, facts, slots} = this.#deps;
    const {parentHash} = block;
    // While others had their turn what is kept may have moved on.
    const isKept = [parentHash, hash].every(each => chain.state(each) !== undefined);
    if (!isKept) return undefined;
    const potBefore = facts.set(parentHash)?.potBalance;
    const potAfter = facts.set(hash)?.potBalance;
    const amount = facts.paidAtStart(hash, parentHash, block.author);
    const at = slots.startOf(chain.header(hash)!)!;
    const reward = {number, hash, at, amount, potBefore, potAfter};
    this.#rewards.set(key, reward);
    return reward;
  }
}
