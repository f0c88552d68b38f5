import {err, type Report, type Result, unwrap} from "#base";
import type {Head} from "#core";
import {type ChainDescription, describeRuntime, StateReader} from "#description";
import type {RunningNode} from "../node.ts";

/** A block's state as its runtime describes it. */
export function describeAt(
  {chain}: RunningNode,
  {state}: Pick<Head, "state">,
): Result<ChainDescription, Report> {
  const runtime = chain.runtimeOf(state);
  if (!runtime.ok) return err({code: "runtime-unusable", what: runtime.error});
  const host = chain.host(state, {verifySignature: () => false});
  const described = describeRuntime(runtime.value, host);
  return described.ok ? described : err({code: "runtime-not-described", what: described.error});
}

export const readerAt = (
  {crypto}: RunningNode,
  {state}: Pick<Head, "state">,
  description: ChainDescription,
): StateReader => new StateReader(description, state, crypto.hashing);

/** `rhala 1241`: what runs the next block. */
export function versionOf({chain}: RunningNode): string {
  const {specName, specVersion} = unwrap(chain.runtimeOf(chain.head.state)).version;
  return `${specName} ${specVersion}`;
}
