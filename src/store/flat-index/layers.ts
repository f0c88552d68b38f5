import {type BinaryString, bytesToBinary, equalBytes} from "#base";
import type {BlockRecord} from "../block-record.ts";
import type {BlockRef, BlockStore} from "../block-store.ts";
import {type Run, withRun} from "./run.ts";

export interface LayersParts {
  readonly blocks: BlockStore;
  /** What a block changed; undefined where that cannot be told. */
  readonly changesOf: (block: BlockRecord) => Run | undefined;
}

export interface BlockLink {
  readonly hash: Uint8Array;
  readonly number: number;
  readonly parentHash: Uint8Array;
}

/** What one block changed over its parent. */
interface Layer extends BlockLink {
  readonly run: Run;
}

/** Blocks whose changes are found out in one go, where nobody asked for them before. */
const MOST_FOUND = 64;

/** Bytes of memory for what unfinalized blocks changed: with more, states above are read by their tries. */
const MOST_BYTES = 64 * 1024 * 1024;

/** What blocks above a final one, the base, changed, on whatever fork. */
export class Layers {
  readonly #parts: LayersParts;
  readonly #layers = new Map<BinaryString, Layer>();
  /** By the block: what it and those below it changed. */
  readonly #runs = new Map<BinaryString, readonly Run[]>();
  #base: BlockRef;
  #bytes = 0;

  constructor(parts: LayersParts, base: BlockRef) {
    this.#parts = parts;
    this.#base = base;
  }

  get base(): BlockRef {
    return this.#base;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /**
   * What changed from the base up to a block, the newest first. Undefined where it does not follow from the base, and where so
   * many of the blocks between are new that they are found out little by little.
   */
  runsOf(hash: Uint8Array): readonly Run[] | undefined {
    const path: BlockRecord[] = [];
    let at = hash;
    let runs: readonly Run[] | undefined;
    for (;;) {
      runs = equalBytes(at, this.#base.hash) ? [] : this.#runs.get(bytesToBinary(at));
      if (runs !== undefined) break;
      const record = this.#parts.blocks.record(at);
      if (record === undefined || record.number <= this.#base.number) return undefined;
      path.push(record);
      at = record.parentHash;
    }
    let found = 0;
    for (const record of path.reverse()) {
      const key = bytesToBinary(record.hash);
      if (!this.#layers.has(key) && found++ === MOST_FOUND) return undefined;
      const layer = this.#layerOf(record);
      if (layer === undefined) return undefined;
      runs = withRun(layer.run, runs);
      this.#runs.set(key, runs);
    }
    return runs;
  }

  /** What each block of the best chain changed from the base up to a height, in order; undefined where one is missing. */
  runsUpTo(height: number): {readonly runs: readonly Run[]; readonly last: BlockRef} | undefined {
    const {blocks} = this.#parts;
    const runs: Run[] = [];
    let last = this.#base;
    for (let number = last.number + 1; number <= height; number++) {
      const hash = blocks.canonical(number);
      const record = hash && blocks.record(hash);
      const isNext = record !== undefined && equalBytes(record.parentHash, last.hash);
      const run = isNext ? this.#layerOf(record)?.run : undefined;
      if (run === undefined) return undefined;
      runs.push(run);
      last = {hash: record!.hash, number};
    }
    return {runs, last};
  }

  #layerOf(record: BlockRecord): Layer | undefined {
    const key = bytesToBinary(record.hash);
    const known = this.#layers.get(key);
    if (known !== undefined) return known;
    if (this.#bytes > MOST_BYTES) return undefined;
    const run = this.#parts.changesOf(record);
    return run === undefined ? undefined : this.#add(record, run);
  }

  /** Notes what a block changed, where that is at hand. */
  note(block: BlockLink, run: Run): void {
    if (this.#bytes <= MOST_BYTES) this.#add(block, run);
  }

  #add({hash, number, parentHash}: BlockLink, run: Run): Layer {
    const layer = {hash, number, parentHash, run};
    this.#layers.set(bytesToBinary(hash), layer);
    this.#bytes += run.bytes;
    return layer;
  }

  /** From now on another block is the base. Only what follows from it stays. */
  moveTo(base: BlockRef): void {
    this.#base = base;
    this.#runs.clear();
    const known = new Set([bytesToBinary(base.hash)]);
    const sorted = [...this.#layers].sort(([, a], [, b]) => a.number - b.number);
    for (const [key, layer] of sorted) {
      if (layer.number > base.number && known.has(bytesToBinary(layer.parentHash))) {
        known.add(key);
        continue;
      }
      this.#layers.delete(key);
      this.#bytes -= layer.run.bytes;
    }
  }
}
