import type {TypeInfo} from "#codec";
import type {ExtensionDescription} from "../chain-description.ts";
import {unknownType} from "../values/unknown-type.ts";

/** Of extensions metadata 13 has the names alone: what travels, and what is signed along. */
const EXTENSIONS: Readonly<Record<string, readonly [extra: string, additional: string]>> = {
  CheckNonZeroSender: ["()", "()"],
  CheckSpecVersion: ["()", "u32"],
  CheckTxVersion: ["()", "u32"],
  CheckGenesis: ["()", "Hash"],
  CheckMortality: ["Era", "Hash"],
  CheckEra: ["Era", "Hash"],
  CheckNonce: ["Compact<Index>", "()"],
  CheckWeight: ["()", "()"],
  ChargeTransactionPayment: ["Compact<Balance>", "()"],
  PrevalidateAttests: ["()", "()"],
};

export function extensionOf2021(
  identifier: string,
  typeOf: (text: string) => TypeInfo,
): ExtensionDescription {
  const known = Object.hasOwn(EXTENSIONS, identifier) ? EXTENSIONS[identifier] : undefined;
  if (known === undefined) {
    const type = unknownType(identifier);
    return {identifier, extra: type, additional: type};
  }
  return {identifier, extra: typeOf(known[0]), additional: typeOf(known[1])};
}
