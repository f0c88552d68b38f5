import {bytesToBinary, type Millis, millis} from "#base";
import {decode, encode} from "#codec";
import type {Hashing, SignatureVerifier} from "#crypto";
import type {Hash, Header} from "#primitives";
import {COST, type GrandpaAction, type PeerId} from "./actions.ts";
import {type AuthoritySets, isAtOrAbove, type SetChange} from "./authority-sets.ts";
import {Ballot} from "./ballot.ts";
import type {BlockRef, ChainView} from "./chain-view.ts";
import {createJustification, type JustificationFailure, verifyCommit} from "./justification.ts";
import {
  type CatchUp,
  type Commit,
  type GossipMessage,
  gossipMessage,
  justification as justificationCodec,
  type SignedTarget,
  type SignedVote,
  signingPayload,
  type VoteKind,
  type VoteMessage,
} from "./messages.ts";
import {type Peer, PeerBook, takesVotes} from "./peer-book.ts";
import {type Phase, Round} from "./round.ts";
import {type Voter, VoterSet} from "./voter-set.ts";
import {encodeVotingState, type VotingState} from "./voting-state.ts";
import {WaitingRoom} from "./waiting-room.ts";

export interface GrandpaOptions {
  /** After two of them a round prevotes, after four it precommits. */
  readonly gossipPeriod: Millis;
}

export interface GrandpaDependencies {
  readonly chain: ChainView;
  /** Headers of kept blocks, for proofs. */
  readonly header: (hash: Hash) => Header | undefined;
  readonly best: () => BlockRef;
  readonly hashing: Pick<Hashing, "blake2b256">;
  readonly signatures: Pick<SignatureVerifier, "verify">;
  /** Whether this node has the key. */
  readonly holds: (id: Uint8Array) => boolean;
  /** Signs, or does not: the key is gone, or the guard says that it signed something else for this step. */
  readonly sign: (
    id: Uint8Array,
    payload: Uint8Array,
    step: {readonly setId: number; readonly round: number; readonly kind: VoteKind},
  ) => Uint8Array | undefined;
  /** The proof that is kept of a block's finality. */
  readonly justification: (hash: Hash) => Uint8Array | undefined;
}

/** What the voter goes on from. */
export interface GrandpaStart {
  readonly sets: AuthoritySets;
  readonly finalized: BlockRef;
  /** What an earlier run left. */
  readonly voting: VotingState | undefined;
  readonly now: Millis;
}

/** Neighbour packets go out at least this often. */
const NEIGHBOUR_PERIOD = 120_000;
/** A round that stands still for so many periods says everything again; then after twice as long, and so on. */
const STUCK_PERIODS = 15;
const LONGEST_SILENCE = 60_000;
const CATCH_UP_TIME = 45_000;
/** Rounds that a peer has to be ahead before we ask it to show us how it got there. */
const CATCH_UP_ROUNDS = 2;
const NEIGHBOUR_VERSION = 1;
/** Steps of one input at most: a voter alone could go round and round. */
const MOST_STEPS = 64;

interface WaitingVote {
  readonly peer: PeerId;
  readonly vote: SignedVote;
  readonly round: number;
  readonly setId: number;
}

interface WaitingCommit {
  readonly peer: PeerId;
  readonly commit: Commit;
  readonly round: number;
  readonly setId: number;
}

/** What operators and RPC may want to know. */
export interface GrandpaStatus {
  readonly setId: number;
  readonly round: number;
  readonly voters: VoterSet;
  readonly current: Round;
  readonly last: Round | undefined;
  readonly isVoting: boolean;
  readonly isAwaitingForcedChange: boolean;
}

/**
 * A node's part in finality, voter or not, as a state machine: messages, blocks and time in; messages, votes to be
 * kept and blocks to be made final out (`drain`). Every input ends with as many steps of the round at hand as are due.
 */
export class Grandpa {
  readonly #options: GrandpaOptions;
  readonly #deps: GrandpaDependencies;
  readonly #sets: AuthoritySets;
  readonly #peers = new PeerBook();
  readonly #waitingVotes = new WaitingRoom<WaitingVote>();
  readonly #waitingCommits = new WaitingRoom<WaitingCommit>();
  #actions: GrandpaAction[] = [];
  #finalized: BlockRef;
  #ballot: Ballot;
  #ownVotes: SignedVote[] = [];
  /** The commit of what is final, to pass on; none right after a start. */
  #lastCommit: {block: BlockRef; bytes: Uint8Array; setId: number} | undefined;
  /** Peers that are not light are told of a commit only if they did not get there by themselves. */
  #commitDueAt: Millis | undefined;
  #neighbourDueAt: Millis;
  #repeatAt: Millis;
  #repeatAfter: number;
  #catchUp: {peer: PeerId; until: Millis} | undefined;

  constructor(options: GrandpaOptions, deps: GrandpaDependencies, start: GrandpaStart) {
    this.#options = options;
    this.#deps = deps;
    this.#sets = start.sets;
    this.#finalized = start.finalized;
    this.#repeatAfter = STUCK_PERIODS * options.gossipPeriod;
    this.#repeatAt = millis(start.now + this.#repeatAfter);
    this.#neighbourDueAt = millis(start.now + NEIGHBOUR_PERIOD);
    const kept = start.voting?.setId === start.sets.setId ? start.voting : undefined;
    const {finalized} = start;
    const here = {ghost: finalized, estimate: finalized, finalized};
    this.#ownVotes = [...(kept?.own ?? [])];
    this.#ballot = this.#openBallot(
      kept?.round ?? 1,
      kept?.previous ?? here,
      this.#ownVotes,
      start.now,
    );
  }

  get status(): GrandpaStatus {
    const {round, voters, current, last, isVoting} = this.#ballot;
    const {setId} = this.#sets;
    const isAwaitingForcedChange = this.#isSilent();
    return {setId, round, voters, current, last, isVoting, isAwaitingForcedChange};
  }

  get sets(): AuthoritySets {
    return this.#sets;
  }

  drain(): GrandpaAction[] {
    const actions = this.#actions;
    this.#actions = [];
    return actions;
  }

  /** When `tick` is due at the latest. */
  get wakeAt(): Millis {
    const times = [
      this.#neighbourDueAt,
      this.#repeatAt,
      this.#commitDueAt,
      this.#catchUp?.until,
      this.#isSilent() ? undefined : this.#ballot.wakeAt(),
    ].filter(time => time !== undefined);
    return millis(Math.min(...times));
  }

  tick(now: Millis): void {
    if (now >= this.#neighbourDueAt) this.#tellNeighbours(now);
    if (this.#catchUp !== undefined && now >= this.#catchUp.until) {
      this.#report(this.#catchUp.peer, COST.catchUpTimeout, "catch-up not answered");
      this.#catchUp = undefined;
    }
    if (this.#commitDueAt !== undefined && now >= this.#commitDueAt) {
      this.#commitDueAt = undefined;
      for (const peer of this.#peers.all()) this.#sendCommit(peer);
    }
    if (now >= this.#repeatAt) this.#repeat(now);
    this.#step(now);
  }

  peerConnected(id: PeerId, isLight: boolean, now: Millis): void {
    const peer = this.#peers.add(id, isLight);
    this.#send(peer, this.#neighbour());
    this.#step(now);
  }

  peerDisconnected(id: PeerId): void {
    this.#peers.remove(id);
    if (this.#catchUp?.peer === id) this.#catchUp = undefined;
  }

  bestChanged(now: Millis): void {
    this.#step(now);
  }

  /** A block is in the chain, on whatever fork. */
  blockImported(block: BlockRef, header: Pick<Header, "digest">, now: Millis): void {
    const {changed, forced} = this.#sets.blockImported(
      block,
      header,
      this.#deps.chain,
      this.#finalized,
    );
    if (changed) this.#persistSets();
    if (forced !== undefined) this.#enterSet(forced, now);
    for (const {peer, commit, round, setId} of this.#waitingCommits.take(block.hash)) {
      this.#useCommit(commit, round, setId, peer, now);
    }
    for (const waiting of this.#waitingVotes.take(block.hash)) {
      if (waiting.setId === this.#sets.setId)
        this.#countVote(waiting.vote, waiting.round, waiting.peer);
    }
    this.#step(now);
  }

  /** A block came with a proof of its finality. False when the proof is bad. */
  justificationImported(bytes: Uint8Array, peer: PeerId | undefined, now: Millis): boolean {
    const decoded = decode(justificationCodec, bytes);
    const from = peer ?? "";
    if (!decoded.ok) {
      this.#report(from, COST.malformedCommit, "justification does not decode");
      return false;
    }
    const {round, commit} = decoded.value;
    if (commit.target.number <= this.#finalized.number) return true;
    const used = this.#useCommit(commit, Number(round), this.#sets.setId, from, now);
    this.#step(now);
    return used;
  }

  message(id: PeerId, bytes: Uint8Array, now: Millis): void {
    const peer = this.#peers.get(id);
    if (peer === undefined) return;
    const decoded = decode(gossipMessage, bytes);
    if (!decoded.ok) {
      this.#report(id, COST.undecodablePerByte * bytes.length, "undecodable message");
      return;
    }
    this.#receive(peer, decoded.value, now);
    this.#step(now);
  }

  /** Goes on with voters and a final block that a proof showed. */
  leapTo(finalized: BlockRef, now: Millis): void {
    this.#finalized = finalized;
    this.#persistSets();
    this.#restart(finalized, now);
  }

  #receive(peer: Peer, message: GossipMessage, now: Millis): void {
    switch (message.type) {
      case "Vote": {
        const {vote, round, setId} = message.value;
        this.#receiveVote(peer, vote, Number(round), Number(setId));
        return;
      }
      case "Commit": {
        const {commit, round, setId} = message.value;
        if (commit.precommits.length !== commit.authData.length || commit.authData.length === 0) {
          this.#report(peer.id, COST.malformedCommit, "malformed commit");
          return;
        }
        const precommits = commit.precommits.map((target, i) => ({target, ...commit.authData[i]!}));
        this.#receiveCommit(
          peer,
          {target: commit.target, precommits},
          Number(round),
          Number(setId),
          now,
        );
        return;
      }
      case "Neighbour":
        this.#receiveNeighbour(peer, message.value, now);
        return;
      case "CatchUpRequest":
        this.#answerCatchUp(peer, Number(message.value.setId), Number(message.value.round));
        return;
      case "CatchUp":
        this.#useCatchUp(peer, message.value, now);
    }
  }

  // Votes

  #receiveVote(peer: Peer, vote: SignedVote, round: number, setId: number): void {
    if (setId !== this.#sets.setId) {
      if (setId < this.#sets.setId)
        this.#report(peer.id, COST.past, "vote of a set that has ended");
      return;
    }
    const ours = this.#ballot.round;
    if (round < ours - 1) {
      this.#report(peer.id, COST.past, "vote of an old round");
      return;
    }
    // One round ahead is ordinary; more than we can have told it of is not.
    if (round > ours + 1) return;
    const name = bytesToBinary(vote.signature);
    const isKnown = peer.known.get(name) === true;
    peer.known.set(name, true);
    if (isKnown || this.#isCounted(vote, round)) return;
    const voter = this.#ballot.voters.find(vote.id);
    if (voter === undefined) {
      this.#report(peer.id, COST.unknownVoter, "vote of a stranger");
      return;
    }
    const payload = signingPayload(vote.message, BigInt(round), BigInt(setId));
    if (!this.#deps.signatures.verify("ed25519", vote.signature, payload, vote.id)) {
      this.#report(peer.id, COST.badSignature, "bad signature of a vote");
      return;
    }
    this.#report(peer.id, COST.vote, "vote");
    if (this.#countVote(vote, round, peer.id)) this.#gossipVote(vote, round);
  }

  /** Known by its signature: no need to check it again. */
  #isCounted({message, signature, id}: SignedVote, round: number): boolean {
    const of = this.#ballot.roundOf(round);
    const voter = this.#ballot.voters.find(id);
    if (of === undefined || voter === undefined || message.type === "PrimaryPropose") return false;
    const phase: Phase = message.type === "Prevote" ? "prevote" : "precommit";
    return of.hasVote(phase, voter, signature);
  }

  /** True when the vote is news to others as well. */
  #countVote(vote: SignedVote, round: number, peer: PeerId): boolean {
    const voter = this.#ballot.voters.find(vote.id);
    if (voter === undefined) return false;
    const counted = this.#ballot.count(voter, vote, round);
    switch (counted?.kind) {
      case "new":
        return true;
      case "equivocation":
        this.#actions.push({kind: "equivocation", proof: this.#proofOf(vote, round, counted)});
        return true;
      case "block-unknown": {
        const {setId} = this.#sets;
        this.#waitingVotes.add(vote.message.value.hash, {peer, vote, round, setId});
        this.#actions.push({kind: "want", block: vote.message.value, peer});
        return true;
      }
      default:
        return false;
    }
  }

  #proofOf(
    {message, id}: SignedVote,
    round: number,
    {first, second}: {first: SignedTarget; second: SignedTarget},
  ) {
    const pair = ({target, signature}: SignedTarget) =>
      [target, signature] as [typeof target, Uint8Array];
    const value = {round: BigInt(round), id, first: pair(first), second: pair(second)};
    const type = message.type === "Prevote" ? ("Prevote" as const) : ("Precommit" as const);
    return {setId: BigInt(this.#sets.setId), equivocation: {type, value}};
  }

  #gossipVote(vote: SignedVote, round: number): void {
    const {setId} = this.#sets;
    let bytes: Uint8Array | undefined;
    const name = bytesToBinary(vote.signature);
    for (const peer of this.#peers.all()) {
      if (!takesVotes(peer, setId, round) || peer.known.get(name)) continue;
      bytes ??= this.#voteBytes(vote, round);
      peer.known.set(name, true);
      this.#send(peer, bytes);
    }
  }

  #voteBytes(vote: SignedVote, round: number): Uint8Array {
    return encode(gossipMessage, {
      type: "Vote",
      value: {round: BigInt(round), setId: BigInt(this.#sets.setId), vote},
    });
  }

  #castVote(voter: Voter, message: VoteMessage, round: number): SignedVote | undefined {
    const {setId} = this.#sets;
    const payload = signingPayload(message, BigInt(round), BigInt(setId));
    const signature = this.#deps.sign(voter.id, payload, {setId, round, kind: message.type});
    return signature === undefined ? undefined : {message, signature, id: voter.id};
  }

  // Rounds

  #openBallot(
    round: number,
    previous: VotingState["previous"],
    own: readonly SignedVote[],
    now: Millis,
  ): Ballot {
    const {chain, holds, best} = this.#deps;
    const voters = new VoterSet(this.#sets.authorities);
    return new Ballot(
      {voters, round, previous, finalized: this.#finalized, own, now},
      {
        chain,
        gossipPeriod: this.#options.gossipPeriod,
        holds,
        cast: (voter, message, of) => this.#castVote(voter, message, of),
        target: from => {
          const head = best();
          const top = isAtOrAbove(chain, head, from) ? head : chain.bestContaining(from);
          return this.#sets.limit(top, chain);
        },
      },
    );
  }

  #isSilent(): boolean {
    return this.#sets.isAwaitingForcedChange(this.#deps.best(), this.#deps.chain);
  }

  #step(now: Millis): void {
    for (let i = 0; i < MOST_STEPS; i++) {
      const {cast, isNewRound} = this.#ballot.step(now, this.#isSilent());
      if (cast.length > 0) {
        // A round that began in this step has nothing of ours yet.
        this.#ownVotes.push(...cast);
        this.#persistVotes();
        for (const vote of cast)
          this.#gossipVote(vote, isNewRound ? this.#ballot.round - 1 : this.#ballot.round);
      }
      const before = this.#sets.setId;
      const hasFinalized = this.#finalizeWhatIs(now);
      if (isNewRound && before === this.#sets.setId) this.#roundBegan(now);
      if (!isNewRound && !hasFinalized && cast.length === 0) return;
    }
  }

  #roundBegan(now: Millis): void {
    this.#ownVotes = [];
    this.#persistVotes();
    this.#repeatAfter = STUCK_PERIODS * this.#options.gossipPeriod;
    this.#repeatAt = millis(now + this.#repeatAfter);
    this.#tellNeighbours(now);
  }

  #persistVotes(): void {
    const {round, previous} = this.#ballot;
    const state = {setId: this.#sets.setId, round, previous, own: this.#ownVotes};
    this.#actions.push({kind: "persist", what: "votes", bytes: encodeVotingState(state)});
  }

  #persistSets(): void {
    this.#actions.push({kind: "persist", what: "sets", bytes: this.#sets.encode()});
  }

  /** Says everything of the round at hand again: messages may have been lost while the network was cut. */
  #repeat(now: Millis): void {
    this.#repeatAfter = Math.min(this.#repeatAfter * 2, LONGEST_SILENCE);
    this.#repeatAt = millis(now + this.#repeatAfter);
    if (this.#ballot.wakeAt() === undefined && this.#ballot.current.weight("prevote") === 0) return;
    for (const peer of this.#peers.all()) {
      if (peer.isLight) continue;
      for (const {vote} of this.#ballotVotes()) peer.known.delete(bytesToBinary(vote.signature));
      this.#send(peer, this.#neighbour());
      this.#bringUp(peer);
    }
  }

  *#ballotVotes(): Generator<{vote: SignedVote; round: number}> {
    for (const round of this.#ballot.rounds) {
      for (const [phase, type] of [
        ["prevote", "Prevote"],
        ["precommit", "Precommit"],
      ] as const) {
        for (const {target, signature, id} of round.votes(phase)) {
          yield {vote: {message: {type, value: target}, signature, id}, round: round.number};
        }
      }
    }
  }

  // Finality

  /** Makes final what a round has settled; true when something was. */
  #finalizeWhatIs(now: Millis): boolean {
    for (const round of this.#ballot.rounds) {
      const {finalized} = round.state;
      if (finalized === undefined || finalized.number <= this.#finalized.number) continue;
      const target = {hash: finalized.hash, number: finalized.number};
      this.#finalize({target, precommits: round.precommitsFor(finalized)}, round.number, now);
      return true;
    }
    return false;
  }

  #finalize(commit: Commit, round: number, now: Millis): void {
    const {chain, header} = this.#deps;
    const {setId} = this.#sets;
    const block: BlockRef = commit.target;
    const justification = createJustification(round, commit, header);
    const change = this.#sets.blockFinalized(block, chain);
    this.#finalized = block;
    this.#ballot.finalizedIs(block);
    const isSetEnd = change !== undefined;
    this.#actions.push({kind: "finalize", block, justification, setId, round, isSetEnd});
    this.#lastCommit = {block, bytes: commitBytes(commit, round, setId), setId};
    for (const peer of this.#peers.all()) if (peer.isLight || isSetEnd) this.#sendCommit(peer);
    this.#commitDueAt = millis(now + this.#options.gossipPeriod);
    if (change === undefined) return;
    this.#persistSets();
    this.#enterSet(change, now);
  }

  #enterSet({setId, authorities, base, isForced}: SetChange, now: Millis): void {
    this.#actions.push({kind: "set-changed", setId, authorities, isForced});
    this.#restart(base, now);
  }

  /** First round of a set. */
  #restart(base: BlockRef, now: Millis): void {
    this.#ownVotes = [];
    this.#waitingVotes.clear();
    this.#catchUp = undefined;
    const here = {ghost: base, estimate: base, finalized: base};
    this.#ballot = this.#openBallot(1, here, [], now);
    this.#roundBegan(now);
  }

  #receiveCommit(peer: Peer, commit: Commit, round: number, setId: number, now: Millis): void {
    const {number} = commit.target;
    if (peer.view !== undefined && setId === peer.view.setId) {
      peer.view = {...peer.view, finalized: Math.max(peer.view.finalized, number)};
    }
    if (setId !== this.#sets.setId || number <= this.#finalized.number) return;
    if (this.#useCommit(commit, round, setId, peer.id, now)) {
      this.#report(peer.id, COST.commit, "commit");
    }
  }

  /** Makes final what a commit proves; false when it proves nothing. */
  #useCommit(commit: Commit, round: number, setId: number, peer: PeerId, now: Millis): boolean {
    const {chain, header, signatures} = this.#deps;
    if (setId !== this.#sets.setId || commit.target.number <= this.#finalized.number) return true;
    const missing = [commit.target, ...commit.precommits.map(({target}) => target)].find(
      ({hash}) => header(hash) === undefined,
    );
    if (missing !== undefined) {
      this.#waitingCommits.add(missing.hash, {peer, commit, round, setId});
      this.#actions.push({kind: "want", block: missing, peer});
      return true;
    }
    const {voters} = this.#ballot;
    const context = {round: BigInt(round), setId: BigInt(setId), voters, signatures};
    const checked = verifyCommit(commit, context, (a, b) => isAtOrAbove(chain, a, b));
    const isOnChain = isAtOrAbove(chain, commit.target, this.#finalized);
    if (checked.ok && isOnChain) {
      this.#finalize(commit, round, now);
      return true;
    }
    this.#report(
      peer,
      COST.badCommit,
      `invalid commit: ${checked.ok ? "conflict" : words(checked.error)}`,
    );
    return false;
  }

  /** Passes on the commit of what is final to a peer that is not known to be there. */
  #sendCommit(peer: Peer): void {
    const commit = this.#lastCommit;
    if (commit === undefined || peer.commitSent >= commit.block.number) return;
    const {view} = peer;
    // A light client says nothing before it is told something.
    if (view === undefined && !peer.isLight) return;
    if (
      view !== undefined &&
      (view.setId !== commit.setId || view.finalized >= commit.block.number)
    ) {
      return;
    }
    peer.commitSent = commit.block.number;
    this.#send(peer, commit.bytes);
  }

  // Neighbours

  #neighbour(): Uint8Array {
    return encode(gossipMessage, {
      type: "Neighbour",
      value: {
        version: NEIGHBOUR_VERSION,
        round: BigInt(this.#ballot.round),
        setId: BigInt(this.#sets.setId),
        finalized: this.#finalized.number,
      },
    });
  }

  #tellNeighbours(now: Millis): void {
    this.#neighbourDueAt = millis(now + NEIGHBOUR_PERIOD);
    const bytes = this.#neighbour();
    for (const peer of this.#peers.all()) this.#send(peer, bytes);
  }

  #receiveNeighbour(
    peer: Peer,
    {
      version,
      round,
      setId,
      finalized,
    }: {version: number; round: bigint; setId: bigint; finalized: number},
    now: Millis,
  ): void {
    if (version !== NEIGHBOUR_VERSION) {
      this.#report(peer.id, COST.badNeighbour, "neighbour packet of another version");
      return;
    }
    const view = {setId: Number(setId), round: Number(round), finalized};
    const before = peer.view;
    const isBack =
      before !== undefined &&
      (view.setId < before.setId ||
        (view.setId === before.setId && view.round < before.round) ||
        view.finalized < before.finalized);
    // A node that was started again over an older disk is no liar: its view counts, its word less.
    if (isBack) this.#report(peer.id, COST.badNeighbour, "neighbour packet that goes backwards");
    else if (before === undefined || view.round !== before.round || view.setId !== before.setId) {
      this.#report(peer.id, COST.neighbour, "neighbour packet");
    }
    peer.view = view;
    peer.viewAt = now;
    if (isBack) {
      peer.commitSent = -1;
      peer.setEndSent = -1;
    }
    this.#bringUp(peer);
    this.#askToCatchUp(peer, now);
  }

  /** Sends a peer what it lacks to come to where we are. */
  #bringUp(peer: Peer): void {
    const {view} = peer;
    if (view === undefined) return;
    const {setId} = this.#sets;
    if (view.setId < setId) {
      this.#sendSetEnd(peer, view.setId);
      return;
    }
    if (view.setId > setId) return;
    this.#sendCommit(peer);
    for (const {vote, round} of this.#ballotVotes()) {
      const name = bytesToBinary(vote.signature);
      if (!takesVotes(peer, setId, round) || peer.known.get(name)) continue;
      peer.known.set(name, true);
      this.#send(peer, this.#voteBytes(vote, round));
    }
  }

  /** The commit by which a set ended that the peer is still in. */
  #sendSetEnd(peer: Peer, setId: number): void {
    if (peer.setEndSent >= setId) return;
    const end = this.#sets.endOf(setId);
    const proof = end === undefined ? undefined : this.#deps.justification(end.hash);
    const decoded = proof === undefined ? undefined : decode(justificationCodec, proof);
    if (!decoded?.ok) return;
    peer.setEndSent = setId;
    this.#send(peer, commitBytes(decoded.value.commit, Number(decoded.value.round), setId));
  }

  // Catching up

  #askToCatchUp(peer: Peer, now: Millis): void {
    const {view} = peer;
    if (view === undefined || this.#catchUp !== undefined || peer.isLight) return;
    const isAhead =
      view.setId === this.#sets.setId && view.round >= this.#ballot.round + CATCH_UP_ROUNDS;
    if (!isAhead) return;
    this.#catchUp = {peer: peer.id, until: millis(now + CATCH_UP_TIME)};
    const value = {round: BigInt(view.round - 1), setId: BigInt(view.setId)};
    this.#send(peer, encode(gossipMessage, {type: "CatchUpRequest", value}));
  }

  #answerCatchUp(peer: Peer, setId: number, round: number): void {
    this.#report(peer.id, COST.catchUpReply, "catch-up");
    const {last} = this.#ballot;
    if (setId !== this.#sets.setId || last === undefined || last.number < round) return;
    const {hash, number} = last.base;
    const value: CatchUp = {
      setId: BigInt(setId),
      round: BigInt(last.number),
      prevotes: last.votes("prevote"),
      precommits: last.votes("precommit"),
      base: {hash, number},
    };
    this.#send(peer, encode(gossipMessage, {type: "CatchUp", value}));
  }

  #useCatchUp(peer: Peer, {setId, round, prevotes, precommits, base}: CatchUp, now: Millis): void {
    if (this.#catchUp?.peer !== peer.id) {
      this.#report(peer.id, COST.badCatchUp, "unasked catch-up");
      return;
    }
    this.#catchUp = undefined;
    const number = Number(round);
    if (Number(setId) !== this.#sets.setId || number < this.#ballot.round) return;
    const {voters} = this.#ballot;
    const lowest = base.number < this.#finalized.number ? base : this.#finalized;
    const concluded = new Round(number, voters, lowest, this.#deps.chain);
    for (const [phase, type, votes] of [
      ["prevote", "Prevote", prevotes],
      ["precommit", "Precommit", precommits],
    ] as const) {
      for (const vote of votes) {
        const voter = voters.find(vote.id);
        const payload = signingPayload({type, value: vote.target}, round, setId);
        if (
          voter === undefined ||
          !this.#deps.signatures.verify("ed25519", vote.signature, payload, vote.id)
        ) {
          this.#report(peer.id, COST.badCatchUp, "catch-up with a bad vote");
          return;
        }
        const counted = concluded.count(phase, voter, vote);
        // Without its blocks a catch-up is of no use yet; the next neighbour packet asks again.
        if (counted.kind === "block-unknown") {
          this.#actions.push({kind: "want", block: vote.target, peer: peer.id});
          return;
        }
      }
    }
    if (!concluded.state.isCompletable) {
      this.#report(peer.id, COST.badCatchUp, "catch-up of a round that is not settled");
      return;
    }
    this.#report(peer.id, COST.catchUp, "catch-up");
    this.#ballot.catchUp(concluded, now);
    this.#roundBegan(now);
  }

  #send(peer: Peer, bytes: Uint8Array): void {
    this.#actions.push({kind: "send", peer: peer.id, bytes});
  }

  #report(peer: PeerId, amount: number, reason: string): void {
    this.#actions.push({kind: "report", peer, amount, reason});
  }
}

function commitBytes({target, precommits}: Commit, round: number, setId: number): Uint8Array {
  return encode(gossipMessage, {
    type: "Commit",
    value: {
      round: BigInt(round),
      setId: BigInt(setId),
      commit: {
        target,
        precommits: precommits.map(vote => vote.target),
        authData: precommits.map(({signature, id}) => ({signature, id})),
      },
    },
  });
}

function words(failure: JustificationFailure): string {
  return failure.code;
}
