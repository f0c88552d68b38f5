import {binaryToHex, bytesToBinary, hexToBytes} from "#base";
import {StoreFault} from "./failures.ts";
import {
  formatPruning,
  type PruningPolicy,
  parseBlocksPruning,
  parseStatePruning,
  type SparedPallet,
} from "./pruning-policy.ts";

/** Name of the value that says what is to be kept. */
export const PRUNING_POLICY = "pruning-policy";
/** Name of the value that says which pallets stayed at heights that are swept. */
export const SPARED_RUNS = "spared-pallets";

/** From a height on, up to the next of these, the states that went left these pallets behind. */
export interface SparedRun {
  readonly from: number;
  readonly pallets: readonly SparedPallet[];
}

interface PalletText {
  readonly name: string;
  readonly prefix: string;
}

/** JSON, for people who look into a database. */
export function encodePolicy({states, blocks, pallets}: PruningPolicy): Uint8Array {
  return toBytes({
    states: formatPruning(states),
    blocks: formatPruning(blocks),
    pallets: pallets.map(palletText),
  });
}

/** Throws `StoreFault` for what `encodePolicy` does not write. */
export function decodePolicy(bytes: Uint8Array): PruningPolicy {
  try {
    const {states, blocks, pallets} = fromBytes(bytes) as {
      states: string;
      blocks: string;
      pallets: PalletText[];
    };
    const [read, readBlocks] = [parseStatePruning(states), parseBlocksPruning(blocks)];
    if (read.ok && readBlocks.ok) {
      return {states: read.value, blocks: readBlocks.value, pallets: pallets.map(palletOf)};
    }
  } catch {
    // As below.
  }
  throw new StoreFault("database-corrupt", "what is to be kept cannot be read");
}

export function encodeRuns(runs: readonly SparedRun[]): Uint8Array {
  return toBytes(runs.map(({from, pallets}) => ({from, pallets: pallets.map(palletText)})));
}

/** As `decodePolicy`. */
export function decodeRuns(bytes: Uint8Array): SparedRun[] {
  try {
    const runs = fromBytes(bytes) as {from: number; pallets: PalletText[]}[];
    return runs.map(({from, pallets}) => ({from, pallets: pallets.map(palletOf)}));
  } catch {
    throw new StoreFault("database-corrupt", "which pallets stayed cannot be read");
  }
}

export const samePallets = (a: readonly SparedPallet[], b: readonly SparedPallet[]): boolean =>
  a.length === b.length && a.every(({prefix}) => b.some(other => other.prefix === prefix));

const palletText = ({name, prefix}: SparedPallet): PalletText => ({
  name,
  prefix: binaryToHex(prefix),
});

function palletOf({name, prefix}: PalletText): SparedPallet {
  const bytes = hexToBytes(prefix);
  if (bytes === undefined) throw new TypeError("a prefix is hex");
  return {name, prefix: bytesToBinary(bytes)};
}

const toBytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const fromBytes = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));
