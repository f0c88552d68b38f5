import {concatBytes, invariant} from "#base";
import {encode, u64, u128} from "#codec";
import type {DispatchClass} from "#primitives";
import type {Func, ModuleWriter} from "#wasm";
import {type Code, i32, leave, when, whileTrue} from "#wasm";
import type {ClassLimits, FixedCall} from "./contents.ts";

export const CLASSES: readonly DispatchClass[] = ["Normal", "Operational", "Mandatory"];

/** Longest SCALE form of two compact u64 and a class. */
const INFO_SIZE = 2 * 9 + 1;

/** Offsets into a row of the table. */
export const ROW = {
  /** Pallet and call, as they stand at the start of a call. */
  id: 0,
  class: 2,
  fitsIntoBlock: 3,
  infoLength: 4,
  countByWeight: 8,
  /** 16 bytes. */
  weightFee: 16,
  info: 32,
} as const;
const ROW_SIZE = ROW.info + INFO_SIZE;

/** Offsets into what is kept of a class. */
export const LIMITS = {maxLength: 0, baseFee: 8} as const;
const LIMITS_SIZE = 24;

export interface CallTable {
  /** (address of a call) -> row of the call that begins there; 0 where weight or class depend on its arguments */
  readonly find: Func;
  /** An i32 expression: address of the limits of a class, given by its index. */
  limits(which: Code): Code;
}

function row(call: FixedCall): Uint8Array {
  const bytes = new Uint8Array(ROW_SIZE);
  invariant(call.weightAndClass.length <= INFO_SIZE, "weight and class fit into the row");
  bytes.set([call.pallet, call.call, CLASSES.indexOf(call.class), call.fitsIntoBlock ? 1 : 0]);
  bytes[ROW.infoLength] = call.weightAndClass.length;
  bytes.set(encode(u64, call.countByWeight), ROW.countByWeight);
  bytes.set(encode(u128, call.weightFee), ROW.weightFee);
  bytes.set(call.weightAndClass, ROW.info);
  return bytes;
}

export function createCallTable(
  module: ModuleWriter,
  calls: readonly FixedCall[],
  classes: readonly ClassLimits[],
): CallTable {
  const table = module.data(concatBytes(...calls.map(row)));
  const tableEnd = table + calls.length * ROW_SIZE;
  const limitsOfClasses = module.data(
    concatBytes(
      ...classes.map(({maxLength, baseFee}) =>
        concatBytes(encode(u64, BigInt(maxLength)), encode(u128, baseFee)),
      ),
    ),
  );
  const find = module.define(["i32"], "i32", ({params: [call], local}) => {
    const at = local("i32");
    return [
      ...at.set(i32.const(table)),
      ...whileTrue(i32.lt(at.get, i32.const(tableEnd)), [
        ...when(i32.eq(i32.load16(at.get), i32.load16(call.get)), leave(at.get)),
        ...at.set(i32.add(at.get, i32.const(ROW_SIZE))),
      ]),
      ...i32.const(0),
    ];
  });
  const limits = (which: Code) =>
    i32.add(i32.const(limitsOfClasses), i32.mul(which, i32.const(LIMITS_SIZE)));
  return {find, limits};
}
