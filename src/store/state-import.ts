import {type BinaryString, equalBytes, ok, type Result} from "#base";
import type {TrieState} from "#state";
import {
  decodeStateMemory,
  encodeStateMemory,
  type HashFunction,
  type Place,
  StateBuilder,
  type StateEdge,
  type StateRow,
  type StateRowsFailure,
} from "#trie";
import {decodeItems, encodeItems} from "./block-record.ts";
import type {KeyValueStore, Write} from "./key-value-store.ts";
import {keys} from "./keys.ts";
import type {StateRef, StateStore} from "./state-store.ts";

/** Name of the value that says which state is on its way in, and how far it came. */
export const STATE_IMPORT = "state-import";

/** What is on disk of a state that is not whole yet. */
export interface UnfinishedImport {
  /** By which whoever brings it knows it again. */
  readonly id: Uint8Array;
  /** Pieces that are in. */
  readonly pieces: number;
  /** Places of its nodes and values, both ends inclusive; none where `to` is lower. */
  readonly from: Place;
  readonly to: Place;
  readonly memory: Uint8Array;
}

/** Entries removed in one write. */
const REMOVED_AT_ONCE = 20_000;

/**
 * A state that comes in pieces and may be larger than memory: its nodes are written as they are finished, each piece in one atomic
 * step with how far it came. No block refers to them before the last; what of them nobody wants is removed by their places.
 */
export class StateImport {
  readonly #store: KeyValueStore;
  readonly #states: StateStore;
  readonly #id: Uint8Array;
  readonly #root: Uint8Array;
  readonly #from: Place;
  readonly #builder: StateBuilder;
  #pieces: number;
  #writes: Write[] = [];

  constructor(
    {store, states, hash}: {store: KeyValueStore; states: StateStore; hash: HashFunction},
    {id, root}: {id: Uint8Array; root: Uint8Array},
    known: UnfinishedImport | undefined,
  ) {
    this.#store = store;
    this.#states = states;
    this.#id = id;
    this.#root = root;
    this.#from = known?.from ?? states.lastPlace + 1;
    this.#pieces = known?.pieces ?? 0;
    const sink = {
      next: () => states.takePlace(),
      node: (place: Place, record: Uint8Array) =>
        void this.#writes.push([keys.node(place), record]),
      value: (place: Place, bytes: Uint8Array) =>
        void this.#writes.push([keys.value(place), bytes]),
    };
    const memory = known === undefined ? undefined : decodeStateMemory(known.memory);
    this.#builder = new StateBuilder(hash, root, sink, memory);
  }

  /** Pieces that are on disk: the next one to bring. */
  get pieces(): number {
    return this.#pieces;
  }

  /** Takes the next piece; on a failure this import is over, and what was written before stays as it was. */
  async add(rows: Iterable<StateRow>, edge: StateEdge): Promise<Result<void, StateRowsFailure>> {
    for (const row of rows) {
      const added = this.#builder.add(row);
      if (!added.ok) return added;
    }
    const checked = this.#builder.check(edge);
    if (!checked.ok) return checked;
    this.#pieces++;
    await this.#write();
    return ok();
  }

  /** After the last piece: where the state is, and the state. It belongs to nobody until a block is kept with it (`leapTo`). */
  async finish(): Promise<Result<{ref: StateRef; state: TrieState}, StateRowsFailure>> {
    const place = this.#builder.finish();
    if (!place.ok) return place;
    // A state of nothing has no node, and is a state all the same.
    const kept = place.value === 0 ? this.#states.takePlace() : place.value;
    // Not a piece: after a crash the last one is brought again.
    await this.#store.write([...this.#writes, this.#states.placesTaken()]);
    this.#writes = [];
    const ref = {root: this.#root, place: kept};
    return ok({ref, state: this.#states.open(ref)});
  }

  async #write(): Promise<void> {
    const unfinished: UnfinishedImport = {
      id: this.#id,
      pieces: this.#pieces,
      from: this.#from,
      to: this.#states.lastPlace,
      memory: encodeStateMemory(this.#builder.memory()),
    };
    const writes = this.#writes;
    this.#writes = [];
    writes.push(this.#states.placesTaken(), [
      keys.meta(STATE_IMPORT),
      encodeUnfinished(unfinished),
    ]);
    await this.#store.write(writes);
  }
}

/** Removes what there is of a state that is not whole, the word of it last. */
async function discardImport(
  store: KeyValueStore,
  {from}: UnfinishedImport,
  lastPlace: Place,
): Promise<void> {
  for (let first = from; first <= lastPlace; first += REMOVED_AT_ONCE) {
    const writes: Write[] = [];
    const end = Math.min(lastPlace, first + REMOVED_AT_ONCE - 1);
    for (let place = first; place <= end; place++) {
      writes.push([keys.node(place), undefined], [keys.value(place), undefined]);
    }
    await store.write(writes);
  }
  await store.write([[keys.meta(STATE_IMPORT), undefined]]);
}

const NUMBERS = 24;

/** Pieces and two places (u64, little-endian each), then the id and the memory as items. */
function encodeUnfinished({id, pieces, from, to, memory}: UnfinishedImport): Uint8Array {
  const items = encodeItems([id, memory]);
  const out = new Uint8Array(NUMBERS + items.length);
  const view = new DataView(out.buffer);
  [pieces, from, to].forEach((number, i) => void view.setBigUint64(8 * i, BigInt(number), true));
  out.set(items, NUMBERS);
  return out;
}

function decodeUnfinished(bytes: Uint8Array | undefined): UnfinishedImport | undefined {
  if (bytes === undefined) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [pieces, from, to] = [0, 8, 16].map(at => Number(view.getBigUint64(at, true)));
  const [id, memory] = decodeItems(bytes.subarray(NUMBERS));
  return {id: id!, pieces: pieces!, from: from!, to: to!, memory: memory!};
}

/** What a state that comes in pieces is written with. */
interface ImportParts {
  readonly store: KeyValueStore;
  readonly writer: {
    get(key: BinaryString): Uint8Array | undefined;
    flushed(): Promise<void>;
  };
  readonly states: StateStore;
  readonly hash: HashFunction;
}

/** States that come in pieces, one at a time. */
export class StateImports {
  readonly #parts: ImportParts;

  constructor(parts: ImportParts) {
    this.#parts = parts;
  }

  /** One that began to come in and is not whole; undefined where there is none. */
  get unfinished(): UnfinishedImport | undefined {
    return decodeUnfinished(this.#parts.writer.get(keys.meta(STATE_IMPORT)));
  }

  /**
   * Goes on where the same state (`id`) broke off, or begins anew; what there is of another one is removed. Nothing else may be
   * written until it is finished.
   */
  async begin(state: {id: Uint8Array; root: Uint8Array}): Promise<StateImport> {
    const {writer, states} = this.#parts;
    const known = this.unfinished;
    const goesOn =
      known !== undefined && equalBytes(known.id, state.id) && known.to === states.lastPlace;
    if (known !== undefined && !goesOn) await this.discard();
    await writer.flushed();
    return new StateImport(this.#parts, state, goesOn ? known : undefined);
  }

  /** Removes what there is of a state that is not whole: nobody may have written since it broke off. */
  async discard(): Promise<void> {
    const {writer, states, store} = this.#parts;
    const known = this.unfinished;
    if (known === undefined) return;
    await writer.flushed();
    await discardImport(store, known, states.lastPlace);
  }
}
