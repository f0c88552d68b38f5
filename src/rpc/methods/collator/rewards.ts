import {ok} from "#base";
import {address, method, optional, u32} from "../../declare/index.ts";
import type {CollatorQuestions} from "../../questions/index.ts";
import {CollatorJson} from "../../shapes/collator-json.ts";

const DEFAULT_BLOCKS = 1_000;
/** So many are remembered twice over, and looked up bit by bit. */
const MAX_BLOCKS = 10_000;

export const collatorRewards = (collator: CollatorQuestions) =>
  method({
    name: "collator_rewards",
    params: [optional("account", address), optional("blocks", u32)],
    result:
      "[{number, hash, at, amount, potBefore, potAfter}] of the account's blocks among the last ones, newest first; an amount that the chain does not publish is null, and so is all of it where it does not publish who makes its blocks",
    async handle({node}, account = collator.status().account, blocks = DEFAULT_BLOCKS) {
      if (account === undefined) return ok([]);
      const json = new CollatorJson(node.ss58Prefix);
      const rewards = await collator.rewards(account, Math.min(blocks, MAX_BLOCKS));
      return ok(rewards?.map(reward => json.reward(reward)) ?? null);
    },
  });
