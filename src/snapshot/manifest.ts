import {createHash} from "node:crypto";
import {err, type Hex, hexToBytes, ok, type Result} from "#base";
import type {BlockHashing} from "#crypto";

/** Raised by whatever an older program could not read. */
export const FORMAT = 1;

/** A file of a snapshot. */
export interface SnapshotFile {
  readonly file: string;
  /** Bytes on disk. */
  readonly size: number;
  /** SHA-256 of these bytes, as `sha256sum` prints it. */
  readonly sha256: string;
}

/** A file of rows. */
export interface SnapshotChunk extends SnapshotFile {
  readonly rows: number;
  /** Bytes unpacked. */
  readonly unpacked: number;
  /** Where the next one begins: after a key, or after a key of a child trie (two). */
  readonly next: readonly Hex[];
}

/** What the rest of a snapshot is of. */
export interface SnapshotSubject {
  readonly chain: {
    readonly name: string;
    readonly id: string;
    readonly genesisHash: Hex;
    /** What it hashes by. */
    readonly blockHashing: BlockHashing;
  };
  readonly block: {
    readonly number: number;
    readonly hash: Hex;
    readonly stateRoot: Hex;
    readonly header: Hex;
  };
  /** BLAKE2b-256 of `:code`. */
  readonly codeHash: Hex;
  /** Whether the block's finality can be followed from the chain's beginning on. */
  readonly isProved: boolean;
}

/** `manifest.json`: a folder with one is a whole snapshot. */
export interface Manifest extends SnapshotSubject {
  readonly format: number;
  readonly components: {
    readonly block: SnapshotFile;
    readonly state: {
      readonly rows: number;
      readonly size: number;
      readonly unpacked: number;
      readonly chunks: readonly SnapshotChunk[];
    };
  };
}

export const MANIFEST = "manifest.json";

export const digestOf = (bytes: Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex");

/** With the digest of all else in it, so that a slip of an editor or of a disk is seen. Whoever means to can make it fit. */
export const formatManifest = (manifest: Manifest): string =>
  `${JSON.stringify({...manifest, sha256: digestOfManifest(manifest)}, undefined, 2)}\n`;

/** SHA-256 of a manifest as JSON on one line, its keys in the order in which they stand, without its digest. */
const digestOfManifest = (manifest: Manifest): string =>
  digestOf(new TextEncoder().encode(JSON.stringify(manifest)));

/** By which an import that goes on knows that the snapshot is still the same: its block, and all files of its state. */
export function identityOf({block, components}: Manifest): Uint8Array {
  const hash = createHash("sha256").update(block.hash);
  for (const {sha256} of components.state.chunks) hash.update(sha256);
  return new Uint8Array(hash.digest());
}

/** Reads a manifest that may come from anyone; a failure is in words. */
export function readManifest(text: string): Result<Manifest, string> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return err(`it is no JSON: ${(error as Error).message}`);
  }
  if (typeof json !== "object" || json === null) return err("it is no object");
  const {sha256, ...rest} = json as Manifest & {readonly sha256?: string};
  const {format} = rest as Partial<Manifest>;
  if (typeof format !== "number") return err("it says no format");
  if (format !== FORMAT) return err(`it is of format ${format}, and this program reads ${FORMAT}`);
  const fault = faultOf(rest);
  if (fault !== undefined) return err(fault);
  // Those of before this was written have none.
  const isAsWritten = sha256 === undefined || sha256 === digestOfManifest(rest);
  return isAsWritten ? ok(rest) : err("it was changed since it was written: its SHA-256 differs");
}

function faultOf(manifest: Partial<Manifest>): string | undefined {
  const {chain, block, codeHash, components} = manifest;
  const state = components?.state;
  const isWhole =
    typeof chain?.name === "string" &&
    isPlainName(chain.id) &&
    ["blake2-256", "keccak-256"].includes(chain.blockHashing) &&
    [chain.genesisHash, block?.hash, block?.stateRoot, codeHash].every(isHash) &&
    isCount(block?.number) &&
    hexToBytes(block?.header ?? "") !== undefined &&
    typeof manifest.isProved === "boolean" &&
    isFile(components?.block) &&
    Array.isArray(state?.chunks);
  if (!isWhole) return "something is missing in it, or is not of its form";
  const bad = state!.chunks.findIndex(chunk => !isChunk(chunk));
  return bad < 0 ? undefined : `what it says of chunk ${bad} is not whole`;
}

/** As a chain spec's id: it is the name of a folder. */
const isPlainName = (text: unknown): boolean =>
  typeof text === "string" && /^[\w-]{1,64}$/.test(text);

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

const isHash = (value: unknown): boolean =>
  typeof value === "string" && hexToBytes(value)?.length === 32;

/** Names of files lead nowhere else. */
export const isFile = (file: Partial<SnapshotFile> | undefined): boolean =>
  typeof file?.file === "string" &&
  /^[\w-]+\.[\w.]+$/.test(file.file) &&
  isCount(file.size) &&
  /^[0-9a-f]{64}$/.test(file.sha256 ?? "");

export const isChunk = (chunk: Partial<SnapshotChunk> | undefined): chunk is SnapshotChunk =>
  isFile(chunk) &&
  isCount(chunk?.rows) &&
  isCount(chunk?.unpacked) &&
  Array.isArray(chunk?.next) &&
  chunk.next.length <= 2 &&
  chunk.next.every(key => typeof key === "string" && hexToBytes(key) !== undefined);
