import {equalBytes, err, hexToBytes, ok, type Report, type Result} from "#base";
import {encode} from "#codec";
import type {Hashing} from "#crypto";
import {header as headerCodec} from "#primitives";
import {bodyMatches} from "#sync";
import {type ReadBlock, readBlock} from "./block-file.ts";
import {type Chunk, readChunk} from "./chunk.ts";
import {badSnapshot} from "./failures.ts";
import {identityOf, type Manifest} from "./manifest.ts";
import {unpack} from "./packing.ts";
import {openManifest, readPart} from "./snapshot-folder.ts";

/** Chunks read and unpacked ahead of the one that is asked for. */
const AHEAD = 2;

/** A whole snapshot whose block is what its manifest says. Of its state nothing is known before a chunk is read. */
export class Snapshot {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly block: ReadBlock;
  readonly #ahead = new Map<number, Promise<Result<Chunk, Report>>>();

  private constructor(folder: string, manifest: Manifest, block: ReadBlock) {
    this.folder = folder;
    this.manifest = manifest;
    this.block = block;
  }

  static async open(
    folder: string,
    hashing: Pick<Hashing, "blockHash">,
  ): Promise<Result<Snapshot, Report>> {
    const manifest = openManifest(folder);
    if (!manifest.ok) return manifest;
    const file = await readPart(folder, manifest.value.components.block);
    if (!file.ok) return file;
    const block = readBlock(file.value, hashing);
    if (!block.ok) return err(badSnapshot(folder, `its block cannot be read: ${block.error}`));
    const said = manifest.value.block;
    const {hash, decoded} = block.value;
    const isSame =
      equalBytes(hexToBytes(said.hash)!, hash) &&
      equalBytes(hexToBytes(said.stateRoot)!, decoded.stateRoot) &&
      equalBytes(hexToBytes(said.header)!, encode(headerCodec, decoded)) &&
      said.number === decoded.number;
    if (!isSame) return err(badSnapshot(folder, "manifest and block do not belong together"));
    const {body, finality} = block.value;
    if (manifest.value.isProved && finality?.warpProofs === undefined) {
      return err(
        badSnapshot(folder, "its manifest says that its block is proved, and it has no proofs"),
      );
    }
    if (!bodyMatches({header: decoded, body: [...body]}, hashing)) {
      return err(badSnapshot(folder, "the extrinsics in block.bin are not those of its header"));
    }
    return ok(new Snapshot(folder, manifest.value, block.value));
  }

  /** By which an import that goes on knows it again. */
  get id(): Uint8Array {
    return identityOf(this.manifest);
  }

  get chunks(): number {
    return this.manifest.components.state.chunks.length;
  }

  /** Reads a chunk whose bytes are those that the manifest means; the ones after it are got ready meanwhile. */
  chunk(index: number): Promise<Result<Chunk, Report>> {
    const wanted = this.#read(index);
    this.#ahead.delete(index);
    for (let next = index + 1; next <= index + AHEAD && next < this.chunks; next++) {
      this.#ahead.set(next, this.#read(next));
    }
    return wanted;
  }

  #read(index: number): Promise<Result<Chunk, Report>> {
    return this.#ahead.get(index) ?? this.#unpacked(index);
  }

  async #unpacked(index: number): Promise<Result<Chunk, Report>> {
    const {chunks} = this.manifest.components.state;
    const part = chunks[index]!;
    const bytes = await readPart(this.folder, part);
    if (!bytes.ok) return bytes;
    const unpacked = await unpack(bytes.value);
    if (!unpacked.ok) {
      return err(badSnapshot(this.folder, `${part.file} cannot be unpacked: ${unpacked.error}`));
    }
    const isInChild = chunks[index - 1]?.next.length === 2;
    const chunk = readChunk(unpacked.value, isInChild);
    if (chunk.ok) return chunk;
    return err(badSnapshot(this.folder, `${part.file} cannot be read: ${chunk.error}`));
  }

  /** A chunk that is what was exported, and of which the root says that it is not of this state. */
  wrong(index: number, code: string): Report {
    const {block, components} = this.manifest;
    const {file} = components.state.chunks[index] ?? {file: "the end of the state"};
    return badSnapshot(this.folder, `the rows of ${file} are not those of the state`, [
      ["found", code],
      ["root", block.stateRoot],
      ["chunk", `${index + 1} of ${this.chunks}`],
    ]);
  }
}
