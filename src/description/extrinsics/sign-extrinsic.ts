import {concatBytes, err, ok, type Result} from "#base";
import {Sink} from "#codec";
import {accountOf, type Hashing, type KeyPair, type SignatureScheme} from "#crypto";
import {EXTRINSIC_VERSION, SIGNED_BIT, writeLengthPrefix} from "#primitives";
import type {ChainDescription, ExtrinsicDescription} from "../chain-description.ts";
import {writeValue} from "../values/codec-of.ts";
import type {ValueMisfit} from "../values/misfit.ts";
import {type ExtensionFailure, extensionBytes, type SigningFacts} from "./extension-values.ts";

/** Whoever signs: a key at hand, a device, a wallet that has agreed already. */
export interface ExtrinsicSigner {
  readonly scheme: SignatureScheme;
  /** As extrinsics of the chain name it: 32 bytes, or 20 where accounts are Ethereum's. */
  readonly account: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

export type SignFailure =
  | ExtensionFailure
  /** The runtime takes no signed extrinsics of format 4. */
  | {readonly code: "format-unsupported"; readonly versions: readonly number[]}
  /** The chain has accounts or signatures of another kind. */
  | {readonly code: "signer-misfit"; readonly misfit: ValueMisfit};

/** A longer payload is signed by its hash. */
const MAX_PLAIN_PAYLOAD = 256;

const SIGNATURE_CASES: Readonly<Record<SignatureScheme, string>> = {
  ed25519: "Ed25519",
  sr25519: "Sr25519",
  ecdsa: "Ecdsa",
};

export function signerOf(pair: KeyPair, hashing: Pick<Hashing, "blake2b256">): ExtrinsicSigner {
  return {
    scheme: pair.scheme,
    account: accountOf(pair.scheme, pair.publicKey, hashing),
    sign: message => pair.sign(message),
  };
}

/** A signed extrinsic of format 4, with its length in front, around a call in SCALE. */
export function signExtrinsic(
  {extrinsic}: ChainDescription,
  call: Uint8Array,
  signer: ExtrinsicSigner,
  facts: SigningFacts,
  hashing: Pick<Hashing, "blake2b256">,
): Result<Uint8Array, SignFailure> {
  if (!extrinsic.versions.includes(EXTRINSIC_VERSION)) {
    return err({code: "format-unsupported", versions: extrinsic.versions});
  }
  const extras: Uint8Array[] = [];
  const additionals: Uint8Array[] = [];
  for (const extension of extrinsic.extensions) {
    const bytes = extensionBytes(extension, facts);
    if (!bytes.ok) return bytes;
    extras.push(bytes.value.extra);
    additionals.push(bytes.value.additional);
  }
  const extra = concatBytes(...extras);
  const address = writeValue(extrinsic.address, signer.account);
  if (!address.ok) return err({code: "signer-misfit", misfit: address.error});
  const payload = concatBytes(call, extra, ...additionals);
  const message = payload.length > MAX_PLAIN_PAYLOAD ? hashing.blake2b256(payload) : payload;
  const signature = writeSignature(extrinsic, signer, signer.sign(message));
  if (!signature.ok) return err({code: "signer-misfit", misfit: signature.error});
  const version = Uint8Array.of(EXTRINSIC_VERSION | SIGNED_BIT);
  return ok(withLength(concatBytes(version, address.value, signature.value, extra, call)));
}

/** Under the name of its scheme where the chain takes several, and by itself where it takes one. */
function writeSignature(
  {signature: type}: ExtrinsicDescription,
  {scheme}: ExtrinsicSigner,
  signature: Uint8Array,
): Result<Uint8Array, ValueMisfit> {
  const value =
    type.def.kind === "variant" ? {type: SIGNATURE_CASES[scheme], value: signature} : signature;
  return writeValue(type, value);
}

/** An extrinsic without a signer, of format 4 or 5: inherents, and calls that carry their own proof. */
export function bareExtrinsic({extrinsic}: ChainDescription, call: Uint8Array): Uint8Array {
  const version = extrinsic.versions.includes(EXTRINSIC_VERSION)
    ? EXTRINSIC_VERSION
    : Math.max(...extrinsic.versions);
  return withLength(concatBytes(Uint8Array.of(version), call));
}

export function withLength(body: Uint8Array): Uint8Array {
  const sink = new Sink();
  writeLengthPrefix(body.length, sink);
  sink.raw(body);
  return sink.finish();
}
