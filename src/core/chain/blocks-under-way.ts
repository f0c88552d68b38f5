import {bytesToBinary, equalBytes, type Result, type Slot} from "#base";
import {slotOf} from "#consensus";
import type {Hash, Header} from "#primitives";
import type {Blockchain, Head} from "./blockchain.ts";

/** Announced blocks remembered that are not here yet: a few forks of a few authors. */
const MOST_ANNOUNCED = 64;

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
  /** It waits to be imported: as many as there is room for in that queue. */
  isHere: boolean;
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

  /** One was announced whose seal was found good: nobody but authors can make any. */
  announced(hash: Hash, header: Header): void {
    this.#add(hash, header, {isSealed: true, isHere: false});
    const away = [...this.#blocks].filter(([, {isHere}]) => !isHere);
    if (away.length > MOST_ANNOUNCED) this.#blocks.delete(away[0]![0]);
  }

  /** One has come and waits to be imported, until `ended` is called. Its seal is looked at when somebody would wait for it. */
  came(hash: Hash, header: Header): void {
    this.#add(hash, header, {isSealed: false, isHere: true});
  }

  #add(hash: Hash, header: Header, how: Pick<UnderWay, "isSealed" | "isHere">): void {
    if (header.number <= this.#deps.chain.head.number) return;
    const known = this.#blocks.get(bytesToBinary(hash));
    if (known === undefined) this.#blocks.set(bytesToBinary(hash), {hash, header, ...how});
    else known.isHere ||= how.isHere;
  }

  /** One can be built on before it is in the chain. */
  executed(block: ExecutedHead): void {
    const {hash, header} = block.head;
    this.#add(hash, header, {isSealed: true, isHere: true});
    const known = this.#blocks.get(bytesToBinary(hash));
    if (known !== undefined) known.executed = block;
    this.#wake();
  }

  /** It is in the chain, or will not be. */
  ended(hash: Hash): void {
    this.#blocks.delete(bytesToBinary(hash));
    this.#wake();
  }

  /** Forgets what was announced and did not come while somebody waited for it. */
  giveUp(slot: Slot): void {
    for (const [key, block] of this.#blocks) {
      if (!block.isHere && isBefore(block, slot)) this.#blocks.delete(key);
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
