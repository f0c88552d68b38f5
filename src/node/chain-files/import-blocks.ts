import {counted, err, ok, type Report, type Result} from "#base";
import {encode} from "#codec";
import type {ImportFailure} from "#core";
import {GRANDPA_ENGINE, header as headerCodec, isEngine} from "#primitives";
import {readBlocks} from "#snapshot";
import type {RunningNode} from "../node.ts";

export interface BlocksImport {
  /** Blocks that were new. */
  readonly imported: number;
  /** Those that were there already. */
  readonly known: number;
  readonly best: number;
  readonly finalized: number;
}

/** Why a file has no first block to begin with: said before a database is made for it. */
export function faultOfFirst(file: string): Report | undefined {
  for (const block of readBlocks(file)) {
    return block.ok ? undefined : damaged(file, block.error, "imported nothing");
  }
  return undefined;
}

const damaged = (file: string, reason: string, did: string): Report => ({
  code: "blocks-damaged",
  what: `the file cannot be read to its end: ${reason}`,
  facts: [["file", file]],
  did,
  todo: "get the file again, or export the blocks anew; then run this again, it goes on from there",
});

/** Has a node take in the blocks of a file, one after the other, as if a peer had sent them. */
export async function importBlocks(
  {core, crypto}: Pick<RunningNode, "core" | "crypto">,
  file: string,
  onProgress: (done: number, height: number) => void,
): Promise<Result<BlocksImport, Report>> {
  const {chain, importer, finality} = core;
  let imported = 0;
  let known = 0;
  const soFar = () =>
    `imported ${counted(imported, "block")}; what is imported stays; ${known} there already`;
  for (const block of readBlocks(file)) {
    if (!block.ok) return err(damaged(file, block.error, soFar()));
    const {header, body, justifications = []} = block.value;
    if (header.number === 0) {
      const hash = crypto.hashing.blockHash(encode(headerCodec, header));
      if (chain.headerBytes(hash) === undefined) return err(otherChain(file));
      known++;
      continue;
    }
    await chain.room();
    const taken = await importer.import(header, body);
    if (!taken.ok) return err(refused(file, header.number, taken.error, soFar()));
    if (taken.value.wasKnown) known++;
    else imported++;
    const proof = justifications.find(([engine]) => isEngine(engine, GRANDPA_ENGINE));
    if (proof !== undefined) {
      await taken.value.written;
      finality.grandpa?.imported(proof[1], "a file");
    }
    onProgress(imported + known, header.number);
  }
  await chain.settled();
  const {head, lastFinalized} = chain;
  return ok({imported, known, best: head.number, finalized: lastFinalized.number});
}

const otherChain = (file: string): Report => ({
  code: "genesis-mismatch",
  what: "the file is of another chain: its block 0 is another one",
  facts: [["file", file]],
  did: "imported nothing",
  todo: "name the chain spec that the blocks are of: --chain FILE",
});

function refused(file: string, number: number, failure: ImportFailure, did: string): Report {
  const reason = "reason" in failure ? `${failure.code}: ${failure.reason}` : failure.code;
  return {
    code: "block-refused",
    what: `block ${number} of the file is not taken`,
    facts: [
      ["file", file],
      ["reason", reason],
    ],
    did,
    todo:
      failure.code === "parent-unknown"
        ? "import the blocks before it first, and see that the file is of this chain"
        : "see khala check-block --file; a block that others hold valid is worth a report",
  };
}
