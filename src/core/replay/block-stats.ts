import {ok, type Result} from "#base";
import {compactU32, encode} from "#codec";
import {type ApiFailure, executeBlock, type RuntimeHost} from "#runtime-api";
import {Overlay, ProofRecorder} from "#state";
import {encodeCompactProof} from "#trie";
import type {BlockStats} from "./answers.ts";
import type {PastBlock} from "./past-block.ts";

/** What it takes to execute a block without the state: all of it that is come upon, in reading and for the root. */
export function blockStats(
  {runtime, parentState, header, body}: PastBlock,
  sealedSize: number,
  rest: Omit<RuntimeHost, "state">,
): Result<BlockStats, ApiFailure> {
  const recorder = new ProofRecorder();
  const state = new Overlay(parentState, {recorder});
  const executed = executeBlock(runtime, {...rest, state}, {header, extrinsics: [...body]});
  if (!executed.ok) return executed;
  const sizeOf = (items: readonly Uint8Array[]) => listSize(items.map(({length}) => length));
  return ok({
    witnessSize: sizeOf(recorder.proof()),
    compactWitnessSize: sizeOf(encodeCompactProof(parentState.root(), recorder.items)),
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
