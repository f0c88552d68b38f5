import type {BinaryString, Millis} from "#base";
import type {BlockHashing} from "#crypto";
import type {ProofSizeMode} from "./settings.ts";

/** Somebody who makes blocks of a rehearsal. */
export interface RehearsalCollator {
  /** 32 bytes, or 20 on chains of such accounts. */
  readonly account: Uint8Array;
  /** Public session keys by their types, one for each that the runtime has. */
  readonly keys: ReadonlyMap<string, Uint8Array>;
  /** ed25519: what he votes on finality with where the runtime names no voters. */
  readonly voter: Uint8Array;
}

/** What a rehearsal's first state is to have, as accounts and keys. Each list in any order, nobody twice. */
export interface RehearsalWishes {
  /** At least one. */
  readonly collators: readonly RehearsalCollator[];
  /** Undefined: the chain's own stays. So for council and committee. */
  readonly sudo: Uint8Array | undefined;
  readonly council: readonly Uint8Array[] | undefined;
  readonly committee: readonly Uint8Array[] | undefined;
  /** Planck by accounts. */
  readonly endowed: readonly (readonly [account: Uint8Array, amount: bigint])[];
  /** Whether those of the chain stay beside ours. Accounts of pallets stay in any case. */
  readonly keepsAccounts: boolean;
  /** By names, as `readNamedState` takes it; done last, in this order. */
  readonly changes: readonly unknown[];
  /** What runs instead of the state's own code from the first block on, and migrates the state in it. */
  readonly code: Uint8Array | undefined;
  /** Milliseconds of the chain's time in a real one. */
  readonly rate: number;
  readonly realStart: Millis;
  readonly hashing: BlockHashing;
  readonly proofSize: ProofSizeMode;
  /** What people call these accounts, for the report. */
  readonly names: ReadonlyMap<BinaryString, string>;
}

/** What became of a chain's first state. Lines for people. */
export interface RehearsalReport {
  readonly replaced: readonly string[];
  /** What was wished for, and the chain has no place for. */
  readonly skipped: readonly string[];
  /** What works and will surprise. */
  readonly notes: readonly string[];
  /** Number of the block that the state is of: 0, or where an export was taken. */
  readonly startsAt: number;
}
