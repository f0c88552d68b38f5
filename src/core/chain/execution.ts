import type {RuntimeHost} from "#runtime-api";
import {Overlay, type OverlayOptions, ProofRecorder, type StateView} from "#state";

/**
 * Whether runtimes that execute a block are told how large the proof of what they came upon is. Some count it as weight, which
 * makes it part of consensus: all nodes of a chain have to do the same.
 */
export type ProofSizeMode = "unrecorded" | "recorded";

/** What a block is executed over. */
export interface Execution {
  readonly state: Overlay;
  readonly host: RuntimeHost;
  /** What was come upon; undefined where nobody notes it. */
  readonly recorder: ProofRecorder | undefined;
}

/** `recorder`: told of what is come upon, whatever the runtime is told. */
export function executionOn(
  parent: StateView,
  rest: Omit<RuntimeHost, "state" | "proofSize">,
  mode: ProofSizeMode,
  {
    recorder = mode === "recorded" ? new ProofRecorder() : undefined,
    beforeRoot,
  }: OverlayOptions = {},
): Execution {
  const state = new Overlay(parent, {recorder, beforeRoot});
  const host = {...rest, state};
  if (recorder === undefined || mode === "unrecorded") return {state, host, recorder};
  return {state, host: {...host, proofSize: () => BigInt(recorder.size)}, recorder};
}
