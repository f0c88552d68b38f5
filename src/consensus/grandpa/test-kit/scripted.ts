import {millis} from "#base";
import {decode, encode} from "#codec";
import {
  type Action,
  AuthoritySet,
  type BlockRef,
  type GossipMessage,
  GrandpaVoter,
  gossipMessage,
  type NeighbourView,
  type PromisedVote,
  type SignedMessage,
  signingPayload,
  type VoteKind,
  type VoterId,
  type VoteSigned,
  type VoteToSign,
} from "../index.ts";
import {TestChain} from "./chain.ts";
import {createSignatures, hashing, key, seeded, sign} from "./crypto.ts";

/** A voter with `key(0)`, or several keys, whose peers say what the test has them say. The gossip period is 100 ms. */
export class ScriptedVoter {
  readonly chain = new TestChain();
  readonly signatures = createSignatures();
  readonly #voters: number;
  readonly #keys: number;
  readonly #peers: Readonly<Record<string, number>>;
  readonly #imported: BlockRef[] = [];
  voter: GrandpaVoter;
  readonly actions: Action[] = [];
  now = 1_000;
  /** Whether there is room on the disk for a promise. */
  signs: (kind: VoteKind, id: VoterId) => boolean = () => true;
  /** Whether its votes ever reach the disk. */
  persists = true;
  /** What `key(0)` has promised before. */
  promise: PromisedVote | undefined;

  /** `keys`: so many of the voters' keys, the first ones, are its own. */
  constructor(voters: number, peers: Readonly<Record<string, number>> = {p: 4}, keys = 1) {
    this.#voters = voters;
    this.#keys = keys;
    this.#peers = peers;
    this.voter = this.#create();
    this.#start();
  }

  #create(votes?: Uint8Array): GrandpaVoter {
    const authorities = Array.from({length: this.#voters}, (_, i) => ({id: key(i), weight: 1}));
    const {chain, signatures} = this;
    const localKeys = authorities.slice(0, this.#keys).map(({id}) => id);
    return new GrandpaVoter(
      {gossipPeriod: millis(100), localKeys, mayVote: true},
      {
        chain,
        signatures,
        hashing,
        sign: (id, vote) =>
          this.signs(vote.message.type, id) ? signedBy(id, vote) : {code: "later"},
        promised: () => this.promise,
        random: seeded(1),
      },
      {
        sets: AuthoritySet.genesis(authorities, chain.finalized)!,
        finalized: chain.finalized,
        votes,
      },
    );
  }

  /** Another one goes on from what this one last had written down. */
  restart(): void {
    const written = this.actions.filter(action => action.type === "persistVotes");
    this.voter = this.#create(written.at(-1)?.state);
    for (const block of this.#imported) this.import(block);
    this.#start();
  }

  #start(): void {
    this.voter.start(millis(this.now));
    for (const [name, roles] of Object.entries(this.#peers)) {
      this.voter.peerConnected(name, roles, millis(this.now));
    }
    this.#take();
  }

  #take(): void {
    for (let todo = this.voter.drain(); todo.length > 0; todo = this.voter.drain()) {
      for (const action of todo) {
        if (action.type === "finalize") this.chain.finalize(action.block);
        if (action.type === "persistVotes" && this.persists) {
          this.voter.votesPersisted(millis(this.now));
        }
        this.actions.push(action);
      }
    }
  }

  import(block: BlockRef): BlockRef {
    if (!this.#imported.includes(block)) this.#imported.push(block);
    this.voter.blockImported(block, this.chain.header(block.hash)!, millis(this.now));
    this.voter.bestChanged(millis(this.now));
    this.#take();
    return block;
  }

  run(duration: number): void {
    for (let spent = 0; spent < duration; spent += 50) {
      this.now += 50;
      this.voter.tick(millis(this.now));
      this.#take();
    }
  }

  receive(message: GossipMessage | Uint8Array, from = "p"): void {
    const bytes = message instanceof Uint8Array ? message : encode(gossipMessage, message);
    this.voter.message(from, bytes, millis(this.now));
    this.#take();
  }

  neighbour(view: Partial<NeighbourView> = {}, from = "p"): void {
    const value = {round: 1, setId: 0, finalized: 0, ...view};
    this.receive({type: "Neighbour", value: {type: "V1", value}}, from);
  }

  vote(type: VoteKind, round: number, voter: number, value: BlockRef, from = "p"): void {
    this.receive(
      {type: "Vote", value: {round, setId: 0, vote: signed(type, round, voter, value)}},
      from,
    );
  }

  /** What our voter has been heard to say by `to`, from `since` on in the list of actions. */
  heard(to = "p", since = 0): GossipMessage[] {
    return this.actions.slice(since).flatMap(action => {
      if (action.type !== "send" || action.peer !== to) return [];
      const decoded = decode(gossipMessage, action.message);
      return decoded.ok ? [decoded.value] : [];
    });
  }

  /** Targets of our own votes of a kind and round. */
  said(kind: VoteKind, round: number): BlockRef[] {
    return this.heard().flatMap(message => {
      if (message.type !== "Vote" || message.value.round !== round) return [];
      const {vote} = message.value;
      return vote.id[1] === 0 && vote.message.type === kind ? [vote.message.value] : [];
    });
  }

  /** Sum and reasons of what a peer's reputation went through since `since`. */
  costs(since = 0, peer = "p"): number[] {
    return this.actions
      .slice(since)
      .flatMap(action => (action.type === "report" && action.peer === peer ? [action.change] : []));
  }
}

/** A vote signed by a test key. */
export function signedBy(id: VoterId, {message, round, setId}: VoteToSign): VoteSigned {
  return {code: "signed", message, signature: sign(id, signingPayload(message, round, setId))};
}

export function signed(
  type: VoteKind,
  round: number,
  voter: number,
  value: BlockRef,
  setId = 0,
): SignedMessage {
  const message = {type, value};
  const id = key(voter);
  return {message, id, signature: sign(id, signingPayload(message, round, setId))};
}
