import {type BinaryString, bytesToBinary, LruCache, type Millis, millis} from "#base";
import type {Hashing, SignatureVerifier} from "#crypto";
import type {AuthoritySet} from "../authority-set.ts";
import type {BlockRef} from "../block-ref.ts";
import type {ChainView} from "../chain-view.ts";
import type {CatchUp} from "../gossip-message.ts";
import {
  type SignedMessage,
  signingPayload,
  type VoteKind,
  type VoteMessage,
  type VoterId,
} from "../message.ts";
import {Round, type RoundState, settledState} from "../round.ts";
import type {Voter} from "../voter-set.ts";
import type {Action, EventAction, PeerName} from "./action.ts";
import type {Judgement} from "./costs.ts";
import type {Peer} from "./peer.ts";
import type {StoredCommit} from "./stored-commit.ts";
import {BLOCK_WANTED_AGAIN} from "./timing.ts";
import {VotingRound} from "./voting-round.ts";

export interface VoterOptions {
  /** g: about the time in which a message reaches everybody (spec/network §2.2). */
  readonly gossipPeriod: Millis;
  /** Keys that we hold. Only those in the current set vote; with none there we watch, check and pass on. */
  readonly localKeys: readonly VoterId[];
  /** False: do not vote yet, e.g. during a major sync. Changed by `setMayVote`. */
  readonly mayVote: boolean;
}

export interface VoterDependencies {
  readonly chain: ChainView;
  readonly signatures: Pick<SignatureVerifier, "verify">;
  readonly sign: SignVote;
  /** The latest vote that a key of ours has promised, in any set; `later` where that cannot be read now. */
  readonly promised: (key: VoterId) => PromisedVote | undefined | "later";
  readonly hashing: Pick<Hashing, "blockHash">;
  /** Evenly from 0 up to 1: who is told first, and how long a commit waits. */
  readonly random: () => number;
}

/**
 * Signs a vote in ed25519, for a place (set, round, step) that is promised to it on disk first and never to another.
 *
 * - `signed`: the vote to cast. Not the one asked for where another was promised for this place before a crash.
 * - `refused`: the key has promised a later place, or this one to something that is not known: never here.
 * - `later`: the promise cannot be written or the key cannot be read now (no descriptor, no space): ask again.
 */
export type SignVote = (key: VoterId, vote: VoteToSign) => VoteSigned;
export interface VoteToSign {
  readonly message: VoteMessage;
  readonly round: number;
  readonly setId: number;
}
export type VoteSigned =
  | {readonly code: "signed"; readonly message: VoteMessage; readonly signature: Uint8Array}
  | {readonly code: "refused"}
  | {readonly code: "later"};

/** A vote that was promised on disk, and maybe cast. */
export interface PromisedVote {
  readonly setId: number;
  readonly round: number;
  readonly kind: VoteKind;
  /** Undefined where the record is damaged. */
  readonly target: BlockRef | undefined;
}

/** Messages that were judged lately and are not in any round's log: not judged twice. */
const JUDGED = 8_192;
const WANTED = 512;

/** State that the parts of the voter share. It decides nothing. */
export class VoterCore {
  readonly options: VoterOptions;
  readonly deps: VoterDependencies;
  readonly sets: AuthoritySet;
  readonly peers = new Map<PeerName, Peer>();
  readonly rounds = new Map<number, VotingRound>();
  /** Hashes of judged messages. */
  readonly judged = new LruCache<BinaryString, true>(JUDGED);
  readonly #wanted = new LruCache<BinaryString, Millis>(WANTED);
  /** The commits that others may need: the latest of each set. */
  readonly commits = new Map<number, StoredCommit>();
  /** Commits about blocks that are not imported, one per peer. */
  readonly awaitingCommits = new Map<PeerName, StoredCommit>();
  actions: Action[] = [];
  now: Millis = millis(0);
  finalized: BlockRef;
  current = 1;
  /** How the round ended on which the oldest round in `rounds` builds, when that one itself is gone. */
  settled: {readonly number: number; readonly state: RoundState};
  mayVote: boolean;
  localKeys: readonly VoterId[];
  /** The one catch-up request under way; `answer`: verified, and waiting for blocks. */
  catchUp:
    | {
        readonly peer: PeerName;
        readonly round: number;
        readonly expires: Millis;
        readonly answer?: CatchUp;
      }
    | undefined;
  /** Own votes are on their way to the disk: until they are there no further one is promised. */
  isPersisting = false;
  /** Whether it was looked after what our keys have promised in this set (`keepPromises`). */
  arePromisesKept = false;
  /** Until when blocks that were promised, and are not here, are waited for. */
  promisesAwaitedUntil: Millis | undefined;
  /** When to try again to sign what could not be signed for want of a resource. */
  signAgainAt: Millis | undefined;
  /** Own votes are to be broadcast as a commit at this time, unless somebody else does it. */
  commitDue: Millis | undefined;

  constructor(
    options: VoterOptions,
    deps: VoterDependencies,
    start: {readonly sets: AuthoritySet; readonly finalized: BlockRef},
  ) {
    this.options = options;
    this.deps = deps;
    this.sets = start.sets;
    this.finalized = start.finalized;
    this.settled = {number: 0, state: settledState(start.finalized)};
    this.mayVote = options.mayVote;
    this.localKeys = options.localKeys;
  }

  get setId(): number {
    return this.sets.setId;
  }

  /** The round of this number, made when first needed. */
  round(number: number): VotingRound {
    let round = this.rounds.get(number);
    if (round === undefined) {
      const {voters} = this.sets;
      const {chain} = this.deps;
      round = new VotingRound(new Round({number, voters, base: this.finalized, chain}));
      this.rounds.set(number, round);
    }
    return round;
  }

  get currentRound(): VotingRound {
    return this.round(this.current);
  }

  /** The state of the round before the current one. */
  get previousState(): RoundState {
    const number = this.current - 1;
    const state = this.rounds.get(number)?.count.state;
    if (state?.completable === true || this.settled.number !== number) {
      return state ?? settledState(this.finalized);
    }
    return this.settled.state;
  }

  /** Our keys that vote in the current set. */
  localVoters(): Voter[] {
    return this.localKeys.flatMap(key => this.sets.voters.find(key) ?? []);
  }

  verify({message, signature, id}: SignedMessage, round: number): boolean {
    const payload = signingPayload(message, round, this.setId);
    return this.deps.signatures.verify("ed25519", signature, payload, id);
  }

  /** True the first time that these bytes are shown, and again when they were long forgotten. */
  isNew(message: Uint8Array): boolean {
    const key = bytesToBinary(this.deps.hashing.blockHash(message));
    if (this.judged.get(key) === true) return false;
    this.judged.set(key, true);
    return true;
  }

  isImported(block: BlockRef): boolean {
    return (
      block.number <= this.finalized.number || this.deps.chain.header(block.hash) !== undefined
    );
  }

  /** Is `block` the finalized one or built on it? */
  isLive(block: BlockRef): boolean {
    return this.deps.chain.isDescendant(this.finalized.hash, block.hash);
  }

  want(block: BlockRef, peer: PeerName | undefined): void {
    const key = bytesToBinary(block.hash);
    const asked = this.#wanted.get(key);
    if (asked !== undefined && this.now < asked + BLOCK_WANTED_AGAIN) return;
    this.#wanted.set(key, this.now);
    this.actions.push({type: "blockWanted", block, peer});
  }

  report(peer: PeerName, judgement: Judgement): void {
    this.actions.push({type: "report", peer, ...judgement});
  }

  say(level: EventAction["level"], message: string): void {
    this.actions.push({type: "event", level, message});
  }
}
