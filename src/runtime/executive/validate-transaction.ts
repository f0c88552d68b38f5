import {err, ok} from "#base";
import {
  combineValidity,
  DEFAULT_VALIDITY,
  type Hash,
  invalid,
  type TransactionValidity,
} from "#primitives";
import type {RuntimeHost} from "#runtime-api";
import {checkSignature} from "./check.ts";
import type {Composition} from "./composition.ts";
import type {Extrinsic} from "./extrinsic.ts";

/** What the pool is told of a transaction, as of the block after `blockHash` (spec/pallets §4.5). */
export function validateTransaction(
  host: RuntimeHost,
  composition: Composition,
  extrinsic: Extrinsic,
  blockHash: Hash,
): TransactionValidity {
  const {state} = host;
  const {system, extensions} = composition;
  const next = system.storage.number.get(state) + 1;
  system.block.foresee(state, next, blockHash);
  const signer = checkSignature(host, composition, extrinsic);
  if (!signer.ok) return signer;
  const {call, signed, bytes} = extrinsic;
  const info = call.call.info(call.args);
  if (info.class === "Mandatory") return err(invalid("MandatoryValidation"));
  const who = signer.value;
  const {length} = bytes;
  let validity = DEFAULT_VALIDITY;
  for (let i = 0; i < extensions.length; i++) {
    const extension = extensions[i]!;
    const opinion =
      who === undefined || signed === undefined
        ? extension.validateUnsigned?.(state, {call, info, length})
        : extension.validate?.(state, {call, info, length, who, extra: signed.extra[i]});
    if (opinion === undefined) continue;
    if (!opinion.ok) return opinion;
    validity = combineValidity(validity, opinion.value);
  }
  // No pallet of ours has unsigned transactions that could wait in a pool.
  if (signer.value === undefined) {
    return err({type: "Unknown", value: {type: "NoUnsignedValidator"}});
  }
  return ok(validity);
}
