import {addWeight, maxWeight, type Weight, weightOf} from "#primitives";
import {reads, writes} from "../../frame/index.ts";

function oneAccount(refTime: bigint): Weight {
  return [weightOf(refTime, 3_593n), reads(1n), writes(1n)].reduce(addWeight);
}

/** Weights of Balances' calls (spec/pallets, appendix B). */
export const balancesWeights = {
  transferAllowDeath: oneAccount(59_117_000n),
  transferKeepAlive: oneAccount(45_798_000n),
  transferAll: oneAccount(55_623_000n),
  forceTransfer: [weightOf(63_365_000n, 6_196n), reads(2n), writes(2n)].reduce(addWeight),
  forceUnreserve: oneAccount(19_953_000n),
  forceSetBalance: maxWeight(oneAccount(16_939_000n), oneAccount(25_487_000n)),
  upgradeAccounts: (accounts: bigint): Weight =>
    [
      weightOf(19_612_000n + 16_444_591n * accounts, 990n + 2_603n * accounts),
      reads(accounts),
      writes(accounts),
    ].reduce(addWeight),
};
