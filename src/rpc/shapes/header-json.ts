import type {Hex} from "#base";
import {decodeTrusted, encode} from "#codec";
import {digestItem, header} from "#primitives";
import {quantity, toHex} from "./hex.ts";

export interface HeaderJson {
  readonly parentHash: Hex;
  /** Minimal hex: clients encode the header again and compare its hash. */
  readonly number: Hex;
  readonly stateRoot: Hex;
  readonly extrinsicsRoot: Hex;
  readonly digest: {readonly logs: readonly Hex[]};
}

/** From the SCALE of a header that the node has accepted. */
export function headerJson(encoded: Uint8Array): HeaderJson {
  const {parentHash, number, stateRoot, extrinsicsRoot, digest} = decodeTrusted(header, encoded);
  return {
    parentHash: toHex(parentHash),
    number: quantity(number),
    stateRoot: toHex(stateRoot),
    extrinsicsRoot: toHex(extrinsicsRoot),
    digest: {logs: digest.map(item => toHex(encode(digestItem, item)))},
  };
}
