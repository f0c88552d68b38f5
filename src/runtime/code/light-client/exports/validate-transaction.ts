import {MAX_U64} from "#codec";
import {invalid, type ValidityError} from "#primitives";
import type {Func} from "#wasm";
import {type Code, choose, i32, i64, leave, trapIf, when} from "#wasm";
import {exportApi} from "../answer.ts";
import {CLASSES, LIMITS, ROW} from "../call-table.ts";
import type {Parts} from "../parts.ts";
import {createPayment} from "../payment.ts";
import {createPriority} from "../priority.ts";
import {createSignatureCheck} from "../signature.ts";
import {createAcceptance, refusal} from "../validity.ts";

const HASH = 32;
const MANDATORY = i32.const(CLASSES.indexOf("Mandatory"));
const NORMAL = i32.const(CLASSES.indexOf("Normal"));
/** Highest index of TransactionSource. */
const EXTERNAL = i32.const(2);
const CANNOT_LOOKUP: ValidityError = {type: "Unknown", value: {type: "CannotLookup"}};
const NO_UNSIGNED: ValidityError = {type: "Unknown", value: {type: "NoUnsignedValidator"}};

const isZeroAccount = (account: Code) =>
  i64.isZero(
    [8, 16, 24].reduce((all, offset) => i64.or(all, i64.load(account, offset)), i64.load(account)),
  );

/**
 * `TaggedTransactionQueue_validate_transaction`: the checks of the runtime in the runtime's order (spec/pallets §4.5),
 * for the block after the one whose state is asked. Of a call whose weight and class depend on its arguments neither is
 * known here, and so not whether the fee can be paid; the index of this folder says what that comes to.
 */
export function exportValidateTransaction(parts: Parts): void {
  const {module, reader, storage, extrinsic, table, fees} = parts;
  const signatureHolds = createSignatureCheck(
    module,
    parts.host,
    parts.memory,
    extrinsic,
    parts.contents,
  );
  const priority = createPriority(parts);
  const canPay = createPayment(parts);
  const accept = createAcceptance(parts);
  const refuse = (error: ValidityError) => leave(refusal(parts, error));

  const parentHash = module.variable("i32");
  const number = module.variable("i32");
  const row = module.variable("i32");
  const noHash = i32.const(module.reserve(HASH));

  /** (number) -> address of a block's hash, 0 where it is not known: the block asked about is not yet in its state */
  const hashOf: Func = module.define(["i32"], "i32", ({params: [wanted]}) =>
    choose(i32.eq(wanted.get, number.get), parentHash.get, storage.blockHash.call(wanted.get)),
  );

  /** -> the block whose hash the signature covers */
  const birth = module.define([], "i32", ({local}) => {
    const {period, phase} = extrinsic;
    const current = local("i32");
    return [
      ...when(i32.not(period.get), leave(i32.const(0))),
      ...current.set(i32.add(number.get, i32.const(1))),
      ...when(i32.lt(current.get, phase.get), current.set(phase.get)),
      ...i32.add(
        i32.mul(i32.div(i32.sub(current.get, phase.get), period.get), period.get),
        phase.get,
      ),
    ];
  });

  /** What a transaction must be whoever sends it: of a class that waits in a pool, and no larger than a block. */
  const limits = table.limits(choose(row.get, i32.load8(row.get, ROW.class), NORMAL));
  const isTooLong = i64.gt(i64.extend(extrinsic.length.get), i64.load(limits, LIMITS.maxLength));
  const isTooHeavy = choose(row.get, i32.not(i32.load8(row.get, ROW.fitsIntoBlock)), i32.const(0));
  const isMandatory = choose(
    row.get,
    i32.eq(i32.load8(row.get, ROW.class), MANDATORY),
    i32.const(0),
  );

  const unsigned = module.define([], "i64", () => [
    ...when(isMandatory, refuse(invalid("MandatoryValidation"))),
    ...when(i32.or(isTooLong, isTooHeavy), refuse(invalid("ExhaustsResources"))),
    ...refusal(parts, NO_UNSIGNED),
  ]);

  const signed = module.define([], "i64", ({local}) => {
    const account = i32.add(extrinsic.address.get, i32.const(1));
    const genesis = local("i32");
    const birthNumber = local("i32");
    const birthHash = local("i32");
    const record = local("i32");
    const stored = i32.load(record.get);
    // Valid until the block `birth + period`, counted from the next one.
    const left = i32.sub(
      i32.add(birthNumber.get, extrinsic.period.get),
      i32.add(number.get, i32.const(1)),
    );
    const longevity = local("i64");
    return [
      ...when(i32.load8(extrinsic.address.get), refuse(CANNOT_LOOKUP)),
      ...genesis.set(hashOf.call(i32.const(0))),
      ...when(i32.not(genesis.get), genesis.set(noHash)),
      ...birthNumber.set(birth.call()),
      ...birthHash.set(hashOf.call(birthNumber.get)),
      ...when(i32.not(birthHash.get), refuse(invalid("AncientBirthBlock"))),
      ...when(
        i32.not(signatureHolds.call(genesis.get, birthHash.get)),
        refuse(invalid("BadProof")),
      ),
      ...when(isMandatory, refuse(invalid("MandatoryValidation"))),
      ...when(isZeroAccount(account), refuse(invalid("BadSigner"))),
      ...record.set(storage.account.call(account)),
      ...when(i32.lt(extrinsic.nonce.get, stored), refuse(invalid("Stale"))),
      ...when(i32.or(isTooLong, isTooHeavy), refuse(invalid("ExhaustsResources"))),
      ...when(row.get, [
        ...fees.compute.call(row.get, extrinsic.length.get),
        ...when(i32.not(canPay.call(record.get)), refuse(invalid("Payment"))),
      ]),
      ...longevity.set(i64.sub(i64.const(MAX_U64), i64.extend(i32.add(number.get, i32.const(1))))),
      ...when(extrinsic.period.get, longevity.set(i64.extend(left))),
      ...accept.call(account, stored, priority.call(row.get), longevity.get),
    ];
  });

  exportApi(parts, "TaggedTransactionQueue_validate_transaction", ({params: [address, length]}) => [
    ...reader.open(address.get, length.get),
    ...trapIf(i32.gt(reader.byte.call(), EXTERNAL)),
    ...extrinsic.read.call(),
    ...parentHash.set(reader.take.call(i32.const(HASH))),
    ...number.set(storage.word("number")),
    ...row.set(table.find.call(extrinsic.call.get)),
    ...when(extrinsic.isSigned.get, leave(signed.call())),
    ...unsigned.call(),
  ]);
}
