import {bytesToHex, type Hex} from "#base";
import {RawJson} from "../json-rpc/raw-json.ts";

/** From this many bytes on node's encoder is the faster one. */
const LONG = 48;

export function toHex(bytes: Uint8Array): Hex {
  if (bytes.length < LONG) return bytesToHex(bytes);
  return `0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex")}`;
}

/** Hex as JSON, past the search for characters to escape. */
export const hexJson = (bytes: Uint8Array): RawJson => new RawJson(`"${toHex(bytes)}"`);

/** A quantity in as few digits as it takes: `0x0`, `0x1f`. */
export const quantity = (value: number | bigint): Hex => `0x${value.toString(16)}`;
