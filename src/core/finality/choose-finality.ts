import {type Clock, type Logger, ok, type Report, type Result} from "#base";
import type {CryptoSuite} from "#crypto";
import type {Keystore, SigningGuard} from "#keystore";
import type {RuntimeHost} from "#runtime-api";
import type {ChainStore} from "#store";
import type {Blockchain} from "../chain/blockchain.ts";
import {AtOnce} from "./at-once.ts";
import type {Finality} from "./finality.ts";
import {GrandpaFinality} from "./grandpa/grandpa-finality.ts";
import {type GenesisVoters, restoreSets} from "./grandpa/restore.ts";

/**
 * What makes blocks of a chain final: GRANDPA with the voters that the runtime names, GRANDPA with a committee that stands
 * outside of it and never changes, or nobody: each block is final at once.
 */
export type FinalityChoice = GenesisVoters | {readonly kind: "at-once"};

export interface FinalityDependencies {
  readonly store: ChainStore;
  readonly chain: Blockchain;
  readonly keystore: Keystore;
  readonly guard: SigningGuard;
  readonly crypto: CryptoSuite;
  readonly signatures: Pick<RuntimeHost, "verifySignature">;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  readonly slotDuration: () => number;
  /** False: the keys it may hold are not used; it follows what others vote. */
  readonly mayVote: boolean;
  /** A voter is proved to have voted twice; `what` in words. */
  readonly onVotedTwice: (voter: Uint8Array, what: string) => void;
  readonly onFatal: (error: unknown) => void;
}

/** Fails where the runtime names no voters, or where the database is of another committee. */
export function chooseFinality(
  choice: FinalityChoice,
  dependencies: FinalityDependencies,
): Result<Finality, Report> {
  if (choice.kind === "at-once") return ok(new AtOnce(dependencies));
  const {store, chain, signatures} = dependencies;
  const sets = restoreSets(store, chain, choice, signatures);
  if (!sets.ok) return sets;
  return ok(
    new GrandpaFinality(sets.value, {...dependencies, isFixed: choice.kind === "committee"}),
  );
}
