import {bytesToHex, err, ok, type Result} from "#base";
import {CODE_KEY, itemKey} from "#primitives";
import {apiVersion, type Runtime} from "#runtime-api";
import {GenuineChain, hashing} from "./genuine-chain.ts";
import {readSpec} from "./replay.ts";

/** What a chain spec's own runtime was seen to do. */
export interface BatteryRow {
  readonly runtime: string;
  /** Of transactions and of the system. */
  readonly versions: string;
  readonly genesis: string;
  /** Host functions that it imports and we lack. */
  readonly missing: readonly string[];
  /**
   * Blocks that were made, found good by the runtime's own eye, and executed anew as a whole, to equal roots both times; or why
   * there are none.
   */
  readonly blocks: Result<number, string>;
  /** The version that it was upgraded to, with its migrations and blocks after them, or why not; undefined: there is none. */
  readonly upgrade: Result<number, string> | undefined;
}

const BLOCKS = 3;
const FIRST_MILLIS = 1_700_000_000_000;

/**
 * Runs the runtime of a chain spec from its own genesis, and that of `next` over what it left, where one is given. A spec
 * that cannot be read is thrown at whoever gave it.
 */
export function runBattery(text: string, next?: string): BatteryRow {
  const chain = new GenuineChain(text);
  const {specName, specVersion, transactionVersion, stateVersion} = chain.runtime.version;
  const first = chain.genesis.header;
  const blocks = hasAura(chain.runtime)
    ? makeBlocks(chain)
    : err("authors do not take turns by Aura");
  return {
    runtime: `${specName} ${specVersion}`,
    versions: `${transactionVersion}, ${stateVersion}`,
    genesis: bytesToHex(chain.hashOf(first)),
    missing: readSpec(text).runtime.missing,
    blocks,
    upgrade: next === undefined || !blocks.ok ? undefined : upgrade(chain, next),
  };
}

const hasAura = (runtime: Runtime) => apiVersion(runtime, "AuraApi") !== undefined;

/** Slots go on from the last block's time. */
function makeBlocks(chain: GenuineChain): Result<number, string> {
  const spent = chain.head.header.number * chain.slotDuration;
  const first = Math.floor((FIRST_MILLIS + spent) / chain.slotDuration);
  for (let i = 0; i < BLOCKS; i++) {
    const name = `block ${chain.head.header.number + 1}`;
    try {
      const {block} = chain.makeBlock(first + i);
      const checked = chain.checkInherents(block, first + i);
      if (!checked.okay) return err(`${name}: its inherents are refused`);
      chain.importBlock(block);
    } catch (error) {
      return err(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return ok(BLOCKS);
}

function upgrade(chain: GenuineChain, next: string): Result<number, string> {
  const code = new GenuineChain(next).head.state.get(CODE_KEY)!;
  chain.replaceCode(code);
  const {specVersion} = chain.runtime.version;
  const made = makeBlocks(chain);
  if (!made.ok) return err(`to ${specVersion}, ${made.error}`);
  // A compact number at first, of one, two or four bytes.
  const noted = chain.head.state.get(itemKey(hashing, "System", "LastRuntimeUpgrade"));
  const version = noted === undefined ? undefined : compact(noted);
  return version === specVersion
    ? ok(specVersion)
    : err(`to ${specVersion}: it noted ${version ?? "nothing"}`);
}

function compact(bytes: Uint8Array): number {
  const length = [1, 2, 4][bytes[0]! & 3];
  let value = 0;
  for (let i = (length ?? 0) - 1; i >= 0; i--) value = value * 256 + bytes[i]!;
  return Math.floor(value / 4);
}
