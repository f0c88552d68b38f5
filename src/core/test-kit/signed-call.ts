import {unwrap} from "#base";
import type {CryptoSuite} from "#crypto";
import {describe, encodeCall, type NamedCall, signExtrinsic, signerOf} from "#description";
import type {NodeCore} from "../node-core.ts";

/** Who signs, by a secret that everybody knows. */
export interface TestSigner {
  readonly uri: string;
  readonly nonce?: number;
}

export const signedRemark = (
  core: Pick<NodeCore, "chain">,
  crypto: CryptoSuite,
  signer: TestSigner,
): Uint8Array =>
  signedCall(core, crypto, signer, {
    call: "System.remark",
    args: {remark: Uint8Array.of(1, 2, 3)},
  });

/** A signed call, by what the chain publishes of itself: whichever runtime it has. */
export function signedCall(
  {chain}: Pick<NodeCore, "chain">,
  {hashing, keyPairs}: CryptoSuite,
  {uri, nonce = 0}: TestSigner,
  named: NamedCall,
): Uint8Array {
  const {state} = chain.head;
  const runtime = unwrap(chain.runtimeOf(state));
  const host = chain.host(state, {verifySignature: () => false});
  const metadata = unwrap(runtime.call("Metadata_metadata", new Uint8Array(0), host));
  const description = unwrap(describe(metadata));
  const call = unwrap(encodeCall(description, named));
  const {specVersion, transactionVersion} = runtime.version;
  const facts = {nonce, genesisHash: chain.genesisHash, specVersion, transactionVersion};
  const signer = signerOf(unwrap(keyPairs.fromUri("sr25519", uri)), hashing);
  return unwrap(signExtrinsic(description, call, signer, facts, hashing));
}
