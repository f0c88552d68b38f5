import {bytesToHex, err, ok, type Report, type Result} from "#base";
import type {ChainSpec} from "#chain-spec";
import type {AuthoritySet} from "#consensus";
import {type Blockchain, type BlockRef, votersAfter} from "#core";
import type {Hashing} from "#crypto";
import {CODE_KEY} from "#primitives";
import {encodeBlock, packChunk, type SnapshotSource} from "#snapshot";

export interface SnapshotParts {
  readonly chain: Blockchain;
  /** Undefined where nobody votes. */
  readonly sets: AuthoritySet | undefined;
  readonly hashing: Pick<Hashing, "blake2b256" | "blockHash">;
  readonly spec: Pick<ChainSpec, "name" | "id" | "blockHashing">;
}

/** What a chain has of a final block, the newest where none is named, to take a snapshot of. */
export function snapshotSource(
  {chain, sets, hashing, spec}: SnapshotParts,
  asked: BlockRef = chain.lastFinalized,
): Result<SnapshotSource, Report> {
  const {hash, number} = asked;
  const {name, id, blockHashing = "blake2-256"} = spec;
  const header = chain.header(hash);
  const isFinal =
    number <= chain.lastFinalized.number && chain.isDescendant(chain.lastFinalized, asked);
  if (header === undefined || !isFinal) {
    return err(
      notThere(
        "block-not-final",
        `block ${number} is not final`,
        "name a final block, or none for the newest",
      ),
    );
  }
  const state = chain.state(hash);
  const body = chain.body(hash);
  if (state === undefined || body === undefined || chain.isStandIn(hash)) {
    const kept = chain.discarded(hash)?.kept ?? [];
    const ranges = kept.map(({from, to}) => `${from} to ${to}`).join(", ");
    return err({
      ...notThere(
        "state-discarded",
        `state or body of block ${number} is not kept`,
        "name a block whose state is, or none for the newest final one",
      ),
      facts: [["kept", ranges === "" ? "see khala db ranges" : ranges]],
    });
  }
  const voters = sets === undefined ? ok(undefined) : votersAfter({chain, sets, hashing}, asked);
  if (!voters.ok) {
    const since = sets!.changes.at(-1)!.enactedAt.number;
    return err(
      notThere(
        "voters-changed",
        `who voted after block ${number} is not kept: the voters changed since`,
        `name a block from ${since} on, or none for the newest final one`,
      ),
    );
  }
  const headerBytes = chain.headerBytes(hash)!;
  const justifications = chain.justification(hash);
  return ok({
    subject: {
      chain: {name, id, genesisHash: bytesToHex(chain.genesisHash), blockHashing},
      block: {
        number,
        hash: bytesToHex(hash),
        stateRoot: bytesToHex(header.stateRoot),
        header: bytesToHex(headerBytes),
      },
      codeHash: bytesToHex(hashing.blake2b256(state.get(CODE_KEY) ?? new Uint8Array(0))),
      isProved: voters.value?.warpProofs !== undefined,
    },
    block: encodeBlock({header: headerBytes, body, justifications, finality: voters.value}),
    async chunk(start) {
      const chunk = await packChunk(state, start);
      if (chunk === undefined) throw new Error("a snapshot goes on where it was before");
      return chunk;
    },
  });
}

const notThere = (code: string, what: string, todo: string): Report => ({
  code,
  what,
  did: "wrote nothing",
  todo,
});
