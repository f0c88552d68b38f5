import type {BinaryString} from "#base";
import type {Tag} from "./pool-transaction.ts";

interface RecentBlock {
  readonly ids: ReadonlySet<BinaryString>;
  readonly tags: ReadonlySet<Tag>;
}

/** Of the last blocks of the best chain: what they hold, and what that provides. */
export class RecentBlocks {
  readonly #most: number;
  /** Newest first. */
  #blocks: readonly RecentBlock[] = [];
  #enacted = 0;

  /** `most`: blocks that are remembered. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Blocks that joined the best chain since the start. */
  get enacted(): number {
    return this.#enacted;
  }

  add(block: RecentBlock): void {
    this.#enacted++;
    this.#blocks = [block, ...this.#blocks].slice(0, this.#most);
  }

  provides(tag: Tag): boolean {
    return this.#blocks.some(({tags}) => tags.has(tag));
  }

  /** Whether one of those holds it that joined after so many had. */
  tookSince(enacted: number, id: BinaryString): boolean {
    return this.#blocks.slice(0, this.#enacted - enacted).some(({ids}) => ids.has(id));
  }

  /** The best chain is another one. */
  forget(): void {
    this.#blocks = [];
  }
}
