import type {BlockData, BlockRequest} from "#network";
import {GRANDPA_ENGINE, type Hash} from "#primitives";
import type {Blockchain} from "../chain/blockchain.ts";

/** Blocks of one answer (spec/network §1.5). */
const MOST_BLOCKS = 128;
/** An answer ends before its bodies pass this; one block is always given. */
const MOST_BODY_BYTES = 8 * 1_024 * 1_024;

/** Answers sync/2: upwards along the best chain, downwards from parent to parent, as far as there is something. */
export function serveBlocks(chain: Blockchain, request: BlockRequest): BlockData[] {
  const {attributes, direction, maxBlocks = MOST_BLOCKS} = request;
  const most = Math.min(maxBlocks, MOST_BLOCKS);
  const blocks: BlockData[] = [];
  let bytes = 0;
  let hash: Hash | undefined =
    "hash" in request.from ? request.from.hash : chain.hashOf(request.from.number);
  while (hash !== undefined && blocks.length < most) {
    const header = chain.header(hash);
    const headerBytes = chain.headerBytes(hash);
    if (header === undefined || headerBytes === undefined) break;
    const body = attributes.body ? chain.body(hash) : undefined;
    if (attributes.body && body === undefined) break;
    bytes += (body ?? []).reduce((sum, extrinsic) => sum + extrinsic.length, 0);
    if (blocks.length > 0 && bytes > MOST_BODY_BYTES) break;
    const proof = attributes.justification ? chain.justification(hash) : undefined;
    blocks.push({
      hash,
      ...(attributes.header ? {header: headerBytes} : {}),
      ...(body === undefined ? {} : {body}),
      ...(proof === undefined ? {} : {justifications: [{engine: GRANDPA_ENGINE, proof}]}),
    });
    if (direction === "ascending") hash = chain.hashOf(header.number + 1);
    else hash = header.number === 0 ? undefined : header.parentHash;
  }
  return blocks;
}
