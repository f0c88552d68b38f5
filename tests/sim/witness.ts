import assert from "node:assert/strict";
import {bytesToHex} from "#base";
import type {MemoryNode} from "../../src/testing/network/test-node.ts";

/** Sees every block that is made, and all that ever was final anywhere. */
export class Witness {
  /** By whom and slot. */
  readonly #sealed = new Map<string, string>();
  readonly #final = new Map<number, {readonly hash: string; readonly by: string}>();
  /** How far up each node's final chain has been looked at. */
  readonly #seen = new Map<string, number>();

  get blocksMade(): number {
    return this.#sealed.size;
  }

  /** To be called at each start of a node. */
  watch(node: MemoryNode): void {
    node.core.onBlockMade(({slot, hash}) => {
      const name = `${node.account} in slot ${slot}`;
      const made = bytesToHex(hash);
      assert.equal(this.#sealed.get(name) ?? made, made, `${name} sealed two blocks`);
      this.#sealed.set(name, made);
    });
  }

  /** What is final stays final, everywhere and for ever; nobody signed twice; nobody broke. */
  look(nodes: readonly MemoryNode[]): void {
    for (const node of nodes) {
      assert.equal(node.failure, undefined, `${node.name} broke`);
      if (!node.isRunning) continue;
      const {finalized, name} = node;
      const seen = this.#seen.get(name) ?? 0;
      assert.ok(finalized >= seen, `${name} went back from ${seen} to ${finalized}`);
      for (let number = seen; number <= finalized; number++) this.#note(node, number);
      this.#seen.set(name, finalized);
      assert.deepEqual(node.equivocations(), {blocks: [], votes: []}, name);
    }
  }

  #note(node: MemoryNode, number: number): void {
    const hash = node.hashAt(number);
    assert.ok(hash !== undefined, `${node.name} lacks its final block ${number}`);
    const known = this.#final.get(number);
    assert.equal(
      hash,
      known?.hash ?? hash,
      `${node.name} and ${known?.by} hold different blocks ${number} final`,
    );
    if (known === undefined) this.#final.set(number, {hash, by: node.name});
  }
}
