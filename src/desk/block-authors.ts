import {bytesToBinary, equalBytes, LruCache, type Slot} from "#base";
import {authorIndex, slotOf} from "#consensus";
import type {Blockchain} from "#core";
import type {AccountId, Hash} from "#primitives";
import type {ChainFacts} from "./chain-facts.ts";

/** Blocks remembered: the most that rewards look back on at once, and as many again of new ones. */
const REMEMBERED = 20_000;

export interface AuthoredBlock {
  readonly parentHash: Hash;
  readonly slot: Slot;
  readonly author: AccountId;
}

export interface BlockAuthorsDependencies {
  readonly chain: Pick<Blockchain, "best" | "hashOf" | "header" | "state">;
  readonly facts: Pick<ChainFacts, "authors">;
}

/** Who made which block: a question to the runtime each, asked once. */
export class BlockAuthors {
  readonly #deps: BlockAuthorsDependencies;
  readonly #blocks = new LruCache<string, AuthoredBlock>(REMEMBERED);

  constructor(dependencies: BlockAuthorsDependencies) {
    this.#deps = dependencies;
  }

  /** Undefined where the state that the block was built on is not kept, or does not say whose turn it was. */
  of(hash: Hash): AuthoredBlock | undefined {
    const key = bytesToBinary(hash);
    const known = this.#blocks.get(key);
    if (known !== undefined) return known;
    const {chain, facts} = this.#deps;
    const header = chain.header(hash);
    if (header === undefined || chain.state(header.parentHash) === undefined) return undefined;
    const {parentHash, digest} = header;
    const slot = slotOf(digest);
    const authors = slot === undefined ? undefined : facts.authors(parentHash);
    if (slot === undefined || authors === undefined) return undefined;
    const author = authors[authorIndex(slot, authors.length) ?? -1];
    if (author === undefined) return undefined;
    const block = {parentHash, slot, author};
    this.#blocks.set(key, block);
    return block;
  }

  /**
   * The last block that an account authored, 0 before there is one, from what the runtime says: there a new candidate
   * counts as having authored when it first could be kicked, which is a block of the future, and one of somebody else's
   * once it has come. Where nobody knows any more whose block it was the runtime is believed.
   */
  lastOf(account: AccountId, claimed: number | undefined): number | undefined {
    const {chain} = this.#deps;
    if (claimed === undefined) return undefined;
    if (claimed === 0 || claimed > chain.best().number) return 0;
    const hash = chain.hashOf(claimed);
    const block = hash === undefined ? undefined : this.of(hash);
    return block === undefined || equalBytes(block.author, account) ? claimed : 0;
  }
}
