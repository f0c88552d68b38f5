/**
 * A chain's state at one block as a folder of files: to begin a node with, to keep, to hand on.
 *
 * `manifest.json` says what it is of (chain, block, state root, hash of the code), and which files belong to it with their
 * SHA-256. `block.bin` is the block: header, body, proofs of finality, who votes after it, and where voters make blocks final the way
 * from the chain's beginning to it, which is what a warp sync would be given. `state-NNNNNN.br` are the rows of the state in the
 * order of their keys, those of a child trie after its root, some 8,000 to a file, packed with brotli.
 *
 * A file is refused where it is wrong, not at the end: by its digest, and since a digest is only what the exporter said, by the root
 * too. Each chunk ends with what hangs right of its last row on the way from the top of the trie (`RightEdge`), some hundred
 * bytes by which the rows up to there give the state's root, and no others do. So whoever brings a snapshot need not be trusted with its
 * state; whether its block is one of the chain is another question, which `isProved` and the importer (`node/snapshots`) answer.
 *
 * Writing goes on after a crash at the chunk where it broke off (`SnapshotWriter`), and so does taking in (`store`, `StateImport`). A
 * folder without a manifest is no snapshot.
 *
 * Beside it stand blocks in files as Substrate's nodes export and import them (`exported-blocks`, `block-reader`).
 *
 * Out of scope: which block is worth one and what is done with it (`node`), how a state is stored (`store`), how rows are held against
 * a root (`trie`).
 */
export {
  encodeBlock,
  type ReadBlock,
  readBlock,
  type SnapshotBlock,
  type SnapshotFinality,
} from "./block-file.ts";
export {readBlocks} from "./block-reader.ts";
export {type Chunk, ChunkWriter, readChunk} from "./chunk.ts";
export {exportSnapshot, type SnapshotProgress} from "./export-snapshot.ts";
export {
  type EngineProof,
  encodeCount,
  encodeSignedBlock,
  plainBlock,
  readBlockJson,
  type SignedBlock,
  signedBlockJson,
} from "./exported-blocks.ts";
export {MANIFEST, type Manifest, type SnapshotChunk, type SnapshotSubject} from "./manifest.ts";
export {unpack} from "./packing.ts";
export {Snapshot} from "./read-snapshot.ts";
export {faultyFiles, openManifest, unfinishedSubject} from "./snapshot-folder.ts";
export {type PackedChunk, packChunk, type SnapshotSource} from "./source.ts";
export {verifySnapshot} from "./verify-snapshot.ts";
