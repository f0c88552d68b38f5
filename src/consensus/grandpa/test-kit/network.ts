import {equalBytes, type Millis, millis} from "#base";
import type {DigestItem, Header} from "#primitives";
import {
  type Action,
  type Authority,
  AuthoritySet,
  type BlockRef,
  type FinalizeAction,
  GrandpaVoter,
  sameBlock,
} from "../index.ts";
import {headerOn, refOf} from "./chain.ts";
import {hashing, key, seeded} from "./crypto.ts";
import {EventLoop} from "./event-loop.ts";
import {type NetworkOptions, TestNode} from "./node.ts";

/** A few voters on a virtual clock. Everything follows from the seed. */
export class TestNetwork {
  readonly options: NetworkOptions;
  readonly nodes: TestNode[];
  readonly authorities: Authority[];
  readonly random: () => number;
  readonly #clock = new EventLoop(1_000_000);
  /** Nodes of different groups do not hear each other. */
  group: (node: number) => number = () => 0;
  /** Changes of a message on its way; undefined drops it. */
  tamper: ((from: number, to: number, bytes: Uint8Array) => Uint8Array | undefined) | undefined;
  sent = 0;
  /** Nodes that went down between a promise and its vote. */
  crashes = 0;
  readonly #lastArrival = new Map<string, number>();
  #salt = 0;
  #authoring = false;

  constructor(options: NetworkOptions) {
    this.options = options;
    this.random = seeded(options.seed);
    this.authorities = Array.from({length: options.voters}, (_, i) => ({id: key(i), weight: 1}));
    const count = options.nodes ?? options.voters;
    this.nodes = Array.from({length: count}, (_, i) => new TestNode(i));
    for (const node of this.nodes) {
      const sets = AuthoritySet.genesis(this.authorities, node.chain.finalized)!;
      node.disk.set = sets.encode();
      this.#boot(node);
    }
    for (const a of this.nodes)
      for (const b of this.nodes) if (a.index < b.index) this.connect(a, b);
  }

  #boot(node: TestNode): void {
    const restored = AuthoritySet.restore(node.disk.set);
    if (!restored.ok) throw new Error(restored.error.code);
    const random = seeded(Math.floor(this.random() * 2 ** 32));
    node.voter = new GrandpaVoter(
      {
        gossipPeriod: millis(this.options.gossipPeriod ?? 100),
        localKeys: [key(node.index)],
        mayVote: true,
      },
      {
        chain: node.chain,
        signatures: node.signatures,
        hashing,
        random,
        sign: (id, vote) => node.guard.sign(id, vote),
        promised: () => node.guard.last,
      },
      {sets: restored.value, finalized: node.chain.finalized, votes: node.disk.votes},
    );
    const unfinalized = [...node.chain.headers.values()]
      .filter(({ref}) => ref.number > node.chain.finalized.number)
      .sort((a, b) => a.ref.number - b.ref.number);
    for (const {ref, header} of unfinalized) node.voter.blockImported(ref, header, this.#time());
    node.voter.start(this.#time());
    this.#act(node);
  }

  #time(): Millis {
    return millis(this.now);
  }

  #isLinked(a: number, b: number): boolean {
    return this.options.linked?.(a, b) ?? true;
  }

  connect(a: TestNode, b: TestNode): void {
    if (!this.#isLinked(a.index, b.index)) return;
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      one.voter.peerConnected(
        `${other.index}`,
        this.options.roles?.[other.index] ?? 4,
        this.#time(),
      );
      this.#act(one);
    }
  }

  disconnect(a: TestNode, b: TestNode): void {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      one.voter.peerDisconnected(`${other.index}`, this.#time());
      this.#act(one);
    }
  }

  /** Stops a node; what was not persisted is gone. */
  stop(node: TestNode): void {
    node.online = false;
    for (const other of this.nodes) {
      if (other !== node && other.online && this.#isLinked(node.index, other.index)) {
        other.voter.peerDisconnected(`${node.index}`, this.#time());
        this.#act(other);
      }
    }
  }

  /** Starts a stopped node from its disk. */
  restart(node: TestNode): void {
    node.online = true;
    node.wakeAt = undefined;
    this.#boot(node);
    for (const other of this.nodes) if (other !== node && other.online) this.connect(node, other);
    for (const other of this.nodes) if (other !== node) this.#sync(other, node, other.chain.best);
  }

  get now(): number {
    return this.#clock.now;
  }

  at(time: number, happen: () => void): void {
    this.#clock.at(time, happen);
  }

  run(duration: number): void {
    this.#clock.runUntil(this.now + duration);
  }

  canHear(a: number, b: number): boolean {
    return this.nodes[a]!.online && this.nodes[b]!.online && this.group(a) === this.group(b);
  }

  #act(node: TestNode): void {
    const {voter} = node;
    for (let todo = voter.drain(); todo.length > 0; todo = voter.drain()) {
      for (const action of todo) {
        if (!node.online || node.voter !== voter) return;
        this.#perform(node, action);
      }
    }
  }

  #perform(node: TestNode, action: Action): void {
    switch (action.type) {
      case "persistVotes":
        if (this.options.crashes !== undefined && this.random() < this.options.crashes) {
          this.crashes++;
          this.stop(node);
          this.at(this.now + 500 + this.random() * 2_000, () => this.restart(node));
          return;
        }
        node.disk.votes = action.state;
        node.voter.votesPersisted(this.#time());
        return;
      case "persistSet":
        node.disk.set = action.set;
        return;
      case "finalize":
        this.#finalize(node, action);
        return;
      case "send":
        this.#deliver(node, Number(action.peer), action.message);
        return;
      case "report":
        node.reports.push(action);
        return;
      case "equivocation":
        node.equivocations.push(action.proof);
        return;
      case "wakeAt":
        this.#wake(node, action.time);
        return;
      case "blockWanted": {
        const from = this.nodes[Number(action.peer)];
        if (from !== undefined) this.#sync(from, node, action.block);
        return;
      }
      case "justificationWanted": {
        const from = this.nodes[Number(action.peer)]!;
        this.at(this.now + 20, () => this.#giveJustification(from, node, action.block));
        return;
      }
      case "setChanged":
        node.setChanges.push(action.setId);
        return;
      case "event":
        node.events.push(`${action.level} ${action.message}`);
    }
  }

  #finalize(node: TestNode, action: FinalizeAction): void {
    if (!node.chain.isDescendant(node.chain.finalized.hash, action.block.hash)) {
      throw new Error(`node ${node.index} finalizes another fork`);
    }
    for (const other of this.nodes) {
      for (const {block} of other.finalizations) {
        if (block.number === action.block.number && !equalBytes(block.hash, action.block.hash)) {
          throw new Error(`nodes ${node.index} and ${other.index} finalize conflicting blocks`);
        }
      }
    }
    node.chain.finalize(action.block);
    node.finalizations.push(action);
    if (action.set !== undefined) node.disk.set = action.set;
  }

  #wake(node: TestNode, time: Millis | undefined): void {
    node.wakeAt = time;
    if (time === undefined) return;
    const {voter} = node;
    this.at(time, () => {
      if (!node.online || node.voter !== voter || node.wakeAt !== time) return;
      voter.tick(this.#time());
      this.#act(node);
    });
  }

  #deliver(from: TestNode, to: number, bytes: Uint8Array): void {
    this.sent++;
    const target = this.nodes[to]!;
    const {delay = 50, loss = 0} = this.options;
    if (!this.canHear(from.index, to) || this.random() < loss) return;
    const changed = this.tamper === undefined ? bytes : this.tamper(from.index, to, bytes);
    if (changed === undefined) return;
    const link = `${from.index}>${to}`;
    const arrival = Math.max(
      this.#lastArrival.get(link) ?? 0,
      this.now + Math.floor(this.random() * delay),
    );
    this.#lastArrival.set(link, arrival);
    const {voter} = target;
    this.at(arrival, () => {
      if (!this.canHear(from.index, to) || target.voter !== voter) return;
      voter.message(`${from.index}`, changed, this.#time());
      this.#act(target);
    });
  }

  #giveJustification(from: TestNode, node: TestNode, block: BlockRef): void {
    const found = from.finalizations.find(done => sameBlock(done.block, block));
    if (found === undefined || !this.canHear(from.index, node.index)) return;
    node.voter.justificationImported(found.justification, this.#time());
    this.#act(node);
  }

  /** Brings `block` and what is missing below it from one node to another. */
  #sync(from: TestNode, to: TestNode, block: BlockRef): void {
    const {delay = 50} = this.options;
    this.at(this.now + Math.floor(this.random() * delay), () => {
      if (!this.canHear(from.index, to.index)) return;
      this.#import(from, to, block);
    });
  }

  #import(from: TestNode, to: TestNode, block: BlockRef): void {
    const missing: Header[] = [];
    let hash = block.hash;
    while (!to.chain.has(hash)) {
      const header = from.chain.header(hash);
      if (header === undefined) return;
      missing.push(header);
      hash = header.parentHash;
    }
    for (const header of missing.reverse()) {
      const ref = to.chain.add(header);
      to.voter.blockImported(ref, header, this.#time());
      this.#act(to);
      to.voter.bestChanged(this.#time());
      this.#act(to);
    }
  }

  /** A node builds a block and everybody in reach gets it. */
  author(node: TestNode, digest: readonly DigestItem[] = []): BlockRef {
    const header = headerOn(node.chain.best, ++this.#salt & 255, digest);
    const ref = refOf(header);
    node.chain.add(header);
    node.voter.blockImported(ref, header, this.#time());
    this.#act(node);
    node.voter.bestChanged(this.#time());
    this.#act(node);
    this.announce(node);
    return ref;
  }

  /** A node tells of its best block. */
  announce(node: TestNode): void {
    for (const other of this.nodes) {
      if (other !== node && this.#isLinked(node.index, other.index)) {
        this.#sync(node, other, node.chain.best);
      }
    }
  }

  /** From now on a random node that is up builds a block in each slot, now and then two at once. */
  startAuthoring(): void {
    if (this.#authoring) return;
    this.#authoring = true;
    const {slot = 500, forks = 0.1} = this.options;
    const next = () => {
      if (!this.#authoring) return;
      const groups = new Map<number, TestNode[]>();
      for (const node of this.nodes) {
        if (!node.online) continue;
        const group = this.group(node.index);
        groups.set(group, [...(groups.get(group) ?? []), node]);
      }
      for (const members of groups.values()) {
        const builders = this.random() < forks ? 2 : 1;
        const authors = new Set(
          Array.from(
            {length: builders},
            () => members[Math.floor(this.random() * members.length)]!,
          ),
        );
        for (const author of authors) this.author(author);
      }
      this.at(this.now + slot, next);
    };
    this.at(this.now + slot, next);
  }

  stopAuthoring(): void {
    this.#authoring = false;
  }

  get lowestFinalized(): number {
    return Math.min(...this.nodes.filter(n => n.online).map(n => n.chain.finalized.number));
  }
}
