import {bytesToHex, err, ok, type Result} from "#base";
import {apiVersion} from "#runtime-api";
import {GenuineChain} from "./genuine-chain.ts";
import {readSpec} from "./replay.ts";

/** What a chain spec's own runtime was seen to do. */
export interface BatteryRow {
  readonly runtime: string;
  readonly genesis: string;
  /** Host functions that it imports and we lack. */
  readonly missing: readonly string[];
  /** Blocks that were made, checked by the runtime's own eye, and executed anew to equal roots; or why there are none. */
  readonly blocks: Result<number, string>;
}

const BLOCKS = 3;
const FIRST_MILLIS = 1_700_000_000_000;

/** Runs the runtime of a raw chain spec from its own genesis. A spec that cannot be read is thrown at whoever gave it. */
export function runBattery(text: string): BatteryRow {
  const chain = new GenuineChain(text);
  const {specName, specVersion} = chain.runtime.version;
  return {
    runtime: `${specName} ${specVersion}`,
    genesis: bytesToHex(chain.hashOf(chain.genesis.header)),
    missing: readSpec(text).runtime.missing,
    blocks: makeBlocks(chain),
  };
}

function makeBlocks(chain: GenuineChain): Result<number, string> {
  if (apiVersion(chain.runtime, "AuraApi") === undefined)
    return err("authors do not take turns by Aura");
  const first = Math.floor(FIRST_MILLIS / chain.slotDuration);
  for (let i = 0; i < BLOCKS; i++) {
    try {
      const {block} = chain.makeBlock(first + i);
      const checked = chain.checkInherents(block, first + i);
      if (!checked.okay) return err(`block ${i + 1}: its inherents are refused`);
      chain.importBlock(block);
    } catch (error) {
      return err(`block ${i + 1}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return ok(BLOCKS);
}
