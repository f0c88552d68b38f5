import {
  type Clock,
  equalBytes,
  err,
  millis,
  ok,
  type Result,
  Slices,
  type SlicesDependencies,
  type Slot,
} from "#base";
import {encode} from "#codec";
import {
  type AuraHeaderFailure,
  slotOf,
  slotStart,
  type VerifiedHeader,
  verifyHeader,
} from "#consensus";
import type {CryptoSuite} from "#crypto";
import {CODE_KEY, type Hash, type Header, header as headerCodec, isBare} from "#primitives";
import {
  type ApiFailure,
  checkInherents,
  describeApiFailure,
  type Runtime,
  type StateMissing,
} from "#runtime-api";
import type {StateView} from "#state";
import {listRoot} from "#trie";
import type {InherentFault, Inherents} from "../inherents/index.ts";
import {extrinsicsVersionOf, stateVersionOf} from "../runtimes/index.ts";
import type {SignatureChecks} from "../signatures/signature-checks.ts";
import type {BlockAnswers} from "./block-answers.ts";
import {proofOf} from "./block-proof.ts";
import type {Blockchain, Head} from "./blockchain.ts";
import type {BlocksUnderWay} from "./blocks-under-way.ts";
import type {BlockOrigin} from "./chain-events.ts";
import {executeOnTrust} from "./execute-on-trust.ts";
import {overOwnState} from "./own-state.ts";
import {SetAsideBlocks} from "./set-aside.ts";

/** Why a block did not become part of the chain. */
export type ImportFailure =
  | {readonly code: "parent-unknown"; readonly parent: Hash}
  /** It is not above what is final, so nothing can come of it. */
  | {readonly code: "fork-abandoned"; readonly finalized: number}
  | {readonly code: "number-wrong"; readonly expected: number; readonly found: number}
  | AuraHeaderFailure
  | {readonly code: "runtime-unavailable"; readonly reason: string}
  /** It could not be executed to its end here, which says nothing of it; it is not tried again for so many milliseconds. */
  | {readonly code: "given-up"; readonly reason: string; readonly rest: number}
  /** It was given up before, and rests for so many more. */
  | {readonly code: "set-aside"; readonly rest: number}
  | {readonly code: "extrinsics-root-mismatch"; readonly expected: Hash; readonly computed: Hash}
  | {readonly code: "inherents-refused"; readonly reason: string}
  /** It is given what is not so; `fault`: by its code. */
  | {readonly code: "inherents-false"; readonly fault: string; readonly reason: string}
  /** The runtime trapped on it, or found it to be something else than its header says. */
  | {readonly code: "execution-failed"; readonly reason: string}
  | {readonly code: "state-root-mismatch"; readonly expected: Hash; readonly computed: Hash}
  | {readonly code: "bad-signature"}
  /** Nothing was found out: those who check signatures for us failed. */
  | {readonly code: "signatures-unchecked"; readonly reason: string};

export interface ImportDependencies {
  readonly chain: Blockchain;
  readonly answers: BlockAnswers;
  readonly inherents: Inherents;
  readonly crypto: CryptoSuite;
  readonly signatures: SignatureChecks;
  readonly clock: Pick<Clock, "now">;
  /** Absent: a block is executed in one piece, whoever waits. */
  readonly thread?: SlicesDependencies;
  /** On a steady clock; by that of the chain if not given. */
  readonly setAside?: SetAsideBlocks;
  /** Told of blocks that are executed while their signatures are still being checked. */
  readonly underWay?: Pick<BlocksUnderWay, "executed">;
  /** Called for every header whose seal was found good. */
  readonly onSealChecked?: (hash: Hash, header: Header, verified: VerifiedHeader) => void;
}

/** With these words runtimes, upstream's like ours, refuse a header whose state root is not the one they come to. */
const WRONG_STATE_ROOT = "Storage root must match that calculated";

const faultOf = ({code, reason}: InherentFault) => ({fault: code, reason: `${code}: ${reason}`});

/** A block that is now part of the chain, or was before. */
export interface Imported {
  readonly hash: Hash;
  readonly wasKnown: boolean;
  /** Resolves when it is on disk and has been announced. */
  readonly written: Promise<void>;
}

/** Takes in blocks that others made: checks the header, executes on the parent's state, keeps. */
export class BlockImporter {
  readonly #deps: ImportDependencies;
  readonly #setAside: SetAsideBlocks;

  constructor(dependencies: ImportDependencies) {
    this.#deps = dependencies;
    this.#setAside = dependencies.setAside ?? new SetAsideBlocks(dependencies.clock);
  }

  /**
   * Imports a block on any block that is kept. Its transactions' signatures are checked on other threads while it
   * executes. Once it resolves the chain has grown.
   */
  async import(
    header: Header,
    body: readonly Uint8Array[],
    origin: BlockOrigin = "sync",
  ): Promise<Result<Imported, ImportFailure>> {
    let tellIsKept = (_: boolean): void => {};
    const isKept = new Promise<boolean>(resolve => {
      tellIsKept = resolve;
    });
    let imported: Result<Imported, ImportFailure> | undefined;
    // Others have the thread in between, and what becomes final then may be another block.
    const unpin = this.#deps.chain.pin(header.parentHash);
    try {
      imported = await this.#import(header, body, origin, isKept);
      return imported;
    } finally {
      unpin();
      tellIsKept(imported?.ok === true);
    }
  }

  async #import(
    header: Header,
    body: readonly Uint8Array[],
    origin: BlockOrigin,
    isKept: Promise<boolean>,
  ): Promise<Result<Imported, ImportFailure>> {
    const {chain, signatures, crypto, onSealChecked, underWay, thread} = this.#deps;
    const headerBytes = encode(headerCodec, header);
    const hash = crypto.hashing.blockHash(headerBytes);
    if (chain.headerBytes(hash) !== undefined) {
      return ok({hash, wasKnown: true, written: chain.settled()});
    }
    const placed = this.#place(header);
    if (!placed.ok) return placed;
    const rest = this.#setAside.restOf(hash);
    if (rest !== undefined) return err({code: "set-aside", rest});
    const parent = placed.value;
    const runtime = chain.runtimeOf(parent.state);
    if (!runtime.ok) return err({code: "runtime-unavailable", reason: runtime.error});
    const stateVersion = stateVersionOf(runtime.value);
    const verified = this.#verify(parent, header);
    if (!verified.ok) return verified;
    onSealChecked?.(hash, header, verified.value);

    const computed = listRoot(
      data => crypto.hashing.blockHash(data),
      body,
      extrinsicsVersionOf(runtime.value),
    );
    if (!equalBytes(computed, header.extrinsicsRoot)) {
      const expected = header.extrinsicsRoot;
      return err({code: "extrinsics-root-mismatch", expected, computed});
    }
    const block = {header: verified.value.unsealed, extrinsics: [...body]};
    const checked = this.#checkInherents(runtime.value, parent, verified.value.slot, block, hash);
    if (!checked.ok) return checked;

    const {proofSize: mode} = chain;
    const toExecute = {
      runtime: runtime.value,
      parent: parent.state,
      block,
      proofSize: mode,
      slices: thread && new Slices(thread),
    };
    const settled = await executeOnTrust(toExecute, signatures, ({state: overlay}) => {
      const {state, root} = overlay.outcome(stateVersion);
      // On a block that brings code nobody builds before that is ready.
      if (!equalBytes(root, header.stateRoot) || bringsCode(state, parent.state)) return;
      underWay?.executed({head: {hash, number: header.number, header, state}, body, isKept});
    });
    if (!settled.ok) {
      const {error} = settled;
      return err(
        error === "bad-signature"
          ? {code: error}
          : {code: "signatures-unchecked", reason: error.reason},
      );
    }
    const {answer, state: overlay, recorder} = settled.value;
    if (!answer.ok) {
      if (answer.error.code === "trap" && answer.error.message.includes(WRONG_STATE_ROOT)) {
        const computed = overlay.root(stateVersion);
        return err({code: "state-root-mismatch", expected: header.stateRoot, computed});
      }
      return err(this.#failureOf(answer.error, hash));
    }
    // What became final while the signatures were looked at may have passed this block by.
    const still = this.#place(header);
    if (!still.ok) return still;
    const {state, root} = overlay.outcome(stateVersion);
    // Ours checks it itself; whether another runtime does is not for us to rely on.
    if (!equalBytes(root, header.stateRoot)) {
      return err({code: "state-root-mismatch", expected: header.stateRoot, computed: root});
    }
    const preparing = chain.prepare(state, parent.state);
    if (preparing !== undefined) {
      await preparing;
      if (chain.headerBytes(hash) !== undefined) {
        return ok({hash, wasKnown: true, written: chain.settled()});
      }
      const still = this.#place(header);
      if (!still.ok) return still;
    }
    const proofSize = recorder && proofOf(parent.state, recorder.items).size;
    const written = chain.append({hash, header, headerBytes, body, state, proofSize}, origin);
    return ok({hash, wasKnown: false, written});
  }

  /** Whether a header is one of Aura's on a block that we have; undefined where that cannot be said now. */
  checkSeal(header: Header): Result<void, ImportFailure> | undefined {
    const {chain} = this.#deps;
    const placed = this.#place(header);
    if (!placed.ok) return placed.error.code === "number-wrong" ? placed : undefined;
    const runtime = chain.runtimeOf(placed.value.state);
    if (!runtime.ok) return undefined;
    const verified = this.#verify(placed.value, header);
    if (verified.ok) return ok();
    const {code} = verified.error;
    // The one may change with time, the other is ours.
    return code === "slot-in-future" || code === "runtime-unavailable" ? undefined : verified;
  }

  /** The parent to build on, where something can come of it. */
  #place(header: Header): Result<Head, ImportFailure> {
    const {chain} = this.#deps;
    const finalized = chain.lastFinalized;
    if (header.number <= finalized.number) {
      return err({code: "fork-abandoned", finalized: finalized.number});
    }
    const parent = chain.at(header.parentHash);
    if (parent === undefined) return err({code: "parent-unknown", parent: header.parentHash});
    if (header.number !== parent.number + 1) {
      return err({code: "number-wrong", expected: parent.number + 1, found: header.number});
    }
    if (!chain.isDescendant(parent, finalized)) {
      return err({code: "fork-abandoned", finalized: finalized.number});
    }
    return ok(parent);
  }

  #verify(parent: Head, header: Header): Result<VerifiedHeader, ImportFailure> {
    const {answers, crypto, clock} = this.#deps;
    const authorities = answers.authorities(parent);
    const duration = answers.slotDuration(parent);
    if (!authorities.ok)
      return err({code: "runtime-unavailable", reason: authorities.error.reason});
    if (!duration.ok) return err({code: "runtime-unavailable", reason: duration.error.reason});
    const scheme = answers.auraScheme(parent);
    if (!scheme.ok) return err({code: "runtime-unavailable", reason: scheme.error.reason});
    return verifyHeader(header, {
      authorities: authorities.value,
      scheme: scheme.value,
      parentSlot: slotOf(parent.header.digest),
      now: clock.now(),
      slotDuration: duration.value,
      hashing: crypto.hashing,
      signatures: crypto.signatures,
    });
  }

  #checkInherents(
    runtime: Runtime,
    parent: Head,
    slot: Slot,
    block: {header: Header; extrinsics: Uint8Array[]},
    hash: Hash,
  ): Result<void, ImportFailure> {
    const {chain, answers, signatures, inherents, clock} = this.#deps;
    const duration = answers.slotDuration(parent);
    if (!duration.ok) return err({code: "runtime-unavailable", reason: duration.error.reason});
    const slotBegins = slotStart(slot, duration.value);
    const scope = {parent, runtime, slot, slotBegins, now: millis(clock.now())};
    // What is signed is no inherent; execution will decode it soon enough.
    const bare = {...block, extrinsics: block.extrinsics.filter(isBare)};
    // First, for a slot may be one for which there is no data.
    const judged = inherents.judge(scope, bare.extrinsics);
    if (!judged.ok) return err({code: "inherents-false", ...faultOf(judged.error)});
    const data = inherents.data(scope);
    if (!data.ok) return err({code: "runtime-unavailable", reason: data.error});
    const host = chain.host(parent.state, signatures);
    const answer = overOwnState(checkInherents(runtime, host, bare, data.value));
    if (!answer.ok) return err(this.#failureOf(answer.error, hash));
    if (answer.value.okay) return ok();
    const names = [...answer.value.errors.keys()].join(", ");
    return err({code: "inherents-refused", reason: names});
  }

  /**
   * A trap is the block's fault; a runtime that cannot be asked is ours or the chain's, and no peer pays for it. Nor for what did
   * not end in time here, or for what our own stack is not deep enough.
   */
  #failureOf(failure: Exclude<ApiFailure, StateMissing>, hash: Hash): ImportFailure {
    const reason = describeApiFailure(failure);
    if (failure.code === "given-up") {
      return {code: "given-up", reason, rest: this.#setAside.add(hash, failure.milliseconds)};
    }
    if (failure.code !== "trap") return {code: "runtime-unavailable", reason};
    return failure.isStateLost
      ? {code: "given-up", reason, rest: this.#setAside.add(hash, 0)}
      : {code: "execution-failed", reason};
  }
}

/** Whether a state has other code than its parent, as a look tells: states share what did not change. */
function bringsCode(state: StateView, parent: StateView): boolean {
  return state.get(CODE_KEY) !== parent.get(CODE_KEY);
}
