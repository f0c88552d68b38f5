import {concatBytes} from "#base";
import {encode, Sink} from "#codec";
import type {KeyPair} from "#crypto";
import {
  EXTRINSIC_VERSION,
  type Hash,
  IMMORTAL,
  multiAddress,
  multiSignature,
  SIGNED_BIT,
  writeLengthPrefix,
} from "#primitives";
import type {CollatorChain, RuntimeCall} from "#runtime";

/** A longer payload is signed by its hash. */
const MAX_PLAIN_PAYLOAD = 256;

/** A signed extrinsic, good for ever: for rehearsals, which move time as they like. Wallets sign their own. */
export function signedExtrinsic(
  {composition}: CollatorChain,
  signer: KeyPair,
  call: RuntimeCall,
  given: {readonly nonce: number; readonly tip: bigint; readonly genesisHash: Hash},
): Uint8Array {
  const extra: Readonly<Record<string, unknown>> = {
    CheckMortality: IMMORTAL,
    CheckNonce: given.nonce,
    ChargeTransactionPayment: given.tip,
    CheckMetadataHash: "Disabled",
  };
  const additional: Readonly<Record<string, unknown>> = {
    CheckSpecVersion: composition.version.specVersion,
    CheckTxVersion: composition.version.transactionVersion,
    CheckGenesis: given.genesisHash,
    CheckMortality: given.genesisHash,
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
