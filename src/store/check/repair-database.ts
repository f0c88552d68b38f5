import {type BinaryString, bytesToBinary, equalBytes} from "#base";
import {
  encodingOf,
  type HashFunction,
  type Place,
  placeSlots,
  placesIn,
  recordOfNode,
  TrieFault,
} from "#trie";
import {decodeBlockRecord, encodeBlockRecord, encodeItems} from "../block-record.ts";
import {BlockStore} from "../block-store.ts";
import {ANY_OWN, NAMES, namesRow, rowOf} from "../checked-rows.ts";
import {INDEX_PROGRESS} from "../flat-index/index.ts";
import {decodeRanges} from "../height-ranges.ts";
import type {KeyValueStore} from "../key-value-store.ts";
import {hashOfKey, keys} from "../keys.ts";
import {STATELESS} from "../pruning.ts";
import {decodePlace, encodePlace, LAST_PLACE, NO_STATE} from "../state-store.ts";
import {decodeProgress, SWEEP_PROGRESS} from "../sweep-progress.ts";
import type {CheckedDatabase} from "./check-database.ts";
import type {Damage} from "./damage.ts";
import {derivedRows} from "./derived-rows.ts";
import {LenientRows} from "./lenient-rows.ts";
import {ALWAYS_THERE} from "./own-values.ts";
import {PlacesByHash} from "./places-by-hash.ts";
import {type RepairSource, SourceGone} from "./repair-source.ts";

const HASH = 32;

/** Values of the node's own that a node is whole without: names of blocks to come back to. */
const DROPPED: ReadonlySet<BinaryString> = new Set([keys.meta("own:dev-snapshots")]);

const INDEX_KEY = keys.meta(INDEX_PROGRESS);

type PartDamage = Extract<Damage, {part: unknown}>;

export interface Repaired {
  readonly mended: readonly Damage[];
  /** Why the source answers nothing more, where it left in the midst of it: what it gave until then is kept. */
  readonly gone: string | undefined;
}

/**
 * Mends what a check found, as one atomic write; gives what was mended. What stood below a part that is mended is not checked yet:
 * check again, until nothing is mended any more. `source`: undefined where nobody can be asked.
 */
export async function repairDatabase(
  store: KeyValueStore,
  hash: HashFunction,
  found: CheckedDatabase,
  source: RepairSource | undefined,
): Promise<Repaired> {
  const repair = new Repair(store, hash, found, source);
  return repair.mend();
}

class Repair {
  readonly #store: KeyValueStore;
  readonly #hash: HashFunction;
  readonly #found: CheckedDatabase;
  #source: RepairSource | undefined;
  #gone: string | undefined;
  readonly #blocks: BlockStore;
  readonly #rows: LenientRows;
  readonly #writes = new Map<BinaryString, Uint8Array | undefined>();
  /** Places that something refers to from now on. */
  readonly #used = new Set<Place>();
  #lastPlace: Place | undefined;
  #isListNew = false;
  #named: Set<BinaryString> | undefined;

  constructor(
    store: KeyValueStore,
    hash: HashFunction,
    found: CheckedDatabase,
    source: RepairSource | undefined,
  ) {
    this.#store = store;
    this.#hash = hash;
    this.#found = found;
    this.#source = source;
    this.#rows = new LenientRows(store, found.own.values);
    this.#blocks = new BlockStore(this.#rows);
  }

  async mend(): Promise<Repaired> {
    const mended: Damage[] = [];
    for (const [key, value] of this.#found.own.values) this.#put(key, value);
    const lost = new PlacesByHash(
      this.#store,
      this.#hash,
      this.#found.damages.flatMap(damage => ("part" in damage ? [damage.part.hash] : [])),
    );
    const derived = derivedRows(this.#store, this.#rows, this.#found.damages);
    for (const damage of this.#found.damages) {
      const isMended = await this.#unlessGone(async () =>
        "part" in damage
          ? this.#led(damage, lost) || (await this.#fetched(damage))
          : this.#row(damage, derived),
      );
      if (isMended) mended.push(damage);
    }
    if ([...this.#writes.keys()].some(key => key[0] === NAMES[0])) this.#names();
    await this.#store.write([...this.#writes]);
    return {mended, gone: this.#gone};
  }

  /** What is mended for one damage stands by itself: a source that leaves takes nothing with it. */
  async #unlessGone(mend: () => Promise<boolean>): Promise<boolean> {
    try {
      return await mend();
    } catch (error) {
      if (!(error instanceof SourceGone)) throw error;
      this.#source = undefined;
      this.#gone = error.message;
      return false;
    }
  }

  async #row(
    damage: Exclude<Damage, PartDamage>,
    derived: ReadonlyMap<BinaryString, Uint8Array | undefined>,
  ): Promise<boolean> {
    if (damage.code === "block-wrong") return this.#block(damage.hash);
    const {key} = damage;
    if (this.#found.own.values.has(key)) return true;
    if (derived.has(key)) return this.#put(key, derived.get(key));
    if ("bej".includes(key[0]!) && !this.#isNamed(hashOfKey(key))) return this.#put(key, undefined);
    switch (key[0]) {
      case "b":
        return this.#block(hashOfKey(key));
      case "e":
        return this.#body(hashOfKey(key));
      case "j":
        return this.#withoutProof(hashOfKey(key));
      case "n":
        return this.#put(key, undefined);
      case "f":
      case "g":
        return this.#dropIndex();
      default:
        if (key === INDEX_KEY) return this.#dropIndex();
        if (key === NAMES) return this.#listAnew();
        return DROPPED.has(key) ? this.#put(key, undefined) : false;
    }
  }

  /**
   * Whether a block is at some height, or another one's parent: where it is not, its key is what was damaged, and the block is
   * missed under its own.
   */
  #isNamed(hash: Uint8Array): boolean {
    if (this.#named === undefined) {
      this.#named = new Set();
      const add = (bytes: Uint8Array) => this.#named!.add(bytesToBinary(bytes));
      for (const [key] of this.#store.range({from: "b", to: "c"})) {
        const bytes = this.#rows.get(key);
        if (bytes === undefined) continue;
        add(hashOfKey(key));
        add(decodeBlockRecord(hashOfKey(key), bytes).parentHash);
      }
      for (const [key] of this.#store.range({from: "h", to: "i"})) {
        const hashes = this.#rows.get(key) ?? new Uint8Array(0);
        for (let at = 0; at < hashes.length; at += HASH) add(hashes.subarray(at, at + HASH));
      }
      for (const name of ["best", "finalized", "genesis"]) {
        const named = this.#rows.get(keys.meta(name));
        if (named !== undefined) add(named);
      }
    }
    return this.#named.has(bytesToBinary(hash));
  }

  async #block(hash: Uint8Array): Promise<boolean> {
    const block = await this.#source?.block(hash);
    if (block === undefined || !equalBytes(this.#hash(block.header), hash)) return false;
    const {number, parentHash, stateRoot, header} = block;
    const roots = new PlacesByHash(this.#store, this.#hash, [stateRoot]).of(stateRoot);
    const hasProof = this.#rows.get(keys.justifications(hash)) !== undefined;
    const found = roots.find(place => !this.#isUsed(place));
    const statePlace = found ?? (this.#hadState(number) ? this.#nextPlace() : NO_STATE);
    const record = {hash, number, parentHash, stateRoot, statePlace, hasProof, header};
    return this.#put(keys.block(hash), encodeBlockRecord(record));
  }

  async #body(hash: Uint8Array): Promise<boolean> {
    const block = await this.#source?.block(hash);
    return block !== undefined && this.#put(keys.body(hash), encodeItems(block.body));
  }

  /** It is not needed to go on, and who needs it gets it from others. */
  #withoutProof(hash: Uint8Array): boolean {
    const record = this.#blocks.record(hash);
    if (record === undefined) return false;
    this.#put(keys.justifications(hash), undefined);
    return this.#put(keys.block(hash), encodeBlockRecord({...record, hasProof: false}));
  }

  /** A running node makes it anew, in the background. */
  #dropIndex(): boolean {
    if (this.#writes.has(INDEX_KEY)) return true;
    for (const [key] of this.#store.range({from: keys.rows(0), to: "h"})) {
      this.#writes.set(key, undefined);
    }
    this.#writes.set(INDEX_KEY, undefined);
    return true;
  }

  /**
   * Once a chain's own values are known again. What else was listed may be gone with the list, a voter's memory of its votes among
   * that: nobody can say it was not there, so from now on any that is not there counts as lost.
   */
  #listAnew(): boolean {
    if (ALWAYS_THERE.some(key => this.#rows.get(key) === undefined)) return false;
    if (this.#rows.get(INDEX_KEY) === undefined) this.#dropIndex();
    this.#isListNew = true;
    return true;
  }

  /** Those that were there before, without what goes now: one that got lost stays on the list, and is missed. */
  #names(): void {
    const listed = this.#isListNew ? this.#present() : this.#rows.listedNames();
    if (listed === undefined) return;
    const added = [...this.#writes].flatMap(([key, value]) =>
      key[0] === NAMES[0] && key !== NAMES && value !== undefined ? [key] : [],
    );
    const names = new Set([...listed, ...added].filter(name => !this.#isRemoved(name)));
    const [key, row] = namesRow([...names]);
    this.#writes.set(key, row);
  }

  #present(): BinaryString[] {
    const there = [...this.#store.range({from: keys.meta(""), to: "n"})].map(([key]) => key);
    return [...there.filter(key => key !== NAMES), ANY_OWN];
  }

  /** It is whole, and what refers to it leads elsewhere. */
  #led({part, block}: PartDamage, lost: PlacesByHash): boolean {
    const place = lost.of(part.hash).find(one => !this.#isUsed(one));
    if (place === undefined) return false;
    this.#used.add(place);
    if (part.parent === NO_STATE) {
      const record = this.#blocks.record(block.hash);
      if (record === undefined) return false;
      return this.#put(keys.block(block.hash), encodeBlockRecord({...record, statePlace: place}));
    }
    const key = keys.node(part.parent);
    const parent = this.#writes.get(key) ?? this.#store.get(key);
    if (parent === undefined) return false;
    const places = placesIn(parent);
    const at = places.indexOf(part.place);
    if (at < 0) return false;
    places[at] = place;
    this.#writes.set(key, recordOfNode(encodingOf(parent), places));
    return true;
  }

  async #fetched({part, block}: PartDamage): Promise<boolean> {
    const {kind, hash, path, place} = part;
    const proof = await this.#source?.proof(block.hash, keyAt(part), part.childKey);
    const bytes = proof?.find(item => equalBytes(this.#hash(item), hash));
    if (bytes === undefined) return false;
    if (kind === "value") {
      const key = place === NO_STATE ? keys.valueByHash(path, hash) : keys.value(place);
      this.#writes.set(key, bytes);
      return true;
    }
    const places = this.#placesOf(bytes, part);
    if (places === undefined) return false;
    this.#writes.set(keys.node(place), recordOfNode(bytes, places));
    return true;
  }

  /** Of what stands below a node that came back: as its record still says, or wherever it is. */
  #placesOf(encoding: Uint8Array, {path, nibbles, place}: PartDamage["part"]): Place[] | undefined {
    let slots: ReturnType<typeof placeSlots>;
    try {
      slots = placeSlots(encoding, path, nibbles);
    } catch (error) {
      if (error instanceof TrieFault) return undefined;
      throw error;
    }
    const noted = placesIn(this.#store.get(keys.node(place)) ?? new Uint8Array(1));
    const isNoted = slots.map(({kind, hash}, i) => {
      const at = noted[i];
      if (at === undefined) return false;
      const stored = this.#store.get(kind === "node" ? keys.node(at) : keys.value(at));
      if (stored === undefined) return false;
      return equalBytes(this.#hash(kind === "node" ? encodingOf(stored) : stored), hash);
    });
    const wanted = slots.filter((_, i) => !isNoted[i]).map(({hash}) => hash);
    const stored = new PlacesByHash(this.#store, this.#hash, wanted);
    return slots.map(({hash}, i) => {
      if (isNoted[i]) return noted[i]!;
      // What stands below a node was stored before it, or was there already; of several the last, which the states around it have.
      const known = stored.of(hash).find(one => one < place);
      // One that is nowhere is fetched in its turn.
      return known ?? this.#nextPlace();
    });
  }

  /** By what is kept, and what came without states. */
  #hadState(number: number): boolean {
    const {floor} = decodeProgress(this.#rows.get(keys.meta(SWEEP_PROGRESS)));
    const stateless = decodeRanges(this.#rows.get(keys.meta(STATELESS)) ?? new Uint8Array(0));
    return number >= floor && !stateless.some(({from, to}) => number >= from && number <= to);
  }

  #nextPlace(): Place {
    const key = keys.meta(LAST_PLACE);
    this.#lastPlace ??= decodePlace(this.#rows.get(key));
    this.#put(key, encodePlace(++this.#lastPlace));
    return this.#lastPlace;
  }

  #isUsed(place: Place): boolean {
    return this.#found.places.has(place) || this.#used.has(place);
  }

  #isRemoved(key: BinaryString): boolean {
    return this.#writes.has(key) && this.#writes.get(key) === undefined;
  }

  #put(key: BinaryString, value: Uint8Array | undefined): boolean {
    this.#writes.set(key, value === undefined ? undefined : rowOf(key, value));
    return true;
  }
}

/** Some key on the way to which a part stands; it need not be there. */
function keyAt({kind, path, nibbles}: PartDamage["part"]): BinaryString {
  return kind === "value" ? path : path.slice(0, Math.ceil(nibbles / 2));
}
