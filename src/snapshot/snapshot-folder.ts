import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
} from "node:fs";
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {binaryToHex, err, ok, type Report, type Result} from "#base";
import {isUnfinished, makeFolder, removeUnfinished, replaceFile} from "#durable-file";
import {badSnapshot} from "./failures.ts";
import {
  digestOf,
  formatManifest,
  isChunk,
  MANIFEST,
  type Manifest,
  readManifest,
  type SnapshotChunk,
  type SnapshotFile,
  type SnapshotSubject,
} from "./manifest.ts";
import type {PackedChunk} from "./source.ts";

/** What is written of a snapshot until it is whole: its subject, then a line a chunk, of which the last says that it is. */
const PROGRESS = "unfinished.jsonl";
const BLOCK = "block.bin";
/** Others may have it: it is not secret. */
const MODE = 0o644;

/** A chunk as a line tells of it. */
type ToldChunk = SnapshotChunk & {readonly isLast?: true};

const fileOf = (index: number): string => `state-${String(index).padStart(6, "0")}.br`;

/** A snapshot that is being written. */
export interface UnfinishedSnapshot {
  readonly subject: SnapshotSubject;
  /** Those that are whole on disk, from the first on. */
  readonly chunks: readonly SnapshotChunk[];
  /** Whether these are all: nothing is missing but the manifest. */
  readonly isComplete: boolean;
  /** Bytes of the progress that tell of them. */
  readonly told: number;
}

/** Reads the manifest of a whole snapshot. */
export function openManifest(folder: string): Result<Manifest, Report> {
  const file = join(folder, MANIFEST);
  if (!existsSync(file)) {
    const isUnfinished = existsSync(join(folder, PROGRESS));
    return err({
      code: isUnfinished ? "snapshot-unfinished" : "snapshot-missing",
      what: isUnfinished ? "the snapshot is not whole yet" : "there is no snapshot",
      facts: [["looked for", file]],
      did: "read nothing",
      todo: isUnfinished
        ? "run the same khala snapshot export again: it goes on where it broke off"
        : "name the folder in which its manifest.json is",
    });
  }
  const manifest = readManifest(readFileSync(file, "utf8"));
  return manifest.ok
    ? manifest
    : err(badSnapshot(folder, `its manifest cannot be read: ${manifest.error}`));
}

/** What is wrong with the files of a snapshot as far as their sizes tell: each that is not there, or longer or shorter than it was. */
export function faultyFiles(
  folder: string,
  {components}: Manifest,
): {readonly missing: readonly string[]; readonly damaged: readonly string[]} {
  const missing: string[] = [];
  const damaged: string[] = [];
  for (const {file, size} of [components.block, ...components.state.chunks]) {
    const found = statSync(join(folder, file), {throwIfNoEntry: false});
    if (found === undefined) missing.push(file);
    else if (!found.isFile() || found.size !== size) damaged.push(file);
  }
  return {missing, damaged};
}

/** The bytes of one file of a snapshot, if they are those that the manifest means. */
export async function readPart(
  folder: string,
  {file, size, sha256}: SnapshotFile,
): Promise<Result<Uint8Array, Report>> {
  const path = join(folder, file);
  if (!existsSync(path)) return err(badSnapshot(folder, `${file} is not there`));
  const found = statSync(path).size;
  if (found !== size) {
    return err(badSnapshot(folder, `${file} has ${found} bytes and should have ${size}`));
  }
  const bytes = new Uint8Array(await readFile(path));
  if (digestOf(bytes) === sha256) return ok(bytes);
  const facts = [
    ["found", digestOf(bytes)],
    ["expected", sha256],
  ] as const;
  return err(badSnapshot(folder, `${file} is not what was exported: its SHA-256 differs`, facts));
}

/** What a snapshot that was begun in a folder and is not whole is of; undefined where none was. Changes nothing. */
export function unfinishedSubject(folder: string): SnapshotSubject | undefined {
  const progress = join(folder, PROGRESS);
  if (!existsSync(progress)) return undefined;
  const [first, end] = readFileSync(progress, "utf8").split("\n", 2);
  const subject = end === undefined ? undefined : (parse(first) as SnapshotSubject | undefined);
  return subject?.block?.hash === undefined ? undefined : subject;
}

/**
 * Writes a snapshot so that it can be gone on with whenever the process ends: the folder says first what is to come, a chunk is
 * whole on disk before its line is, and there is a manifest when there is everything. One process at a time.
 */
export class SnapshotWriter {
  readonly folder: string;
  readonly #progress: string;

  constructor(folder: string) {
    this.folder = folder;
    this.#progress = join(folder, PROGRESS);
  }

  get isWhole(): boolean {
    return existsSync(join(this.folder, MANIFEST));
  }

  /** Whether anything is in the folder that is no part of an unfinished snapshot. */
  get isForeign(): boolean {
    if (!existsSync(this.folder) || unfinishedSubject(this.folder) !== undefined) return false;
    // One that was killed while it wrote its first file has left no other.
    return readdirSync(this.folder).some(name => !isUnfinished(name));
  }

  /** What was begun here; undefined where nothing was. A line that was cut off, and what is not whole after it, does not count. */
  unfinished(): UnfinishedSnapshot | undefined {
    const subject = unfinishedSubject(this.folder);
    if (subject === undefined) return undefined;
    const [first, ...lines] = readFileSync(this.#progress, "utf8").split("\n").slice(0, -1);
    const chunks: SnapshotChunk[] = [];
    let told = Buffer.byteLength(first!) + 1;
    let isComplete = false;
    for (const line of lines) {
      const {isLast, ...chunk} = (parse(line) ?? {}) as Partial<ToldChunk>;
      // Two processes may have written here, each its own line of the same chunk.
      if (chunk.file !== fileOf(chunks.length) || !isChunk(chunk) || !this.#isThere(chunk)) break;
      chunks.push(chunk);
      told += Buffer.byteLength(line) + 1;
      isComplete = isLast === true;
    }
    return {subject, chunks, isComplete, told};
  }

  begin(subject: SnapshotSubject, block: Uint8Array): void {
    makeFolder(this.folder);
    removeUnfinished(this.folder);
    replaceFile(this.#progress, `${JSON.stringify(subject)}\n`, MODE);
    replaceFile(join(this.folder, BLOCK), block, MODE);
  }

  /** Leaves of one that broke off what is whole. Its block may not be there yet. */
  goOn({told}: UnfinishedSnapshot, block: Uint8Array): void {
    removeUnfinished(this.folder);
    truncateSync(this.#progress, told);
    replaceFile(join(this.folder, BLOCK), block, MODE);
  }

  add(index: number, {bytes, rows, unpacked, next, isComplete}: PackedChunk): SnapshotChunk {
    const file = fileOf(index);
    replaceFile(join(this.folder, file), bytes, MODE);
    const chunk = {
      file,
      size: bytes.length,
      sha256: digestOf(bytes),
      rows,
      unpacked,
      next: next.map(binaryToHex),
    };
    const line: ToldChunk = isComplete ? {...chunk, isLast: true} : chunk;
    appendFileSync(this.#progress, `${JSON.stringify(line)}\n`);
    return chunk;
  }

  finish(subject: SnapshotSubject, chunks: readonly SnapshotChunk[]): Manifest {
    const block = readFileSync(join(this.folder, BLOCK));
    const sum = (of: (chunk: SnapshotChunk) => number) =>
      chunks.reduce((total, chunk) => total + of(chunk), 0);
    const manifest: Manifest = {
      format: 1,
      ...subject,
      components: {
        block: {file: BLOCK, size: block.length, sha256: digestOf(block)},
        state: {
          rows: sum(({rows}) => rows),
          size: sum(({size}) => size),
          unpacked: sum(({unpacked}) => unpacked),
          chunks,
        },
      },
    };
    replaceFile(join(this.folder, MANIFEST), formatManifest(manifest), MODE);
    this.tidy();
    return manifest;
  }

  /** Removes what a snapshot that is whole needs no more. */
  tidy(): void {
    removeUnfinished(this.folder);
    rmSync(this.#progress, {force: true});
  }

  #isThere({file, sha256}: SnapshotChunk): boolean {
    const path = join(this.folder, file);
    return existsSync(path) && digestOf(readFileSync(path)) === sha256;
  }
}

function parse(line: string | undefined): unknown {
  try {
    return line === undefined ? undefined : JSON.parse(line);
  } catch {
    return undefined;
  }
}
