import type {BinaryString, Hex} from "#base";
import {binaryToHex, bytesToHex} from "#base";
import type {Arena} from "./arena.ts";
import type {HashFunction} from "./hash-function.ts";
import type {Place} from "./places.ts";
import type {ProofRecorder} from "./proof-recorder.ts";

/** Where nodes come from: a database, which goes by their places, or a proof, which goes by their hashes. */
export interface NodeSource {
  /** The record of a node, as `collect` gave it. */
  node(place: Place, hash: Uint8Array): Uint8Array | undefined;
  /** The value of `key`, where the node has its hash only. `place`: 0 where it was stored by key and hash. */
  value(key: BinaryString, hash: Uint8Array, place: Place): Uint8Array | undefined;
  /**
   * Given where bytes may have changed since they were stored: then each record and each value is compared with its hash when it is
   * read. The places in a record stand for nothing that could be checked; one that is wrong leads to a node with another hash.
   */
  readonly verify?: HashFunction;
}

/** For tries that are wholly in memory. */
export const NO_SOURCE: NodeSource = {node: () => undefined, value: () => undefined};

export type TrieFaultCode =
  | "node-missing"
  | "node-damaged"
  | "node-malformed"
  | "value-missing"
  | "value-damaged";

/**
 * The source does not have, or has spoilt, what the trie refers to: a damaged database, or a proof that does not
 * cover what was asked. Thrown, because a read deep inside a runtime has no other way out.
 */
export class TrieFault extends Error {
  readonly code: TrieFaultCode;
  readonly path: Hex;
  readonly hash: Hex;
  /** What was being read when it came up, where that was one key. */
  key: Hex | undefined;
  /** The name of the trie it is of, where that is a child trie. */
  child: Hex | undefined;

  constructor(code: TrieFaultCode, path: BinaryString, hash: Uint8Array, detail?: string) {
    const at = `path ${binaryToHex(path)}, hash ${bytesToHex(hash)}`;
    super(`${code}: ${at}${detail === undefined ? "" : ` (${detail})`}`);
    this.name = "TrieFault";
    this.code = code;
    this.path = binaryToHex(path);
    this.hash = bytesToHex(hash);
  }

  /** Whether the source does not have it, rather than has it spoilt. */
  get isMiss(): boolean {
    return this.code === "node-missing" || this.code === "value-missing";
  }
}

/** The same error, which if it is a fault says the name of the child trie that was being read. */
export function whileReadingChild(name: BinaryString, error: unknown): unknown {
  if (error instanceof TrieFault) error.child ??= binaryToHex(name);
  return error;
}

/** The same error, which if it is a fault says the key that was being read. */
export function whileReading(key: BinaryString, error: unknown): unknown {
  if (error instanceof TrieFault) error.key ??= binaryToHex(key);
  return error;
}

/** What all versions of one trie share. */
export interface TrieContext {
  readonly hash: HashFunction;
  readonly arena: Arena;
  readonly source: NodeSource;
  /** Nodes made or read since the last count: an estimate from above of what is in memory. */
  resident: number;
  /** Told of all that walks come upon. */
  readonly recorder: ProofRecorder | undefined;
  /** The same without a recorder: what comes of a change is not what was come upon. */
  readonly plain: TrieContext | undefined;
}

/** The context of a trie whose walks are recorded. It counts nodes where the trie itself counts them. */
export class RecordingContext implements TrieContext {
  readonly hash: HashFunction;
  readonly arena: Arena;
  readonly source: NodeSource;
  readonly recorder: ProofRecorder;
  readonly plain: TrieContext;

  constructor(plain: TrieContext, recorder: ProofRecorder) {
    this.hash = plain.hash;
    this.arena = plain.arena;
    this.source = plain.source;
    this.recorder = recorder;
    this.plain = plain;
  }

  get resident(): number {
    return this.plain.resident;
  }

  set resident(count: number) {
    this.plain.resident = count;
  }
}
