/**
 * How long an own block may go on taking transactions. What comes after the last one (root, judge, seal, disk) and the others'
 * executing it have to be over when the slot is, or the next author has nothing to build on; how long they take is the machine's
 * and the runtime's affair, and is learnt from the last blocks.
 *
 * All times are spans in milliseconds of a steady clock.
 */

/** Blocks remembered, own and others' each: two rounds of a set of eight. */
const REMEMBERED = 16;
/** From this share of the slot on building tells how what follows it grows with it; below it, what follows at least. */
const SUBSTANTIAL = 1 / 20;
/** Transactions in a block from which on their number decides how long it takes to execute. */
const MANY = 50;
/**
 * The longest share of what is left of the slot in which transactions are begun, however quick the rest is: what the others need is
 * known of ours only. Upstream's collators take the same (`SlotProportion::new(2f32 / 3f32)`).
 */
const MOST = 2 / 3;
/** Share in which they are begun whatever was learnt: a disk that is slow for a while must not make empty blocks of full ones. */
const LEAST = 1 / 8;
/** What follows building, in proportion to it, until something is known: it makes the share of `MOST`, and a third where a judge executes all of it again. */
const UNKNOWN = {kept: 1 / MOST - 1, judged: 2} as const;
/** A slot is begun as long as so much of it is left: less is gone before anybody has the block. */
const LAST_SHARE = 1 / 6;
/** Whatever was learnt, a slot is begun with so much of it left: who waited for another block has half of it. */
const MOST_NEEDED = 1 / 3;

interface OwnBlock {
  readonly slot: number;
  readonly building: number;
  readonly finishing: number;
}

interface TakenBlock {
  readonly transactions: number;
  readonly took: number;
}

/** What is known of an own block before it is begun. */
export interface BlockToBuild {
  /** Of a slot. */
  readonly slot: number;
  /** From the slot's beginning to that of building. */
  readonly late: number;
  /** Nobody else authors: no one has to have executed the block when the slot ends. */
  readonly isAlone: boolean;
}

export interface BuildingPlan {
  /** So late a beginning leaves no time for a block, were it an empty one. */
  readonly isTooLate: boolean;
  /** Whether another transaction may be begun after so long, with so many begun before. */
  hasTime(building: number, transactions: number): boolean;
}

export class BuildingTime {
  readonly #unknown: number;
  readonly #own: OwnBlock[] = [];
  readonly #taken: TakenBlock[] = [];

  /** `isJudged`: own blocks are executed once more before they are kept. */
  constructor({isJudged}: {readonly isJudged: boolean}) {
    this.#unknown = isJudged ? UNKNOWN.judged : UNKNOWN.kept;
  }

  /** An own block was made: so long until its last transaction was begun, so long from there until it was on disk and announced. */
  made(block: OwnBlock): void {
    remember(this.#own, block);
  }

  /** A block of somebody else was checked, executed and kept in so long. */
  imported(transactions: number, took: number): void {
    remember(this.#taken, {transactions, took});
  }

  plan({slot, late, isAlone}: BlockToBuild): BuildingPlan {
    const left = slot - late;
    const {least, grows} = this.#finishing();
    const {empty, each} = isAlone ? {empty: 0, each: 0} : this.#executing();
    return {
      isTooLate: left < Math.max(slot * LAST_SHARE, Math.min(least + empty, slot * MOST_NEEDED)),
      hasTime(building, transactions) {
        if (building < left * LEAST) return true;
        if (building >= left * MOST) return false;
        const finishing = Math.max(least, building * grows);
        return building + finishing + Math.max(empty, each * transactions) < left;
      },
    };
  }

  /** What follows building: so long at least, and so long in proportion to it. */
  #finishing(): {readonly least: number; readonly grows: number} {
    const isLong = (one: OwnBlock) => one.building >= one.slot * SUBSTANTIAL;
    const long = this.#own.filter(isLong).map(one => one.finishing / one.building);
    const short = this.#own.filter(one => !isLong(one)).map(({finishing}) => finishing);
    return {least: secondHighest(short) ?? 0, grows: secondHighest(long) ?? this.#unknown};
  }

  /** What the others need: for an empty block, and for each transaction of one of many. */
  #executing(): {readonly empty: number; readonly each: number} {
    const isLong = (one: TakenBlock) => one.transactions >= MANY;
    const long = this.#taken.filter(isLong).map(one => one.took / one.transactions);
    const short = this.#taken.filter(one => !isLong(one)).map(({took}) => took);
    return {empty: secondHighest(short) ?? 0, each: median(long) ?? 0};
  }
}

function remember<T>(list: T[], one: T): void {
  list.push(one);
  if (list.length > REMEMBERED) list.shift();
}

/** Blocks of few transactions that each take long say little of others: half of what comes would have to be such. */
const median = (values: readonly number[]): number | undefined =>
  values.toSorted((a, b) => a - b)[values.length >> 1];

/** One stall is an accident, two are how it is here. Of a single one, that. */
function secondHighest(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => b - a);
  return sorted[1] ?? sorted[0];
}
