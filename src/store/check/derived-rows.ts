import {type BinaryString, bytesToBinary, concatBytes} from "#base";
import {type BlockRecord, decodeBlockRecord} from "../block-record.ts";
import type {KeyValueStore} from "../key-value-store.ts";
import {hashOfKey, keys} from "../keys.ts";
import type {Damage} from "./damage.ts";
import type {LenientRows} from "./lenient-rows.ts";

/**
 * The rows that follow from the records of blocks: what is at each height, and the best chain, from its end down. Looks at all
 * records where one of these rows is damaged, and at none where none is.
 */
export function derivedRows(
  store: KeyValueStore,
  rows: LenientRows,
  damages: readonly Damage[],
): ReadonlyMap<BinaryString, Uint8Array> {
  const derived = new Map<BinaryString, Uint8Array>();
  if (!damages.some(damage => "key" in damage && "hc".includes(damage.key[0]!))) return derived;
  const byHash = new Map<BinaryString, BlockRecord>();
  const byHeight = new Map<number, Uint8Array[]>();
  for (const [key] of store.range({from: "b", to: "c"})) {
    const bytes = rows.get(key);
    if (bytes === undefined) continue;
    const record = decodeBlockRecord(hashOfKey(key), bytes);
    byHash.set(bytesToBinary(record.hash), record);
    byHeight.set(record.number, [...(byHeight.get(record.number) ?? []), record.hash]);
  }
  for (const [number, hashes] of byHeight) derived.set(keys.height(number), concatBytes(...hashes));
  const best = rows.get(keys.meta("best"));
  for (let hash = best; hash !== undefined; ) {
    const record: BlockRecord | undefined = byHash.get(bytesToBinary(hash));
    if (record === undefined) break;
    derived.set(keys.canonical(record.number), record.hash);
    hash = record.parentHash;
  }
  return derived;
}
