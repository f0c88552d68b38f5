import {type ExtrinsicSigner, type SignFailure, signExtrinsic} from "#description";
import type {Era, Hash} from "#primitives";
import type {ChainRuntime} from "./chain-runtime.ts";
import {DeskError} from "./desk-error.ts";

/** A signed extrinsic around a call in SCALE; refused by name is what the chain asks for and nobody here knows. */
export function signedCall(
  {description, specVersion, transactionVersion, genesisHash, hashing}: ChainRuntime,
  signer: ExtrinsicSigner,
  call: Uint8Array,
  given: {
    readonly nonce: number;
    /** Good for ever where it is left out. */
    readonly mortality?: {readonly era: Era; readonly checkpoint: Hash};
  },
): Uint8Array {
  const facts = {...given, specVersion, transactionVersion, genesisHash};
  const signed = signExtrinsic(description, call, signer, facts, hashing);
  if (signed.ok) return signed.value;
  throw refusal(signed.error);
}

const ANOTHER_WALLET =
  "sign it in a wallet that knows the chain: --account ADDRESS --print-call prints the call";

function refusal(failure: SignFailure): DeskError {
  switch (failure.code) {
    case "extension-unknown":
      return new DeskError({
        code: "extension-unknown",
        what: `the chain wants something said in every transaction that this program does not know: ${failure.identifier}`,
        todo: ANOTHER_WALLET,
      });
    case "extension-misfit": {
      const {at, expected} = failure.misfit;
      return new DeskError({
        code: "extension-misfit",
        what: `the chain has ${failure.identifier} in every transaction in a form that this program does not know`,
        facts: [[at === "" ? "value" : at, `expected ${expected}`]],
        todo: ANOTHER_WALLET,
      });
    }
    case "format-unsupported":
      return new DeskError({
        code: "format-unsupported",
        what: "the chain takes no signed transactions of format 4",
        facts: [["formats", failure.versions.join(", ")]],
        todo: ANOTHER_WALLET,
      });
    case "signer-misfit":
      return new DeskError({
        code: "signer-misfit",
        what: "the chain has accounts or signatures of another kind than this program signs with",
        facts: [["expected", failure.misfit.expected]],
        todo: ANOTHER_WALLET,
      });
  }
}
