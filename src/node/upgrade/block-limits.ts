import {deflateSync} from "node:zlib";
import type {BlockWeight} from "#upgrade";

/** Bytes that a block and its proof may come to, packed, on Polkadot and Kusama (`max_pov_size`). */
export const MOST_PROOF = 5 * 1_024 * 1_024;

/** What of a block's weight is more than its runtime lets it have, in words. */
export function weightExcesses(weight: BlockWeight | undefined): string[] {
  const {most} = weight ?? {};
  if (weight === undefined || most === undefined) return [];
  const found: string[] = [];
  if (weight.refTime > most.refTime) found.push("weighs more than a block may");
  const {proofSize} = weight;
  if (proofSize !== undefined && most.proofSize !== undefined && proofSize > most.proofSize) {
    found.push("weighs more proof than a block may");
  }
  return found;
}

/**
 * Whether a relay chain would not take a proof, in words. Collators pack them before they hand them over, by Zstandard: where
 * deflating is not enough, neither is that.
 */
export function proofExcess(size: number, compact: readonly Uint8Array[]): string | undefined {
  if (size <= MOST_PROOF) return undefined;
  const packed = deflateSync(Buffer.concat(compact)).length;
  if (packed <= MOST_PROOF) return undefined;
  return `has a proof of ${size} bytes, packed ${packed}, and a relay chain takes ${MOST_PROOF}`;
}
