import {type BlockRecord, encodeBlockRecord, RECORD_AT, storedPlace} from "./block-record.ts";
import {CHECKSUM, isWhole} from "./checked-rows.ts";
import {keys} from "./keys.ts";

/** What a block's header says, and the header itself. */
export type HeaderFacts = Pick<
  BlockRecord,
  "hash" | "number" | "parentHash" | "stateRoot" | "header"
>;

/**
 * What a damaged record of a block was, given its header. Where the state is, and whether there is a proof, nobody else knows: that is
 * taken from the row, where its checksum then fits, or does with one byte of these, or of itself, changed. Undefined where it does not.
 */
export function mendedRecord(facts: HeaderFacts, row: Uint8Array): Uint8Array | undefined {
  const size = RECORD_AT.header + facts.header.length;
  if (row.length !== size + CHECKSUM) return undefined;
  const key = keys.block(facts.hash);
  const {statePlace, hasProof} = storedPlace(row);
  const sound = encodeBlockRecord({...facts, statePlace, hasProof});
  const whole = row.slice();
  whole.set(sound);
  if (isWhole(key, whole)) return sound;
  for (let at = RECORD_AT.statePlace; at < RECORD_AT.header; at++) {
    const stored = whole[at]!;
    for (let byte = 0; byte < 256; byte++) {
      whole[at] = byte;
      if (isWhole(key, whole)) return whole.subarray(0, size);
    }
    whole[at] = stored;
  }
  for (let at = size; at < row.length; at++) {
    const stored = whole[at]!;
    for (let byte = 0; byte < 256; byte++) {
      whole[at] = byte;
      if (isWhole(key, whole)) return sound;
    }
    whole[at] = stored;
  }
  return undefined;
}
