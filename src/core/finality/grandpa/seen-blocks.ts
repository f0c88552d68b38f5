import {bytesToBinary, LruCache} from "#base";
import {announcedChange} from "#consensus";
import type {Hash, Header} from "#primitives";
import type {Blockchain} from "../../chain/blockchain.ts";
import type {BlockRef} from "../../chain/chain-events.ts";

/** Ways back and forth over a few blocks, as a suite of tests takes them: more, and the oldest are looked at again. */
const SILENT_REMEMBERED = 16_384;

/** A block as voters are told of it. */
export interface SeenBlock {
  readonly block: BlockRef;
  readonly header: Header;
}

/** What voters see of the chain's blocks. */
export class SeenBlocks {
  readonly #chain: Pick<Blockchain, "header" | "unfinalized">;
  readonly #isFixed: boolean;
  /** Blocks that announce nothing, of those that were not final when a voter began. */
  readonly #silent = new LruCache<string, true>(SILENT_REMEMBERED);

  /** `isFixed`: a committee outside of the runtime, which is not changed by what a block announces. */
  constructor(chain: Pick<Blockchain, "header" | "unfinalized">, isFixed: boolean) {
    this.#chain = chain;
    this.#isFixed = isFixed;
  }

  header(hash: Hash): Header {
    const header = this.#chain.header(hash)!;
    return this.#isFixed ? {...header, digest: []} : header;
  }

  /**
   * Of the blocks that are not final those that a voter has to hear of before it begins, lowest first: nothing waits there for a
   * block yet, so that it is those that announce other voters, and all where these come by force, at a block that says nothing
   * itself. Who goes back to one block again and again leaves a fork behind each time: looking at each would be most of the way.
   */
  *beforeBeginning(isForced: () => boolean): Generator<SeenBlock> {
    for (const hash of this.#chain.unfinalized()) {
      const key = bytesToBinary(hash);
      if (this.#silent.has(key) && !isForced()) continue;
      const header = this.header(hash);
      if (announcedChange(header) === undefined) this.#silent.set(key, true);
      yield {block: {hash, number: header.number}, header};
    }
  }
}
