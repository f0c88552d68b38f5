/**
 * The values that every part of the system passes around: accounts and signatures, headers and digests,
 * extrinsics as opaque bytes, weights, what dispatch and validation can come to, and the raw storage keys.
 * Type names and field names are upstream's, since metadata publishes them.
 *
 * Out of scope: what any of them means to a pallet (see `runtime`).
 */
export * from "./account.ts";
export * from "./digest.ts";
export * from "./dispatch.ts";
export {birth, death, type Era, era, IMMORTAL, mortalEra} from "./era.ts";
export * from "./extrinsic.ts";
export {type Header, header, headerHash} from "./header.ts";
export * from "./inherent-data.ts";
export * from "./open-answers.ts";
export {
  apiVersionIn,
  decodeRuntimeVersion,
  type RuntimeVersion,
  runtimeVersion,
} from "./runtime-version.ts";
export * from "./storage-keys.ts";
export * from "./validity.ts";
export * from "./weight.ts";
