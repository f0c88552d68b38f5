import {concatBytes} from "#base";
import {encode, Sink} from "#codec";
import type {KeyPair} from "#crypto";
import {
  type Era,
  EXTRINSIC_VERSION,
  type Hash,
  IMMORTAL,
  multiAddress,
  multiSignature,
  SIGNED_BIT,
  writeLengthPrefix,
} from "#primitives";
import type {CollatorChain} from "../chains/index.ts";
import type {RuntimeCall} from "../frame/index.ts";

/** A longer payload is signed by its hash. */
const MAX_PLAIN_PAYLOAD = 256;

/** What a signature is bound to. Without `mortality` it is good for ever. */
export interface SignatureScope {
  readonly nonce: number;
  readonly tip: bigint;
  readonly genesisHash: Hash;
  /** `checkpoint`: hash of the block that the era begins with. */
  readonly mortality?: {readonly era: Era; readonly checkpoint: Hash};
}

/** A signed extrinsic by the runtime's own codecs: what signing by metadata is held against. */
export function signedExtrinsic(
  {composition}: CollatorChain,
  signer: KeyPair,
  call: RuntimeCall,
  given: SignatureScope,
): Uint8Array {
  const {era, checkpoint} = given.mortality ?? {era: IMMORTAL, checkpoint: given.genesisHash};
  const extra: Readonly<Record<string, unknown>> = {
    CheckMortality: era,
    CheckNonce: given.nonce,
    ChargeTransactionPayment: given.tip,
    CheckMetadataHash: "Disabled",
  };
  const additional: Readonly<Record<string, unknown>> = {
    CheckSpecVersion: composition.version.specVersion,
    CheckTxVersion: composition.version.transactionVersion,
    CheckGenesis: given.genesisHash,
    CheckMortality: checkpoint,
  };
  const extraSink = new Sink();
  const additionalSink = new Sink();
  for (const extension of composition.extensions) {
    extension.extra.encodeTo(extra[extension.identifier], extraSink);
    extension.additional.encodeTo(additional[extension.identifier], additionalSink);
  }
  const callBytes = encode(composition.runtimeCall, call);
  const extraBytes = extraSink.finish();
  const payload = concatBytes(callBytes, extraBytes, additionalSink.finish());
  const message =
    payload.length > MAX_PLAIN_PAYLOAD ? composition.hashing.blake2b256(payload) : payload;
  const body = new Sink();
  body.u8(EXTRINSIC_VERSION | SIGNED_BIT);
  multiAddress.encodeTo({type: "Id", value: signer.publicKey}, body);
  multiSignature.encodeTo({type: "Sr25519", value: signer.sign(message)}, body);
  body.raw(extraBytes);
  body.raw(callBytes);
  const bytes = body.finish();
  const framed = new Sink();
  writeLengthPrefix(bytes.length, framed);
  framed.raw(bytes);
  return framed.finish();
}
