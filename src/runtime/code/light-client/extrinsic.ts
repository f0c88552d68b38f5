import {EXTRINSIC_VERSION, SIGNED_BIT} from "#primitives";
import type {Func, ModuleWriter, Variable} from "#wasm";
import {i32, trapIf, when} from "#wasm";
import type {LightClientContents} from "./contents.ts";
import type {Memory} from "./memory.ts";
import type {Reader} from "./reader.ts";
import type {TypeDecoder} from "./type-decoder.ts";

/** An extrinsic taken apart: addresses into the call's arguments, and the values of the signed extensions. */
export interface ExtrinsicReader {
  /** Reads an extrinsic with its length prefix (spec/pallets §5.1), and traps where it is none. */
  readonly read: Func;
  /** Bytes, length prefix included. */
  readonly length: Variable;
  readonly isSigned: Variable;
  readonly address: Variable;
  readonly signature: Variable;
  readonly extra: Variable;
  readonly call: Variable;
  readonly callEnd: Variable;
  /** Blocks that the signature counts; 0 for ever. */
  readonly period: Variable;
  readonly phase: Variable;
  readonly nonce: Variable;
  /** Address of the tip, 16 bytes. */
  readonly tip: number;
  /** 1 where the signature is bound to the metadata's hash. */
  readonly metadataMode: Variable;
}

export function createExtrinsicReader(
  module: ModuleWriter,
  reader: Reader,
  {copy}: Memory,
  decoder: TypeDecoder,
  types: Pick<LightClientContents, "call" | "address" | "signature">,
): ExtrinsicReader {
  const variable = () => module.variable("i32");
  const parts = {
    length: variable(),
    isSigned: variable(),
    address: variable(),
    signature: variable(),
    extra: variable(),
    call: variable(),
    callEnd: variable(),
    period: variable(),
    phase: variable(),
    nonce: variable(),
    tip: module.reserve(16),
    metadataMode: variable(),
  };
  const {at, end, byte, take, compact, compact32, number} = reader;
  const {period, phase} = parts;

  /** Era (spec/pallets §5.4): one zero byte, or four bits of period and twelve of phase. */
  const readEra = module.define([], undefined, ({local}) => {
    const first = local("i32");
    const encoded = local("i32");
    const step = local("i32");
    return [
      ...first.set(byte.call()),
      ...period.set(i32.const(0)),
      ...when(first.get, [
        ...encoded.set(i32.or(first.get, i32.shl(byte.call(), i32.const(8)))),
        ...period.set(i32.shl(i32.const(2), i32.and(encoded.get, i32.const(15)))),
        ...step.set(i32.shr(period.get, i32.const(12))),
        ...when(i32.not(step.get), step.set(i32.const(1))),
        ...phase.set(i32.mul(i32.shr(encoded.get, i32.const(4)), step.get)),
        ...trapIf(i32.lt(period.get, i32.const(4))),
        ...trapIf(i32.ge(phase.get, period.get)),
      ]),
    ];
  });

  /** What the chain's signed extensions put into an extrinsic: era, nonce, tip, mode. */
  const readSigned = module.define([], undefined, () => [
    ...parts.address.set(at.get),
    ...decoder.skip(types.address),
    ...parts.signature.set(at.get),
    ...decoder.skip(types.signature),
    ...parts.extra.set(at.get),
    ...readEra.call(),
    ...parts.nonce.set(compact32.call()),
    ...compact.call(i32.const(16)),
    ...copy.call(i32.const(parts.tip), number, i32.const(16)),
    ...parts.metadataMode.set(byte.call()),
    ...trapIf(i32.gt(parts.metadataMode.get, i32.const(1))),
  ]);

  const read = module.define([], undefined, ({local}) => {
    const start = local("i32");
    const outerEnd = local("i32");
    const body = local("i32");
    const version = local("i32");
    return [
      ...start.set(at.get),
      ...body.set(take.call(compact32.call())),
      ...parts.length.set(i32.sub(at.get, start.get)),
      ...outerEnd.set(end.get),
      ...end.set(at.get),
      ...at.set(body.get),
      ...version.set(byte.call()),
      ...trapIf(i32.ne(i32.and(version.get, i32.const(0x7f)), i32.const(EXTRINSIC_VERSION))),
      ...parts.isSigned.set(i32.and(version.get, i32.const(SIGNED_BIT))),
      ...when(parts.isSigned.get, readSigned.call()),
      ...parts.call.set(at.get),
      ...decoder.skip(types.call),
      ...trapIf(i32.ne(at.get, end.get)),
      ...parts.callEnd.set(at.get),
      ...end.set(outerEnd.get),
    ];
  });
  return {...parts, read};
}
