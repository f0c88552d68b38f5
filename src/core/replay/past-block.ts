import {err, ok, type Result} from "#base";
import type {Hash, Header} from "#primitives";
import type {Runtime, RuntimeFailure} from "#runtime-api";
import type {StateView} from "#state";
import type {Blockchain} from "../chain/blockchain.ts";
import type {ProofSizeMode} from "../chain/execution.ts";

/** A block of the chain with what it was executed on. */
export interface PastBlock {
  readonly runtime: Runtime;
  readonly parentState: StateView;
  /** SCALE of its parent's header, with its seal. */
  readonly parentHead: Uint8Array;
  /** How it is executed. */
  readonly proofSize: ProofSizeMode;
  /** Without its seal, as runtimes are given it. */
  readonly header: Header;
  readonly sealed: Header;
  readonly body: readonly Uint8Array[];
}

/** A block as it came, of which nothing need be known. */
export interface GivenBlock {
  readonly header: Header;
  readonly body: readonly Uint8Array[];
}

/** Undefined for a block that is not known, or that the chain began with. */
export function pastBlock(
  chain: Blockchain,
  hash: Hash,
): Result<PastBlock, RuntimeFailure | {readonly code: "state-unavailable"}> | undefined {
  const header = chain.header(hash);
  const body = chain.body(hash);
  return header === undefined || body === undefined
    ? undefined
    : blockOnParent(chain, {header, body});
}

/** Any block whose parent's state is kept, kept itself or not; undefined for one that a chain begins with. */
export function blockOnParent(
  chain: Blockchain,
  {header, body}: GivenBlock,
): Result<PastBlock, RuntimeFailure | {readonly code: "state-unavailable"}> | undefined {
  if (header.number === 0 || chain.isStandIn(header.parentHash)) return undefined;
  const parentState = chain.state(header.parentHash);
  const parentHead = chain.headerBytes(header.parentHash);
  if (parentState === undefined || parentHead === undefined)
    return err({code: "state-unavailable"});
  const runtime = chain.runtimeOf(parentState);
  if (!runtime.ok) return err({code: "trap", name: "Core_version", message: runtime.error});
  const digest = header.digest.filter(({type}) => type !== "Seal");
  const {proofSize} = chain;
  const given = {runtime: runtime.value, parentState, parentHead, proofSize};
  return ok({...given, header: {...header, digest}, sealed: header, body});
}
