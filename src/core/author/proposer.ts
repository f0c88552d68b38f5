import {equalBytes, err, inSlice, ok, type Result, type Slices, type Slot, type Steps} from "#base";
import {preDigest, slotOf} from "#consensus";
import {
  type DigestItem,
  describeValidityError,
  type Hash,
  type Header,
  type InherentData,
} from "#primitives";
import {
  type ApiFailure,
  applyExtrinsic,
  describeApiFailure,
  finalizeBlock,
  type GivenUpCall,
  inherentExtrinsics,
  initializeBlock,
  type Runtime,
  type RuntimeHost,
} from "#runtime-api";
import {type Change, type Overlay, ProofRecorder, type StateOutcome, type StateView} from "#state";
import type {ProofItems} from "#trie";
import {executionOn, type ProofSizeMode} from "../chain/execution.ts";
import {overOwnState} from "../chain/own-state.ts";

/** A transaction that waits for a block. */
export interface Candidate {
  readonly hash: Hash;
  readonly bytes: Uint8Array;
}

/** Why a transaction did not make it into a block. */
export type LeftOut =
  /** Not now: it may fit into a later block. */
  | {readonly kind: "exhausted"}
  /** Not yet: what it waits for is not in, as after a change of forks. */
  | {readonly kind: "early"; readonly reason: string}
  /** Never: the pool should drop it. */
  | {readonly kind: "invalid"; readonly reason: string}
  /** The runtime trapped on it: set aside. */
  | {readonly kind: "trapped"; readonly reason: string};

export interface ProposalRequest {
  readonly parent: {readonly hash: Hash; readonly number: number; readonly state: StateView};
  readonly slot: Slot;
  readonly inherents: InherentData;
  /** Items of the digest beside the slot's. */
  readonly digest: readonly DigestItem[];
  readonly stateVersion: 0 | 1;
  /** In the order in which they should go in. */
  readonly transactions: Iterable<Candidate>;
  /** Absent: the thread is not shared with anybody. */
  readonly slices?: Slices;
  /** Asked between transactions: is there still time? */
  readonly hasTime: () => boolean;
  readonly onLeftOut: (transaction: Candidate, why: LeftOut) => void;
  readonly verifySignature: RuntimeHost["verifySignature"];
  readonly proofSize: ProofSizeMode;
  /** The block's proof is wanted, whether or not runtimes are told of its size. */
  readonly keepsProof?: boolean;
  /**
   * Written over the state after the block, against all rules: whoever executes the block comes to another state and
   * refuses it. For dev chains without peers.
   */
  readonly overrides?: readonly Change[];
}

export interface Proposal {
  /** Without a seal. */
  readonly header: Header;
  readonly body: readonly Uint8Array[];
  readonly included: readonly Candidate[];
  readonly outcome: StateOutcome;
  /** What making it came upon of its parent's state; undefined where that is not noted. */
  readonly noted: ProofItems | undefined;
  /** The block takes no transactions at all: the runtime is in the middle of a migration. */
  readonly isClosed: boolean;
}

/**
 * After this many transactions that did not fit, the block counts as full: smaller ones may follow, and looking
 * through a long queue for them costs more than they bring. Upstream stops after 8.
 */
const MAX_SKIPPED = 8;

/**
 * `included`: the transactions that ran, where it is the end of the block that failed after them. `endless`: the one that did
 * not end in time. `overflowing`: the one in which the engine's stack ended. After either the state is not to be used any more,
 * and the block with it.
 */
export type ProposalFailure = ApiFailure & {
  readonly included?: readonly Candidate[];
  readonly endless?: Candidate;
  readonly overflowing?: Candidate;
};

/** Builds one block on a parent: inherents, then transactions until the block, the time or the queue ends. */
export async function propose(
  runtime: Runtime,
  request: ProposalRequest,
): Promise<Result<Proposal, ProposalFailure>> {
  const {verifySignature, proofSize, keepsProof = false} = request;
  const {
    state: overlay,
    host,
    recorder,
  } = executionOn(request.parent.state, {verifySignature}, proofSize, {
    recorder: keepsProof ? new ProofRecorder() : undefined,
  });
  const opened = overOwnState(initializeBlock(runtime, host, openingHeader(request)));
  if (!opened.ok) return opened;
  const body: Uint8Array[] = [];
  // What the runtime looks at to make them, it does not look at to execute them, as everybody else does.
  overlay.begin();
  const inherents = overOwnState(inherentExtrinsics(runtime, host, request.inherents));
  overlay.rollback();
  if (!inherents.ok) return inherents;
  for (const inherent of inherents.value) {
    const applied = overOwnState(applyExtrinsic(runtime, host, inherent));
    if (!applied.ok) return applied;
    if (!applied.value.ok) {
      const message = `inherent refused: ${describeValidityError(applied.value.error)}`;
      return err({code: "trap", name: "BlockBuilder_apply_extrinsic", message});
    }
    body.push(inherent);
  }
  // In the middle of a migration the runtime would refuse every one of them.
  const isClosed = opened.value === "OnlyInherents";
  let running: Candidate | undefined;
  const steps = applyTransactions(runtime, host, overlay, request, body, transaction => {
    running = transaction;
  });
  const watched = isClosed ? ok(ok([])) : await inSlices(runtime, steps, request.slices);
  if (!watched.ok) {
    return err({...watched.error, ...(running === undefined ? {} : {endless: running})});
  }
  const applied = watched.value;
  if (!applied.ok) return applied;
  const included = applied.value;
  // Roots of a full block take as long as two slices.
  if (included.length > 0) await request.slices?.next();
  const header = overOwnState(finalizeBlock(runtime, host));
  if (!header.ok) return err({...header.error, included});
  const misplaced = faultOf(header.value, request);
  if (misplaced !== undefined) {
    const failure = {
      code: "trap",
      name: "BlockBuilder_finalize_block",
      message: misplaced,
    } as const;
    return err({...failure, included});
  }
  const {overrides} = request;
  if (overrides === undefined) {
    const outcome = overlay.outcome(request.stateVersion);
    if (!equalBytes(outcome.root, header.value.stateRoot)) {
      const message = "the header has another state root than the state";
      return err({code: "trap", name: "BlockBuilder_finalize_block", message, included});
    }
    const noted = recorder?.items;
    return ok({header: header.value, body, included, outcome, noted, isClosed});
  }
  for (const [key, value] of overrides) {
    if (value === undefined) overlay.remove(key);
    else overlay.set(key, value);
  }
  const outcome = overlay.outcome(request.stateVersion);
  return ok({
    header: {...header.value, stateRoot: outcome.root},
    body,
    included,
    outcome,
    // What is written over the block was not come upon in making it.
    noted: undefined,
    isClosed,
  });
}

/** As many of a block's transactions as go into a slice under one watch, where the runtime has one. */
async function inSlices<T>(
  runtime: Runtime,
  steps: Steps<T>,
  slices: Slices | undefined,
): Promise<Result<T, GivenUpCall>> {
  const slice = () => inSlice(steps, slices);
  for (;;) {
    const watched =
      runtime.watched === undefined
        ? ok(slice())
        : runtime.watched("BlockBuilder_apply_extrinsic", slice);
    if (!watched.ok) return watched;
    if (watched.value.done === true) return ok(watched.value.value);
    await slices?.next();
  }
}

function openingHeader({parent, slot, digest}: ProposalRequest): Header {
  const nothing = new Uint8Array(32);
  return {
    parentHash: parent.hash,
    number: parent.number + 1,
    stateRoot: nothing,
    extrinsicsRoot: nothing,
    digest: [preDigest(slot), ...digest],
  };
}

/** The runtime makes the header of what its state says, which root may have written over in this very block. */
function faultOf(header: Header, {parent, slot}: ProposalRequest): string | undefined {
  if (header.number !== parent.number + 1) {
    return `the header is of block ${header.number}, and should be of ${parent.number + 1}`;
  }
  if (!equalBytes(header.parentHash, parent.hash)) return "the header names another parent";
  return slotOf(header.digest) === slot ? undefined : "the header names another slot";
}

/** Takes one after the other, with a pause after each. */
function* applyTransactions(
  runtime: Runtime,
  host: RuntimeHost,
  overlay: Overlay,
  {transactions, hasTime, onLeftOut}: ProposalRequest,
  body: Uint8Array[],
  onBegun: (transaction: Candidate) => void,
): Steps<Result<Candidate[], ProposalFailure>> {
  const included: Candidate[] = [];
  let skipped = 0;
  for (const transaction of transactions) {
    if (!hasTime()) break;
    onBegun(transaction);
    overlay.begin();
    const applied = overOwnState(applyExtrinsic(runtime, host, transaction.bytes));
    if (applied.ok && applied.value.ok) {
      overlay.commit();
      body.push(transaction.bytes);
      included.push(transaction);
      yield;
      continue;
    }
    if (!applied.ok && applied.error.code === "given-up") {
      return err({...applied.error, endless: transaction});
    }
    if (!applied.ok && applied.error.code === "trap" && applied.error.isStateLost) {
      return err({...applied.error, overflowing: transaction});
    }
    overlay.rollback();
    if (!applied.ok) {
      onLeftOut(transaction, {kind: "trapped", reason: describeApiFailure(applied.error)});
    } else if (!applied.value.ok) {
      const reason = describeValidityError(applied.value.error);
      if (reason === "ExhaustsResources") {
        onLeftOut(transaction, {kind: "exhausted"});
        skipped++;
        if (skipped > MAX_SKIPPED) break;
        yield;
        continue;
      }
      onLeftOut(transaction, {kind: reason === "Future" ? "early" : "invalid", reason});
    }
    yield;
  }
  return ok(included);
}
