/**
 * The metadata hash of Polkadot's RFC 78. A device that signs offline cannot hold metadata, and one that trusts what
 * it is shown can be made to sign anything. So it gets the few types its transaction uses with a proof that they are
 * leaves of a Merkle tree, and signs the hash of that tree with the rest. The runtime knows the hash of its own
 * metadata: had the device been shown another, the signature does not hold (`CheckMetadataHash`).
 *
 * Into the hash go the types an extrinsic can hold, the extrinsic's own layout, and what a device shows of a chain:
 * name and version of the runtime, prefix of addresses, decimals and symbol of the token.
 *
 * Out of scope: proofs. Wallets make them from metadata, devices verify them, no node ever sees one.
 */
export {type ChainIdentity, metadataHash, type Token} from "./metadata-hash.ts";
