import {type Hex, ok} from "#base";
import {either, height, listOf, method, optional} from "../../declare/index.ts";
import type {ChainQuestions} from "../../questions/chain.ts";
import {toHex} from "../../shapes/hex.ts";

/** The best block's without a height; null for a height that the chain has not reached. */
export const chainGetBlockHash = method({
  name: "chain_getBlockHash",
  aliases: ["chain_getHead"],
  params: [optional("number", either(height, listOf(height)))],
  result: "Hash | null; a list of those for a list of heights",
  handle({chain}, number) {
    if (number === undefined) return ok(toHex(chain.best().hash));
    return ok(
      typeof number === "number" ? hashOf(chain, number) : number.map(n => hashOf(chain, n)),
    );
  },
});

function hashOf(chain: ChainQuestions, number: number): Hex | null {
  const hash = chain.hashOf(number);
  return hash === undefined ? null : toHex(hash);
}
