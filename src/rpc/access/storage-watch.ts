import {type BinaryString, equalBytes} from "#base";
import type {Hash} from "#primitives";
import type {StateView} from "#state";
import type {Difference} from "#trie";
import type {BlockRef, ChainQuestions, Stop} from "../questions/chain.ts";
import type {StorageChange} from "../shapes/storage-change-set.ts";

/** Told of each new best block that changed something it follows, keys in order. */
export type StorageFollower = (block: Hash, changes: readonly StorageChange[]) => void;

/** Reading so many keys of two states costs less than finding out what a full block changed: some two thousand values. */
const FEW_KEYS = 256;

/**
 * Tells who follows keys of the state what each new best block changed of them. What is looked at are the changes,
 * once for everybody: a block costs what it changed, however many keys are followed, or less where these are few.
 */
export class StorageWatch {
  readonly #chain: ChainQuestions;
  readonly #byKey = new Map<BinaryString, Set<StorageFollower>>();
  /** Those that follow every key. */
  readonly #all = new Set<StorageFollower>();
  /** Who came when a newer block was the best already than was told of here, and which: its state they have seen. */
  readonly #since = new Map<StorageFollower, BlockRef>();
  /** The state that followers know, and of which block; undefined while there are none. */
  #known: StateView | undefined;
  #at: BlockRef | undefined;
  #stop: Stop | undefined;

  constructor(chain: ChainQuestions) {
    this.#chain = chain;
  }

  /** From the best block on; without keys, of the whole state. */
  follow(keys: ReadonlySet<BinaryString> | undefined, follower: StorageFollower): Stop {
    this.#begin();
    const best = this.#chain.best();
    if (this.#at === undefined || !equalBytes(this.#at.hash, best.hash)) {
      this.#since.set(follower, best);
    }
    if (keys === undefined) this.#all.add(follower);
    for (const key of keys ?? []) {
      const followers = this.#byKey.get(key);
      if (followers === undefined) this.#byKey.set(key, new Set([follower]));
      else followers.add(follower);
    }
    return () => {
      this.#all.delete(follower);
      this.#since.delete(follower);
      for (const key of keys ?? []) {
        const followers = this.#byKey.get(key);
        followers?.delete(follower);
        if (followers?.size === 0) this.#byKey.delete(key);
      }
      this.#endIfUnused();
    };
  }

  #begin(): void {
    if (this.#stop !== undefined) return;
    this.#at = this.#chain.best();
    this.#known = this.#chain.state(this.#at.hash);
    this.#stop = this.#chain.onBest(block => this.#onBest(block));
  }

  #endIfUnused(): void {
    if (this.#all.size > 0 || this.#byKey.size > 0) return;
    this.#stop?.();
    this.#stop = undefined;
    this.#known = undefined;
  }

  #onBest(ref: BlockRef): void {
    const {hash: block} = ref;
    const state = this.#chain.state(block);
    const before = this.#known;
    this.#at = ref;
    if (state === undefined) return;
    this.#known = state;
    if (before === undefined) return;
    const changes = new Map<StorageFollower, StorageChange[]>();
    const note = (follower: StorageFollower, change: StorageChange) => {
      if (this.#since.has(follower)) return;
      const own = changes.get(follower);
      if (own === undefined) changes.set(follower, [change]);
      else own.push(change);
    };
    for (const {key, after} of this.#differences(before, state)) {
      for (const follower of this.#all) note(follower, [key, after]);
      for (const follower of this.#byKey.get(key) ?? []) note(follower, [key, after]);
    }
    for (const [follower, own] of changes) follower(block, own);
    for (const [follower, since] of this.#since) {
      if (equalBytes(since.hash, block) || since.number < ref.number) this.#since.delete(follower);
    }
  }

  /** Where few keys are followed these are looked at, and not all that a block changed. In the order of keys. */
  *#differences(before: StateView, now: StateView): Iterable<Pick<Difference, "key" | "after">> {
    if (this.#all.size > 0 || this.#byKey.size > FEW_KEYS) {
      yield* now.differencesFrom(before);
      return;
    }
    for (const key of [...this.#byKey.keys()].sort()) {
      const [was, after] = [before.get(key), now.get(key)];
      const isSame =
        was === undefined || after === undefined ? was === after : equalBytes(was, after);
      if (!isSame) yield {key, after};
    }
  }
}
