import {type Millis, millis, type Result} from "#base";
import {decode} from "#codec";
import type {Header} from "#primitives";
import type {AuthoritySet} from "../authority-set.ts";
import type {BlockRef} from "../block-ref.ts";
import {type GossipMessage, gossipMessage} from "../gossip-message.ts";
import type {VoterId} from "../message.ts";
import type {RoundState} from "../round.ts";
import type {Action, PeerName} from "./action.ts";
import {
  applyCatchUp,
  expireCatchUp,
  receiveCatchUp,
  requestCatchUp,
  serveCatchUp,
} from "./catch-up.ts";
import {VoterCore, type VoterDependencies, type VoterOptions} from "./core.ts";
import {COST, type Judgement, judgement} from "./costs.ts";
import {beginRound} from "./enter-round.ts";
import {beginSet} from "./finality.ts";
import {shufflePeers} from "./luck.ts";
import {receiveNeighbour, sendNeighbours} from "./neighbours.ts";
import {Peer} from "./peer.ts";
import {receiveCommit, retryCommits} from "./receive-commit.ts";
import {type JustificationImportFailure, receiveJustification} from "./receive-justification.ts";
import {receiveVote} from "./receive-vote.ts";
import {restoreCommits, restoreVotes} from "./restore.ts";
import {sendCommits} from "./send-commits.ts";
import {resendVotes, sendVotes, waitingFor} from "./send-votes.ts";
import {advance} from "./steps.ts";
import {takeAwaited} from "./take-message.ts";
import type {VotingRound} from "./voting-round.ts";
import {wakeTime} from "./wake-time.ts";

/** What a voter starts from. */
export interface VoterStart {
  /** Restored or new; the voter keeps it up from here on and is the only one to change it. */
  readonly sets: AuthoritySet;
  readonly finalized: BlockRef;
  /** The last `persistVotes`, if there was one. */
  readonly votes?: Uint8Array | undefined;
  /** Stored justifications that others may lack: of the last finalized block, and of the ends of earlier sets. */
  readonly justifications?: readonly Uint8Array[];
}

/** Votes of one round, as far as they have been heard of. */
export interface RoundTally {
  readonly round: number;
  readonly prevoteWeight: number;
  readonly precommitWeight: number;
  /** Keys of voters who were not heard of in the round yet. */
  readonly missing: {readonly prevote: readonly VoterId[]; readonly precommit: readonly VoterId[]};
}

/** Where a voter stands, for metrics and people. */
export interface VoterStatus extends RoundState, RoundTally {
  readonly setId: number;
  readonly lastFinalized: BlockRef;
  readonly isVoter: boolean;
  /** When this node entered the round, by the clock it is driven by; undefined before it began. */
  readonly enteredAt: Millis | undefined;
  readonly threshold: number;
  readonly totalWeight: number;
  /** Earlier rounds that may still make a block final. */
  readonly background: readonly RoundTally[];
  /** A change of voters by force lies ahead: until then nobody votes. */
  readonly isAwaitingForcedChange: boolean;
  /** E.g. `round 7 waits: prevotes of weight 2, 3 needed`; undefined while there is nothing to vote about. */
  readonly waiting: string | undefined;
}

/**
 * A node's part in finality: messages, blocks and time in, actions out. Call one input, then do what `drain` says, in
 * order. Before `start`, tell `blockImported` of every block above the finalized one, parents first: what was
 * announced in them is then known even if a crash came before it was persisted.
 */
export class GrandpaVoter {
  readonly #core: VoterCore;
  #started = false;
  #wakeAt: Millis | undefined;

  constructor(options: VoterOptions, dependencies: VoterDependencies, start: VoterStart) {
    this.#core = new VoterCore(options, dependencies, start);
    start.sets.resumeAt(start.finalized);
    if (start.votes !== undefined) restoreVotes(this.#core, start.votes);
    restoreCommits(this.#core, start.justifications ?? []);
  }

  start(now: Millis): void {
    this.#input(now, core => {
      this.#started = true;
      beginRound(core);
    });
  }

  /** `roles`: the byte of the peer's handshake (spec/network §1.4). */
  peerConnected(name: PeerName, roles: number, now: Millis): void {
    this.#input(now, core => {
      core.peers.set(name, new Peer(name, roles));
      shufflePeers(core);
    });
  }

  peerDisconnected(name: PeerName, now: Millis): void {
    this.#input(now, core => {
      core.peers.delete(name);
      core.awaitingCommits.delete(name);
      shufflePeers(core);
      if (core.catchUp?.peer !== name || core.catchUp.answer !== undefined) return;
      core.catchUp = undefined;
      for (const peer of core.peers.values()) requestCatchUp(core, peer);
    });
  }

  /** One notification of `/grandpa/1`: any bytes. */
  message(name: PeerName, bytes: Uint8Array, now: Millis): void {
    this.#input(now, core => {
      const peer = core.peers.get(name);
      if (peer === undefined) return;
      const decoded = decode(gossipMessage, bytes);
      const verdict = decoded.ok
        ? receive(core, peer, decoded.value, bytes)
        : judgement(COST.undecodablePerByte * bytes.length, "undecodable message");
      if (verdict !== undefined) core.report(name, verdict);
    });
  }

  /** A block is in the chain view. Parents come before children; telling twice does no harm. */
  blockImported(block: BlockRef, header: Header, now: Millis): void {
    this.#input(now, core => {
      const effect = core.sets.blockImported(block, header, core.deps.chain);
      if (!effect.ok) core.say("warn", `announced voters are not taken: ${effect.error.code}`);
      else {
        if (effect.value.changed) {
          core.actions.push({type: "persistSet", set: core.sets.encode()});
        }
        if (effect.value.setChanged) beginSet(core);
      }
      takeAwaited(core, block.hash);
      retryCommits(core, block);
      applyCatchUp(core);
    });
  }

  /** A justification came with a block that is in the chain view. On success: the block that it proves. */
  justificationImported(
    bytes: Uint8Array,
    now: Millis,
  ): Result<BlockRef, JustificationImportFailure> {
    return this.#input(now, core => receiveJustification(core, bytes));
  }

  /** The head of the best chain has changed. */
  bestChanged(now: Millis): void {
    this.#input(now, () => {});
  }

  tick(now: Millis): void {
    this.#input(now, expireCatchUp);
  }

  setMayVote(mayVote: boolean, now: Millis): void {
    this.#input(now, core => {
      core.mayVote = mayVote;
    });
  }

  setLocalKeys(keys: readonly VoterId[], now: Millis): void {
    this.#input(now, core => {
      core.localKeys = keys;
      core.arePromisesKept = false;
    });
  }

  /** What the last `persistVotes` told is on disk. */
  votesPersisted(now: Millis): void {
    this.#input(now, core => {
      core.isPersisting = false;
    });
  }

  /** What is to be done, in order, since this was last asked. */
  drain(): Action[] {
    const {actions} = this.#core;
    this.#core.actions = [];
    return actions;
  }

  get sets(): AuthoritySet {
    return this.#core.sets;
  }

  /** The one that it votes in. */
  get round(): number {
    return this.#core.current;
  }

  get status(): VoterStatus {
    const core = this.#core;
    const round = core.currentRound;
    const {voters, state} = round.count;
    return {
      ...state,
      ...tally(round),
      setId: core.setId,
      lastFinalized: core.finalized,
      isVoter: core.localVoters().length > 0,
      enteredAt: round.enteredAt,
      threshold: voters.threshold,
      totalWeight: voters.total,
      background: [...core.rounds.values()]
        .filter(({number, count}) => {
          const reaches = count.state.estimate?.number ?? Number.POSITIVE_INFINITY;
          return number < core.current && reaches > core.finalized.number;
        })
        .map(tally),
      isAwaitingForcedChange: core.sets.hasForcedChange,
      waiting: round.isSilent ? undefined : waitingFor(round),
    };
  }

  /** Every input ends alike: what may be done now is done, and what others lack is sent. */
  #input<T>(now: Millis, act: (core: VoterCore) => T): T {
    const core = this.#core;
    core.now = millis(Math.max(core.now, now));
    const result = act(core);
    if (!this.#started) return result;
    advance(core);
    core.currentRound.enteredAt ??= core.now;
    resendVotes(core);
    sendCommits(core);
    sendNeighbours(core);
    sendVotes(core);
    const wakeAt = wakeTime(core);
    if (wakeAt !== this.#wakeAt) core.actions.push({type: "wakeAt", time: wakeAt});
    this.#wakeAt = wakeAt;
    return result;
  }
}

function tally({number, count}: VotingRound): RoundTally {
  const {voters, prevotes, precommits} = count;
  const missingIn = (ballot: typeof prevotes) =>
    voters.voters.filter(voter => !ballot.hasCast(voter)).map(({id}) => id);
  return {
    round: number,
    prevoteWeight: prevotes.total,
    precommitWeight: precommits.total,
    missing: {prevote: missingIn(prevotes), precommit: missingIn(precommits)},
  };
}

function receive(
  core: VoterCore,
  peer: Peer,
  message: GossipMessage,
  bytes: Uint8Array,
): Judgement | undefined {
  switch (message.type) {
    case "Vote":
      return receiveVote(core, peer, message.value, bytes);
    case "Commit":
      return receiveCommit(core, peer, message.value);
    case "Neighbour":
      return receiveNeighbour(core, peer, message.value.value);
    case "CatchUpRequest":
      return serveCatchUp(core, peer, message.value);
    case "CatchUp":
      return receiveCatchUp(core, peer, message.value);
  }
}
