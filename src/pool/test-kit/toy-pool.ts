import {millis, silentLogger, utf8Bytes, VirtualClock} from "#base";
import {createPortableHashing} from "#crypto";
import {DEFAULT_VALIDITY, type TransactionValidity, type ValidTransaction} from "#primitives";
import {type PoolLimits, TransactionPool, type TransactionStatus} from "../index.ts";

/** A transaction as a test says it: `what` makes its bytes, `needs` and `gives` are its tags. */
export interface Toy {
  readonly what: string;
  readonly needs?: readonly string[];
  readonly gives?: readonly string[];
  readonly priority?: bigint;
  readonly longevity?: bigint;
  /** What the runtime says instead. */
  readonly verdict?: TransactionValidity;
}

const hashing = createPortableHashing();

/** Framed bytes of a toy; its text is at most 63 bytes long. */
export function bytesOf({what}: Toy): Uint8Array {
  const body = utf8Bytes(what);
  return Uint8Array.from([body.length << 2, ...body]);
}

export const hashOf = (toy: Toy): Uint8Array => hashing.blake2b256(bytesOf(toy));

function validityOf(toy: Toy): TransactionValidity {
  if (toy.verdict !== undefined) return toy.verdict;
  const {needs = [], gives = [toy.what], priority = 1n, longevity} = toy;
  const value: ValidTransaction = {
    ...DEFAULT_VALIDITY,
    priority,
    requires: needs.map(utf8Bytes),
    provides: gives.map(utf8Bytes),
    longevity: longevity ?? DEFAULT_VALIDITY.longevity,
  };
  return {ok: true, value};
}

/** A pool whose runtime believes what the toys say of themselves, as of block `at`. */
export class ToyPool {
  readonly clock = new VirtualClock(millis(1_000));
  readonly pool: TransactionPool;
  readonly statuses = new Map<string, TransactionStatus[]>();
  at = 0;
  /** Until that is over other work has its turn. */
  others = Promise.resolve();
  readonly #toys = new Map<string, Toy>();

  constructor(limits: Partial<PoolLimits> = {}) {
    this.pool = new TransactionPool(limits, {
      clock: this.clock,
      logger: silentLogger,
      hash: bytes => hashing.blake2b256(bytes),
      validate: async (_, bytes) => {
        const toy = this.#toys.get(new TextDecoder().decode(bytes.subarray(1)));
        if (toy === undefined) throw new Error("a toy that nobody described");
        return {ok: true, value: {at: this.at, validity: validityOf(toy)}};
      },
      yieldThread: () => this.others,
    });
  }

  /** Submits and watches; what came of it, by code. */
  async submit(toy: Toy): Promise<string> {
    this.#toys.set(toy.what, toy);
    const seen: TransactionStatus[] = [];
    this.statuses.set(toy.what, seen);
    const result = await this.pool.submit("External", bytesOf(toy), status => seen.push(status));
    return result.ok ? "taken" : result.error.code;
  }

  /** The runtime says something else of a toy from now on. */
  change(toy: Toy): void {
    this.#toys.set(toy.what, toy);
  }

  /** What became of a toy so far. */
  seen({what}: Toy): string[] {
    return (this.statuses.get(what) ?? []).map(({kind}) => kind);
  }

  /** Names of what is ready, best first. */
  best(): string[] {
    return [...this.pool.best()].map(({bytes}) => new TextDecoder().decode(bytes.subarray(1)));
  }

  /** A block on the best chain. */
  enact(number: number, toys: readonly Toy[], foreignTags: readonly string[] = []): Uint8Array {
    const hash = blockHash(number);
    const body = toys.map(bytesOf);
    this.pool.blockEnacted({hash, number, body}, () => foreignTags.map(utf8Bytes));
    return hash;
  }
}

export function blockHash(number: number): Uint8Array {
  return new Uint8Array(32).fill(number);
}
