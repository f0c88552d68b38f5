import {ok} from "#base";
import {encode, u64} from "#codec";
import {AURA_INHERENT} from "#primitives";
import type {InherentProvider} from "./inherents.ts";

/**
 * The block's slot, as its header says it. Runtimes from before mid 2021 refuse a block for which nobody says it, or whose
 * time lies in another slot; later ones look at the header themselves.
 */
export const auraSlotInherent: InherentProvider = {
  name: "aura",
  data: ({slot}) => ok([[AURA_INHERENT, encode(u64, BigInt(slot))]]),
};
