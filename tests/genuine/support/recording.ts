import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import type {Hex} from "#base";

/** What a recorder of genuine runtimes wrote down of a chain: the parts of it that a replay of the same code needs. */
export interface Recording {
  readonly id: string;
  readonly runtime: {readonly specName: string; readonly specVersion: number};
  readonly accounts: Readonly<Record<string, Hex>>;
  readonly constants: {readonly existentialDeposit: string};
  readonly genesis: {
    readonly header: Hex;
    readonly stateRoot: Hex;
    /** By pallet. */
    readonly storage: Readonly<Record<string, Readonly<Record<Hex, Hex>>>>;
  };
  readonly blocks: readonly RecordedBlock[];
}

export interface RecordedBlock {
  readonly number: number;
  /** Also where the recorder changed the state by hand, in words. */
  readonly note?: string;
  readonly header: {readonly parentHash: Hex};
  readonly headerRaw: Hex;
  readonly preRuntimeDigest: readonly [engine: string, data: Hex];
  readonly eventsRaw: Hex;
  readonly extrinsics: readonly RecordedExtrinsic[];
}

export interface RecordedExtrinsic {
  readonly inherent?: string;
  /** Left out of inherents that stand in a list of their own, by their hash. */
  readonly hex?: Hex;
  readonly blake2_256?: Hex;
  /** BLAKE2b-256 of a transaction. */
  readonly hash?: Hex;
  /** Bytes, with the length before them. */
  readonly encodedLength: number;
  readonly included?: boolean;
  /** `raw`: what applying it answered; absent where it trapped. */
  readonly result: {readonly raw?: Hex};
  readonly validateTransaction?: {readonly raw?: Hex};
}

/** Recordings of blocks below a folder, with the folder each lies in. */
export function* recordings(folder: string): Generator<{path: string; recording: Recording}> {
  const folders = readdirSync(folder, {withFileTypes: true}).filter(one => one.isDirectory());
  for (const {name} of folders) {
    for (const file of readdirSync(join(folder, name)).sort()) {
      if (!file.endsWith(".json")) continue;
      const read = JSON.parse(readFileSync(join(folder, name, file), "utf8"));
      if (Array.isArray(read.blocks)) yield {path: `${name}/${file}`, recording: read};
    }
  }
}

/** Inherents that recordings leave out, by their hash. */
export function inherents(folder: string): ReadonlyMap<Hex, Hex> {
  const all = new Map<Hex, Hex>();
  for (const file of readdirSync(folder)) {
    const read: Record<Hex, Hex> = JSON.parse(readFileSync(join(folder, file), "utf8"));
    for (const [hash, bytes] of Object.entries(read)) all.set(hash as Hex, bytes);
  }
  return all;
}
