import {type BinaryString, bytesToBinary, equalBytes} from "#base";
import {type BlockRecord, decodeBlockRecord} from "../block-record.ts";
import type {KeyValueStore} from "../key-value-store.ts";
import {hashOfKey} from "../keys.ts";
import type {LenientRows} from "./lenient-rows.ts";

/** The blocks of a database whose records are whole, all of them at once: for when what leads to them is lost. */
export class ChainRecords {
  readonly #byHash = new Map<BinaryString, BlockRecord>();
  readonly byHeight = new Map<number, BlockRecord[]>();

  constructor(store: KeyValueStore, rows: LenientRows) {
    for (const [key] of store.range({from: "b", to: "c"})) {
      const bytes = rows.get(key);
      if (bytes === undefined) continue;
      const record = decodeBlockRecord(hashOfKey(key), bytes);
      this.#byHash.set(bytesToBinary(record.hash), record);
      const others = this.byHeight.get(record.number);
      if (others === undefined) this.byHeight.set(record.number, [record]);
      else others.push(record);
    }
  }

  get size(): number {
    return this.#byHash.size;
  }

  of(hash: Uint8Array | undefined): BlockRecord | undefined {
    return hash === undefined ? undefined : this.#byHash.get(bytesToBinary(hash));
  }

  /** A block and those below it, as far as their records are there without a hole. */
  *down(from: BlockRecord | undefined): Generator<BlockRecord> {
    for (let at = from; at !== undefined; at = this.of(at.parentHash)) yield at;
  }

  /** Whether one block stands on another one, or is it. */
  standsOn(block: BlockRecord, below: BlockRecord): boolean {
    for (const at of this.down(block)) {
      if (at.number <= below.number) return equalBytes(at.hash, below.hash);
    }
    return false;
  }

  get heightsFromTop(): number[] {
    return [...this.byHeight.keys()].sort((a, b) => b - a);
  }
}
