import {equalBytes, err, ok, type Result} from "#base";
import {decode} from "#codec";
import type {Hashing} from "#crypto";
import {header as headerCodec} from "#primitives";
import {bodyMatches} from "./body-matches.ts";
import type {BlocksWanted, ReceivedBlock, SyncBlock} from "./messages.ts";

/** What an array of bytes takes beside the bytes: bodies of many tiny extrinsics are mostly that. */
const OVERHEAD = 128;

/**
 * Believes of an answer what can be seen from it alone: each header is the one its hash names and each body the one
 * its header commits to, they hang together, begin where they were asked to begin, and nothing that was asked for is
 * missing. Fewer blocks than asked for are an answer, none too.
 *
 * The body is looked at here, and not only by the importer, because whoever sends an honest header with a body of its
 * own making must not make the block of that name look bad.
 */
export function readResponse(
  wanted: BlocksWanted,
  received: readonly ReceivedBlock[],
  hashing: Pick<Hashing, "blockHash">,
): Result<SyncBlock[], string> {
  if (received.length > wanted.max)
    return err(`${received.length} blocks, asked for ${wanted.max}`);
  const blocks: SyncBlock[] = [];
  for (const {header: bytes, body, justification} of received) {
    if (bytes === undefined) return err("a block without its header");
    const decoded = decode(headerCodec, bytes);
    if (!decoded.ok) return err(`a header that does not decode: ${decoded.error.message}`);
    if (wanted.body && body === undefined) return err("a block without its body");
    const header = decoded.value;
    const hash = hashing.blockHash(bytes);
    const {number} = header;
    const size = bytes.length + sizeOf(body ?? []) + (justification?.length ?? 0);
    blocks.push({hash, number, header, body: body ?? [], justification, size});
  }
  if (received.some(({hash}, i) => !equalBytes(hash, blocks[i]!.hash))) {
    return err("a header that is not the one its hash names");
  }
  const first = blocks[0];
  if (first === undefined) return ok(blocks);
  const isFirst =
    "hash" in wanted.from
      ? equalBytes(first.hash, wanted.from.hash)
      : first.number === wanted.from.number;
  if (!isFirst) return err("an answer that begins elsewhere");
  const rising = wanted.direction === "ascending" ? blocks : [...blocks].reverse();
  for (let i = 1; i < rising.length; i++) {
    const [below, above] = [rising[i - 1]!, rising[i]!];
    const isLinked =
      above.number === below.number + 1 && equalBytes(above.header.parentHash, below.hash);
    if (!isLinked) return err("blocks that do not follow from each other");
  }
  const forged = wanted.body ? blocks.find(block => !bodyMatches(block, hashing)) : undefined;
  if (forged !== undefined) return err(`block ${forged.number} with another body`);
  return ok(blocks);
}

function sizeOf(body: readonly Uint8Array[]): number {
  return body.reduce((sum, extrinsic) => sum + extrinsic.length + OVERHEAD, 0);
}
