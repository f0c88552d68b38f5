/**
 * Metadata: the description of a runtime by which clients build storage keys, calls and decoders. Nobody writes
 * it by hand; it is read off the declarations of pallets, extensions and runtime APIs.
 *
 * Three formats are served side by side: V14, which every client knows, V15 with runtime APIs, V16 with
 * deprecation notes and extension versions. Their shapes were checked against two independent decoders.
 *
 * `hash` holds the metadata hash, which signatures may be bound to.
 */
export {
  type ApiDescription,
  type ApiMethodDescription,
  type RuntimeDescription,
  uncheckedExtrinsicInfo,
} from "./description.ts";
export {encodeMetadata, METADATA_VERSIONS, type MetadataVersion} from "./encode.ts";
export {type ChainIdentity, metadataHash, type Token} from "./hash/index.ts";
