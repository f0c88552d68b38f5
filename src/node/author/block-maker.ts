import {type Clock, err, type Logger, type Millis, ok, type Result, type Slot, slot} from "#base";
import {encode} from "#codec";
import {nextOwnSlot, sealDigest, sealMessage, slotAt, slotOf, slotStart} from "#consensus";
import type {CryptoSuite} from "#crypto";
import {describeKeystoreFailure, type Keystore} from "#keystore";
import type {TransactionPool} from "#pool";
import {type Hash, type Header, header as headerCodec} from "#primitives";
import {auraAuthorities, auraSlotDuration, describeApiFailure, type Runtime} from "#runtime-api";
import type {StateVersion} from "#state";
import type {Blockchain, BlockRef, Head} from "../chain/blockchain.ts";
import type {SignatureChecks} from "../signatures/signature-checks.ts";
import {type Candidate, type LeftOut, propose} from "./proposer.ts";

/** Why no block was made. */
export type AuthoringFailure =
  | {readonly code: "runtime-unavailable"; readonly reason: string}
  | {readonly code: "no-own-slot"; readonly authorities: number}
  | {readonly code: "proposal-failed"; readonly reason: string}
  | {readonly code: "session-key-missing"; readonly reason: string};

export interface BlockMakerDependencies {
  readonly chain: Blockchain;
  readonly pool: TransactionPool;
  readonly keystore: Keystore;
  readonly crypto: CryptoSuite;
  readonly signatures: SignatureChecks;
  readonly clock: Pick<Clock, "now">;
  readonly logger: Logger;
  /** A node without peers finalizes what it makes. */
  readonly finalizeOwn: boolean;
}

export interface MadeBlock extends BlockRef {
  readonly transactions: number;
  readonly slot: Slot;
  /** Milliseconds from the start of building to the block on disk. */
  readonly took: Millis;
}

/** A claim to a slot: whose it is and what it follows. */
export interface Claim {
  readonly slot: Slot;
  readonly authority: Uint8Array;
  readonly parent: Head;
  readonly runtime: Runtime;
}

/** Makes, seals and stores blocks on the tip. When to make one is the seal mode's affair. */
export class BlockMaker {
  readonly #deps: BlockMakerDependencies;

  constructor(dependencies: BlockMakerDependencies) {
    this.#deps = dependencies;
  }

  /** Milliseconds per slot, from the runtime at the tip. */
  slotDuration(): Result<number, AuthoringFailure> {
    const {chain, signatures} = this.#deps;
    const runtime = chain.runtimeOf(chain.head.state);
    if (!runtime.ok) return err({code: "runtime-unavailable", reason: runtime.error});
    const duration = auraSlotDuration(runtime.value, chain.host(chain.head.state, signatures));
    return duration.ok
      ? ok(Number(duration.value))
      : err({code: "runtime-unavailable", reason: describeApiFailure(duration.error)});
  }

  /** The first slot, from `time` on and after the parent's, for which the keystore holds the key. */
  claim(time: Millis): Result<Claim, AuthoringFailure> {
    const {chain, signatures, keystore} = this.#deps;
    const parent = chain.head;
    const runtime = chain.runtimeOf(parent.state);
    if (!runtime.ok) return err({code: "runtime-unavailable", reason: runtime.error});
    const authorities = auraAuthorities(runtime.value, chain.host(parent.state, signatures));
    const duration = this.slotDuration();
    if (!duration.ok) return duration;
    if (!authorities.ok) {
      return err({code: "runtime-unavailable", reason: describeApiFailure(authorities.error)});
    }
    const after = (slotOf(parent.header.digest) ?? -1) + 1;
    const from = slot(Math.max(after, slotAt(time, duration.value)));
    const own = nextOwnSlot(from, authorities.value, key => keystore.has("aura", key));
    if (own === undefined) return err({code: "no-own-slot", authorities: authorities.value.length});
    return ok({...own, parent, runtime: runtime.value});
  }

  /** When a claimed slot begins. */
  startOf({slot: at}: Claim, slotDuration: number): Millis {
    return slotStart(at, slotDuration);
  }

  /** When the slot of the block began that a claim builds on; at genesis, the beginning of time. */
  parentStartOf({parent}: Claim, slotDuration: number): Millis {
    return slotStart(slotOf(parent.header.digest) ?? slot(0), slotDuration);
  }

  /** Builds, seals and appends; resolves when the block is on disk and its listeners have been told. */
  async make(
    claim: Claim,
    options: {timestamp: Millis; hasTime: () => boolean},
  ): Promise<Result<MadeBlock, AuthoringFailure>> {
    const {chain, pool, keystore, crypto, signatures, clock, finalizeOwn} = this.#deps;
    const began = clock.now();
    const stateVersion = claim.runtime.version.stateVersion as StateVersion;
    const drop: Hash[] = [];
    const transactions = pool.best();
    const proposal = propose(claim.runtime, {
      parent: claim.parent,
      slot: claim.slot,
      timestamp: options.timestamp,
      stateVersion,
      transactions,
      hasTime: options.hasTime,
      onLeftOut: (transaction, why) => {
        // Tried without it, what follows on it would look invalid and be lost.
        transactions.setAside(transaction);
        if (why.kind !== "exhausted") drop.push(transaction.hash);
        this.#logLeftOut(transaction, why);
      },
      verifySignature: signatures.verifySignature,
    });
    if (drop.length > 0) pool.remove(drop, "invalid");
    if (!proposal.ok) {
      return err({code: "proposal-failed", reason: describeApiFailure(proposal.error)});
    }
    const unsealed = proposal.value.header;
    const signature = keystore.sign("aura", claim.authority, sealMessage(unsealed, crypto.hashing));
    if (!signature.ok) {
      return err({code: "session-key-missing", reason: describeKeystoreFailure(signature.error)});
    }
    const header: Header = {...unsealed, digest: [...unsealed.digest, sealDigest(signature.value)]};
    const headerBytes = encode(headerCodec, header);
    const hash = crypto.hashing.blake2b256(headerBytes);
    const {trie} = proposal.value.outcome;
    const block = {hash, header, headerBytes, body: proposal.value.body, trie};
    await chain.append(block, {finalize: finalizeOwn});
    this.#checkSuccession();
    return ok({
      hash,
      number: header.number,
      transactions: proposal.value.included.length,
      slot: claim.slot,
      took: (clock.now() - began) as Millis,
    });
  }

  /** Raw writes to storage can put something in the place of the code that `set_code` would have refused. */
  #checkSuccession(): void {
    const {chain, logger} = this.#deps;
    const next = chain.runtimeOf(chain.head.state);
    if (next.ok) return;
    logger.log("error", "aura", "no block can follow the last one", {reason: next.error});
  }

  #logLeftOut({hash}: Candidate, why: LeftOut): void {
    const {logger} = this.#deps;
    if (why.kind === "exhausted") return;
    const message =
      why.kind === "trapped"
        ? "transaction made the runtime trap: set aside"
        : "transaction is no longer valid: dropped";
    logger.log(why.kind === "trapped" ? "warn" : "debug", "aura", message, {
      hash,
      reason: why.reason,
    });
  }
}
