import {ok, type Result} from "#base";
import {compactU32, encode} from "#codec";
import type {ApiFailure, RuntimeHost} from "#runtime-api";
import type {BlockStats} from "./answers.ts";
import {blockProof} from "./block-proof.ts";
import type {PastBlock} from "./past-block.ts";

/** How large a block is, and the proof of what executing it comes upon. */
export function blockStats(
  block: PastBlock,
  sealedSize: number,
  rest: Omit<RuntimeHost, "state" | "proofSize">,
): Result<BlockStats, ApiFailure> {
  const proof = blockProof(block, rest);
  if (!proof.ok) return proof;
  const {items, size} = proof.value;
  const {body} = block;
  return ok({
    witnessSize: listSize([...items.values()].map(({length}) => length)),
    compactWitnessSize: size,
    // Extrinsics carry their lengths with them.
    blockSize: sealedSize + compactSize(body.length) + sum(body.map(({length}) => length)),
    extrinsics: body.length,
  });
}

/** Bytes of a list of byte strings as SCALE. */
const listSize = (lengths: readonly number[]): number =>
  compactSize(lengths.length) + sum(lengths.map(length => compactSize(length) + length));

const compactSize = (value: number): number => encode(compactU32, value).length;

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
