import type {BinaryString} from "#base";
import type {HashFunction} from "#trie";
import {recordOf} from "./block-record.ts";
import {BlockStore} from "./block-store.ts";
import {encodePolicy, PRUNING_POLICY} from "./kept-policy.ts";
import type {KeyValueStore, Write} from "./key-value-store.ts";
import {keys, SCHEMA_VERSION} from "./keys.ts";
import {genesisHashOf, type NewBlock} from "./new-block.ts";
import type {PruningPolicy} from "./pruning-policy.ts";
import {standInWrites} from "./stand-in.ts";
import {StateStore} from "./state-store.ts";
import {WriteBehind} from "./write-behind.ts";

/** Writes a chain's first block into an empty store, and the genesis that it stands on where it is not that itself. */
export async function beginChain(
  store: KeyValueStore,
  first: NewBlock,
  hash: HashFunction,
  policy: PruningPolicy,
): Promise<void> {
  const writer = new WriteBehind(store);
  const written = new Map<BinaryString, Uint8Array | undefined>();
  const states = new StateStore({get: key => written.get(key)}, hash);
  const {writes, state} = states.take(first.state);
  for (const [key, value] of writes) written.set(key, value);
  const blocks = new BlockStore(writer);
  writes.push(
    ...blocks.writesOf(recordOf(first, state), first.body),
    ...standInWrites(first, states.open(state), {states, blocks}),
    [keys.canonical(first.number), first.hash],
    [keys.meta("schema"), Uint8Array.of(SCHEMA_VERSION, 0, 0, 0)],
    [keys.meta("genesis"), genesisHashOf(first)],
    [keys.meta(PRUNING_POLICY), encodePolicy(policy)],
    ...["best", "finalized"].map((name): Write => [keys.meta(name), first.hash]),
  );
  writer.add(writes);
  await writer.flushed();
}
