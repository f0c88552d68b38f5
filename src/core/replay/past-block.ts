import {err, ok, type Result} from "#base";
import type {Hash, Header} from "#primitives";
import type {Runtime, RuntimeFailure} from "#runtime-api";
import type {StateView} from "#state";
import type {Blockchain} from "../chain/blockchain.ts";

/** A block of the chain with what it was executed on. */
export interface PastBlock {
  readonly runtime: Runtime;
  readonly parentState: StateView;
  /** Without its seal, as runtimes are given it. */
  readonly header: Header;
  readonly body: readonly Uint8Array[];
}

/** Undefined for a block that is not known, or that nothing came before. */
export function pastBlock(
  chain: Blockchain,
  hash: Hash,
): Result<PastBlock, RuntimeFailure | {readonly code: "state-unavailable"}> | undefined {
  const header = chain.header(hash);
  const body = chain.body(hash);
  if (header === undefined || body === undefined || header.number === 0) return undefined;
  const parentState = chain.state(header.parentHash);
  if (parentState === undefined) return err({code: "state-unavailable"});
  const runtime = chain.runtimeOf(parentState);
  if (!runtime.ok) return err({code: "trap", name: "Core_version", message: runtime.error});
  const digest = header.digest.filter(({type}) => type !== "Seal");
  return ok({runtime: runtime.value, parentState, header: {...header, digest}, body});
}
