import {ok} from "#base";
import {encode, u64} from "#codec";
import {TIMESTAMP_INHERENT} from "#primitives";
import type {InherentProvider} from "./inherents.ts";

/** The time: milliseconds since 1970, which the author's clock says and importers hold theirs against. */
export const timestampInherent: InherentProvider = {
  name: "timestamp",
  data: ({now}) => ok([[TIMESTAMP_INHERENT, encode(u64, BigInt(now))]]),
};
