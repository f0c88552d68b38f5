import {
  bytesToHex,
  type Clock,
  equalBytes,
  err,
  type LogFields,
  type Logger,
  type Millis,
  ok,
  type Result,
  Slices,
  type Slot,
  slot,
} from "#base";
import {encode} from "#codec";
import {
  authorIndex,
  firstSlotAfter,
  type MeasuredSlot,
  nextOwnSlot,
  sealDigest,
  sealMessage,
  slotAt,
  slotOf,
  slotStart,
} from "#consensus";
import type {CryptoSuite} from "#crypto";
import {
  describeGuardRefusal,
  describeKeystoreFailure,
  type Keystore,
  type SigningGuard,
} from "#keystore";
import type {TransactionPool} from "#pool";
import {type Header, header as headerCodec} from "#primitives";
import {type ApiFailure, describeApiFailure, type Runtime} from "#runtime-api";
import type {Change} from "#state";
import type {BlockAnswers} from "../chain/block-answers.ts";
import {proofOf} from "../chain/block-proof.ts";
import type {Blockchain, Head} from "../chain/blockchain.ts";
import type {BlocksUnderWay, ExecutedHead} from "../chain/blocks-under-way.ts";
import type {BlockRef} from "../chain/chain-events.ts";
import type {SlotTimes} from "../chain/slot-times.ts";
import type {Inherents} from "../inherents/index.ts";
import {stateVersionOf} from "../runtimes/index.ts";
import type {SignatureChecks} from "../signatures/signature-checks.ts";
import {whyEnded} from "../succession.ts";
import {buildFromPool} from "./build-from-pool.ts";
import type {AuthoringFailure} from "./failures.ts";
import type {OwnBlockJudge} from "./own-block-judge.ts";
import {type Candidate, type Proposal, propose} from "./proposer.ts";

export interface BlockMakerDependencies {
  readonly chain: Blockchain;
  readonly answers: BlockAnswers;
  readonly slots: SlotTimes;
  readonly inherents: Inherents;
  readonly pool: TransactionPool;
  readonly keystore: Keystore;
  readonly guard: SigningGuard;
  readonly crypto: CryptoSuite;
  readonly signatures: SignatureChecks;
  /** Steady. */
  readonly clock: Pick<Clock, "now">;
  /** Lets timers, sockets and other work have their turn. */
  readonly yieldThread: () => Promise<void>;
  readonly logger: Logger;
  /** Blocks that may be built on before they are in the chain. */
  readonly underWay?: Pick<BlocksUnderWay, "next">;
  /** Absent: blocks are kept as they were made. */
  readonly judge?: OwnBlockJudge | undefined;
}

export interface MadeBlock extends BlockRef {
  readonly transactions: number;
  /** It could take none: the runtime is in the middle of a migration. */
  readonly isClosed: boolean;
  readonly slot: Slot;
  /** The Aura key that sealed it. */
  readonly authority: Uint8Array;
  /** Milliseconds from the start of building to the block on disk. */
  readonly took: Millis;
}

export interface MakeOptions {
  readonly timestamp: Millis;
  readonly hasTime: () => boolean;
  /** These, and all of them, instead of what waits in the pool. */
  readonly transactions?: readonly Candidate[];
  /** See `ProposalRequest`. */
  readonly overrides?: readonly Change[];
}

/** A claim to a slot: whose it is and what it follows. */
export interface Claim {
  readonly slot: Slot;
  readonly authority: Uint8Array;
  readonly parent: Head;
  readonly runtime: Runtime;
  /** The parent, where it is not in the chain yet: nothing is signed before it is. */
  readonly awaited?: ExecutedHead | undefined;
}

type IsOfUse = () => Result<void, AuthoringFailure>;

/** A block that was built, and when that was begun. */
interface BegunBlock {
  readonly proposal: Proposal;
  readonly slices: Slices;
  readonly began: Millis;
}

/** Makes, seals and stores blocks on the tip. When to make one is the seal mode's affair. */
export class BlockMaker {
  readonly #deps: BlockMakerDependencies;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(dependencies: BlockMakerDependencies) {
    this.#deps = dependencies;
  }

  /** Milliseconds per slot, for a block on this one. */
  slotDuration(parent: Head = this.#deps.chain.head): Result<number, AuthoringFailure> {
    const duration = this.#deps.answers.slotDuration(parent);
    return duration.ok
      ? duration
      : err({code: "runtime-unavailable", reason: duration.error.reason});
  }

  /**
   * The first slot, from `time` on and after the parent's and the head's, for which the keystore holds the key. `last`: one
   * that was used already, for a block beside them.
   */
  claim(
    time: Millis,
    parent: Head = this.#deps.chain.head,
    last?: MeasuredSlot,
  ): Result<Claim, AuthoringFailure> {
    const {chain, keystore, slots} = this.#deps;
    const turns = this.#turns(parent);
    if (!turns.ok) return turns;
    const {runtime, authorities} = turns.value;
    const duration = this.slotDuration(parent);
    if (!duration.ok) return duration;
    // After the head's as well: beside it stands a block of another slot, or a key would have sealed two in one.
    const used = [parent, chain.head].flatMap(({header}) => {
      const at = slotOf(header.digest);
      return at === undefined ? [] : [{slot: at, duration: slots.durationOf(header)}];
    });
    const after = [...used, ...(last === undefined ? [] : [last])].map(one =>
      firstSlotAfter(one, duration.value),
    );
    const parentSlot = slotOf(parent.header.digest) ?? -1;
    const from = slot(Math.max(parentSlot + 1, slotAt(time, duration.value), ...after));
    const own = nextOwnSlot(from, authorities, key => keystore.has("aura", key));
    if (own === undefined) return err({code: "no-own-slot", authorities: authorities.length});
    return ok({...own, parent, runtime});
  }

  /** The claim to one slot as things stand now. */
  claimSlot(at: Slot): Result<Claim & {readonly authorities: number}, AuthoringFailure> {
    const {chain, keystore, slots, underWay} = this.#deps;
    const awaited = underWay?.next;
    const parent = awaited?.head ?? chain.head;
    const turns = this.#turns(parent);
    if (!turns.ok) return turns;
    const {runtime, authorities} = turns.value;
    const count = authorities.length;
    const authority = authorities[authorIndex(at, count) ?? 0];
    if (authority === undefined || !keystore.has("aura", authority)) {
      const holdsAny = authorities.some(key => keystore.has("aura", key));
      return err(holdsAny ? {code: "not-our-slot"} : {code: "no-own-slot", authorities: count});
    }
    const parentSlot = slotOf(parent.header.digest);
    if (parentSlot !== undefined && parentSlot >= at) {
      const parentBegan = slotStart(parentSlot, slots.durationOf(parent.header));
      return err({code: "slot-lost", parentSlot, parentBegan});
    }
    return ok({slot: at, authority, parent, runtime, awaited, authorities: count});
  }

  /** Who authors on a block, and with which runtime. */
  #turns(
    parent: Head,
  ): Result<{runtime: Runtime; authorities: readonly Uint8Array[]}, AuthoringFailure> {
    const {chain, answers} = this.#deps;
    const runtime = chain.runtimeOf(parent.state);
    if (!runtime.ok) return err({code: "runtime-unavailable", reason: runtime.error});
    const authorities = answers.authorities(parent);
    return authorities.ok
      ? ok({runtime: runtime.value, authorities: authorities.value})
      : err({code: "runtime-unavailable", reason: authorities.error.reason});
  }

  /** What the block below holds. */
  #below({awaited, parent}: Claim): readonly Uint8Array[] {
    return awaited?.body ?? this.#deps.chain.body(parent.hash) ?? [];
  }

  /** When a claimed slot begins. */
  startOf({slot: at}: Claim, slotDuration: number): Millis {
    return slotStart(at, slotDuration);
  }

  /** Whether its blocks are judged before they are kept. */
  get isJudged(): boolean {
    return this.#deps.judge !== undefined;
  }

  /** Runs one piece of authoring after the other: what claims a slot and makes its block is not to meet another that does. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** Builds, seals, has judged and appends; resolves when the block is on disk and its listeners have been told. */
  async make(claim: Claim, options: MakeOptions): Promise<Result<MadeBlock, AuthoringFailure>> {
    const {chain} = this.#deps;
    const {hash} = claim.parent;
    // Others have the thread in between, and what becomes final then may be another block.
    const pins = [chain.pin(hash), chain.pin(claim.parent.header.parentHash)];
    let isOver = false;
    let isBad = false;
    void claim.awaited?.isKept.then(isKept => {
      isBad = !isKept;
      if (isKept && !isOver) pins.push(chain.pin(hash));
    });
    const isOfUse = this.#watchParent(claim);
    try {
      const hasTime = () => !isBad && options.hasTime();
      const proposal = await this.#propose(claim, {...options, hasTime});
      if (!proposal.ok) return proposal;
      if (proposal.value.slices.isOver) await proposal.value.slices.next();
      return await this.#keep(claim, options, {...proposal.value, isOfUse});
    } finally {
      isOver = true;
      for (const unpin of pins) unpin();
    }
  }

  /** Asked later: whether a block on its parent is of as much use as it is now. */
  #watchParent({parent, awaited}: Claim): IsOfUse {
    const {chain} = this.#deps;
    const wasGivenUp = chain.isGivenUp(parent.hash);
    const mayBeFinal = () => chain.isDescendant(parent, chain.lastFinalized);
    const could = awaited !== undefined || mayBeFinal();
    const gone = (reason: string) =>
      err({code: "proposal-failed", reason, isParentGone: true} as const);
    return () => {
      if (!wasGivenUp && chain.isGivenUp(parent.hash))
        return gone("the chain was taken back meanwhile");
      return could && !mayBeFinal() ? gone("another block became final meanwhile") : ok();
    };
  }

  async #propose(
    claim: Claim,
    options: MakeOptions,
  ): Promise<Result<BegunBlock, AuthoringFailure>> {
    const {chain, pool, signatures, inherents, clock, logger, judge, yieldThread} = this.#deps;
    const began = clock.now();
    const refused: string[] = [];
    const duration = this.slotDuration(claim.parent);
    if (!duration.ok) return duration;
    const scope = {
      parent: claim.parent,
      runtime: claim.runtime,
      slot: claim.slot,
      slotBegins: slotStart(claim.slot, duration.value),
      now: options.timestamp,
    };
    const given = inherents.data(scope);
    if (!given.ok) return err({code: "proposal-failed", reason: given.error});
    const request = {
      parent: claim.parent,
      slot: claim.slot,
      inherents: given.value,
      digest: inherents.digest(scope),
      stateVersion: stateVersionOf(claim.runtime),
      hasTime: options.hasTime,
      slices: new Slices({clock, yieldThread}),
      verifySignature: signatures.verifySignature,
      proofSize: chain.proofSize,
      keepsProof: judge !== undefined,
      ...(options.overrides === undefined ? {} : {overrides: options.overrides}),
    };
    const {transactions} = options;
    // The pool goes by the best chain as far as that was announced: of a parent that is on its way to the disk it still has
    // what that block holds, which must not be dropped as invalid before it is known to be included.
    const isOfPool = () =>
      equalBytes(claim.parent.hash, chain.head.hash) && chain.isAnnounced(claim.parent.hash);
    const proposal = await (transactions === undefined
      ? buildFromPool(claim.runtime, request, {
          ...{pool, logger, isOfPool},
          below: isOfPool() ? [] : this.#below(claim),
        })
      : propose(claim.runtime, {
          ...request,
          transactions,
          onLeftOut: ({hash}, why) =>
            refused.push(`${bytesToHex(hash)} ${"reason" in why ? why.reason : why.kind}`),
        }));
    if (!proposal.ok) {
      const facts = trapFields(proposal.error);
      return err({code: "proposal-failed", reason: describeApiFailure(proposal.error), ...facts});
    }
    if (proposal.value.isClosed && transactions !== undefined && transactions.length > 0) {
      const reason = "the runtime is in the middle of a migration, and its blocks take none";
      return err({code: "transactions-refused", reason});
    }
    if (refused.length > 0) {
      return err({code: "transactions-refused", reason: refused.join(", ")});
    }
    return ok({proposal: proposal.value, slices: request.slices, began});
  }

  async #keep(
    claim: Claim,
    options: MakeOptions,
    {proposal, began, isOfUse}: BegunBlock & {readonly isOfUse: IsOfUse},
  ): Promise<Result<MadeBlock, AuthoringFailure>> {
    const {chain, keystore, guard, crypto, answers, clock, judge} = this.#deps;
    // Its signatures were checked on other threads while this one built on it.
    if (claim.awaited !== undefined && !(await claim.awaited.isKept)) {
      const reason = "the block below it did not become part of the chain";
      return err({code: "proposal-failed", reason, isParentGone: true});
    }
    const unsealed = proposal.header;
    const message = sealMessage(unsealed, crypto.hashing);
    const {state} = proposal.outcome;
    const preparing = chain.prepare(state, claim.parent.state);
    if (preparing !== undefined) await preparing;
    // The last look, for from here on nothing is waited for until the block is part of the chain.
    const isStill = isOfUse();
    if (!isStill.ok) return isStill;
    if (options.overrides !== undefined) {
      const {number} = unsealed;
      const ended = whyEnded(chain, answers, {hash: message, number, state});
      if (ended !== undefined) return err({code: "proposal-failed", reason: ended.what});
    }
    const scheme = answers.auraScheme(claim.parent);
    if (!scheme.ok) return err({code: "runtime-unavailable", reason: scheme.error.reason});
    // On disk before there is a signature: neither a restart nor a second process signs for this slot again.
    const taken = guard.take("aura", claim.authority, [claim.slot], message);
    if (!taken.ok) {
      const code = taken.error.code === "guard-unwritable" ? "guard-unwritable" : "guard-refused";
      return err({code, reason: describeGuardRefusal(taken.error)});
    }
    const signature = keystore.sign("aura", claim.authority, message, scheme.value);
    if (!signature.ok) {
      return err({code: "session-key-missing", reason: describeKeystoreFailure(signature.error)});
    }
    const header: Header = {...unsealed, digest: [...unsealed.digest, sealDigest(signature.value)]};
    const headerBytes = encode(headerCodec, header);
    const hash = crypto.hashing.blockHash(headerBytes);
    const {body, noted} = proposal;
    const proof = noted === undefined ? undefined : proofOf(claim.parent.state, noted);
    const judged = judge?.(
      {
        runtime: claim.runtime,
        parentState: claim.parent.state,
        parentHead: encode(headerCodec, claim.parent.header),
        proofSize: chain.proofSize,
        header: unsealed,
        sealed: header,
        body,
      },
      proof,
    );
    if (judged?.ok === false) return err({code: "judged-invalid", reason: judged.error.reason});
    const block = {hash, header, headerBytes, body, state, proofSize: proof?.size};
    await chain.append(block, "own");
    return ok({
      hash,
      number: header.number,
      transactions: proposal.included.length,
      isClosed: proposal.isClosed,
      slot: claim.slot,
      authority: claim.authority,
      took: (clock.now() - began) as Millis,
    });
  }
}

/** What is known of where a runtime trapped. */
function trapFields(failure: ApiFailure): {readonly facts?: LogFields} {
  if (failure.code !== "trap" || failure.facts === undefined) return {};
  return {facts: Object.fromEntries(failure.facts)};
}
