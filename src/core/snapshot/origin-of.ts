import {bytesToHex, equalBytes, err, ok, type Report, type Result} from "#base";
import {AuthoritySet} from "#consensus";
import type {CryptoSuite} from "#crypto";
import type {Hash} from "#primitives";
import type {ChainStore} from "#store";
import {WarpRoute} from "#sync";
import type {Blockchain} from "../chain/blockchain.ts";
import type {BlockRef} from "../chain/chain-events.ts";
import {restoreSets, SETS_KEPT_AS} from "../finality/grandpa/index.ts";
import type {FinalityChoice} from "../finality/index.ts";
import {checkKeptKind} from "../finality/kept-kind.ts";
import type {VotersAfter} from "./voters-after.ts";

export interface OriginParts {
  /** At its first block. */
  readonly store: ChainStore;
  readonly chain: Blockchain;
  readonly choice: FinalityChoice;
  readonly crypto: Pick<CryptoSuite, "hashing" | "signatures">;
}

/** What goes to disk with a block that a node begins at. */
export interface SnapshotOrigin {
  /** That it is final was followed from the chain's first block on; otherwise somebody has to say so. */
  readonly isProved: boolean;
  /** Values of the node's own. */
  readonly own: ReadonlyMap<string, Uint8Array>;
  /** SCALE proofs of finality of blocks on the way, which others will ask for. */
  readonly justifications: readonly (readonly [Hash, Uint8Array])[];
}

/**
 * Who votes after a block that is said to be final, followed from the chain's first block on where there is a way. Fails where the
 * way leads elsewhere, and where voters are needed and not said.
 */
export function originOf(
  {store, chain, choice, crypto}: OriginParts,
  block: BlockRef,
  voters: VotersAfter | undefined,
): Result<SnapshotOrigin, Report> {
  const same = checkKeptKind(store, choice);
  if (!same.ok) return same;
  if (choice.kind === "at-once") return ok({isProved: false, own: new Map(), justifications: []});
  if (voters === undefined) return err(refused("it does not say who votes after its block"));
  const first = restoreSets(store, chain, choice, {verifySignature: () => false});
  if (!first.ok) return first;
  if (voters.warpProofs === undefined) return asSaid(voters.sets, block);
  const {setId, authorities} = first.value;
  const isFixed = choice.kind === "committee";
  const route = new WarpRoute({...chain.lastFinalized, setId, authorities, isFixed}, crypto);
  for (const proof of voters.warpProofs) {
    const followed = route.follow(proof);
    if (!followed.ok) return err(refused(followed.error));
  }
  if (!equalBytes(route.hash, block.hash)) {
    return err(refused(`the proofs lead to block ${route.number}, ${bytesToHex(route.hash)}`));
  }
  const sets = AuthoritySet.at({
    setId: route.setId,
    authorities: route.authorities,
    finalized: block,
    changes: [...first.value.changes, ...route.ends],
  });
  if (sets === undefined) return err(refused("nobody votes after it"));
  return ok({
    isProved: true,
    own: new Map([[SETS_KEPT_AS, sets.encode()]]),
    justifications: route.justifications.map(({hash, proof}) => [hash, proof] as const),
  });
}

function asSaid(encoded: Uint8Array, block: BlockRef): Result<SnapshotOrigin, Report> {
  const sets = AuthoritySet.restore(encoded);
  if (!sets.ok) return err(refused(`who votes after it cannot be read (${sets.error.code})`));
  const {hash} = sets.value.finalized;
  if (!equalBytes(hash, block.hash))
    return err(refused("its voters are those after another block"));
  return ok({isProved: false, own: new Map([[SETS_KEPT_AS, encoded]]), justifications: []});
}

const refused = (why: string): Report => ({
  code: "snapshot-not-of-the-chain",
  what: "the snapshot's block does not follow from the chain's first block",
  facts: [["reason", why]],
  did: "took nothing of it",
  todo: "get a snapshot of this chain from somebody else, or --sync warp",
});
