/**
 * Extrinsics by a chain's own description: signed with the extensions that it lists, in its order, and taken apart again.
 *
 * Out of scope: where keys come from, and how a nonce is found out.
 */
export {
  type ExtensionFailure,
  type ExtensionValues,
  nothingOf,
  type SigningFacts,
} from "./extension-values.ts";
export {
  type ReadExtension,
  type ReadExtrinsic,
  readExtrinsic,
  writeExtrinsic,
} from "./read-extrinsic.ts";
export {
  bareExtrinsic,
  type ExtrinsicSigner,
  type SignFailure,
  signExtrinsic,
  signerOf,
} from "./sign-extrinsic.ts";
