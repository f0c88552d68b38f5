import type {LookupEntry} from "@polkadot-api/metadata-builders";
import {compact, u32} from "@polkadot-api/substrate-bindings";
import {hexToBytes, joined} from "../chain/bytes.ts";
import type {ChainRuntime} from "../chain/runtime.ts";

export interface SignedAt {
  readonly genesis: string;
  /** The block after which the transaction lives for so many blocks. */
  readonly number: number;
  readonly hash: string;
  readonly nonce: number;
}

export interface ExtensionBytes {
  readonly identifier: string;
  readonly value: Uint8Array;
  readonly additionalSigned: Uint8Array;
}

/** Long enough for a person who is asked by a wallet, short enough that what was forgotten does not happen next week. */
const LIFETIME = 64;

const NOTHING = new Uint8Array(0);
const NO_OPTION = Uint8Array.of(0);

/** What each extension of the runtime wants signed along, by name; undefined for one that this page does not know. */
const VALUES: Readonly<
  Record<string, (at: SignedAt, runtime: ChainRuntime) => readonly [Uint8Array, Uint8Array]>
> = {
  CheckSpecVersion: (_, {specVersion}) => [NOTHING, u32.enc(specVersion)],
  CheckTxVersion: (_, {transactionVersion}) => [NOTHING, u32.enc(transactionVersion)],
  CheckGenesis: ({genesis}) => [NOTHING, hexToBytes(genesis)],
  CheckMortality: ({number, hash}) => [eraFrom(number), hexToBytes(hash)],
  CheckNonce: ({nonce}) => [compact.enc(nonce), NOTHING],
  // No tip: blocks of a collator network are rarely full.
  ChargeTransactionPayment: () => [compact.enc(0), NOTHING],
  // Nor an asset to pay in beside the chain's own.
  ChargeAssetTxPayment: () => [joined(compact.enc(0), NO_OPTION), NOTHING],
  // Without the hash of the metadata: a device that wants it asks its wallet to add it.
  CheckMetadataHash: () => [Uint8Array.of(0), Uint8Array.of(0)],
};

export function extensionsFor(at: SignedAt, runtime: ChainRuntime): Record<string, ExtensionBytes> {
  const {metadata} = runtime;
  const extensions = Object.values(metadata.extrinsic.signedExtensions)[0] ?? [];
  return Object.fromEntries(
    extensions.map(({identifier, type, additionalSigned}) => {
      const [value, additional] =
        VALUES[identifier]?.(at, runtime) ??
        [type, additionalSigned].map(each => nothingOf(each, identifier, runtime));
      return [identifier, {identifier, value: value!, additionalSigned: additional!}];
    }),
  );
}

/** Most others check something and carry nothing, or what may be left out. Of one that asks for more nothing is guessed. */
function nothingOf(type: number, name: string, {lookup}: ChainRuntime): Uint8Array {
  const nothing = silenceOf(lookup(type));
  if (nothing !== undefined) return nothing;
  throw new Error(`this chain's extension ${name} asks for what this page does not know of`);
}

/** Deeper than extensions are; types may contain themselves. */
const DEEPEST = 8;

/** How a type says nothing; undefined where it has to say something. */
function silenceOf(type: LookupEntry, depth = 0): Uint8Array | undefined {
  if (depth > DEEPEST) return undefined;
  switch (type.type) {
    case "void":
      return NOTHING;
    case "option":
      return NO_OPTION;
    case "struct":
    case "tuple": {
      const parts = Object.values(type.value).map(part => silenceOf(part, depth + 1));
      return parts.every(part => part !== undefined) ? joined(...parts) : undefined;
    }
    default:
      return undefined;
  }
}

/** A mortal era: the period's logarithm in the low four bits, where in the period it begins above them. */
function eraFrom(number: number): Uint8Array {
  const phase = number % LIFETIME;
  const encoded = (Math.log2(LIFETIME) - 1) | (phase << 4);
  return Uint8Array.of(encoded & 0xff, encoded >> 8);
}
