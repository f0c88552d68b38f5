import {type BinaryString, concatBytes} from "#base";
import type {KeyValueStore} from "../key-value-store.ts";
import {keys} from "../keys.ts";
import {ChainRecords} from "./chain-records.ts";
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
  const records = new ChainRecords(store, rows);
  for (const [number, blocks] of records.byHeight) {
    derived.set(keys.height(number), concatBytes(...blocks.map(({hash}) => hash)));
  }
  for (const {number, hash} of records.down(records.of(rows.get(keys.meta("best"))))) {
    derived.set(keys.canonical(number), hash);
  }
  return derived;
}
