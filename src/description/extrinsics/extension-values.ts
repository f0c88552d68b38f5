import {concatBytes, err, ok, type Result} from "#base";
import type {TypeInfo} from "#codec";
import {type Era, type Hash, IMMORTAL} from "#primitives";
import type {ExtensionDescription} from "../chain-description.ts";
import {variantsOf} from "../find.ts";
import {writeValue} from "../values/codec-of.ts";
import {isNothing, unwrapped} from "../values/integers.ts";
import type {ValueMisfit} from "../values/misfit.ts";
import {isUnknown} from "../values/unknown-type.ts";

/** What a signature is bound to. */
export interface SigningFacts {
  readonly nonce: number | bigint;
  readonly tip?: bigint;
  readonly genesisHash: Hash;
  readonly specVersion: number;
  readonly transactionVersion: number;
  /** `checkpoint`: hash of the block that the era begins with. Left out, the signature is good for ever. */
  readonly mortality?: {readonly era: Era; readonly checkpoint: Hash};
  /** Binds the signature to what its maker was shown; left out, it is not bound. */
  readonly metadataHash?: Hash;
  /** Values for extensions by their identifiers: for those that are known to the caller only. */
  readonly extensions?: Readonly<Record<string, ExtensionValues>>;
}

/** What travels in the extrinsic, and what is only signed along. */
export interface ExtensionValues {
  readonly extra?: unknown;
  readonly additional?: unknown;
}

export type ExtensionFailure =
  /** The chain asks for something that nobody here knows of. */
  | {readonly code: "extension-unknown"; readonly identifier: string}
  | {readonly code: "extension-misfit"; readonly identifier: string; readonly misfit: ValueMisfit};

type ValuesOf = (facts: SigningFacts, extension: ExtensionDescription) => ExtensionValues;

const mortality: ValuesOf = ({mortality: given, genesisHash}) => ({
  extra: given?.era ?? IMMORTAL,
  additional: given?.checkpoint ?? genesisHash,
});

/** The tip alone, or beside the asset that it is paid in: none, which is the chain's own. */
const payment: ValuesOf = ({tip = 0n}, {extra}) => ({
  extra: unwrapped(extra).def.kind === "compact" ? tip : {tip, assetId: undefined},
});

/** Extensions that take something of what a signer knows. All others are given nothing, if that is what they take. */
const KNOWN: Readonly<Record<string, ValuesOf>> = {
  CheckSpecVersion: ({specVersion}) => ({additional: specVersion}),
  CheckTxVersion: ({transactionVersion}) => ({additional: transactionVersion}),
  CheckGenesis: ({genesisHash}) => ({additional: genesisHash}),
  CheckMortality: mortality,
  CheckEra: mortality,
  CheckNonce: ({nonce}) => ({extra: nonce}),
  ChargeTransactionPayment: payment,
  ChargeAssetTxPayment: payment,
  // Signed by the preamble of format 4, and not by this extension.
  VerifySignature: () => ({extra: {type: "Disabled"}}),
  VerifyMultiSignature: () => ({extra: {type: "Disabled"}}),
  CheckMetadataHash: ({metadataHash}) => ({
    extra: {mode: metadataHash === undefined ? "Disabled" : "Enabled"},
    additional: metadataHash,
  }),
};

/** Both parts of one extension in SCALE. */
export function extensionBytes(
  extension: ExtensionDescription,
  facts: SigningFacts,
): Result<{extra: Uint8Array; additional: Uint8Array}, ExtensionFailure> {
  const {identifier} = extension;
  const given = ownOf(facts.extensions ?? {}, identifier) ?? {};
  const known = ownOf(KNOWN, identifier)?.(facts, extension) ?? {};
  const write = (part: "extra" | "additional"): Result<Uint8Array, ExtensionFailure> => {
    const from = part in given ? given : part in known ? known : undefined;
    const type = extension[part];
    if (from === undefined || isUnknown(type)) {
      const nothing = nothingOf(type);
      return nothing === undefined ? err({code: "extension-unknown", identifier}) : ok(nothing);
    }
    const written = writeValue(type, from[part]);
    return written.ok
      ? written
      : err({code: "extension-misfit", identifier, misfit: written.error});
  };
  const extra = write("extra");
  if (!extra.ok) return extra;
  const additional = write("additional");
  if (!additional.ok) return additional;
  return ok({extra: extra.value, additional: additional.value});
}

function ownOf<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** More types than an extension is made of: types are as untrusted as bytes, and may contain themselves. */
const MOST_TYPES = 256;

/** How a type says nothing: no bytes, no option, or all of its parts say nothing. Undefined where it has to say something. */
export function nothingOf(type: TypeInfo): Uint8Array | undefined {
  let types = 0;
  const write = (each: TypeInfo): Uint8Array | undefined => {
    if (isUnknown(each) || ++types > MOST_TYPES) return undefined;
    if (isOption(each)) return new Uint8Array(1);
    const inner = partsOf(each);
    if (inner === undefined) return undefined;
    const parts: Uint8Array[] = [];
    for (const part of inner) {
      const written = write(part);
      if (written === undefined) return undefined;
      parts.push(written);
    }
    return concatBytes(...parts);
  };
  return write(type);
}

const isOption = (type: TypeInfo) =>
  type.path.join() === "Option" && variantsOf(type)[0]?.name === "None";

/** Types whose values, one after another, are the value; undefined for types that have to hold something. */
function partsOf({def}: TypeInfo): readonly TypeInfo[] | undefined {
  if (def.kind === "tuple") return def.elements;
  if (def.kind === "composite") return def.fields.map(({type}) => type);
  return def.kind === "compact" && isNothing(def.inner) ? [] : undefined;
}
