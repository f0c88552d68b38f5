import {bytesToHex} from "#base";
import type {SyncMode} from "#core";
import type {
  AccountName,
  Delay,
  Hex,
  Inclusion,
  SendOptions,
  SentTransaction,
  SubmitOptions,
  TestBlock,
  TestCall,
  TestNetwork,
  TestNode,
} from "../api.ts";
import {Borders, type Break} from "./borders.ts";
import {assertSound} from "./invariants.ts";
import {addressOf, peerIdOf} from "./peer-id.ts";
import {Sender} from "./sender.ts";
import type {Shared} from "./shared.ts";
import {MemoryNode} from "./test-node.ts";

/** Virtual time that anything asked for may take at most, unless the test says otherwise. */
const PATIENCE = 600_000;
/** Slots that a block may take on the way to a height: many are empty when nodes are silent or apart. */
const SLOTS_PER_BLOCK = 10;
const SLOTS_TO_INCLUDE = 100;

export interface NetworkFacts {
  readonly seed: number;
  readonly sessionLength: number;
  readonly topology: "mesh" | "line";
}

export class MemoryNetwork implements TestNetwork {
  readonly seed: number;
  readonly slotDuration: number;
  readonly sessionLength: number;
  readonly #facts: NetworkFacts;
  readonly #shared: Shared;
  readonly #borders: Borders;
  readonly #sender: Sender;
  readonly #nodes = new Map<string, MemoryNode>();

  constructor(facts: NetworkFacts, shared: Shared) {
    this.seed = facts.seed;
    this.sessionLength = facts.sessionLength;
    this.slotDuration = shared.slotDuration;
    this.#facts = facts;
    this.#shared = shared;
    this.#borders = new Borders(shared.hub);
    this.#sender = new Sender(shared);
  }

  /** What all nodes live on, for what the kit does not show. Its shape may change with any version. */
  get shared(): Shared {
    return this.#shared;
  }

  get elapsed(): number {
    return this.#shared.time.elapsed;
  }

  get nodes(): readonly MemoryNode[] {
    return [...this.#nodes.values()];
  }

  node(name: string): MemoryNode {
    const node = this.#nodes.get(name);
    if (node === undefined)
      throw new Error(`no node ${name}: ${[...this.#nodes.keys()].join(", ")}`);
    return node;
  }

  /** Puts nodes in without starting them: each gets to know the others by name. */
  enlist(names: readonly string[]): void {
    const all = [...this.#nodes.keys(), ...names];
    for (const name of names) this.#enlist(name, name, this.#neighbours(all, name));
  }

  #neighbours(all: readonly string[], name: string): readonly string[] {
    if (this.#facts.topology === "mesh") return all.filter(other => other !== name);
    const place = all.indexOf(name);
    return [all[place - 1], all[place + 1]].filter(other => other !== undefined);
  }

  #enlist(
    name: string,
    account: AccountName,
    others: readonly string[],
    sync?: SyncMode,
  ): MemoryNode {
    const addresses = others.map(addressOf);
    const isLine = this.#facts.topology === "line";
    const node = new MemoryNode(
      {
        name,
        account: this.#shared.accounts.known(account),
        bootnodes: addresses,
        ...(isLine ? {only: addresses} : {}),
        ...(sync === undefined ? {} : {sync}),
      },
      this.#shared,
      {
        cutOff: (peer, how) => this.#borders.cutOff(peer, how),
        reconnect: peer => this.#borders.reconnect(peer),
        twinOf: one => this.#start(this.#freeName(`${one.name}-twin`), one.account),
      },
    );
    this.#nodes.set(name, node);
    return node;
  }

  #freeName(wish: string): string {
    let name = wish;
    for (let i = 2; this.#nodes.has(name); i++) name = `${wish}-${i}`;
    return name;
  }

  addNode(name: string, {sync}: {readonly sync?: SyncMode} = {}): Promise<MemoryNode> {
    if (this.#nodes.has(name)) throw new Error(`there is a node ${name} already`);
    return this.#start(name, name, sync);
  }

  async #start(name: string, account: AccountName, sync?: SyncMode): Promise<MemoryNode> {
    const all = [...this.#nodes.keys(), name];
    const node = this.#enlist(name, account, this.#neighbours(all, name), sync);
    await node.restart();
    return node;
  }

  #running(): readonly MemoryNode[] {
    const running = this.nodes.filter(node => node.isRunning);
    if (running.length === 0) throw new Error("no node is running");
    return running;
  }

  at(block: number | "best" | "finalized" = "best"): TestBlock {
    return this.#running()[0]!.at(block);
  }

  sessionKeysOf(account: AccountName): {aura: Hex; grandpa: Hex} {
    const {aura, grandpa} = this.#shared.accounts.known(account).keys;
    return {aura: bytesToHex(aura), grandpa: bytesToHex(grandpa)};
  }

  async advance(by: number | {readonly ms: number} | {readonly blocks: number}): Promise<void> {
    if (typeof by === "number") return this.#shared.time.pass(by);
    if ("ms" in by) return this.#shared.time.pass(by.ms);
    const lowest = Math.min(...this.#running().map(({best}) => best));
    return this.advanceTo(lowest + by.blocks);
  }

  advanceTo(block: number): Promise<void> {
    const lowest = Math.min(...this.#running().map(({best}) => best));
    const limit = Math.max(1, block - lowest) * SLOTS_PER_BLOCK * this.slotDuration;
    const isThere = () => this.#running().every(({best}) => best >= block);
    return this.advanceUntil(`block ${block} is everywhere`, isThere, limit);
  }

  async advanceUntil(what: string, holds: () => boolean, limit = PATIENCE): Promise<void> {
    if (await this.#shared.time.passUntil(holds, limit)) return;
    const state = this.#running()
      .map(({name, best, finalized, peers}) => `${name} ${best}/${finalized}, ${peers} peers`)
      .join("; ");
    throw new Error(`not within ${limit} virtual ms (seed ${this.seed}): ${what}; ${state}`);
  }

  send(signer: AccountName, call: TestCall, options: SendOptions = {}): Promise<SentTransaction> {
    const node = (options.to as MemoryNode | undefined) ?? this.#nodeOf(signer);
    return this.#shared.time.during(
      this.#sender.send(node, signer, call, options, this.#running()),
      PATIENCE,
    );
  }

  #nodeOf(signer: AccountName): MemoryNode {
    const {name} = this.#shared.accounts.known(signer);
    const running = this.#running();
    return running.find(({account}) => account === name) ?? running[0]!;
  }

  async submit(
    signer: AccountName,
    call: TestCall,
    options: SubmitOptions = {},
  ): Promise<Inclusion> {
    const {limit = SLOTS_TO_INCLUDE * this.slotDuration, until = "included"} = options;
    const node = options.to ?? this.#nodeOf(signer);
    const sent = await this.send(signer, call, {...options, to: node});
    // The node that a test looks at by default is to have it too, unless the test chose another.
    const where = options.to === undefined ? [node, this.#running()[0]!] : [node];
    const holds = () =>
      where.every(one => {
        const found = sent.inclusion(one);
        return found !== undefined && (until === "included" || one.finalized >= found.block);
      });
    await this.advanceUntil(`${call.call} by ${signer} is ${until}`, holds, limit);
    return sent.inclusion(node)!;
  }

  partition(groups: readonly (readonly string[])[], how: Break = "drop"): void {
    for (const name of groups.flat()) this.node(name);
    this.#borders.partition(groups, how);
  }

  heal(): void {
    this.#borders.heal();
  }

  setDelay(delay: Delay, between?: readonly [string, string]): void {
    this.#shared.hub.setDelay(delay, between && this.#peers(between));
  }

  setLoss(share: number, between?: readonly [string, string]): void {
    this.#shared.hub.setLoss(share, between && this.#peers(between));
  }

  #peers(names: readonly [string, string]): [string, string] {
    for (const name of names) this.node(name);
    return [peerIdOf(names[0]), peerIdOf(names[1])];
  }

  assertSound(): void {
    assertSound(this.nodes);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async stop(): Promise<void> {
    for (const node of this.nodes) await node.kill();
  }
}

export type {TestNode};
