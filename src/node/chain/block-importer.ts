import {type Clock, equalBytes, err, ok, type Result} from "#base";
import {encode, u64} from "#codec";
import {type AuraHeaderFailure, slotOf, type VerifiedHeader, verifyHeader} from "#consensus";
import type {CryptoSuite} from "#crypto";
import {type Header, header as headerCodec, TIMESTAMP_INHERENT} from "#primitives";
import {
  auraAuthorities,
  auraSlotDuration,
  checkInherents,
  describeApiFailure,
  executeBlock,
  type Runtime,
  type RuntimeHost,
} from "#runtime-api";
import {Overlay, type StateVersion} from "#state";
import type {SignatureChecks} from "../signatures/signature-checks.ts";
import type {Blockchain, Head} from "./blockchain.ts";

/** Why a block did not become part of the chain. */
export type ImportFailure =
  | {readonly code: "parent-unknown"; readonly parent: Uint8Array}
  | AuraHeaderFailure
  | {readonly code: "runtime-unavailable"; readonly reason: string}
  | {readonly code: "inherents-refused"; readonly reason: string}
  /** The runtime found it to be something else than its header says, or trapped. */
  | {readonly code: "execution-failed"; readonly reason: string}
  | {readonly code: "bad-signature"};

export interface ImportDependencies {
  readonly chain: Blockchain;
  readonly crypto: CryptoSuite;
  readonly signatures: SignatureChecks;
  readonly clock: Pick<Clock, "now">;
}

/** Takes in blocks that others made, or that are read back: checks the header, executes, appends. */
export class BlockImporter {
  readonly #deps: ImportDependencies;

  constructor(dependencies: ImportDependencies) {
    this.#deps = dependencies;
  }

  /**
   * Imports a block on the tip. Its transactions' signatures are checked on other threads while it executes. Once
   * it resolves the chain has grown; `written` resolves when the block is on disk.
   */
  async import(
    header: Header,
    body: readonly Uint8Array[],
    options: {finalize: boolean},
  ): Promise<Result<{written: Promise<void>}, ImportFailure>> {
    const {chain, signatures, crypto} = this.#deps;
    const parent = chain.head;
    if (!equalBytes(parent.hash, header.parentHash)) {
      return err({code: "parent-unknown", parent: header.parentHash});
    }
    const runtime = chain.runtimeOf(parent.state);
    if (!runtime.ok) return err({code: "runtime-unavailable", reason: runtime.error});
    const verified = this.#verify(runtime.value, parent, header);
    if (!verified.ok) return verified;
    const extrinsics = [...body];
    const block = {header: verified.value.unsealed, extrinsics};
    const checked = this.#checkInherents(runtime.value, parent, block);
    if (!checked.ok) return checked;

    const overlay = new Overlay(parent.state);
    const deferred = signatures.deferred();
    const host: RuntimeHost = {state: overlay, verifySignature: deferred.verifySignature};
    const executed = executeBlock(runtime.value, host, block);
    if (!executed.ok) {
      return err({code: "execution-failed", reason: describeApiFailure(executed.error)});
    }
    if (deferred.count > 0) {
      const settled = await deferred.settle();
      if (!settled.ok || !settled.value) return err({code: "bad-signature"});
    }
    const {trie} = overlay.outcome(runtime.value.version.stateVersion as StateVersion);
    const headerBytes = encode(headerCodec, header);
    const hash = crypto.hashing.blake2b256(headerBytes);
    const executedBlock = {hash, header, headerBytes, body, trie};
    const written = chain.append(executedBlock, options);
    return ok({written});
  }

  #verify(runtime: Runtime, parent: Head, header: Header): Result<VerifiedHeader, ImportFailure> {
    const {chain, crypto, signatures, clock} = this.#deps;
    const host = chain.host(parent.state, signatures);
    const authorities = auraAuthorities(runtime, host);
    const duration = auraSlotDuration(runtime, host);
    if (!authorities.ok || !duration.ok) {
      return err({code: "runtime-unavailable", reason: "the runtime does not answer for Aura"});
    }
    return verifyHeader(header, {
      authorities: authorities.value,
      parentSlot: slotOf(parent.header.digest),
      now: clock.now(),
      slotDuration: Number(duration.value),
      hashing: crypto.hashing,
      signatures: crypto.signatures,
    });
  }

  #checkInherents(
    runtime: Runtime,
    parent: Head,
    block: {header: Header; extrinsics: Uint8Array[]},
  ): Result<void, ImportFailure> {
    const {chain, signatures, clock} = this.#deps;
    const data = new Map([[TIMESTAMP_INHERENT, encode(u64, BigInt(clock.now()))]]);
    const answer = checkInherents(runtime, chain.host(parent.state, signatures), block, data);
    if (!answer.ok)
      return err({code: "execution-failed", reason: describeApiFailure(answer.error)});
    if (answer.value.okay) return ok();
    const names = [...answer.value.errors.keys()].join(", ");
    return err({code: "inherents-refused", reason: names});
  }
}
