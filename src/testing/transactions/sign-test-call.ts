import {unwrap} from "#base";
import type {CryptoSuite} from "#crypto";
import {type ChainDescription, signExtrinsic, signerOf} from "#description";
import type {SubmitFailure} from "#pool";
import type {Hash, RuntimeVersion} from "#primitives";
import type {AccountBook} from "../accounts/account-book.ts";
import type {AccountName, TestCall} from "../api.ts";
import {CallEncoder} from "./encode-call.ts";

/** The chain that a transaction is signed for. */
export interface SigningGround {
  readonly description: ChainDescription;
  readonly version: Pick<RuntimeVersion, "specVersion" | "transactionVersion">;
  readonly genesisHash: Hash;
  readonly accounts: AccountBook;
  readonly crypto: Pick<CryptoSuite, "hashing">;
}

/** A call by name, signed by an account whose secret the kit knows: as bytes for the pool. */
export function signTestCall(
  {description, version, genesisHash, accounts, crypto: {hashing}}: SigningGround,
  signer: AccountName,
  call: TestCall,
  {nonce, tip}: {readonly nonce: number; readonly tip: bigint},
): Uint8Array {
  const {specVersion, transactionVersion} = version;
  const facts = {nonce, tip, genesisHash, specVersion, transactionVersion};
  const encoded = new CallEncoder(description, accounts).encode(call);
  return unwrap(
    signExtrinsic(description, encoded, signerOf(accounts.signer(signer), hashing), facts, hashing),
  );
}

/** That the pool did not take it, and why. */
export function refused(signer: AccountName, {call}: TestCall, error: SubmitFailure): Error {
  const reason = "reason" in error ? JSON.stringify(error.reason) : "";
  return new Error(`${call} by ${signer} was refused: ${error.code} ${reason}`.trimEnd());
}
