import {err, ok, type Result} from "#base";
import {encode} from "#codec";
import {AuthoritySet} from "#consensus";
import {header as headerCodec} from "#primitives";
import {stateViewOf} from "#state";
import type {Leap} from "#sync";
import type {Blockchain} from "../chain/blockchain.ts";
import {SETS_KEPT_AS} from "../finality/grandpa/restore.ts";
import type {GrandpaPart} from "../finality/index.ts";

/**
 * Goes on from a block that a warp led to: chain, voters and proofs in one step on disk, so that a crash leaves all of
 * it or nothing. The failure is a reason, and nothing was changed.
 */
export function takeLeap(
  chain: Blockchain,
  finality: GrandpaPart,
  leap: Leap,
): Result<Promise<void>, string> {
  const {hash, number, header, body, trie, setId, authorities} = leap;
  if (number <= chain.head.number) return err("the chain is there by now");
  const state = stateViewOf(trie);
  const runtime = chain.runtimeOf(state);
  if (!runtime.ok) return err(`block ${number} runs what this program cannot: ${runtime.error}`);
  const changes = [...finality.sets.changes, ...leap.ends];
  const sets = AuthoritySet.at({setId, authorities, finalized: {hash, number}, changes});
  if (sets === undefined) return err("nobody votes after it");
  const written = chain.leapTo(
    {hash, header, headerBytes: encode(headerCodec, header), body, state},
    leap.justifications.map(proved => [proved.hash, proved.proof] as const),
    new Map([[SETS_KEPT_AS, sets.encode()]]),
  );
  finality.goOnWith(sets);
  return ok(written);
}
