import {equalBytes} from "#base";
import {authorIndex, slotOf, slotStart} from "#consensus";
import type {AccountId} from "#primitives";
import type {BlockReward} from "#rpc";
import type {Blockchain} from "../chain/blockchain.ts";
import type {ChainFacts} from "./chain-facts.ts";

/**
 * What an account's blocks brought it: the author of a block gets half of what the pot holds above the existential
 * deposit when the block begins, so the pot before and after the block says all of it but the fees that came in.
 */
export function rewardsOf(
  chain: Blockchain,
  facts: ChainFacts,
  {account, blocks, slotDuration}: {account: AccountId; blocks: number; slotDuration: number},
): BlockReward[] {
  const rewards: BlockReward[] = [];
  let {hash, number} = chain.best();
  for (let i = 0; i < blocks && number > 0; i++) {
    const header = chain.header(hash);
    if (header === undefined || chain.state(header.parentHash) === undefined) break;
    const slot = slotOf(header.digest);
    const {validators} = facts.session(header.parentHash);
    const index = slot === undefined ? undefined : authorIndex(slot, validators.length);
    const author = index === undefined ? undefined : validators[index];
    if (slot !== undefined && author !== undefined && equalBytes(author, account)) {
      const before = facts.set(header.parentHash);
      const spendable = before.potBalance - before.existentialDeposit;
      rewards.push({
        number,
        hash,
        at: slotStart(slot, slotDuration),
        amount: spendable > 0n ? spendable / 2n : 0n,
        potBefore: before.potBalance,
        potAfter: facts.set(hash).potBalance,
      });
    }
    hash = header.parentHash;
    number--;
  }
  return rewards;
}
