import {err, ok} from "#base";
import {MAX_U64} from "#codec";
import {birth, death, type Era, era, type Hash, hash, invalid} from "#primitives";
import type {Externalities} from "#state";
import {extension} from "../frame/index.ts";
import {named} from "./marker.ts";

/** Limits for how long a signature counts, by the hash of a recent block (spec/pallets §5.4). */
export const checkMortality = (deps: {
  blockNumber: (state: Externalities) => number;
  blockHash: (state: Externalities, number: number) => Hash | undefined;
}) =>
  extension<Era, Hash, undefined>({
    identifier: "CheckMortality",
    extra: named("frame_system::extensions::check_mortality::CheckMortality", era),
    additional: hash,
    additionalSigned(state, value) {
      const found = deps.blockHash(state, birth(value, deps.blockNumber(state)));
      return found === undefined ? err(invalid("AncientBirthBlock")) : ok(found);
    },
    validate(state, {extra}) {
      const current = deps.blockNumber(state);
      const last = death(extra, current);
      const longevity = last === Number.POSITIVE_INFINITY ? MAX_U64 : BigInt(last);
      const left = longevity - BigInt(current);
      return ok({longevity: left < 0n ? 0n : left});
    },
  });
