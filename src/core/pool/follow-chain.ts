import {bytesToBinary} from "#base";
import type {TransactionPool} from "#pool";
import type {Hash} from "#primitives";
import {type Runtime, type RuntimeHost, validateTransaction} from "#runtime-api";
import type {Blockchain} from "../chain/blockchain.ts";
import type {BestChange} from "../chain/chain-events.ts";
import {overOwnState} from "../chain/own-state.ts";

/**
 * Keeps the pool in step with the chain: blocks that leave the best chain give their transactions back, unless the
 * new blocks hold them too; blocks that join it take theirs out; one that brings another runtime has all judged anew. Returns
 * how to stop.
 */
export function followChain(
  chain: Blockchain,
  pool: TransactionPool,
  hash: (bytes: Uint8Array) => Hash,
  signatures: Pick<RuntimeHost, "verifySignature">,
): () => void {
  let runtime = runtimeNow(chain);
  const tagsOf = (block: Hash, unknown: readonly Uint8Array[]) =>
    foreignTags(chain, pool, signatures, block, unknown);
  const stops = [
    chain.on("best", change => {
      applyChange(chain, pool, {hash, tagsOf}, change);
      const now = runtimeNow(chain);
      if (now === runtime) return;
      runtime = now;
      pool.runtimeChanged();
    }),
    chain.on("finalized", block => pool.blockFinalized(block.number)),
  ];
  return () => {
    for (const stop of stops) stop();
    pool.stop();
  };
}

/**
 * What judges transactions now; undefined where nothing runs on top of the head. By the state in memory: that of the block which was
 * told of may be some blocks older by then, and would be read from the disk with all of its code, at each block of a sync.
 */
function runtimeNow(chain: Blockchain): Runtime | undefined {
  const runtime = chain.runtimeOf(chain.head.state);
  return runtime.ok ? runtime.value : undefined;
}

function applyChange(
  chain: Blockchain,
  pool: TransactionPool,
  {
    hash,
    tagsOf,
  }: {
    hash: (bytes: Uint8Array) => Hash;
    tagsOf: (block: Hash, unknown: readonly Uint8Array[]) => Uint8Array[];
  },
  {retracted, enacted, isRewind}: BestChange,
): void {
  const bodies = enacted.map(block => ({...block, body: chain.body(block.hash) ?? []}));
  if (retracted.length > 0) {
    const again = new Set(
      bodies.flatMap(({body}) => body.map(bytes => bytesToBinary(hash(bytes)))),
    );
    for (const block of retracted) {
      const given = chain.body(block.hash) ?? [];
      const body = given.filter(bytes => !again.has(bytesToBinary(hash(bytes))));
      // Who goes back wants to do something else this time, and sends again what is to happen again.
      pool.blockRetracted({hash: block.hash, body, isGivenUp: isRewind});
    }
  }
  for (const block of bodies) {
    pool.blockEnacted(block, unknown => tagsOf(block.hash, unknown));
  }
}

/**
 * Tags of transactions that the pool never saw, so that those which wait for them become ready: asked of the runtime
 * before the block. Nobody waits in an empty pool.
 */
function foreignTags(
  chain: Blockchain,
  pool: TransactionPool,
  signatures: Pick<RuntimeHost, "verifySignature">,
  block: Hash,
  unknown: readonly Uint8Array[],
): Uint8Array[] {
  if (pool.status.future === 0 && pool.status.ready === 0) return [];
  const header = chain.header(block);
  const parent = header === undefined ? undefined : chain.at(header.parentHash);
  if (unknown.length === 0 || parent === undefined) return [];
  const runtime = chain.runtimeOf(parent.state);
  if (!runtime.ok) return [];
  // The block was found good with them: whatever it asks, the answer was yes where it takes promises at all.
  const trusted = {verifySignature: () => true};
  const host = chain.host(
    parent.state,
    runtime.value.takesPromises === true ? trusted : signatures,
  );
  return unknown.flatMap(tx => {
    const asked = {source: "InBlock", tx, at: parent} as const;
    const answer = overOwnState(validateTransaction(runtime.value, host, asked));
    // Inherents are no transactions, and a later one of the same sender counts as one for the future.
    return answer.ok && answer.value.ok ? answer.value.value.provides : [];
  });
}
