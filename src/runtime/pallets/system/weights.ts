import {addWeight, type Weight, weightOf} from "#primitives";
import {reads, writes} from "../../frame/index.ts";

/** Weights of System's calls (spec/pallets, appendix B). Arguments count bytes, items or keys. */
export const systemWeights = {
  remark: (bytes: bigint): Weight => weightOf(2_119_000n + 390n * bytes),
  remarkWithEvent: (bytes: bigint): Weight => weightOf(8_097_000n + 1_455n * bytes),
  setHeapPages: (): Weight => sum(weightOf(4_782_000n, 1_485n), reads(1n), writes(2n)),
  setCode: (): Weight => sum(weightOf(87_586_619_000n, 1_485n), reads(1n), writes(2n)),
  setStorage: (items: bigint): Weight =>
    sum(weightOf(2_175_000n + 841_511n * items), writes(items)),
  killStorage: (items: bigint): Weight =>
    sum(weightOf(2_255_000n + 662_473n * items), writes(items)),
  killPrefix: (keys: bigint): Weight =>
    sum(weightOf(4_270_000n + 1_389_650n * keys, 128n + 70n * keys), reads(keys), writes(keys)),
};

function sum(...weights: Weight[]): Weight {
  return weights.reduce(addWeight);
}
