import {readdirSync, readFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {brotliDecompressSync} from "node:zlib";
import type {Hex} from "#base";

export interface RecordedExtrinsic {
  readonly inherent?: string;
  readonly hex?: Hex;
  readonly note?: string;
  readonly method?: string;
  readonly feeDetailsRaw?: Hex;
  readonly infoRaw?: Hex;
  readonly encodedLength: number;
  readonly validate?: {readonly source: "InBlock" | "Local" | "External"; readonly raw?: Hex};
  readonly result?: {readonly raw?: Hex; readonly trap?: string};
  readonly included?: boolean;
  /** What it changed, in all pallets that were recorded; absent where it did not become part of the block. */
  readonly diff?: RecordedDiff;
}

/** Storage keys and what they hold afterwards, null where a key went. */
export type RecordedDiff = Readonly<Record<Hex, Hex | null>>;

/** Storage said in words, where a recording has nothing else. */
export interface RecordedSummary {
  readonly sessionIndex: number | null;
  readonly queuedChanged: boolean | null;
  readonly disabled: readonly number[] | null;
  readonly author: string | null;
  readonly validators: readonly string[];
  readonly queuedKeys: readonly (readonly [validator: string, key: string])[];
  readonly auraAuthorities: readonly string[];
  readonly auraSlot: string;
  readonly invulnerables: readonly string[];
  /** `N entries`. */
  readonly candidates: string;
  readonly desiredCandidates: number;
  readonly candidacyBond: string;
  readonly lastAuthored: Readonly<Record<string, number>>;
  readonly totalIssuance: string;
  readonly feeMultiplier: string;
  readonly accounts: Readonly<Record<string, string>>;
}

type Storage = Readonly<Record<string, Readonly<Record<Hex, Hex>>>>;

export interface RecordedBlock {
  readonly number: number;
  readonly slot: number;
  readonly timestamp: number;
  readonly preRuntimeDigest: readonly [string, Hex];
  readonly parentHash: Hex;
  readonly extrinsics: readonly RecordedExtrinsic[];
  readonly eventsRaw: Hex;
  /** The same one by one, where the runtime has events of pallets that we do not have. */
  readonly events?: readonly Hex[];
  /** What initializing changed; absent where phases were not recorded. */
  readonly initialize?: RecordedDiff;
  /** Changes since the block before that is recorded in full, by pallet. */
  readonly diff?: Readonly<Record<string, RecordedDiff>>;
  /** In place of `diff`. */
  readonly summary?: RecordedSummary;
}

/** A block with nothing but its inherents, of which no more was recorded. */
export interface SteppedBlock {
  readonly number: number;
  readonly slot: number;
  readonly parentHash: Hex;
}

/** What a real runtime did, block by block. */
export interface Vector {
  readonly id: string;
  readonly title: string;
  readonly accounts: Readonly<Record<string, Hex>>;
  readonly genesis: {readonly hash: Hex; readonly storage: Storage};
  readonly blocks: readonly RecordedBlock[];
  readonly stepped?: readonly SteppedBlock[];
}

const DATA = join(dirname(fileURLToPath(import.meta.url)), "data");

export function vectorNames(runtime: string): string[] {
  return readdirSync(join(DATA, runtime))
    .filter(name => name.endsWith(".json.br"))
    .map(name => name.slice(0, -".json.br".length));
}

export function readData(runtime: string, name: string): unknown {
  const bytes = readFileSync(join(DATA, runtime, `${name}.json.br`));
  return JSON.parse(brotliDecompressSync(bytes).toString("utf8"));
}

/** Undefined for files that hold no blocks. */
export function readVector(runtime: string, name: string): Vector | undefined {
  const data = readData(runtime, name) as Vector;
  return data.blocks === undefined ? undefined : data;
}
