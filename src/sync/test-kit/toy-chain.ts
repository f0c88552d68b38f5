import {bytesToHex, err, type Millis, millis, ok} from "#base";
import {encode} from "#codec";
import {createPortableHashing} from "#crypto";
import {type Hash, type Header, header as headerCodec} from "#primitives";
import {listRoot} from "#trie";
import {ChainSync} from "../chain-sync.ts";
import type {
  BlocksWanted,
  ImportOutcome,
  LocalChain,
  ReceivedBlock,
  SyncAction,
  SyncBlock,
} from "../messages.ts";

export const hashing = createPortableHashing();
const NO_EXTRINSICS = listRoot(data => hashing.blake2b256(data), []);

/** No test has a reason for more. */
const MOST_REQUESTS = 20_000;

export interface ToyBlock {
  readonly hash: Hash;
  readonly number: number;
  readonly header: Header;
}

/** A block on another one; `salt` tells siblings apart. */
export function toyBlock(parent: ToyBlock | undefined, salt = 0): ToyBlock {
  const stateRoot = new Uint8Array(32);
  new DataView(stateRoot.buffer).setUint32(0, salt);
  const header: Header = {
    parentHash: parent?.hash ?? new Uint8Array(32),
    number: (parent?.number ?? -1) + 1,
    stateRoot,
    extrinsicsRoot: NO_EXTRINSICS,
    digest: [],
  };
  return {hash: hashing.blake2b256(encode(headerCodec, header)), number: header.number, header};
}

export const GENESIS = toyBlock(undefined);

/** `length` blocks on top of one. */
export function toyRow(parent: ToyBlock, length: number, salt = 0): ToyBlock[] {
  const row: ToyBlock[] = [];
  for (let i = 0; i < length; i++) row.push(toyBlock(row.at(-1) ?? parent, salt));
  return row;
}

/** A chain that keeps every block it is given, follows the longest, and can be asked like a peer. */
export class ToyChain implements LocalChain {
  readonly #blocks = new Map<string, ToyBlock>([[bytesToHex(GENESIS.hash), GENESIS]]);
  #best = GENESIS;
  #finalized = GENESIS;
  #canonical: ToyBlock[] = [GENESIS];

  constructor(blocks: readonly ToyBlock[] = []) {
    for (const block of blocks) this.add(block);
  }

  add(block: ToyBlock): void {
    this.#blocks.set(bytesToHex(block.hash), block);
    if (block.number <= this.#best.number) return;
    this.#best = block;
    let at: ToyBlock | undefined = block;
    while (at !== undefined && this.#canonical[at.number] !== at) {
      this.#canonical[at.number] = at;
      at = this.get(at.header.parentHash);
    }
  }

  get(hash: Hash): ToyBlock | undefined {
    return this.#blocks.get(bytesToHex(hash));
  }

  finalize(number: number): void {
    this.#finalized = this.#canonical[number]!;
  }

  best = () => this.#best;
  finalized = () => this.#finalized;
  isKnown = (hash: Hash) => this.#blocks.has(bytesToHex(hash));
  hashAt = (number: number) => this.#canonical[number]?.hash;

  /** What a peer with this chain answers. */
  answer({from, direction, max}: BlocksWanted): ReceivedBlock[] {
    const first = "hash" in from ? this.get(from.hash) : this.#canonical[from.number];
    const blocks: ToyBlock[] = [];
    for (let at = first; at !== undefined && blocks.length < max; ) {
      blocks.push(at);
      at =
        direction === "descending"
          ? this.get(at.header.parentHash)
          : this.#canonical[at.number + 1];
    }
    return blocks.map(({hash, header}) => ({
      hash,
      header: encode(headerCodec, header),
      body: [],
      justification: undefined,
    }));
  }
}

export interface ToyPeer {
  readonly chain: ToyChain;
  /** What it answers, if not the truth; undefined says nothing at all. */
  readonly answers?: (wanted: BlocksWanted, honest: ReceivedBlock[]) => ReceivedBlock[] | undefined;
}

/** One node that syncs, its peers, and a clock that jumps to whatever is next. */
export class ToySync {
  readonly chain: ToyChain;
  readonly sync: ChainSync;
  readonly peers = new Map<string, ToyPeer>();
  readonly reports: string[] = [];
  readonly requests = new Map<string, number>();
  /** Every request, with its moment. */
  readonly asked: {readonly peer: string; readonly wanted: BlocksWanted; readonly at: Millis}[] =
    [];
  readonly isBad: (block: SyncBlock) => boolean;
  /** What becomes of blocks instead of what should. */
  fate: (block: SyncBlock) => ImportOutcome | undefined = () => undefined;
  isOld: (header: Header) => boolean = () => false;
  now: Millis = millis(1);
  imported = 0;
  #inbox: (() => void)[] = [];
  /** Blocks are imported in the order in which they were handed on, whenever that is. */
  readonly #imports: (readonly SyncBlock[])[] = [];
  readonly #random: () => number;

  constructor({
    chain = new ToyChain(),
    isBad = () => false,
    random = () => 0,
  }: {chain?: ToyChain; isBad?: (block: SyncBlock) => boolean; random?: () => number} = {}) {
    this.chain = chain;
    this.isBad = isBad;
    this.#random = random;
    this.sync = new ChainSync({chain, hashing, isOld: header => this.isOld(header)});
  }

  join(
    id: string,
    peer: ToyPeer,
    claim: {hash: Uint8Array; number: number} = peer.chain.best(),
  ): void {
    this.peers.set(id, peer);
    this.sync.peerJoined(id, claim, this.now);
  }

  announce(id: string, block: ToyBlock): void {
    this.sync.announced(id, block.header, block.hash, true, this.now);
  }

  /** Lets everything happen that follows, up to so much later. */
  run(span = 300_000): void {
    const end = this.now + span;
    for (;;) {
      for (const action of this.sync.drain()) this.#perform(action);
      const index = Math.floor(this.#random() * this.#inbox.length);
      const [event] = this.#inbox.splice(index, 1);
      if (event !== undefined) {
        event();
        continue;
      }
      const wake = this.sync.wakeAt(this.now);
      if (wake === undefined || wake > end) return;
      this.now = wake;
      this.sync.tick(this.now);
    }
  }

  #perform(action: SyncAction): void {
    switch (action.kind) {
      case "report":
        this.reports.push(`${action.peer} ${action.offence}`);
        return;
      case "request": {
        this.requests.set(action.peer, (this.requests.get(action.peer) ?? 0) + 1);
        if (this.asked.length > MOST_REQUESTS) throw new Error("asks without end");
        this.asked.push({peer: action.peer, wanted: action.wanted, at: this.now});
        const peer = this.peers.get(action.peer)!;
        const honest = peer.chain.answer(action.wanted);
        const answer = peer.answers === undefined ? honest : peer.answers(action.wanted, honest);
        if (answer === undefined) return;
        this.#inbox.push(() => this.sync.answered(action.id, ok(answer), this.now));
        return;
      }
      case "import":
        this.#imports.push(action.blocks);
        this.#inbox.push(() => {
          for (const block of this.#imports.shift()!) this.#import(block);
        });
    }
  }

  #import(block: SyncBlock): void {
    const {hash, number, header} = block;
    const tell = (outcome: ImportOutcome) => this.sync.imported(hash, outcome, this.now);
    const fate = this.fate(block);
    if (this.chain.isKnown(hash)) tell({kind: "known"});
    else if (fate !== undefined) tell(fate);
    else if (!this.chain.isKnown(header.parentHash)) tell({kind: "orphan"});
    else if (this.isBad(block)) tell({kind: "bad", reason: "said so"});
    else {
      this.imported++;
      this.chain.add({hash, number, header});
      tell({kind: "imported"});
    }
  }

  refuse(requestId: number): void {
    this.sync.answered(requestId, err("refused"), this.now);
  }
}
