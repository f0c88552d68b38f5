import {bytesToBinary, type Clock, err, LruCache, ok, type Result} from "#base";
import type {ChainSpec} from "#chain-spec";
import {type NodeCore, StateLeases} from "#core";
import type {Hashing} from "#crypto";
import type {Hash} from "#primitives";
import type {SnapshotQuestions, SnapshotRefusal} from "#rpc";
import type {SnapshotSource} from "#snapshot";
import {snapshotSource} from "../snapshots/snapshot-source.ts";

/** Blocks of which snapshots are taken at a time. */
const MOST_SOURCES = 4;

/** Gives a snapshot of a node's own chain, whose state stays as long as somebody asks for more of it. */
export function createSnapshotAnswers(
  spec: Pick<ChainSpec, "name" | "id" | "blockHashing">,
  {chain, finality}: NodeCore,
  hashing: Pick<Hashing, "blake2b256" | "blockHash">,
  clock: Clock,
): SnapshotQuestions {
  const leases = new StateLeases(chain, clock);
  chain.on("finalized", () => leases.expire());
  const sources = new LruCache<string, SnapshotSource>(MOST_SOURCES);
  const sourceOf = (block: Hash): Result<SnapshotSource, SnapshotRefusal> => {
    const known = chain.state(block) === undefined ? undefined : sources.get(bytesToBinary(block));
    if (known !== undefined) return ok(known);
    const header = chain.header(block);
    if (header === undefined) {
      const todo = "name a block that it has, or none for the newest final one";
      return err({code: "block-unknown", what: "the node has no such block", todo});
    }
    const parts = {chain, sets: finality.grandpa?.sets, hashing, spec};
    const source = snapshotSource(parts, {hash: block, number: header.number});
    if (source.ok) sources.set(bytesToBinary(block), source.value);
    return source;
  };
  return {
    head(block = chain.lastFinalized.hash) {
      const source = sourceOf(block);
      if (!source.ok) return source;
      leases.given(block);
      return ok({subject: source.value.subject, block: source.value.block});
    },
    async chunk(block, start) {
      const source = sourceOf(block);
      if (!source.ok) return source;
      leases.given(block);
      return ok(await source.value.chunk(start));
    },
  };
}
