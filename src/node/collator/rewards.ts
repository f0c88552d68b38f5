import {bytesToBinary, equalBytes, LruCache, type Millis} from "#base";
import {authorIndex, slotOf, slotStart} from "#consensus";
import type {AccountId, Hash} from "#primitives";
import type {BlockReward} from "#rpc";
import type {Blockchain} from "../chain/blockchain.ts";
import type {ChainFacts} from "./chain-facts.ts";
import {type Thread, TimeSlices} from "./time-slices.ts";

/** Blocks remembered: the most that is looked back on at once (`collator_rewards`), and as many again of new ones. */
const REMEMBERED = 20_000;

interface RememberedBlock {
  readonly parentHash: Hash;
  readonly at: Millis;
  readonly author: AccountId;
  /** Known once somebody asked for the author's rewards. */
  reward?: BlockReward | undefined;
}

export interface RewardBookDependencies {
  readonly chain: Pick<Blockchain, "best" | "header" | "state">;
  readonly facts: Pick<ChainFacts, "session" | "set">;
  readonly slotDuration: () => number;
  readonly thread: Thread;
}

/**
 * What blocks brought their authors: the author of a block gets half of what the pot holds above the existential
 * deposit when the block begins, so the pot before and after the block says all of it but the fees that came in.
 *
 * Each block costs one to three questions to the runtime, and any client may ask for thousands of them. So what a block
 * brought is found out once, in slices, and for one client after the other: the second finds what the first looked up.
 */
export class RewardBook {
  readonly #deps: RewardBookDependencies;
  readonly #blocks = new LruCache<string, RememberedBlock>(REMEMBERED);
  #underWay: Promise<unknown> = Promise.resolve();

  constructor(dependencies: RewardBookDependencies) {
    this.#deps = dependencies;
  }

  /** Of an account's blocks among the last ones of the best chain, newest first; as far back as states are kept. */
  of(account: AccountId, blocks: number): Promise<readonly BlockReward[]> {
    const answer = this.#underWay.then(() => this.#lookBack(account, blocks));
    // Whoever asked hears of a failure; the next one in turn begins all the same.
    this.#underWay = answer.catch(() => undefined);
    return answer;
  }

  async #lookBack(account: AccountId, blocks: number): Promise<readonly BlockReward[]> {
    const slices = new TimeSlices(this.#deps.thread);
    const rewards: BlockReward[] = [];
    let {hash, number} = this.#deps.chain.best();
    for (let i = 0; i < blocks && number > 0; i++) {
      if (slices.isOver) await slices.rest();
      const block = this.#block(hash);
      if (block === undefined) break;
      if (equalBytes(block.author, account)) {
        block.reward ??= this.#reward(hash, number, block);
        if (block.reward === undefined) break;
        rewards.push(block.reward);
      }
      hash = block.parentHash;
      number--;
    }
    return rewards;
  }

  /** Undefined where the state that the block was built on is not kept. */
  #block(hash: Hash): RememberedBlock | undefined {
    const key = bytesToBinary(hash);
    const known = this.#blocks.get(key);
    if (known !== undefined) return known;
    const {chain, facts, slotDuration} = this.#deps;
    const header = chain.header(hash);
    if (header === undefined || chain.state(header.parentHash) === undefined) return undefined;
    const {parentHash, digest} = header;
    const slot = slotOf(digest);
    const {validators} = facts.session(parentHash);
    const index = slot === undefined ? undefined : authorIndex(slot, validators.length);
    const author = index === undefined ? undefined : validators[index];
    if (slot === undefined || author === undefined) return undefined;
    const block = {parentHash, author, at: slotStart(slot, slotDuration())};
    this.#blocks.set(key, block);
    return block;
  }

  #reward(hash: Hash, number: number, {parentHash, at}: RememberedBlock): BlockReward | undefined {
    const {chain, facts} = this.#deps;
    // While others had their turn what is kept may have moved on.
    const isKept = [parentHash, hash].every(block => chain.state(block) !== undefined);
    if (!isKept) return undefined;
    const {potBalance: potBefore, existentialDeposit} = facts.set(parentHash);
    const spendable = potBefore - existentialDeposit;
    const amount = spendable > 0n ? spendable / 2n : 0n;
    return {number, hash, at, amount, potBefore, potAfter: facts.set(hash).potBalance};
  }
}
