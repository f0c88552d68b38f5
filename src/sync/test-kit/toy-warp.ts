import {
  bytesToBinary,
  concatBytes,
  equalBytes,
  err,
  type Millis,
  millis,
  ok,
  type Result,
} from "#base";
import {bytes, encode, vec} from "#codec";
import {GRANDPA_ENGINE, grandpaLog, signingPayload, type WarpFragment, warpProof} from "#consensus";
import {type Hash, type Header, header as headerCodec, headerHash} from "#primitives";
import {listRoot, sortChanges, Trie} from "#trie";
import type {ReceivedBlock} from "../messages.ts";
import type {Leap, WarpAction, WarpAnswer, WarpStart, WarpWanted} from "../warp/messages.ts";
import {WarpSync} from "../warp/warp-sync.ts";
import {hashing} from "./toy-chain.ts";

const hash = (data: Uint8Array) => hashing.blake2b256(data);

/** The only voter of a set. */
export const voterOf = (setId: number) => new Uint8Array(32).fill(setId + 1);

/** Stands for ed25519: anybody can sign for anybody. */
const sign = (payload: Uint8Array, id: Uint8Array) => {
  const half = hash(concatBytes(payload, id));
  return concatBytes(half, half);
};

export const crypto = {
  hashing,
  signatures: {
    verify: (_: string, signature: Uint8Array, payload: Uint8Array, id: Uint8Array) =>
      equalBytes(signature, sign(payload, id)),
  },
};

/** Blocks each with its body, the last one with a state; voters change every so many blocks. */
export class WarpedChain {
  readonly headers: Header[] = [];
  readonly bodies: Uint8Array[][] = [];
  readonly hashes: Hash[] = [];
  readonly fragments: WarpFragment[] = [];
  readonly state: Trie;
  readonly #setEvery: number;

  constructor({length = 200, setEvery = 30, accounts = 300, salt = 0} = {}) {
    this.#setEvery = setEvery;
    const entries = Array.from({length: accounts}, (_, i) => {
      const key = bytesToBinary(hash(Uint8Array.of(i & 255, i >> 8)));
      return [key, new Uint8Array(40).fill(i + salt)] as const;
    });
    this.state = Trie.empty(hash).update(sortChanges([...entries]), 0);
    for (let number = 0; number <= length; number++) this.#grow(number, salt);
  }

  get start(): WarpStart {
    return {hash: this.hashes[0]!, number: 0, setId: 0, authorities: [{id: voterOf(0), weight: 1}]};
  }

  get top(): number {
    return this.headers.length - 1;
  }

  #grow(number: number, salt: number): void {
    const setId = Math.floor(number / this.#setEvery);
    const isEnd = number > 0 && (number + 1) % this.#setEvery === 0;
    const authorities = [{id: voterOf(setId + 1), weight: 1}];
    const log = {
      type: "ScheduledChange" as const,
      value: [{nextAuthorities: authorities, delay: 0}] as [
        {nextAuthorities: typeof authorities; delay: number},
      ],
    };
    const body = [Uint8Array.of(number & 255, salt)];
    const header: Header = {
      parentHash: this.hashes[number - 1] ?? new Uint8Array(32),
      number,
      stateRoot: this.state.root(),
      extrinsicsRoot: listRoot(hash, body),
      digest: isEnd ? [{type: "Consensus", value: [GRANDPA_ENGINE, encode(grandpaLog, log)]}] : [],
    };
    this.headers.push(header);
    this.bodies.push(body);
    this.hashes.push(headerHash(header, hashing));
    if (isEnd) this.fragments.push(this.fragmentAt(number));
  }

  fragmentAt(number: number): WarpFragment {
    const target = {hash: this.hashes[number]!, number};
    const id = voterOf(Math.floor(number / this.#setEvery));
    const payload = signingPayload(
      {type: "Precommit", value: target},
      1,
      Math.floor(number / this.#setEvery),
    );
    const vote = {target, signature: sign(payload, id), id};
    const commit = {target, precommits: [vote]};
    const justification = {round: 1, commit, votesAncestries: []};
    return {header: this.headers[number]!, justification};
  }

  /** What an honest peer says, which has the chain up to `top`; proofs hold at most so many fragments. */
  answer(
    wanted: WarpWanted,
    {top = this.top, most = 4, size = 1_000} = {},
  ): WarpAnswer | undefined {
    switch (wanted.kind) {
      case "proof": {
        const from = this.numberOf(wanted.from);
        if (from < 0 || from > top) return undefined;
        const all = this.fragments.filter(({header: {number}}) => number > from && number <= top);
        const fragments = all.slice(0, most);
        const isFinished = fragments.length === all.length;
        const reached = fragments.at(-1)?.header.number ?? from;
        if (isFinished && top > reached) fragments.push(this.fragmentAt(top));
        return {kind: "proof", proof: encode(warpProof, {fragments, isFinished})};
      }
      case "block": {
        const number = this.numberOf(wanted.hash);
        return {kind: "block", blocks: number < 0 || number > top ? [] : [this.block(number)]};
      }
      case "state": {
        if (this.numberOf(wanted.block) < 0) return undefined;
        const start = wanted.start[0] === undefined ? undefined : bytesToBinary(wanted.start[0]);
        return {kind: "state", proof: encode(vec(bytes), this.state.proveRange(start, size))};
      }
    }
  }

  block(number: number): ReceivedBlock {
    const header = encode(headerCodec, this.headers[number]!);
    return {
      hash: this.hashes[number]!,
      header,
      body: this.bodies[number]!,
      justification: undefined,
    };
  }

  numberOf(wanted: Hash): number {
    return this.hashes.findIndex(known => equalBytes(known, wanted));
  }
}

/** Undefined says nothing, "gone" leaves. */
export type WarpReply = WarpAnswer | undefined | "gone" | "refused";

/** What a peer says, and after how many milliseconds. */
export type LateReply = {readonly late: number; readonly reply: WarpReply};

/** A warp, its peers, and a clock that jumps to whatever is next. */
export class ToyWarp {
  readonly sync: WarpSync;
  readonly reports: string[] = [];
  readonly asked = new Map<string, WarpWanted[]>();
  readonly #peers = new Map<string, (wanted: WarpWanted) => WarpReply | LateReply>();
  now: Millis = millis(1);
  end: Result<Leap, string> | undefined;

  constructor(start: WarpStart) {
    this.sync = new WarpSync(start, crypto);
  }

  join(id: string, best: number, reply: (wanted: WarpWanted) => WarpReply | LateReply): void {
    this.#peers.set(id, reply);
    this.sync.peerJoined(id, best, this.now);
  }

  /** Lets everything happen that follows, up to so much later. */
  run(span = 3_600_000): void {
    const limit = this.now + span;
    for (;;) {
      for (const action of this.sync.drain()) this.#perform(action);
      this.#inbox.sort((a, b) => a.at - b.at);
      const wake = this.sync.wakeAt(this.now);
      const next = this.#inbox[0];
      if (next !== undefined && next.at <= (wake ?? next.at)) {
        this.#inbox.shift();
        this.now = millis(Math.max(this.now, next.at));
        next.event();
        continue;
      }
      if (this.end !== undefined || wake === undefined || wake > limit) return;
      this.now = wake;
      this.sync.tick(this.now);
    }
  }

  #inbox: {readonly at: Millis; event(): void}[] = [];

  #perform(action: WarpAction): void {
    switch (action.kind) {
      case "report":
        this.reports.push(`${action.peer} ${action.offence}`);
        return;
      case "leap":
        this.end = ok(action.leap);
        return;
      case "give-up":
        this.end = err(action.reason);
        return;
      case "request": {
        const {id, peer, wanted} = action;
        this.asked.set(peer, [...(this.asked.get(peer) ?? []), wanted]);
        const said = this.#peers.get(peer)!(wanted);
        const {late, reply} =
          typeof said === "object" && "late" in said ? said : {late: 0, reply: said};
        if (reply === undefined) return;
        const event = () => {
          if (reply === "gone") this.sync.peerLeft(peer, this.now);
          else this.sync.answered(id, reply === "refused" ? err("refused") : ok(reply), this.now);
        };
        this.#inbox.push({at: millis(this.now + late), event});
      }
    }
  }
}
