/**
 * Where signatures of extrinsics are checked, once for pool, author and importer. The runtime is
 * told yes while other threads look; its result counts only when they have settled.
 *
 * Out of scope: seals and votes, which the consensus checks itself, and the arithmetic (`crypto-native`).
 */
export {checkedOnce} from "./checked-once.ts";
export {inlineSignatures} from "./inline-signatures.ts";
export {type PackedSignature, packSignature} from "./packed-signature.ts";
export {type DeferredChecks, SignatureChecks} from "./signature-checks.ts";
