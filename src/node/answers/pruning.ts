import {err, ok, type Result} from "#base";
import type {Hashing} from "#crypto";
import type {PruningChange, PruningStatus} from "#rpc";
import {formatPruning, type Pruning, parseBlocksPruning, parseStatePruning} from "#store";
import {policyOf} from "../pruning-wishes.ts";
import {unknownPallet} from "./storage-pallets.ts";

/** What of the chain's past is kept, as people are told. */
export function pruningStatus(pruning: Pruning): PruningStatus {
  const {policy, behind, entriesRemoved, bytesRemoved} = pruning.status();
  return {
    states: formatPruning(policy.states),
    blocks: formatPruning(policy.blocks),
    pallets: policy.pallets.map(({name}) => name),
    kept: pruning.ranges(),
    statesToRemove: behind,
    entriesRemoved,
    bytesRemoved,
  };
}

/**
 * Has other things kept from now on; a failure is in words, and changes nothing. `known`: the pallets that the chain has; one that is
 * kept already may be gone from it.
 */
export function changePruning(
  pruning: Pruning,
  {states, blocks, pallets}: PruningChange,
  hashing: Pick<Hashing, "twox128">,
  known: () => readonly string[] | undefined,
): Result<PruningStatus, string> {
  const read = states === undefined ? ok(pruning.policy.states) : parseStatePruning(states);
  if (!read.ok) return err(`states: expected ${read.error}`);
  const readBlocks = blocks === undefined ? ok(pruning.policy.blocks) : parseBlocksPruning(blocks);
  if (!readBlocks.ok) return err(`blocks: expected ${readBlocks.error}`);
  const kept = pruning.policy.pallets.map(({name}) => name);
  const added = (pallets ?? []).filter(name => !kept.includes(name));
  const unknown = added.length === 0 ? undefined : unknownPallet(added, known());
  if (unknown !== undefined) return err(`pallets: ${unknown}`);
  const wishes = {states: read.value, blocks: readBlocks.value, ...(pallets && {pallets})};
  pruning.setPolicy({...pruning.policy, ...policyOf(wishes, hashing)});
  return ok(pruningStatus(pruning));
}
