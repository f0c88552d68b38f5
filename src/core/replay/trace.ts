import {ok, type Result} from "#base";
import {
  type ApiFailure,
  applyExtrinsic,
  finalizeBlock,
  initializeBlock,
  type RuntimeHost,
} from "#runtime-api";
import {executionOn} from "../chain/execution.ts";
import type {BlockTrace, TraceSpan} from "./answers.ts";
import type {PastBlock} from "./past-block.ts";
import {TracingState} from "./tracing-state.ts";

/** The names that clients look for: those of upstream's executive. */
const WHOLE: TraceSpan = {id: 1, parentId: undefined, name: "execute_block"};

/** Executes a block part by part, and tells what each part looked up and wrote. */
export function traceBlock(
  {runtime, parentState, header, body, proofSize}: PastBlock,
  rest: Omit<RuntimeHost, "state" | "proofSize">,
): Result<BlockTrace, ApiFailure> {
  const execution = executionOn(parentState, rest, proofSize);
  const state = new TracingState(execution.state);
  const host: RuntimeHost = {...execution.host, state};
  const spans: TraceSpan[] = [WHOLE];
  const begin = (name: string) => {
    const id = spans.length + 1;
    spans.push({id, parentId: WHOLE.id, name});
    state.span = id;
  };
  begin("init_block");
  const opened = initializeBlock(runtime, host, header);
  if (!opened.ok) return opened;
  for (const extrinsic of body) {
    begin("apply_extrinsic");
    const applied = applyExtrinsic(runtime, host, extrinsic);
    if (!applied.ok) return applied;
  }
  begin("finalize_block");
  const closed = finalizeBlock(runtime, host);
  return closed.ok ? ok({spans, accesses: state.accesses}) : closed;
}
