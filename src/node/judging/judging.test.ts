import assert from "node:assert/strict";
import {test} from "node:test";
import {type LogLevel, ok} from "#base";
import type {PastBlock, ProofSizeMode, Runtimes} from "#core";
import type {Header} from "#primitives";
import type {Runtime} from "#runtime-api";
import {memoryState} from "#state";
import type {ChainStore} from "#store";
import {judgeOfOwnBlocks} from "./index.ts";

const ASKS = "ext_storage_proof_size_storage_proof_size_version_1";
const state = memoryState([], () => new Uint8Array(32));

/** A runtime whose code offers and asks for these; undefined: one that is no module. */
const runtimeOf = (functions: string[] | undefined, imports: string[] = []): Runtime =>
  ({
    version: {specName: "toy", specVersion: 7},
    ...(functions && {functions: new Set(functions), imports: new Set(imports)}),
  }) as unknown as Runtime;

function judgeOn(runtime: Runtime, proofSize: ProofSizeMode) {
  const lines: (readonly [LogLevel, string])[] = [];
  const judge = judgeOfOwnBlocks(
    {validateOwnBlocks: true},
    {best: {hash: new Uint8Array(32), number: 0}, stateAt: () => state} as unknown as Pick<
      ChainStore,
      "best" | "stateAt"
    >,
    {
      runtimes: {runtimeOf: () => ok(runtime)} as Runtimes,
      proofSize,
      verifySignature: () => true,
      logger: {log: (level, _, message) => void lines.push([level, message])},
    },
  );
  return {judge, lines};
}

const codeOn = (runtime: Runtime, proofSize: ProofSizeMode) => {
  const {judge} = judgeOn(runtime, proofSize);
  return judge.ok ? "judges" : judge.error.code;
};

test("a judge is refused at the start where the runtime has none, or counts what the chain's nodes do not record", () => {
  for (const mode of ["recorded", "unrecorded"] as const) {
    assert.equal(codeOn(runtimeOf(undefined), mode), "no-judge");
    assert.equal(codeOn(runtimeOf(["Core_version"]), mode), "no-judge");
    assert.equal(codeOn(runtimeOf(["validate_block"]), mode), "judges");
  }
  const counting = runtimeOf(["validate_block"], [ASKS]);
  assert.equal(codeOn(counting, "recorded"), "judges");
  assert.equal(codeOn(counting, "unrecorded"), "proof-size-unrecorded");
  const {judge} = judgeOn(counting, "unrecorded");
  assert.match(judge.ok ? "" : judge.error.what, /toy 7 counts the size of proofs/);
  assert.match(judge.ok ? "" : judge.error.todo!, /--proof-size recorded/);
});

test("with a later runtime that cannot be judged blocks go on, and the log says so once", () => {
  const {judge, lines} = judgeOn(runtimeOf(["validate_block"]), "unrecorded");
  assert.ok(judge.ok && judge.value !== undefined);
  const later = {
    runtime: runtimeOf(["validate_block"], [ASKS]),
    parentState: state,
    proofSize: "unrecorded",
    sealed: {number: 9} as Header,
  } as unknown as PastBlock;
  for (let i = 0; i < 3; i++) assert.deepEqual(judge.value(later, undefined), ok());
  assert.deepEqual(
    lines.map(([level]) => level),
    ["warn"],
  );
  assert.match(lines[0]![1], /^own block not judged: toy 7 counts the size of proofs/);
});
