import {bytesToHex, hexToBytes, millis} from "#base";
import {SLOT_OUTCOMES, type SlotRecord} from "../vocabulary.ts";

/** A record as one line of JSON. */
export function slotLine({slot, at, outcome, block, detail}: SlotRecord): string {
  const kept = block && [block.number, bytesToHex(block.hash)];
  return JSON.stringify({slot, at, outcome, block: kept, detail});
}

/** Undefined for a line that is none: the last one may be cut short by a crash. */
export function readSlotLine(line: string): SlotRecord | undefined {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return undefined;
  }
  const {slot, at, outcome, block, detail} = (json ?? {}) as Record<string, unknown>;
  const known = SLOT_OUTCOMES.find(each => each === outcome);
  if (known === undefined || !Number.isSafeInteger(slot) || !Number.isSafeInteger(at)) {
    return undefined;
  }
  return {
    slot: slot as number,
    at: millis(at as number),
    outcome: known,
    block: readBlock(block),
    detail: typeof detail === "string" ? detail : undefined,
  };
}

function readBlock(json: unknown): SlotRecord["block"] {
  if (!Array.isArray(json)) return undefined;
  const [number, text] = json;
  const hash = typeof text === "string" ? hexToBytes(text) : undefined;
  return hash === undefined || !Number.isSafeInteger(number) ? undefined : {number, hash};
}
