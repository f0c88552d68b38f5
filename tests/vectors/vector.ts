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
  /** Changes since the block before, by pallet; null where a key went. */
  readonly diff: Readonly<Record<string, Readonly<Record<Hex, Hex | null>>>>;
}

/** What a real runtime did, block by block. */
export interface Vector {
  readonly id: string;
  readonly title: string;
  readonly accounts: Readonly<Record<string, Hex>>;
  readonly genesis: {readonly hash: Hex; readonly storage: Storage};
  readonly blocks: readonly RecordedBlock[];
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
