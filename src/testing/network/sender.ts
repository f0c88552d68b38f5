import {binaryToBytes, bytesToHex, equalBytes} from "#base";
import {nextNonce} from "#runtime-api";
import {genesisHashOf} from "#store";
import type {
  AccountName,
  Inclusion,
  SendOptions,
  SentTransaction,
  TestCall,
  TestNode,
} from "../api.ts";
import {errorIn, weightIn} from "../chain/readable-event.ts";
import {refused, signTestCall} from "../transactions/sign-test-call.ts";
import type {Shared} from "./shared.ts";
import type {MemoryNode} from "./test-node.ts";

/** Signs transactions, hands them in, and finds them again. */
export class Sender {
  readonly #shared: Shared;

  constructor(shared: Shared) {
    this.#shared = shared;
  }

  async send(
    node: MemoryNode,
    signer: AccountName,
    call: TestCall,
    {nonce: wanted, tip = 0n}: SendOptions,
    running: readonly MemoryNode[],
  ): Promise<SentTransaction> {
    const nonce = wanted ?? this.#nextNonce(signer, [node, ...running]);
    const ground = {...this.#shared, genesisHash: genesisHashOf(this.#shared.genesis)};
    const bytes = signTestCall(ground, signer, call, {nonce, tip});
    const places = new Map<
      TestNode,
      {readonly best: string; readonly found: Inclusion | undefined}
    >();
    const sentAt = node.best;
    const taken = await node.core.pool.submit("External", bytes);
    if (!taken.ok) throw refused(signer, call, taken.error);
    return {
      hash: bytesToHex(taken.value.hash),
      nonce,
      inclusion: (at: TestNode = node) => {
        // Asked at every moment of a wait, and only a new best block changes the answer.
        const {hash: best} = at.at();
        const known = places.get(at);
        if (known?.best === best) return known.found;
        const found = this.#find(at as MemoryNode, bytes, sentAt);
        places.set(at, {best, found});
        return found;
      },
    };
  }

  /** As the node knows it that knows of most: what was handed in to one reaches the others in time. */
  #nextNonce(signer: AccountName, nodes: readonly MemoryNode[]): number {
    const {publicKey} = this.#shared.accounts.known(signer);
    const nonces = nodes.map(node =>
      nextNonce(publicKey, node.at().balanceOf(signer).nonce, readyIn(node)),
    );
    return Math.max(...nonces);
  }

  #find(node: MemoryNode, bytes: Uint8Array, sentAt: number): Inclusion | undefined {
    const {chain} = node.core;
    // Whoever handed it in may have been on a fork, or ahead of this node.
    for (let number = node.best; number > Math.max(0, sentAt - LOOK_BACK); number--) {
      const hash = chain.hashOf(number);
      // A rehearsal of a later state has nothing below its first block.
      if (hash === undefined) return undefined;
      const body = chain.body(hash) ?? [];
      const index = body.findIndex(extrinsic => equalBytes(extrinsic, bytes));
      if (index >= 0) return this.#inclusion(node, number, index);
    }
    return undefined;
  }

  #inclusion(node: MemoryNode, block: number, index: number): Inclusion {
    const events = node
      .at(block)
      .events()
      .filter(({extrinsic}) => extrinsic === index);
    return {block, index, events, error: errorIn(events), weight: weightIn(events)};
  }
}

function* readyIn(node: MemoryNode) {
  for (const {provides} of node.core.pool.best()) yield {provides: provides.map(binaryToBytes)};
}

/** Blocks that a fork on which a transaction was handed in may reach back. */
const LOOK_BACK = 64;
