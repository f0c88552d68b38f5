import {type Code, i32, i64, trapIf, when} from "#wasm";
import {AnswerWriter, exportApi} from "../answer.ts";
import {trapUnlessAmount} from "../big-numbers.ts";
import {ROW} from "../call-table.ts";
import {span} from "../memory.ts";
import type {Parts} from "../parts.ts";

const AMOUNT = i32.const(16);
/** The longest answer: an option's tag and four amounts. */
const ROOM = 1 + 4 * 16;

/** `TransactionPaymentApi` and `TransactionPaymentCallApi`. Calls whose weight depends on their arguments trap. */
export function exportFeeQueries(parts: Parts): void {
  const {module, reader, extrinsic, decoder, contents, table, fees, numbers, memory} = parts;
  const answer = new AnswerWriter(module, memory, i32.const(module.reserve(ROOM)));
  const zero = i32.const(module.reserve(16));
  const row = module.variable("i32");

  const amount = (number: Code): Code => [
    ...trapUnlessAmount(numbers, number),
    ...answer.append(number, AMOUNT),
  ];
  /** Weight, class and fee of the call in `row`, of so many bytes; the fee is 0 where nobody pays. */
  const info = module.define(["i32", "i32"], "i64", ({params: [length, pays]}) => [
    ...trapIf(i32.not(row.get)),
    ...answer.begin(),
    ...answer.append(i32.add(row.get, i32.const(ROW.info)), i32.load8(row.get, ROW.infoLength)),
    ...when(
      pays.get,
      [...fees.compute.call(row.get, length.get), ...amount(fees.total)],
      answer.append(zero, AMOUNT),
    ),
    ...answer.written(),
  ]);
  /** The parts of the fee, if somebody pays, and no tip. */
  const details = module.define(["i32", "i32"], "i64", ({params: [length, pays]}) => [
    ...answer.begin(),
    ...when(
      pays.get,
      [
        ...trapIf(i32.not(row.get)),
        ...fees.compute.call(row.get, length.get),
        ...answer.byte(i32.const(1)),
        ...[fees.base, fees.ofLength, fees.ofWeight].flatMap(amount),
      ],
      answer.byte(i32.const(0)),
    ),
    ...answer.append(zero, AMOUNT),
    ...answer.written(),
  ]);

  const length = () => i32.load(reader.take.call(i32.const(4)));
  for (const [name, query] of [
    ["info", info],
    ["fee_details", details],
  ] as const) {
    exportApi(parts, `TransactionPaymentApi_query_${name}`, ({params: [address, size]}) => [
      ...reader.open(address.get, size.get),
      ...extrinsic.read.call(),
      ...row.set(table.find.call(extrinsic.call.get)),
      ...query.call(length(), extrinsic.isSigned.get),
    ]);
    exportApi(
      parts,
      `TransactionPaymentCallApi_query_call_${name}`,
      ({params: [address, size], local}) => {
        const call = local("i32");
        return [
          ...reader.open(address.get, size.get),
          ...call.set(reader.at.get),
          ...decoder.skip(contents.call),
          ...row.set(table.find.call(call.get)),
          ...query.call(length(), i32.const(1)),
        ];
      },
    );
  }

  const tariff = (number: Code): Code => [
    ...trapUnlessAmount(numbers, number),
    ...span(number, AMOUNT),
  ];
  for (const api of ["TransactionPaymentApi", "TransactionPaymentCallApi"]) {
    exportApi(parts, `${api}_query_length_to_fee`, ({params: [address, size]}) => [
      ...reader.open(address.get, size.get),
      ...fees.computeOfLength.call(length()),
      ...tariff(fees.ofLength),
    ]);
    exportApi(parts, `${api}_query_weight_to_fee`, ({params: [address, size], local}) => {
      const refTime = local("i64");
      return [
        ...reader.open(address.get, size.get),
        ...reader.compact.call(i32.const(8)),
        ...refTime.set(i64.load(reader.number)),
        ...reader.compact.call(i32.const(8)),
        ...fees.computeOfWeight.call(refTime.get),
        ...tariff(fees.ofWeight),
      ];
    });
  }
}
