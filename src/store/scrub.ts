import {type BinaryString, binaryToHex, bytesToBinary, bytesToHex, hexToBytes} from "#base";
import {type Place, TrieFault} from "#trie";
import {type BlockRecord, encodeItems} from "./block-record.ts";
import {CheckedRows} from "./checked-rows.ts";
import {StoreFault} from "./failures.ts";
import type {KeyValueStore} from "./key-value-store.ts";
import {describeKey, hashOfKey, keys} from "./keys.ts";
import type {Pruning} from "./pruning.ts";
import type {StateRef, StateStore} from "./state-store.ts";

/** Parts mended in one go: a way down a trie is no longer than a key. */
const MOST_MENDED = 64;

/** Times that the same place is mended: what is damaged again and again is another thing's, or on a disk that cannot be mended. */
const MOST_TIMES = 2;

/** What somebody else who has the chain may have. */
export type Lost =
  /** Something on the way to `key` in the state after a block. */
  | {
      readonly kind: "part";
      readonly block: Uint8Array;
      readonly number: number;
      readonly state: StateRef;
      readonly key: BinaryString;
    }
  | {readonly kind: "body"; readonly block: Uint8Array};

export interface ScrubDamage {
  /** For people to read. */
  readonly words: string;
  /** Undefined where only a check of the whole database can mend it. */
  readonly lost: Lost | undefined;
}

export interface ScrubStep {
  readonly damages: readonly ScrubDamage[];
  /** Whether with it all was looked at that is looked at. */
  readonly isRoundOver: boolean;
}

/**
 * Looks at what is stored though nobody asks for it, a little at a time and round after round: all rows with checksums, then all
 * entries of the newest final state with the nodes on the way to them. States of before are left to `checkDatabase`: to hold on to
 * one for as long as a round takes would keep it from being pruned. Puts back what others give.
 */
export class Scrub {
  readonly #store: KeyValueStore;
  readonly #states: StateStore;
  readonly #pruning: Pick<Pruning, "hasState">;
  readonly #newest: () => BlockRecord;
  #row: BinaryString | undefined = "";
  #key: BinaryString = "";
  /** How often each place was mended. */
  readonly #mended = new Map<Place, number>();
  /** The path of the last node that could not be read. */
  #unread: BinaryString | undefined;

  /** `newest`: the last final block. */
  constructor(
    store: KeyValueStore,
    states: StateStore,
    pruning: Pick<Pruning, "hasState">,
    newest: () => BlockRecord,
  ) {
    this.#store = store;
    this.#states = states;
    this.#pruning = pruning;
    this.#newest = newest;
  }

  /** Looks at so many rows, or entries of the state. */
  step(most: number): ScrubStep {
    return this.#row === undefined ? this.#entries(most) : this.#rows(this.#row, most);
  }

  #rows(from: BinaryString, most: number): ScrubStep {
    const store = this.#store;
    if (!(store instanceof CheckedRows)) {
      this.#row = undefined;
      return {damages: [], isRoundOver: false};
    }
    const {damaged, next} = store.look(from, most);
    this.#row = next;
    this.#key = "";
    const damages = damaged.map(
      (key): ScrubDamage => ({
        words: `${describeKey(key)} does not fit its checksum`,
        lost: key[0] === "e" ? {kind: "body", block: hashOfKey(key)} : undefined,
      }),
    );
    return {damages, isRoundOver: false};
  }

  #entries(most: number): ScrubStep {
    const damages: ScrubDamage[] = [];
    const {number, stateRoot: root, statePlace: place} = this.#newest();
    if (!this.#pruning.hasState({number, statePlace: place})) return this.#over(damages);
    // Nothing of it is in memory: what is looked at is what is on the disk.
    const state = this.#states.unread({root, place});
    for (let i = 0; i < most; i++) {
      try {
        const key = state.nextKey(this.#key);
        if (key === undefined) return this.#over(damages);
        this.#key = key;
        state.get(key);
      } catch (error) {
        if (!(error instanceof TrieFault)) throw error;
        const path = bytesToBinary(hexToBytes(error.path)!);
        if (path !== this.#unread) damages.push(this.damageAt(path) ?? unknownDamage(error));
        const past = this.#keyBehind(path);
        if (past === undefined) return this.#over(damages);
        this.#key = past;
      }
    }
    return {damages, isRoundOver: false};
  }

  /** Where to go on behind all keys below a node that cannot be read; undefined where nothing can be behind them. */
  #keyBehind(path: BinaryString): BinaryString | undefined {
    // A path of an odd number of nibbles looks like a longer one, until it is come upon again.
    const isAgain = path === this.#unread;
    this.#unread = path;
    return successor(path, isAgain ? 16 : 1);
  }

  /** What is damaged on the way to a key in the newest final state; undefined where nothing is. */
  damageAt(key: BinaryString): ScrubDamage | undefined {
    const {hash, number, stateRoot: root, statePlace: place} = this.#newest();
    if (!this.#pruning.hasState({number, statePlace: place})) return undefined;
    const part = this.#states.damagedOnWay({root, place}, key);
    if (part === undefined) return undefined;
    // Without the block, since the next one most likely has it as well.
    const words = `${part.kind} ${bytesToHex(part.hash)} at ${binaryToHex(part.path)}, place ${part.place}, of the newest final states ${FOUND[part.found]}`;
    return {words, lost: {kind: "part", block: hash, number, state: {root, place}, key}};
  }

  #over(damages: readonly ScrubDamage[]): ScrubStep {
    this.#row = "";
    this.#key = "";
    this.#unread = undefined;
    return {damages, isRoundOver: true};
  }

  /**
   * Puts parts of a state back, of a proof that somebody gave: each is taken by its hash alone. False where not all on the way to the
   * key is whole then. What stands below it is looked at next.
   */
  async mendPart(
    {number, state, key}: Extract<Lost, {kind: "part"}>,
    proof: readonly Uint8Array[],
  ): Promise<boolean> {
    for (let mended = 0; mended <= MOST_MENDED; mended++) {
      const part = this.#states.damagedOnWay(state, key);
      if (part === undefined) {
        this.#row = undefined;
        this.#key = key;
        this.#unread = undefined;
        return true;
      }
      const times = this.#mended.get(part.place) ?? 0;
      // What was pruned while somebody was asked is not to come back.
      const isKept = this.#pruning.hasState({number, statePlace: state.place});
      if (!isKept || times === MOST_TIMES) return false;
      const write = firstOf(proof, bytes => this.#states.mended(part, bytes));
      if (write === undefined) return false;
      this.#mended.set(part.place, times + 1);
      await this.#store.write([write]);
    }
    return false;
  }

  /** Puts the body of a block back, if it is still there and damaged. That it is that block's is the caller's to know. */
  async mendBody(block: Uint8Array, body: readonly Uint8Array[]): Promise<void> {
    const key = keys.body(block);
    if (this.#isDamaged(key)) await this.#store.write([[key, encodeItems(body)]]);
  }

  #isDamaged(key: BinaryString): boolean {
    try {
      this.#store.get(key);
      return false;
    } catch (error) {
      if (error instanceof StoreFault) return true;
      throw error;
    }
  }
}

const FOUND = {missing: "is missing", damaged: "does not fit its hash", whole: "is whole"};

/** Of what has the hash that it should have, and is no node. */
const unknownDamage = (error: TrieFault): ScrubDamage => ({words: error.message, lost: undefined});

/** The lowest key above all that begin with these bytes, whose last one counts in such steps. */
function successor(path: BinaryString, step: number): BinaryString | undefined {
  for (let length = path.length; length > 0; length--) {
    const last = path.charCodeAt(length - 1) + (length === path.length ? step : 1);
    if (last <= 255) return path.slice(0, length - 1) + String.fromCharCode(last);
  }
  return undefined;
}

function firstOf<T, U>(items: readonly T[], find: (item: T) => U | undefined): U | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
