import {struct, type ValueOf, vec} from "#codec";
import {voterId} from "./message.ts";
import {safeU64} from "./safe-u64.ts";

/** Voters with their weights, as digests, the runtime and warp proofs hand them round (spec/network §2.6). */
export const authorityList = vec(struct({id: voterId, weight: safeU64}));
export type Authority = Readonly<ValueOf<typeof authorityList>[number]>;
