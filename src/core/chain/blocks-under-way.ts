import {bytesToBinary, equalBytes, type Result, type Slot} from "#base";
import {slotOf} from "#consensus";
import type {Hash, Header} from "#primitives";
import type {Blockchain, Head} from "./blockchain.ts";

/** Blocks remembered that nobody has yet: a few forks of a few authors. Of a flood, the last ones. */
const MOST = 64;

/** A block that was executed and is not in the chain yet: its signatures are being checked, or its runtime got ready. */
export interface ExecutedHead {
  readonly head: Head;
  /** Its transactions, encoded. */
  readonly body: readonly Uint8Array[];
  /** Resolves when it is part of the chain, or will not be: whether it is. Never rejects. */
  readonly isKept: Promise<boolean>;
}

interface UnderWay {
  readonly hash: Hash;
  readonly header: Header;
  /** Its seal was found good: it is by whose turn it was. */
  isSealed: boolean;
  executed?: ExecutedHead;
}

export interface BlocksUnderWayDependencies {
  readonly chain: Pick<Blockchain, "head" | "headerBytes">;
  /** Whether a header on a block that we have is one of Aura's; undefined where that cannot be said now. */
  readonly checkSeal: (header: Header) => Result<void, unknown> | undefined;
}

/**
 * Blocks that are on their way into the chain: sealed by whose turn it was and announced, being fetched, waiting, being executed. Whoever
 * is to author next builds on them rather than beside them.
 */
export class BlocksUnderWay {
  readonly #deps: BlocksUnderWayDependencies;
  readonly #blocks = new Map<string, UnderWay>();
  #waiting: (() => void)[] = [];

  constructor(dependencies: BlocksUnderWayDependencies) {
    this.#deps = dependencies;
  }

  /** One was announced, or has come and is to be imported. Its seal is looked at when somebody would wait for it. */
  add(hash: Hash, header: Header): void {
    const {head} = this.#deps.chain;
    const key = bytesToBinary(hash);
    if (this.#blocks.has(key) || header.number <= head.number) return;
    this.#blocks.set(key, {hash, header, isSealed: false});
    if (this.#blocks.size <= MOST) return;
    for (const oldest of this.#blocks.keys()) {
      this.#blocks.delete(oldest);
      break;
    }
  }

  /** One can be built on before it is in the chain. */
  executed(block: ExecutedHead): void {
    const {hash, header} = block.head;
    this.add(hash, header);
    const known = this.#blocks.get(bytesToBinary(hash));
    if (known !== undefined) known.executed = block;
    this.#wake();
  }

  /** It is in the chain, or will not be. */
  ended(hash: Hash): void {
    if (this.#blocks.delete(bytesToBinary(hash))) this.#wake();
  }

  /** Forgets what was announced and did not come while somebody waited for it. */
  giveUp(slot: Slot): void {
    for (const [key, block] of this.#blocks) {
      if (block.executed === undefined && isBefore(block, slot)) this.#blocks.delete(key);
    }
  }

  /** The one to author on that will be the best block, where it has been executed. */
  get next(): ExecutedHead | undefined {
    for (const {executed} of this.#blocks.values()) {
      if (executed !== undefined && this.#isNext(executed.head.header)) return executed;
    }
    return undefined;
  }

  /** Whether one is to come, and cannot be built on yet, that would be the best block and is of a slot before this one. */
  isAwaited(slot: Slot): boolean {
    if (this.next !== undefined) return false;
    const {chain} = this.#deps;
    for (const [key, block] of this.#blocks) {
      const {header, hash} = block;
      if (header.number <= chain.head.number || chain.headerBytes(hash) !== undefined) {
        this.#blocks.delete(key);
      } else if (this.#isNext(header) && isBefore(block, slot) && this.#isSealed(key, block)) {
        return true;
      }
    }
    return false;
  }

  /** Resolves with the next change. */
  changed(): Promise<void> {
    return new Promise(resolve => this.#waiting.push(resolve));
  }

  #isNext({number, parentHash}: Header): boolean {
    const {head} = this.#deps.chain;
    return number === head.number + 1 && equalBytes(parentHash, head.hash);
  }

  #isSealed(key: string, block: UnderWay): boolean {
    if (block.isSealed) return true;
    const checked = this.#deps.checkSeal(block.header);
    if (checked?.ok === false) this.#blocks.delete(key);
    block.isSealed = checked?.ok === true;
    return block.isSealed;
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

function isBefore({header}: UnderWay, slot: Slot): boolean {
  const own = slotOf(header.digest);
  return own !== undefined && own < slot;
}
